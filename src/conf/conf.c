/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/conf.h"

#include <errno.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/limits.h"
#include "conf/dotted.h"
#include "conf/guard.h"
#include "conf/schema.h"

struct kvk_conf {
	config_t config;
	const struct kvk_conf_row *schema;
	bool is_private;
};

/* Room for a file's name in a message. */
#define SHOWN_SIZE 240

/* At the end of the text libconfig may speak of a line after the last one. */
static unsigned error_line(const config_t *config, struct kvk_span text)
{
	unsigned last = 1, line = (unsigned)config_error_line(config);

	while (text.n > 0 && kvk_is_space(text.p[text.n - 1]))
		text.n--;
	for (size_t i = 0; i < text.n; i++)
		last += text.p[i] == '\n';
	return line < last ? line : last;
}

/* What the guard leaves to libconfig. */
static const char *error_words(const config_t *config)
{
	const char *text = config_error_text(config);

	if (text != NULL && strstr(text, "duplicate") != NULL)
		return _("a setting of this name was already given; remove one of the two");
	if (text != NULL && strstr(text, "mismatched") != NULL)
		return _("all members of [ ... ] must be of the same type");
	return _("this line or the one above it is not valid; a setting looks like name = "
		 "\"text\";");
}

/* Why libconfig does not read a text. */
static enum kvk_err set_syntax_error(
	const config_t *config, struct kvk_span text, const char *shown, struct kvk_error *why)
{
	const unsigned line = error_line(config, text);
	struct kvk_blob form = { 0 };
	struct kvk_span name;
	enum kvk_err err = KVK_OK;

	if (!kvk_dotted_find(text, line, &name)) {
		err = kvk_error_set(
			why, KVK_ERR_CONFIG, "%s:%u: %s", shown, line, error_words(config));
		goto out;
	}
	KVK_TRY(kvk_dotted_append_form(&form, name));
	err = kvk_error_set(why, KVK_ERR_CONFIG,
		_("%s:%u: '%.*s': names are not joined with dots; write: %s"), shown, line,
		(int)name.n, (const char *)name.p, kvk_blob_str(&form));
out:
	kvk_blob_free(&form);
	return err;
}

static struct kvk_span without_mark(struct kvk_span text)
{
	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0) {
		text.p += 3;
		text.n -= 3;
	}
	return text;
}

static enum kvk_err read_text(
	struct kvk_conf *conf, struct kvk_span text, const char *shown, struct kvk_error *why)
{
	struct kvk_blob copy = { 0 };
	enum kvk_err err;

	/*
	 * libconfig wants a NUL at the end; the guard makes sure that there is none before. Without
	 * a line feed it reports a comment in the last line as an error.
	 */
	KVK_TRY(kvk_blob_append(&copy, text));
	KVK_TRY(kvk_blob_append_byte(&copy, '\n'));
	KVK_TRY(kvk_conf_guard(&copy, shown, why));
	if (config_read_string(&conf->config, kvk_blob_str(&copy)) == CONFIG_FALSE)
		err = set_syntax_error(&conf->config, text, shown, why);
out:
	if (err == KVK_ERR_MEMORY)
		kvk_error_set(why, err, "%s: %s", shown, kvk_error_text(err));
	kvk_blob_free(&copy);
	return err;
}

enum kvk_err kvk_conf_parse(struct kvk_span text, const char *name,
	const struct kvk_conf_row *schema, struct kvk_conf **out, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	char shown[SHOWN_SIZE];
	enum kvk_err err;

	*out = NULL;
	kvk_escape_to(shown, sizeof(shown), kvk_span_of(name));
	if (text.n > KVK_LIMIT_CONFIG)
		return kvk_error_set(why, KVK_ERR_LIMIT,
			kvk_ngettext("%s: larger than %u byte", "%s: larger than %u bytes",
				KVK_LIMIT_CONFIG),
			shown, KVK_LIMIT_CONFIG);
	text = without_mark(text);
	conf = kvk_calloc(1, sizeof(*conf));
	if (conf == NULL)
		return kvk_error_set(
			why, KVK_ERR_MEMORY, "%s: %s", shown, kvk_error_text(KVK_ERR_MEMORY));
	config_init(&conf->config);
	conf->schema = schema;
	KVK_TRY(read_text(conf, text, shown, why));
	KVK_TRY(kvk_conf_check(&conf->config, schema, shown, why));
	*out = conf;
	conf = NULL;
out:
	kvk_conf_free(conf);
	return err;
}

static enum kvk_err set_file_error(enum kvk_err err, const char *path, struct kvk_error *why)
{
	char shown[SHOWN_SIZE];
	int error = errno;

	kvk_escape_to(shown, sizeof(shown), kvk_span_of(path));
	switch (err) {
	case KVK_ERR_UNSAFE:
		return kvk_error_set(why, err,
			_("'%s' must belong to you or to root and be writable by nobody else "
			  "(chmod go-w)"),
			shown);
	case KVK_ERR_LIMIT:
		return kvk_error_set(why, err,
			kvk_ngettext("'%s' is larger than %u byte", "'%s' is larger than %u bytes",
				KVK_LIMIT_CONFIG),
			shown, KVK_LIMIT_CONFIG);
	case KVK_ERR_OPEN:
	case KVK_ERR_READ:
	case KVK_ERR_NOT_FOUND:
		return kvk_error_set(why, err, _("cannot read '%s': %s"), shown, strerror(error));
	default:
		return kvk_error_set(
			why, err, _("cannot read '%s': %s"), shown, kvk_error_text(err));
	}
}

enum kvk_err kvk_conf_open(const char *path, const struct kvk_conf_row *schema, unsigned flags,
	struct kvk_conf **out, struct kvk_error *why)
{
	unsigned needed = flags & KVK_CONF_TRUSTED ? KVK_FILE_TRUSTED : 0;
	struct kvk_blob text = { 0 };
	bool is_private = true;
	enum kvk_err err;

	*out = NULL;
	err = kvk_file_read(path, KVK_LIMIT_CONFIG, KVK_FILE_PRIVATE, &text);
	if (err == KVK_ERR_UNSAFE) {
		is_private = false;
		err = kvk_file_read(path, KVK_LIMIT_CONFIG, needed, &text);
	}
	if (err != KVK_OK && !(err == KVK_ERR_NOT_FOUND && (flags & KVK_CONF_QUIET_MISSING))) {
		set_file_error(err, path, why);
		goto out;
	}
	KVK_TRY(kvk_conf_parse(kvk_span_of_blob(&text), path, schema, out, why));
	(*out)->is_private = is_private;
out:
	/* The file may hold an API key. */
	kvk_wipe(text.p, text.n);
	kvk_blob_free(&text);
	return err;
}

void kvk_conf_free(struct kvk_conf *conf)
{
	if (!conf)
		return;
	config_destroy(&conf->config);
	kvk_free(conf);
}

static const config_setting_t *find(const struct kvk_conf *conf, const char *name)
{
	return config_lookup(&conf->config, name);
}

static const char *fallback_of(const struct kvk_conf *conf, const char *name)
{
	const struct kvk_conf_row *row = kvk_conf_row_of(conf->schema, name);

	return row ? row->fallback : NULL;
}

bool kvk_conf_has(const struct kvk_conf *conf, const char *name)
{
	return find(conf, name) != NULL;
}

const char *kvk_conf_string(const struct kvk_conf *conf, const char *name)
{
	const config_setting_t *setting = find(conf, name);

	return setting ? config_setting_get_string(setting) : fallback_of(conf, name);
}

long long kvk_conf_integer(const struct kvk_conf *conf, const char *name, long long otherwise)
{
	const config_setting_t *setting = find(conf, name);
	const char *fallback;

	if (setting)
		return config_setting_get_int64(setting);
	fallback = fallback_of(conf, name);
	return fallback ? strtoll(fallback, NULL, 10) : otherwise;
}

bool kvk_conf_boolean(const struct kvk_conf *conf, const char *name, bool otherwise)
{
	const config_setting_t *setting = find(conf, name);
	const char *fallback;

	if (setting)
		return config_setting_get_bool(setting) != 0;
	fallback = fallback_of(conf, name);
	return fallback ? strcmp(fallback, "true") == 0 : otherwise;
}

/* Member i of a list or array, or NULL. */
static config_setting_t *member_at(const struct kvk_conf *conf, const char *name, size_t i)
{
	const config_setting_t *setting = find(conf, name);

	if (!setting || i >= kvk_conf_count(conf, name))
		return NULL;
	return config_setting_get_elem(setting, (unsigned)i);
}

size_t kvk_conf_count(const struct kvk_conf *conf, const char *name)
{
	const config_setting_t *setting = find(conf, name);

	if (!setting || !(config_setting_is_list(setting) || config_setting_is_array(setting)))
		return 0;
	return (size_t)config_setting_length(setting);
}

const char *kvk_conf_string_at(const struct kvk_conf *conf, const char *name, size_t i)
{
	const config_setting_t *member = member_at(conf, name, i);

	return member ? config_setting_get_string(member) : NULL;
}

long long kvk_conf_integer_at(const struct kvk_conf *conf, const char *name, size_t i)
{
	const config_setting_t *member = member_at(conf, name, i);

	return member ? config_setting_get_int64(member) : 0;
}

const char *kvk_conf_group_string(
	const struct kvk_conf *conf, const char *list, size_t i, const char *member)
{
	config_setting_t *group = member_at(conf, list, i);
	const config_setting_t *setting;

	if (!group || !config_setting_is_group(group))
		return NULL;
	setting = config_setting_get_member(group, member);
	return setting ? config_setting_get_string(setting) : NULL;
}

bool kvk_conf_is_private(const struct kvk_conf *conf)
{
	return conf->is_private;
}

unsigned kvk_conf_line(const struct kvk_conf *conf, const char *name)
{
	const config_setting_t *setting = find(conf, name);

	return setting ? config_setting_source_line(setting) : 0;
}

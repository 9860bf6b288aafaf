/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/schema.h"

#include <libconfig.h>
#include <limits.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/word.h"

/* A full name "group.member" with its closing NUL; longer ones are in no schema. */
#define NAME_SIZE 160

struct checker {
	const struct kvk_conf_row *schema;
	const char *file;
	struct kvk_error *why;
};

const struct kvk_conf_row *kvk_conf_row_of(const struct kvk_conf_row *schema, const char *name)
{
	for (; schema->name; schema++)
		if (strcmp(schema->name, name) == 0)
			return schema;
	return NULL;
}

static enum kvk_err refuse(
	const struct checker *c, const config_setting_t *setting, const char *what)
{
	char shown[80];

	kvk_escape_to(shown, sizeof(shown), kvk_span_of(config_setting_name(setting)));
	return kvk_error_set(c->why, KVK_ERR_CONFIG, "%s:%u: '%s': %s", c->file,
		config_setting_source_line(setting), shown, what);
}

/* The member of the same group whose name is nearest, or NULL where none is near. */
static const char *nearest(const struct checker *c, const char *prefix, const char *name)
{
	size_t n = strlen(prefix);
	unsigned distance = UINT_MAX;
	const char *found = NULL;

	for (const struct kvk_conf_row *row = c->schema; row->name; row++) {
		const char *member = row->name + n;

		if (strncmp(row->name, prefix, n) == 0 && !strchr(member, '.') &&
			kvk_nearer_word(name, member, &distance))
			found = member;
	}
	return found;
}

static enum kvk_err refuse_unknown(
	const struct checker *c, const char *prefix, const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);
	const char *near = nearest(c, prefix, name);
	unsigned line = config_setting_source_line(setting);
	char shown[80], group[80];

	kvk_escape_to(shown, sizeof(shown), kvk_span_of(name));
	kvk_escape_to(group, sizeof(group), kvk_span_of(prefix));
	if (near)
		return kvk_error_set(c->why, KVK_ERR_CONFIG,
			_("%s:%u: unknown setting '%s%s'; did you mean '%s%s'?"), c->file, line,
			group, shown, group, near);
	return kvk_error_set(c->why, KVK_ERR_CONFIG, _("%s:%u: unknown setting '%s%s'"), c->file,
		line, group, shown);
}

static bool is_integer(const config_setting_t *setting)
{
	int type = config_setting_type(setting);

	return type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
}

static enum kvk_err check_text(
	const struct checker *c, const config_setting_t *named, const config_setting_t *setting)
{
	const char *value = config_setting_get_string(setting);

	if (!value || !kvk_utf8_valid(kvk_span_of(value)))
		return refuse(c, named, _("the text is not valid UTF-8"));
	return KVK_OK;
}

static enum kvk_err check_range(const struct checker *c, const config_setting_t *named,
	const config_setting_t *setting, const struct kvk_conf_row *row)
{
	long long value = config_setting_get_int64(setting);
	char what[120];

	if ((row->minimum == 0 && row->maximum == 0) ||
		(value >= row->minimum && value <= row->maximum))
		return KVK_OK;
	KVK_FORMAT(what, _("%lld is out of range; it must be from %lld to %lld"), value,
		row->minimum, row->maximum);
	return refuse(c, named, what);
}

/* A list or array all of whose members are strings or all of whose members are integers. */
static enum kvk_err check_members(
	const struct checker *c, const config_setting_t *setting, const struct kvk_conf_row *row)
{
	bool strings = row->type == KVK_CONF_STRINGS;
	enum kvk_err err = KVK_OK;
	int n;

	if (!config_setting_is_list(setting) && !config_setting_is_array(setting))
		return refuse(c, setting,
			strings ? _("it must be a list of strings, as in [ \"a\", \"b\" ]") :
				  _("it must be a list of whole numbers, as in [ 1, 2 ]"));
	n = config_setting_length(setting);
	for (int i = 0; i < n; i++) {
		const config_setting_t *member = config_setting_get_elem(setting, (unsigned)i);

		if (strings && config_setting_type(member) == CONFIG_TYPE_STRING)
			KVK_TRY(check_text(c, setting, member));
		else if (!strings && is_integer(member))
			KVK_TRY(check_range(c, setting, member, row));
		else
			return refuse(c, setting,
				strings ? _("each member of the list must be a string in quotes") :
					  _("each member of the list must be a whole number "
					    "without quotes"));
	}
out:
	return err;
}

static enum kvk_err check_scalar(
	const struct checker *c, const config_setting_t *setting, const struct kvk_conf_row *row)
{
	int type = config_setting_type(setting);

	switch (row->type) {
	case KVK_CONF_INTEGER:
		if (!is_integer(setting))
			return refuse(c, setting, _("it must be a whole number without quotes"));
		return check_range(c, setting, setting, row);
	case KVK_CONF_BOOLEAN:
		if (type != CONFIG_TYPE_BOOL)
			return refuse(c, setting, _("it must be true or false, without quotes"));
		return KVK_OK;
	case KVK_CONF_DIGITS:
		if (type != CONFIG_TYPE_STRING)
			return refuse(c, setting,
				_("put the digits in quotes; otherwise leading zeros are lost"));
		if (!kvk_all_digits(kvk_span_of(config_setting_get_string(setting))))
			return refuse(c, setting, _("it must contain digits only"));
		return KVK_OK;
	default:
		if (type != CONFIG_TYPE_STRING)
			return refuse(c, setting, _("it must be a string in quotes"));
		return check_text(c, setting, setting);
	}
}

static enum kvk_err check_group(
	const struct checker *c, const config_setting_t *group, const char *prefix, unsigned depth);

/* A list of groups; the members of each have the prefix of the list. */
static enum kvk_err check_groups(
	const struct checker *c, const config_setting_t *list, const char *prefix, unsigned depth)
{
	enum kvk_err err = KVK_OK;
	int n;

	if (!config_setting_is_list(list))
		return refuse(
			c, list, _("it must be a list of groups, as in ( { ... }, { ... } )"));
	n = config_setting_length(list);
	for (int i = 0; i < n; i++) {
		const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);

		if (!config_setting_is_group(group))
			return refuse(
				c, list, _("each member of the list must be a group { ... }"));
		KVK_TRY(check_group(c, group, prefix, depth));
	}
out:
	return err;
}

static enum kvk_err check_setting(const struct checker *c, const config_setting_t *setting,
	const char *prefix, unsigned depth)
{
	const struct kvk_conf_row *row;
	char name[NAME_SIZE];

	/* A dot may follow. */
	row = kvk_format(name, sizeof(name) - 1, "%s%s", prefix, config_setting_name(setting)) ?
		kvk_conf_row_of(c->schema, name) :
		NULL;
	if (row == NULL)
		return refuse_unknown(c, prefix, setting);
	switch (row->type) {
	case KVK_CONF_STRINGS:
	case KVK_CONF_INTEGERS:
		return check_members(c, setting, row);
	case KVK_CONF_GROUP:
		if (!config_setting_is_group(setting))
			return refuse(c, setting, _("it must be a group, as in { ... }"));
		strcat(name, ".");
		return check_group(c, setting, name, depth + 1);
	case KVK_CONF_GROUPS:
		strcat(name, ".");
		return check_groups(c, setting, name, depth + 1);
	default:
		return check_scalar(c, setting, row);
	}
}

static enum kvk_err check_group(
	const struct checker *c, const config_setting_t *group, const char *prefix, unsigned depth)
{
	enum kvk_err err = KVK_OK;
	int n = config_setting_length(group);

	if (depth > KVK_LIMIT_CONF_DEPTH)
		return KVK_ERR_LIMIT;
	for (int i = 0; i < n; i++)
		KVK_TRY(check_setting(
			c, config_setting_get_elem(group, (unsigned)i), prefix, depth));
out:
	return err;
}

enum kvk_err kvk_conf_check(const config_t *config, const struct kvk_conf_row *schema,
	const char *name, struct kvk_error *why)
{
	struct checker c = { .schema = schema, .file = name, .why = why };

	return check_group(&c, config_root_setting(config), "", 0);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/walk.h"
#include "cmd/inventory_open.h"
#include "cmd/options.h"
#include "cmd/terminal.h"
#include "inventory/watch.h"

/* Numbers that are tried behind a name that is taken: "api.example.nl-2". */
#define NAME_TRIES 10000

struct track_config {
	struct kvk_common common;
	const char *name;
};

static const struct kvk_option options[] = {
	{ "name", 0, KVK_OPTION_TEXT, N_("NAME"),
		N_("what to call it; else the name in the certificate"),
		offsetof(struct track_config, name), NULL, 0, 0 },
	KVK_ROW_HOME(struct track_config),
	KVK_ROW_END,
};

static const struct kvk_usage usage = {
	.name = "track",
	.synopsis = N_("[OPTION]... FILE|FOLDER"),
	.summary = N_("watch a certificate that was made elsewhere"),
	.details = N_("A folder tracks every certificate below it. Files are only read, at every\n"
		      "'kvkcsr check', and stay where they are; a renewed certificate at the same\n"
		      "place is noticed."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

/* One run over a file or a folder. */
struct tracking {
	struct kvk_store *store;
	const char *name;
	kvk_time now;
	size_t recorded, known, passed_over;
};

/* Adds the entry under its name, or with a number behind it where the name is taken. */
static enum kvk_err add_named(
	struct tracking *t, struct kvk_entry *entry, const char *name, bool exact)
{
	enum kvk_err err;

	snprintf(entry->name, sizeof entry->name, "%s", name);
	err = kvk_inventory_add(t->store->inventory, entry);
	for (unsigned i = 2; err == KVK_ERR_EXISTS && !exact && i < NAME_TRIES; i++) {
		snprintf(entry->name, sizeof entry->name, "%.*s-%u", (int)KVK_LIMIT_ENTRY_NAME - 6,
			name, i);
		err = kvk_inventory_add(t->store->inventory, entry);
	}
	return err;
}

/* The name for an entry: given, else that of the certificate, else that of the file. */
static void choose_name(const struct tracking *t, const struct kvk_watched *watched,
	const char *path, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	const char *slash = strrchr(path, '/');

	snprintf(name, KVK_LIMIT_ENTRY_NAME + 1, "%s", t->name != NULL ? t->name : watched->name);
	if (name[0] == '\0')
		kvk_entry_name_from(slash != NULL ? slash + 1 : path, name);
	if (name[0] == '\0')
		snprintf(name, KVK_LIMIT_ENTRY_NAME + 1, "certificate");
}

static void tell_recorded(const struct kvk_entry *entry)
{
	char safe[KVK_LIMIT_PATH];
	char until[KVK_TIME_TEXT_SIZE];

	printf(_("tracking '%s' (until %s): %s\n"), entry->name,
		kvk_date_text(entry->certificate.not_after, until),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(entry->path)));
}

/* Records one certificate at its absolute path, or refreshes the entry that is there. */
static enum kvk_err record(struct tracking *t, const char *path, const struct kvk_watched *watched)
{
	struct kvk_entry entry = { .stage = KVK_STAGE_TRACKED, .since = t->now };
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	enum kvk_err err = kvk_inventory_find_path(t->store->inventory, path, &entry);

	if (err == KVK_OK) {
		entry.certificate = watched->certificate;
		err = kvk_inventory_update(t->store->inventory, &entry);
		t->known += err == KVK_OK;
		return err;
	}
	if (err != KVK_ERR_NOT_FOUND)
		return err;
	if (strlen(path) >= sizeof entry.path)
		return KVK_ERR_LIMIT;
	snprintf(entry.path, sizeof entry.path, "%s", path);
	entry.certificate = watched->certificate;
	choose_name(t, watched, path, name);
	err = add_named(t, &entry, name, t->name != NULL);
	if (err == KVK_OK) {
		t->recorded++;
		tell_recorded(&entry);
	}
	return err;
}

static enum kvk_err track_file(struct tracking *t, const char *path)
{
	struct kvk_watched watched;
	char *real = realpath(path, NULL);
	enum kvk_err err = real != NULL ? kvk_watch_read(real, &watched) : KVK_ERR_OPEN;

	if (err == KVK_OK)
		err = record(t, real, &watched);
	free(real);
	return err;
}

/* A file of a folder: what holds no certificate is passed over. */
static enum kvk_err visit(void *context, const char *file)
{
	struct tracking *t = context;
	enum kvk_err err = track_file(t, file);

	if (err == KVK_ERR_BUSY || err == KVK_ERR_DATABASE || err == KVK_ERR_WRITE ||
		err == KVK_ERR_MEMORY)
		return err;
	t->passed_over += err != KVK_OK;
	return KVK_OK;
}

static int track_folder(struct tracking *t, const char *path)
{
	enum kvk_err err = kvk_inventory_begin(t->store->inventory);

	if (err == KVK_OK)
		err = kvk_folder_walk(path, visit, t);
	if (err == KVK_OK)
		err = kvk_inventory_commit(t->store->inventory);
	if (err != KVK_OK) {
		kvk_inventory_rollback(t->store->inventory);
		kvk_tell_error(err, path);
		return KVK_EXIT_UNKNOWN;
	}
	printf(_("new: %zu, known already: %zu, files without a certificate: %zu\n"), t->recorded,
		t->known, t->passed_over);
	if (t->recorded + t->known == 0)
		kvk_tell(_("no certificate was found below the folder"));
	return t->recorded + t->known > 0 ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
}

static int track_one(struct tracking *t, const char *path)
{
	enum kvk_err err = track_file(t, path);
	char safe[256];

	if (err == KVK_ERR_EXISTS) {
		kvk_tell(_("the name '%s' is taken; give another with --name"), t->name);
		return KVK_EXIT_CREATE;
	}
	if (err == KVK_ERR_FORMAT) {
		kvk_tell(_("'%s' holds no certificate that can be read"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
		return KVK_EXIT_UNKNOWN;
	}
	if (err != KVK_OK) {
		kvk_tell_error(err, path);
		return KVK_EXIT_UNKNOWN;
	}
	if (t->known > 0)
		printf(_("it is tracked already; the entry is brought up to date\n"));
	return KVK_EXIT_OK;
}

static int track(const struct track_config *config, const char *path)
{
	struct kvk_store store;
	struct tracking t = { .store = &store, .name = config->name };
	int code;

	if (kvk_time_now(&t.now) != KVK_OK)
		return KVK_EXIT_UNKNOWN;
	code = kvk_store_open(config->common.home, true, &store);
	if (code == KVK_EXIT_OK)
		code = kvk_is_folder(path) ? track_folder(&t, path) : track_one(&t, path);
	kvk_store_close(&store);
	return code;
}

int kvk_cmd_track(int argc, char **argv)
{
	struct track_config config = { 0 };
	size_t count;
	int code = kvk_options_parse(&usage, argc, argv, &config, &count);

	if (code != KVK_GO_ON)
		return code;
	if (config.name != NULL && !kvk_entry_name_valid(config.name))
		return kvk_usage_error(&usage,
			_("--name takes lower-case letters, digits, dots and dashes, at most %u, "
			  "without '..'"),
			KVK_LIMIT_ENTRY_NAME);
	if (config.name != NULL && kvk_is_folder(argv[1]))
		return kvk_usage_error(&usage, _("--name goes with one file, not with a folder"));
	return track(&config, argv[1]);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/walk.h"
#include "base/word.h"
#include "app/store.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "app/tracking.h"

struct track_config {
	struct kvk_common common;
	const char *name;
};

static const struct kvk_option options[] = {
	OPT_TEXT(struct track_config, name, "name", 0, N_("NAME"),
		N_("what to call it; else the name in the certificate")),
	OPT_HOME(struct track_config),
	OPT_JSON(struct track_config),
	OPT_END,
};

static enum kvk_exit check(const void *config, char **arguments);

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
	.check = check,
};

static enum kvk_exit check(const void *config, char **arguments)
{
	const struct track_config *given = config;

	if (given->name != NULL && !kvk_entry_name_valid(given->name))
		return kvk_usage_error(&usage,
			_("--name takes lower-case letters, digits, dots and dashes, at most %u, "
			  "without '..'"),
			KVK_LIMIT_ENTRY_NAME);
	if (given->name != NULL && kvk_path_is_folder(arguments[0]))
		return kvk_usage_error(&usage, _("--name goes with one file, not with a folder"));
	return KVK_GO_ON;
}

/* One run. */
struct run {
	const struct track_config *config;
	struct kvk_tracking tracking;
	/* A batch could not be stored. */
	bool failed;
};

static enum kvk_exit tell_store(const struct run *run, enum kvk_err err)
{
	if (err == KVK_ERR_EXISTS && run->config->name != NULL) {
		kvk_warn(_("the name '%s' is taken; give another with --name"), run->config->name);
		return KVK_EXIT_CREATE;
	}
	if (err == KVK_ERR_LIMIT) {
		kvk_warn(_("an inventory takes %u entries, and no more"), KVK_LIMIT_ENTRIES);
		return KVK_EXIT_CREATE;
	}
	return kvk_store_error(err);
}

/* In text what is done is said at once; a JSON document needs the end first. What cannot be written
 * is recorded all the same. */
static bool write_progress(struct run *run)
{
	if (run->config->common.json)
		return true;
	if (!kvk_write(&run->tracking.report))
		return false;
	kvk_blob_clear(&run->tracking.report);
	return true;
}

static enum kvk_exit write_end(struct run *run, bool folder)
{
	struct kvk_blob out = { 0 };
	enum kvk_exit code = KVK_EXIT_OK;
	enum kvk_err err = KVK_OK;

	if (run->config->common.json)
		err = kvk_report_tracked_json(&run->tracking.report, &run->tracking.counts, &out);
	else if (folder)
		err = kvk_report_tracked_counts(&run->tracking.counts, &out);
	else if (run->tracking.counts.known > 0)
		err = kvk_blob_format(&out,
			_("it is tracked already, as '%s'; the entry is up to date\n"),
			run->tracking.known_name);
	if (err != KVK_OK || !write_progress(run) || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
	kvk_blob_free(&out);
	return code;
}

/* A file of a folder: what holds no certificate is passed over, what cannot be read is told. */
static enum kvk_err visit(void *context, const char *path, enum kvk_err err)
{
	struct run *run = context;
	bool file = true;

	if (err != KVK_OK) {
		kvk_warn_folder(err, path);
		run->tracking.counts.unreadable++;
		return KVK_OK;
	}
	err = kvk_tracking_add(&run->tracking, path, &file);
	if (!file || err == KVK_ERR_MEMORY) {
		run->failed = err != KVK_OK;
		(void)write_progress(run);
		return err;
	}
	if (err == KVK_ERR_OPEN || err == KVK_ERR_READ) {
		kvk_warn_error(err, path);
		run->tracking.counts.unreadable++;
	} else if (err != KVK_OK) {
		run->tracking.counts.passed_over++;
	}
	return KVK_OK;
}

static enum kvk_exit track_folder(struct run *run, const char *path)
{
	const struct kvk_tracked_counts *counts = &run->tracking.counts;
	enum kvk_err err = kvk_walk_folder(path, visit, run);
	char safe[256];
	enum kvk_exit code;

	if (err != KVK_OK && run->failed) {
		code = tell_store(run, err);
	} else if (err == KVK_ERR_LIMIT) {
		kvk_warn(_("'%s' holds more than %u files"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), KVK_LIMIT_FOLDER);
		code = KVK_EXIT_UNKNOWN;
	} else if (err != KVK_OK) {
		kvk_warn_error(err, path);
		code = KVK_EXIT_UNKNOWN;
	} else {
		code = KVK_EXIT_OK;
	}
	/* What was read before something went wrong is recorded all the same. */
	err = kvk_tracking_store(&run->tracking);
	if (err != KVK_OK && code == KVK_EXIT_OK)
		code = tell_store(run, err);
	if (write_end(run, true) != KVK_EXIT_OK)
		return KVK_EXIT_UNKNOWN;
	if (code != KVK_EXIT_OK)
		return code;
	if (counts->recorded + counts->known == 0)
		kvk_warn(_("no certificate was found below '%s'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	return counts->recorded + counts->known > 0 && counts->unreadable == 0 ? KVK_EXIT_OK :
										 KVK_EXIT_UNKNOWN;
}

static enum kvk_exit track_one(struct run *run, const char *path)
{
	bool file;
	char safe[256];
	enum kvk_err err = kvk_tracking_add(&run->tracking, path, &file);

	if (err == KVK_ERR_FORMAT) {
		kvk_warn(_("'%s' holds no certificate that can be read"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
		return KVK_EXIT_UNKNOWN;
	}
	if (err != KVK_OK) {
		kvk_warn_file_error(err, path, KVK_LIMIT_FILE);
		return KVK_EXIT_UNKNOWN;
	}
	err = kvk_tracking_store(&run->tracking);
	return err == KVK_OK ? write_end(run, false) : tell_store(run, err);
}

static enum kvk_exit track(const struct track_config *config, const char *path)
{
	struct run run = { .config = config, .tracking = KVK_TRACKING_INIT };
	struct kvk_store store = { 0 };
	enum kvk_exit code;

	if (kvk_time_now(&run.tracking.now) != KVK_OK) {
		kvk_warn(_("the clock cannot be read"));
		return KVK_EXIT_UNKNOWN;
	}
	KVK_STEP(kvk_store_open(config->common.home, true, &store));
	run.tracking.inventory = store.inventory;
	run.tracking.name = config->name;
	run.tracking.json = config->common.json;
	code = kvk_path_is_folder(path) ? track_folder(&run, path) : track_one(&run, path);
out:
	kvk_tracking_free(&run.tracking);
	kvk_store_close(&store);
	return code;
}

enum kvk_exit kvk_cmd_track(struct kvk_run *run)
{
	struct track_config config = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	code = track(&config, run->arguments[0]);
out:
	return code;
}

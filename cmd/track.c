/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <limits.h>

#include "app/silenced.h"
#include "app/tracking.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/word.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "names/mailbox.h"

/* Octets of names that are written at once. */
#define WRITE_SIZE 65536u

struct track_config {
	struct kvk_common common;
	const char *name;
	struct kvk_text_list to;
	const char *pass_file;
	bool keep, verbose;
};

static const struct kvk_option options[] = {
	OPT_TEXT(struct track_config, name, "name", 0, N_("NAME"),
		N_("name of the entry (default: the name in the certificate)")),
	OPT_LIST(struct track_config, to, "to", 0, N_("ADDRESS"),
		N_("mail address to notify about this certificate, instead of notify.mail.to")),
	OPT_TEXT(struct track_config, pass_file, "pass-file", 0, N_("FILE"),
		N_("file with the passphrase of a PKCS#12 file, in its first line; its path is "
		   "recorded, and it is read again when the PKCS#12 file changes")),
	OPT_FLAG(struct track_config, keep, "keep", 0,
		N_("keep watching it, even if another entry replaces it")),
	OPT_FLAG(struct track_config, verbose, "verbose", 'v',
		N_("with a FOLDER: list what is passed over, not just how many")),
	OPT_HOME(struct track_config),
	OPT_JSON(struct track_config),
	OPT_END,
};

static enum kvk_exit check(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "track",
	.synopsis = N_("[OPTION]... FILE|FOLDER"),
	.summary = N_("track a certificate that was created elsewhere"),
	.details = N_(
		"Each certificate in a FILE that is not a CA's is tracked; with a FOLDER, each one "
		"in it "
		"and below it. The files stay where they are and are read again by every "
		"'kvkcsr check', which notices a renewed certificate in the same file, and "
		"a new one in a folder. An entry for the same name and number that ends "
		"earlier counts as replaced: a message says so, and nothing more is reported about "
		"it. If it is still in use, for example on "
		"another machine, track its file again with --keep."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
	.too_many = N_("track takes one FILE or FOLDER at a time; to track all certificates in a "
		       "folder, name the folder instead of its files"),
	.check = check,
};

static enum kvk_exit check(const void *config, char **arguments)
{
	const struct track_config *given = config;
	char safe[64];

	for (size_t i = 0; i < given->to.count; i++)
		if (!kvk_mailbox_valid(given->to.items[i]))
			return kvk_usage_error(&usage, _("--to: '%s' is not a mail address"),
				kvk_escape_to(safe, sizeof safe, kvk_span_of(given->to.items[i])));
	if (given->name != NULL && !kvk_entry_name_valid(given->name))
		return kvk_usage_error(&usage,
			_("--name may contain at most %u lower-case letters, digits, dots and "
			  "hyphens, but not '..'"),
			KVK_LIMIT_ENTRY_NAME);
	if (given->verbose && given->common.json)
		return kvk_usage_error(&usage, _("--verbose and --json cannot be used together"));
	if (given->name != NULL && kvk_path_is_folder(arguments[0]))
		return kvk_usage_error(&usage, _("--name cannot be used with a folder"));
	if (given->pass_file != NULL && kvk_path_is_folder(arguments[0]))
		return kvk_usage_error(&usage, _("--pass-file cannot be used with a folder"));
	return KVK_GO_ON;
}

/* The addresses, a line each. */
static enum kvk_err list_recipients(const struct track_config *config, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < config->to.count; i++)
		KVK_TRY(kvk_blob_append_format(out, "%s\n", config->to.items[i]));
out:
	return err;
}

/* What is written while certificates are recorded. */
struct progress {
	bool json;
	/* A line could not be written; what it was about is recorded all the same. */
	bool failed;
	/* The items of the JSON document, which needs the end first. */
	struct kvk_blob list;
};

static enum kvk_err recorded(void *context, const struct kvk_tracked *tracked)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct progress *progress = context;
	struct kvk_blob line = { 0 };
	enum kvk_err err;

	if (progress->json)
		return kvk_report_tracked_item(tracked, &progress->list);
	KVK_TRY(kvk_report_tracked_line(tracked, &paper, &line));
	if (!kvk_write(&line))
		progress->failed = true;
out:
	kvk_blob_free(&line);
	return err;
}

static void unreadable(
	void *context, enum kvk_err err, const char *path, const struct kvk_watched_file *file)
{
	struct kvk_error why = { "" };

	(void)context;
	if (file == NULL) {
		kvk_warn_folder(err, path);
		return;
	}
	(void)kvk_watched_damage(file, path, &why);
	kvk_warn("%s", why.text);
}

/* What was passed over of a kind: how many, and the names that were kept. */
static enum kvk_err write_passed_kind(
	const struct kvk_tracking *tracking, enum kvk_passed kind, struct kvk_blob *out)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob path = { 0 };
	long long number = kind;
	enum kvk_err err;

	KVK_TRY(kvk_report_passed_count(kind, tracking->counts.passed[kind], &paper, out));
	for (;;) {
		err = kvk_finds_next_note(tracking->finds, &number, &path);
		if (err == KVK_ERR_NOT_FOUND || number != (long long)kind)
			break;
		KVK_TRY(err);
		KVK_TRY(kvk_report_passed_name(kvk_blob_str(&path), &paper, out));
		/* However many there are, not all of their names are kept. */
		if (out->n < WRITE_SIZE)
			continue;
		if (!kvk_write(out))
			err = KVK_ERR_WRITE;
		kvk_blob_clear(out);
		KVK_TRY(err);
	}
	err = KVK_OK;
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err write_passed(const struct kvk_tracking *tracking, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (enum kvk_passed kind = 0; kind < KVK_PASSED_COUNT; kind++)
		if (tracking->counts.passed[kind] > 0)
			KVK_TRY(write_passed_kind(tracking, kind, out));
out:
	return err;
}

/* What there is to say at the end. */
static enum kvk_err render_end(const struct kvk_tracking *tracking, bool folder,
	const struct progress *progress, struct kvk_blob *out)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	const struct kvk_vec *silenced = &tracking->silenced;
	const size_t known = tracking->counts.known + tracking->counts.copies;
	enum kvk_err err;

	if (progress->json)
		return kvk_report_tracked_json(&progress->list, &tracking->counts, silenced, out);
	KVK_TRY(kvk_report_silenced_text(silenced, &paper, out));
	if (folder || known > 1)
		KVK_TRY(kvk_report_tracked_counts(&tracking->counts, &paper, out));
	if (folder) {
		err = write_passed(tracking, out);
	} else if (known == 1) {
		err = kvk_report_tracked_already(tracking->known_name, tracking->keep, &paper, out);
	}
out:
	return err;
}

static enum kvk_exit write_end(const struct kvk_tracking *tracking, bool folder,
	const struct progress *progress, enum kvk_exit code)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = render_end(tracking, folder, progress, &out);
	enum kvk_exit written = kvk_step_write(err, &out, KVK_GO_ON);

	if (written != KVK_GO_ON || progress->failed)
		return KVK_EXIT_UNKNOWN;
	return kvk_step_named(tracking->inventory, &tracking->silenced, tracking->now, code);
}

static enum kvk_exit track_file(
	struct kvk_tracking *tracking, const char *path, const struct progress *progress)
{
	struct kvk_error why = { "" };
	const enum kvk_err err = kvk_tracking_add_file(tracking, path, &why);
	enum kvk_exit code;

	if (tracking->pass_readable)
		kvk_warn(_("advice: %s: other users can read that file; run chmod 600 on it"),
			"pass-file");
	KVK_STEP(kvk_step(err, &why));
	code = write_end(tracking, false, progress, KVK_EXIT_OK);
out:
	return code;
}

static enum kvk_exit track_folder(
	struct kvk_tracking *tracking, const char *path, const struct progress *progress)
{
	const struct kvk_tracked_counts *counts = &tracking->counts;
	struct kvk_error why = { "" };
	enum kvk_exit code = kvk_step(kvk_tracking_add_folder(tracking, path, &why), &why);
	char safe[256];

	code = write_end(tracking, true, progress, code);
	if (code != KVK_GO_ON)
		return code;
	if (counts->recorded + counts->known + counts->copies == 0)
		kvk_warn(_("no certificate found in '%s'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	return counts->recorded + counts->known + counts->copies > 0 && counts->unreadable == 0 ?
		KVK_EXIT_OK :
		KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_cmd_track(struct kvk_run *run)
{
	struct track_config config = { 0 };
	struct progress progress = { 0 };
	struct kvk_tracking tracking = KVK_TRACKING_INIT;
	struct kvk_store store = { 0 };
	struct kvk_blob recipients = { 0 };
	const char *path;
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_now(&tracking.now));
	KVK_STEP(kvk_step(list_recipients(&config, &recipients), &(struct kvk_error){ "" }));
	KVK_STEP(kvk_step_store_open(config.common.home, true, &store));
	progress.json = config.common.json;
	tracking.pass_file = config.pass_file;
	tracking.inventory = store.inventory;
	tracking.name = config.name;
	tracking.keep = config.keep;
	tracking.recipients = recipients.n > 0 ? kvk_blob_str(&recipients) : NULL;
	tracking.recorded = recorded;
	tracking.unreadable = unreadable;
	tracking.context = &progress;
	tracking.home = &store.home;
	tracking.names = config.verbose ? UINT_MAX : 1u << KVK_PASSED_LOCKED;
	path = run->arguments[0];
	code = kvk_path_is_folder(path) ? track_folder(&tracking, path, &progress) :
					  track_file(&tracking, path, &progress);
out:
	kvk_blob_free(&progress.list);
	kvk_blob_free(&recipients);
	kvk_tracking_free(&tracking);
	kvk_store_close(&store);
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <stdio.h>

#include "app/anchors.h"
#include "app/load.h"
#include "base/encode.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/word.h"
#include "cli/prompt.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "report/anchors.h"

struct trust_config {
	struct kvk_common common;
	const char *fingerprint;
};

enum action { LIST, IMPORT, REMOVE, ACTIONS };

static const struct kvk_option options[] = {
	OPT_TEXT(struct trust_config, fingerprint, "fingerprint", 0, N_("SHA256"),
		N_("with import: the SHA-256 fingerprint that the certificate must have")),
	OPT_HOME(struct trust_config),
	OPT_CONFIG(struct trust_config),
	OPT_COLOR(struct trust_config),
	OPT_JSON(struct trust_config),
	OPT_END,
};

static enum kvk_exit check(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "trust",
	.synopsis = N_("list|import|remove [FILE|NAME|SHA256]"),
	.summary = N_("list, import or remove trusted root certificates"),
	.details = N_("A delivery is accepted only if its chain leads to a root certificate that "
		      "is trusted. Those of PKIoverheid, the Dutch government's scheme, come with "
		      "this program and cannot be removed. Import another "
		      "one only if you are sure that the portal accepts it, or for a test.\n\n"
		      "  kvkcsr trust list\n"
		      "  kvkcsr trust import root.pem\n"
		      "  kvkcsr trust remove NAME|SHA256\n\n"
		      "'import' shows the certificate and asks. If standard input is not a "
		      "terminal, it requires --fingerprint."),
	.options = options,
	.minimum = 1,
	.maximum = 2,
	.check = check,
};

static const char *const actions[ACTIONS] = {
	[LIST] = "list",
	[IMPORT] = "import",
	[REMOVE] = "remove",
};

static enum action action_of(const char *name)
{
	return (enum action)kvk_word_index(name, actions, ACTIONS);
}

static enum kvk_exit check(const void *config, char **arguments)
{
	const struct trust_config *given = config;
	const enum action action = action_of(arguments[0]);
	uint8_t sha256[KVK_SHA256_SIZE];
	char safe[64];

	if (action == ACTIONS)
		return kvk_usage_error(&usage,
			_("unknown action '%s'; it is list, import or remove"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(arguments[0])));
	if (given->fingerprint == NULL)
		return KVK_GO_ON;
	if (action != IMPORT)
		return kvk_usage_error(&usage, _("--fingerprint is for import only"));
	if (!kvk_anchors_fingerprint(given->fingerprint, sha256))
		return kvk_usage_error(&usage,
			_("--fingerprint: a SHA-256 fingerprint has 64 hexadecimal digits"));
	return KVK_GO_ON;
}

/* Whether the action has what it needs. */
static enum kvk_exit check_count(enum action action, size_t count)
{
	if (action == LIST && count > 1)
		return kvk_usage_error(&usage, _("list takes no argument"));
	if (action == IMPORT && count < 2)
		return kvk_usage_error(
			&usage, _("'import' requires a file with a root certificate"));
	if (action == REMOVE && count < 2)
		return kvk_usage_error(&usage,
			_("'remove' requires the fingerprint or the name of an imported "
			  "certificate"));
	return KVK_GO_ON;
}

static enum kvk_exit list(const struct trust_config *config, const struct kvk_settings *settings,
	struct kvk_anchors *anchors)
{
	struct kvk_anchors_report report = {
		.trust = &anchors->trust,
		.count = anchors->trust.anchors.count,
		.system_store = kvk_setting_string(settings, "trust.system_store"),
		.paper = kvk_step_paper(config->common.color),
	};
	struct kvk_blob out = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_step_now(&report.at));
	report.system = kvk_trust_add_system(&anchors->trust, report.system_store, NULL) == KVK_OK;
	if (report.system)
		report.system_count = anchors->trust.anchors.count - report.count;
	code = kvk_step_write(config->common.json ? kvk_anchors_json(&report, &out) :
						    kvk_anchors_text(&report, &out),
		&out, KVK_EXIT_OK);
out:
	return code;
}

/* What was done, in a sentence or as JSON. */
static enum kvk_exit write_change(const struct trust_config *config, const char *sentence,
	const char *name, const uint8_t *sha256, bool changed)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	if (config->common.json)
		err = kvk_anchor_change_json(name, sha256, changed, &out);
	else
		err = kvk_blob_append_format(&out, "%s\n", sentence);
	return kvk_step_write(err, &out, KVK_EXIT_OK);
}

/* Whether it is the certificate that was meant: its fingerprint is as given. */
static enum kvk_exit compare(const struct trust_config *config, const char *path,
	const struct kvk_certificate *certificate)
{
	uint8_t wanted[KVK_SHA256_SIZE];
	struct kvk_blob hex = { 0 };
	char safe[256];

	(void)kvk_anchors_fingerprint(config->fingerprint, wanted);
	if (memcmp(wanted, certificate->sha256, KVK_SHA256_SIZE) == 0)
		return KVK_GO_ON;
	if (kvk_hex(&hex, (struct kvk_span){ certificate->sha256, KVK_SHA256_SIZE }, '\0') ==
		KVK_OK)
		kvk_warn(_("the certificate in '%s' has the fingerprint %s, not the one that was "
			   "given; nothing was imported"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), kvk_blob_str(&hex));
	kvk_blob_free(&hex);
	return KVK_EXIT_CRITICAL;
}

/* An anchor counts whatever its dates are, so the person who decides has to know them. */
static void warn_dates(const struct kvk_certificate *certificate, kvk_time now)
{
	char date[KVK_TIME_TEXT_SIZE];

	if (certificate->not_after < now)
		kvk_warn(_("WARNING: this root certificate expired on %s"),
			kvk_date_text(certificate->not_after, date));
	else if (certificate->not_before > now)
		kvk_warn(_("WARNING: this root certificate is not valid before %s"),
			kvk_date_text(certificate->not_before, date));
}

/* Shows the certificate and asks. */
static enum kvk_exit confirm(
	const struct trust_config *config, const struct kvk_certificate *certificate, kvk_time now)
{
	const struct kvk_paper paper = kvk_step_paper(config->common.color);
	struct kvk_blob text = { 0 };
	bool yes = false;
	enum kvk_err err;

	KVK_TRY(kvk_anchor_offer_text(certificate, now, &paper, &text));
	fprintf(stderr, "%s\n", kvk_blob_str(&text));
	fputs(_("Compare the fingerprint with the one that the CA publishes.\n"), stderr);
	KVK_TRY(kvk_prompt_yes(_("Trust this root certificate? [y/N]: "), false, &yes));
out:
	kvk_blob_free(&text);
	if (err != KVK_OK && err != KVK_ERR_CANCELLED)
		return kvk_step(err, &(struct kvk_error){ "" });
	if (yes)
		return KVK_GO_ON;
	kvk_warn(_("nothing was imported"));
	return KVK_EXIT_USAGE;
}

static enum kvk_exit import_certificate(const struct trust_config *config,
	struct kvk_anchors *anchors, const char *path, const struct kvk_certificate *certificate)
{
	struct kvk_blob name = { 0 }, safe = { 0 }, sentence = { 0 };
	const struct kvk_anchor *known = kvk_trust_pinned(&anchors->trust, certificate->sha256);
	const bool trusted = known != NULL;
	struct kvk_error why = { "" };
	kvk_time now;
	enum kvk_exit code;

	KVK_STEP(kvk_step_now(&now));
	if (config->fingerprint != NULL)
		KVK_STEP(compare(config, path, certificate));
	if (!trusted)
		warn_dates(certificate, now);
	if (!trusted && config->fingerprint == NULL)
		KVK_STEP(confirm(config, certificate, now));
	if (!trusted)
		KVK_STEP(kvk_step(kvk_anchors_import(anchors, certificate, now, &why), &why));
	KVK_STEP(kvk_step(trusted ? kvk_blob_append_text(&name, known->label) :
				    kvk_trust_label(&certificate->subject, &name),
		&why));
	KVK_STEP(kvk_step(kvk_escape(&safe, kvk_span_of_blob(&name)), &why));
	KVK_STEP(kvk_step(kvk_blob_append_format(&sentence,
				  trusted ? _("'%s' is already trusted; nothing was changed") :
					    _("'%s' is trusted from now on"),
				  kvk_blob_str(&safe)),
		&why));
	code = write_change(config, kvk_blob_str(&sentence), kvk_blob_str(&name),
		certificate->sha256, !trusted);
out:
	kvk_blob_free(&sentence);
	kvk_blob_free(&safe);
	kvk_blob_free(&name);
	return code;
}

static enum kvk_exit import_file(
	const struct trust_config *config, struct kvk_anchors *anchors, const char *path)
{
	const struct kvk_certificate *certificate;
	struct kvk_contents *contents = NULL;
	struct kvk_error why = { "" };
	enum kvk_err err;
	enum kvk_exit code;

	if (config->fingerprint == NULL && !kvk_interactive())
		return kvk_usage_error(&usage,
			_("standard input is not a terminal: give the fingerprint that the CA "
			  "publishes with --fingerprint"));
	err = kvk_anchors_read(path, &contents, &certificate, &why);
	code = kvk_step(err, &why);
	if (err == KVK_OK)
		code = import_certificate(config, anchors, path, certificate);
	else if (err == KVK_ERR_REFUSED)
		code = KVK_EXIT_CRITICAL;
	kvk_unload_contents(contents);
	return code;
}

static enum kvk_exit remove_anchor(
	const struct trust_config *config, struct kvk_anchors *anchors, const char *which)
{
	const struct kvk_anchor *anchor;
	struct kvk_blob safe = { 0 }, sentence = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_step(kvk_anchors_find(anchors, which, &anchor, &why), &why));
	KVK_STEP(kvk_step(
		kvk_import_remove(kvk_blob_str(&anchors->folder), anchor->sha256, &why), &why));
	KVK_STEP(kvk_step(kvk_escape(&safe, kvk_span_of(anchor->label)), &why));
	KVK_STEP(kvk_step(kvk_blob_append_format(&sentence,
				  anchor->generation == NULL ?
					  _("'%s' is no longer trusted") :
					  _("the imported copy of '%s' was removed; it is still "
					    "trusted, because it comes with this program"),
				  kvk_blob_str(&safe)),
		&why));
	code = write_change(config, kvk_blob_str(&sentence), anchor->label, anchor->sha256, true);
out:
	kvk_blob_free(&safe);
	kvk_blob_free(&sentence);
	return code;
}

enum kvk_exit kvk_cmd_trust(struct kvk_run *run)
{
	struct trust_config config = { 0 };
	struct kvk_anchors anchors = { .folder = { 0 } };
	struct kvk_error why = { "" };
	enum action action;
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	action = action_of(run->arguments[0]);
	KVK_STEP(check_count(action, run->count));
	code = kvk_step(
		kvk_anchors_open(config.common.home, action == IMPORT, &anchors, &why), &why);
	kvk_warn_home(&anchors.home);
	KVK_STEP(code);
	if (action == IMPORT)
		code = import_file(&config, &anchors, run->arguments[1]);
	else if (action == REMOVE)
		code = remove_anchor(&config, &anchors, run->arguments[1]);
	else
		code = list(&config, &run->settings, &anchors);
out:
	kvk_anchors_close(&anchors);
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <sys/stat.h>
#include <unistd.h>

#include "app/export.h"
#include "app/passphrase.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/prompt.h"
#include "cli/terminal.h"
#include "cmd/step.h"

#define KEY_MODE 0600
#define PUBLIC_MODE 0644

struct export_config {
	struct kvk_common common;
	const char *format, *out, *pass_file, *pass_fd;
	bool next, legacy;
};

static const char *const formats[] = { "upload", "der", "fullchain", "p12", "key", NULL };

static const struct kvk_option options[] = {
	OPT_CHOICE(struct export_config, format, "format", 0, "upload|der|fullchain|p12|key",
		N_("what to write (required)"), formats),
	OPT_TEXT(struct export_config, out, "out", 0, N_("FILE"),
		N_("write to this new file instead of standard output")),
	OPT_FLAG(struct export_config, next, "next", 0, N_("export the renewal that is under way")),
	OPT_TEXT(struct export_config, pass_file, "pass-file", 0, N_("FILE"),
		N_("read the passphrase from this file")),
	OPT_TEXT(struct export_config, pass_fd, "pass-fd", 0, N_("N"),
		N_("read the passphrase from this open file descriptor")),
	OPT_FLAG(struct export_config, legacy, "legacy", 0,
		N_("encrypt p12 with the weak algorithms that Windows Server 2016 and older "
		   "require")),
	OPT_HOME(struct export_config),
	OPT_JSON(struct export_config),
	OPT_END,
};

static enum kvk_exit check_usage(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "export",
	.synopsis = N_("[OPTION]... NAME"),
	.summary = N_("write the file that a portal, a web server, Java or Windows reads"),
	.details = N_("The formats are: upload, the file for the KVK developer portal; der, the "
		      "certificate alone; fullchain, the certificate and those of the CAs that "
		      "issued it; "
		      "p12, the key and the certificates, protected with a passphrase (PKCS#12, "
		      "also called PFX); "
		      "key, the private key as it is in the dossier. p12 and key require --out, "
		      "and an existing file is never overwritten.\n\n"
		      "  kvkcsr export api.voorbeeld.nl --format p12 --out api.p12\n\n"
		      "A passphrase is read from the terminal, a file or a file descriptor, never "
		      "from the command line."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
	.check = check_usage,
};

static enum kvk_exit check_usage(const void *given, char **arguments)
{
	const struct export_config *config = given;
	const enum kvk_export_format format = config->format != NULL ?
		kvk_export_format_find(config->format) :
		KVK_EXPORT_FORMAT_COUNT;
	const bool secret = format == KVK_EXPORT_P12 || format == KVK_EXPORT_KEY;
	const bool has_pass = config->pass_file != NULL || config->pass_fd != NULL;

	(void)arguments;
	if (format == KVK_EXPORT_FORMAT_COUNT)
		return kvk_usage_error(&usage, _("--format is required"));
	if (secret && config->out == NULL)
		return kvk_usage_error(&usage,
			_("--format %s contains the private key, so it requires --out FILE"),
			config->format);
	if (format == KVK_EXPORT_DER && config->out == NULL && isatty(STDOUT_FILENO))
		return kvk_usage_error(&usage,
			_("--format der is binary, which a terminal cannot show; use --out FILE"));
	if (config->common.json && config->out == NULL)
		return kvk_usage_error(&usage, _("--json requires --out FILE"));
	if (config->legacy && format != KVK_EXPORT_P12)
		return kvk_usage_error(&usage, _("--legacy is only for --format p12"));
	if (has_pass && format != KVK_EXPORT_P12)
		return kvk_usage_error(
			&usage, _("--pass-file and --pass-fd are only for --format p12"));
	if (config->pass_file != NULL && config->pass_fd != NULL)
		return kvk_usage_error(&usage, _("--pass-file and --pass-fd exclude each other"));
	return KVK_GO_ON;
}

/* The passphrase that was named. */
static enum kvk_exit read_passphrase(const struct export_config *config, struct kvk_secret *pass)
{
	const struct kvk_passphrase_source source = { config->pass_file, config->pass_fd };
	struct kvk_error why = { "" };
	bool readable = false;
	const enum kvk_err err = kvk_passphrase_read(&source, pass, &readable, &why);

	if (readable)
		kvk_warn(_("advice: %s: other users can read that file; run chmod 600 on it"),
			"pass-file");
	return kvk_step(err, &why);
}

/* Asks for a passphrase, for a new one twice. */
static enum kvk_exit prompt(const char *question, bool twice, struct kvk_secret *out)
{
	const struct kvk_error none = { "" };
	const enum kvk_err err = kvk_prompt_passphrase(question, twice, out);

	if (err != KVK_ERR_CANCELLED)
		return kvk_step(err, &none);
	kvk_warn(_("cancelled; nothing was created"));
	return KVK_EXIT_USAGE;
}

/* Opens the key, and asks for its passphrase where it has another one than the file will have. */
static enum kvk_exit open_key(struct kvk_export *run, const struct kvk_secret *pass)
{
	struct kvk_secret own = { .n = 0 };
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_export_open_key(run, pass, &why);
	enum kvk_exit code;

	if (err == KVK_ERR_PASSPHRASE && kvk_interactive()) {
		KVK_STEP(prompt(_("Passphrase of the key: "), false, &own));
		err = kvk_export_open_key(run, &own, &why);
	}
	code = kvk_step(err == KVK_ERR_PASSPHRASE ? KVK_ERR_USAGE : err, &why);
out:
	kvk_secret_free(&own);
	return code;
}

/* The passphrase of the file to be: the one that was named, or one that is typed twice. */
static enum kvk_exit ask_passphrase(struct kvk_secret *pass)
{
	if (pass->n > 0)
		return KVK_GO_ON;
	if (!kvk_interactive()) {
		kvk_warn(_("a passphrase is required for --format p12; use --pass-file or "
			   "--pass-fd"));
		return KVK_EXIT_USAGE;
	}
	return prompt(_("Passphrase for the new file (not shown): "), true, pass);
}

/* Key and certificates as PKCS#12. */
static enum kvk_exit make_pkcs12(
	const struct export_config *config, struct kvk_export *run, struct kvk_blob *out)
{
	struct kvk_secret pass = { .n = 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(read_passphrase(config, &pass));
	KVK_STEP(ask_passphrase(&pass));
	KVK_STEP(open_key(run, &pass));
	if (config->legacy)
		kvk_warn(_("advice: --legacy encrypts with 3DES and SHA-1, which are weak; use it "
			   "only for Windows Server 2016 and older, and delete the file once it is "
			   "imported"));
	KVK_STEP(kvk_step(kvk_export_pkcs12(run, &pass, config->legacy, out, &why), &why));
out:
	kvk_secret_free(&pass);
	return code;
}

/* Writes the new file, and says what it is for. */
static enum kvk_exit write_file(const struct export_config *config, const struct kvk_export *run,
	enum kvk_export_format format, struct kvk_span bytes)
{
	const struct kvk_certificate *leaf = kvk_contents_certificate(&run->certificate, 0, NULL);
	const bool secret = format == KVK_EXPORT_P12 || format == KVK_EXPORT_KEY;
	const struct kvk_report_export written = {
		.name = run->entry.name,
		.format = format,
		.check = kvk_export_checked(run, config->next),
		.next = config->next,
		.file = config->out,
		.sha256 = leaf != NULL ? leaf->sha256 : NULL,
	};
	const struct kvk_paper paper = kvk_step_paper(NULL);
	enum kvk_err err = kvk_file_create(config->out, secret ? KEY_MODE : PUBLIC_MODE, bytes);
	struct kvk_blob out = { 0 };
	struct kvk_error why = { "" };

	if (err != KVK_OK) {
		(void)kvk_error_set_file(&why, err, config->out, 0);
		return kvk_step(err == KVK_ERR_EXISTS ? err : KVK_ERR_CREATE, &why);
	}
	return kvk_step_write(config->common.json ? kvk_report_export_json(&written, &out) :
						    kvk_report_export_text(&written, &paper, &out),
		&out, KVK_EXIT_OK);
}

static enum kvk_exit export_public(const struct export_config *config, const struct kvk_export *run,
	enum kvk_export_format format)
{
	struct kvk_blob out = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_step(kvk_export_certificates(run, format, &out), &why));
	if (config->out != NULL) {
		code = write_file(config, run, format, kvk_span_of_blob(&out));
	} else {
		kvk_warn("%s", kvk_export_use(format, kvk_export_checked(run, config->next)));
		code = kvk_step_write(KVK_OK, &out, KVK_EXIT_OK);
	}
out:
	kvk_blob_free(&out);
	return code;
}

static enum kvk_exit export_secret(
	const struct export_config *config, struct kvk_export *run, enum kvk_export_format format)
{
	struct kvk_blob out = { 0 };
	struct kvk_error why = { "" };
	enum kvk_err err;
	enum kvk_exit code;

	if (format == KVK_EXPORT_P12) {
		KVK_STEP(make_pkcs12(config, run, &out));
		code = write_file(config, run, format, kvk_span_of_blob(&out));
		goto out;
	}
	err = kvk_export_open_key(run, NULL, &why);
	/* It leaves as it is, encrypted. */
	if (err != KVK_ERR_PASSPHRASE)
		KVK_STEP(kvk_step(err, &why));
	code = write_file(config, run, format, kvk_secret_span(&run->key_file));
out:
	kvk_blob_free(&out);
	return code;
}

enum kvk_exit kvk_cmd_export(struct kvk_run *run)
{
	struct export_config config = { 0 };
	struct kvk_store store = { 0 };
	struct kvk_export export = { 0 };
	enum kvk_export_format format;
	struct kvk_error why = { "" };
	enum kvk_exit code;

	umask(077);
	kvk_secret_process();
	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	format = kvk_export_format_find(config.format);
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	KVK_STEP(kvk_step(
		kvk_export_open(&store, run->arguments[0], config.next, &export, &why), &why));
	if (format != KVK_EXPORT_KEY)
		KVK_STEP(kvk_step(kvk_export_need_certificate(&export, &why), &why));
	code = format == KVK_EXPORT_P12 || format == KVK_EXPORT_KEY ?
		export_secret(&config, &export, format) :
		export_public(&config, &export, format);
out:
	kvk_export_free(&export);
	kvk_store_close(&store);
	return code;
}

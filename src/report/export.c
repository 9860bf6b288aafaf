/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/export.h"

#include "base/escape.h"
#include "base/i18n.h"
#include "base/word.h"
#include "report/json.h"

#define KVK_EXPORT_FORMAT_WORD(id, word) [id] = (word),
static const char *const words[] = { KVK_EXPORT_FORMATS(KVK_EXPORT_FORMAT_WORD) };
#undef KVK_EXPORT_FORMAT_WORD

static const char *const uses[] = {
	[KVK_EXPORT_DER] = N_("Windows opens this file as a certificate (.cer), and Java's "
			      "'keytool -importcert' reads it; it contains no key."),
	[KVK_EXPORT_FULLCHAIN] =
		N_("nginx reads this file with 'ssl_certificate' and Apache with "
		   "'SSLCertificateFile', together with the private key (--format key); curl "
		   "takes it with '--cert'."),
	[KVK_EXPORT_P12] = N_(
		"Java opens this file as a key store of type PKCS12, IIS imports it under "
		"'Server Certificates', .NET loads it with "
		"'X509CertificateLoader.LoadPkcs12FromFile', and curl takes it with '--cert-type "
		"P12 --cert'."),
	[KVK_EXPORT_KEY] = N_("nginx reads this file with 'ssl_certificate_key' and Apache with "
			      "'SSLCertificateKeyFile'; curl takes it with '--key'. Keep it where "
			      "nobody else can read it."),
};

/* Of the file for the portal. */
static const char *const upload_uses[] = {
	[KVK_EXPORT_ACCEPTED] = N_("Upload this file to the KVK developer portal."),
	[KVK_EXPORT_PRACTICE] =
		N_("This file was accepted with the root certificates given with --trust, which "
		   "says nothing about the portal. Before you upload it, run 'kvkcsr accept' again "
		   "without --trust."),
	[KVK_EXPORT_INCOMPLETE] =
		N_("Some checks of this file could not be completed. Before you upload it, run "
		   "'kvkcsr accept' again, with a network connection or with --crl."),
	[KVK_EXPORT_ADOPTED] =
		N_("The dossier was adopted, so nobody knows whether this file was checked. Before "
		   "you upload it, check it with 'kvkcsr verify'."),
	[KVK_EXPORT_DOUBTFUL] =
		N_("The KVK developer portal would probably refuse this file, but trying the "
		   "upload costs nothing. 'kvkcsr verify' shows the reason."),
	[KVK_EXPORT_REFUSED_SINCE] =
		N_("'kvkcsr accept' refused the last delivery; this file is the certificate that "
		   "it accepted before. Before you upload it, check it with 'kvkcsr verify'."),
};

static const char *use_of(enum kvk_export_format format, enum kvk_export_check check)
{
	return format == KVK_EXPORT_UPLOAD ? upload_uses[check] : uses[format];
}

enum kvk_export_format kvk_export_format_find(const char *word)
{
	return (enum kvk_export_format)kvk_word_index(word, words, KVK_EXPORT_FORMAT_COUNT);
}

const char *kvk_export_use(enum kvk_export_format format, enum kvk_export_check check)
{
	return _(use_of(format, check));
}

enum kvk_err kvk_report_export_text(const struct kvk_report_export *written,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob safe = { 0 };

	KVK_PAGE_TRY(&page, kvk_escape(&safe, kvk_span_of(written->file)));
	kvk_page_append(&page, _("written: %s"), kvk_blob_str(&safe));
	kvk_page_append_text(&page, "\n");
	kvk_page_append_paragraph(&page, 0, kvk_export_use(written->format, written->check));
	kvk_blob_free(&safe);
	return page.err;
}

enum kvk_err kvk_report_export_json(const struct kvk_report_export *written, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(written->name));
	kvk_json_set(&object, "format", json_string(words[written->format]));
	kvk_json_set(&object, "next", json_boolean(written->next));
	kvk_json_set(&object, "file", kvk_json_text(kvk_span_of(written->file)));
	kvk_json_set(&object, "sha256",
		written->sha256 != NULL ? kvk_json_sha256(written->sha256) : json_null());
	kvk_json_set(&object, "hint", json_string(use_of(written->format, written->check)));
	return kvk_json_write(object, true, out);
}

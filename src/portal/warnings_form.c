/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of portal/warnings.h: what a strict reader of RFC 5280 would refuse and Java lets pass. One
 * warning a kind, with all that it finds as far as there is room.
 */
#include "config.h"

#include "lint/lint.h"
#include "portal/checks.h"
#include "portal/warnings.h"

static enum kvk_err not_strict_der(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char text[256];

	if (facts->contents->remarks & (1u << KVK_REMARK_BER))
		kvk_warning_append(out, "", kvk_remark_text(KVK_REMARK_BER));
	for (size_t i = 0; i < facts->certificate_count; i++) {
		uint32_t tolerated = facts->certificates[i]->log.tolerated;
		bool first = true;

		for (int p = 1; p < KVK_DER_REMARK_COUNT; p++) {
			const char *remark;

			if (!(tolerated & (1u << p)))
				continue;
			remark = kvk_der_remark_text((enum kvk_der_remark)p);
			kvk_format(text, sizeof text, _("certificate %zu of the file: %s"), i + 1,
				remark);
			if (!kvk_warning_append(out, "; ", first ? text : remark))
				return KVK_OK;
			first = false;
		}
	}
	return KVK_OK;
}

static enum kvk_err spki_parameters(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; out->text[0] == '\0' && i < facts->path.count; i++) {
		if (!facts->path.certs[i].certificate->key.odd_parameters)
			continue;
		KVK_TRY(kvk_checks_cert_name(facts, i, name));
		KVK_FORMAT(out->text,
			_("%s: the parameters of its RSA key are not NULL; Java ignores them, but "
			  "other programs refuse such a key"),
			name);
	}
out:
	return err;
}

static enum kvk_err old_string_type(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < subject->count; i++) {
		const struct kvk_attribute *attribute = &subject->attributes[i];
		const char *type = NULL;

		if (attribute->tag == KVK_DER_TELETEX_STRING)
			type = "TeletexString";
		else if (attribute->tag == KVK_DER_BMP_STRING)
			type = "BMPString";
		else if (attribute->tag == KVK_DER_UNIVERSAL_STRING)
			type = "UniversalString";
		if (type == NULL)
			continue;
		KVK_FORMAT(out->text,
			_("%s in the subject has the string type %s, which new certificates must "
			  "not use"),
			kvk_oid_label(attribute->type, oid), type);
		return KVK_OK;
	}
	return KVK_OK;
}

/* Everything that each certificate of the path breaks, as far as there is room. */
static enum kvk_err rfc5280_form(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char text[KVK_LINT_TEXT], named[KVK_LINT_TEXT + KVK_CHECKS_NAME], name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->path.count; i++) {
		bool first = true;
		size_t row = 0;

		while (kvk_lint_next(facts->path.certs[i].certificate, &row, text)) {
			KVK_TRY(kvk_checks_cert_name(facts, i, name));
			kvk_format(named, sizeof named, "%s: %s", name, text);
			if (!kvk_warning_append(out, "; ", first ? named : text))
				goto out;
			first = false;
		}
	}
out:
	return err;
}

/* The CRLs that decided, each once. */
static enum kvk_err crl_form(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char text[KVK_LINT_TEXT], named[KVK_LINT_TEXT + 2 * KVK_CHECKS_NAME], name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->path.count; i++) {
		const struct kvk_crl *crl = facts->certs[i].status.crl;
		bool first = true;
		size_t row = 0;

		if (crl == NULL || (i > 0 && crl == facts->certs[i - 1].status.crl))
			continue;
		while (kvk_lint_crl_next(crl, &row, text)) {
			KVK_TRY(kvk_checks_cert_name(facts, i, name));
			kvk_format(named, sizeof named, _("the revocation list (CRL) for %s: %s"),
				name, text);
			if (!kvk_warning_append(out, "; ", first ? named : text))
				goto out;
			first = false;
		}
	}
out:
	return err;
}

static enum kvk_err rfc5280_path(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char text[256], name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->strict.count; i++) {
		const struct kvk_path_failure *failure = &facts->strict.failures[i];

		if (failure->undetermined || kvk_path_failure_known(&facts->report, failure))
			continue;
		if (out->text[0] == '\0')
			KVK_FORMAT(out->text, "%s",
				_("a strict validator refuses the path, although Java accepts it"));
		KVK_TRY(kvk_checks_cert_name(facts, failure->cert, name));
		kvk_format(text, sizeof text, "%s: %s%s%s", name, kvk_reason_name(failure->reason),
			failure->field != NULL && failure->field[0] != '\0' ? ", " : "",
			failure->field != NULL ? failure->field : "");
		if (!kvk_warning_append(out, "; ", text))
			goto out;
	}
out:
	return err;
}

/* The key identifier of what is above a certificate, empty where it has none. */
static struct kvk_span issuer_ski(const struct kvk_facts *facts, size_t i)
{
	const struct kvk_path *path = &facts->path;

	if (i + 1 < path->count)
		return path->certs[i + 1].certificate->ext.ski;
	return path->anchor != NULL ? path->anchor->ski : (struct kvk_span){ 0 };
}

/* Whether a general name is this directory name. */
static bool is_directory(const struct kvk_general_name *general, const struct kvk_name *wanted)
{
	struct kvk_name name;
	bool same;

	if (general->kind != KVK_GENERAL_DIRECTORY ||
		kvk_name_parse(general->value, true, &name) != KVK_OK)
		return false;
	same = kvk_name_equal(&name, wanted, KVK_MANNER_JAVA);
	kvk_name_free(&name);
	return same;
}

/* authorityCertIssuer and authorityCertSerialNumber name the certificate of the issuer itself. */
static bool names_issuer(const struct kvk_extensions *ext, const struct kvk_certificate *above)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name general;
	struct kvk_der der;

	if (ext->aki_serial.n > 0 && !kvk_span_equal(ext->aki_serial, above->serial))
		return false;
	kvk_der_start(&der, ext->aki_issuer, true, &log);
	while (!kvk_der_at_end(&der))
		if (kvk_general_name_read(&der, &general) != KVK_OK ||
			is_directory(&general, &above->issuer))
			return true;
	return ext->aki_issuer.n == 0;
}

static enum kvk_err key_identifier(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->path.count; i++) {
		const struct kvk_extensions *ext = &facts->path.certs[i].certificate->ext;
		const struct kvk_span above = issuer_ski(facts, i);

		const bool other_key = ext->aki_key_id.n > 0 && above.n > 0 &&
			!kvk_span_equal(ext->aki_key_id, above);

		if (!other_key &&
			(i + 1 == facts->path.count ||
				names_issuer(ext, facts->path.certs[i + 1].certificate)))
			continue;
		KVK_TRY(kvk_checks_cert_name(facts, i, name));
		KVK_FORMAT(out->text,
			other_key ? _("%s: its authorityKeyIdentifier does not match the key "
				      "identifier of its issuer") :
				    _("%s: its authorityKeyIdentifier names a certificate other "
				      "than that of its issuer"),
			name);
		break;
	}
out:
	return err;
}

static enum kvk_err ca_eku(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 1; i < facts->path.count; i++) {
		const struct kvk_certificate *cert = facts->path.certs[i].certificate;

		if (!cert->ext.has_eku ||
			kvk_extensions_have_eku(&cert->ext, KVK_OID_EKU_CLIENT_AUTH) ||
			kvk_extensions_have_eku(&cert->ext, KVK_OID_ANY_EKU))
			continue;
		KVK_TRY(kvk_checks_cert_name(facts, i, name));
		KVK_FORMAT(out->text,
			_("%s: its extended key usage does not include the purpose \"client "
			  "authentication\" (clientAuth); OpenSSL and other programs refuse that, "
			  "Java does not"),
			name);
		break;
	}
out:
	return err;
}

#define ASK_TSP N_("other programs may refuse it; tell the TSP")
#define ASK_TSP_FORM \
	N_("the numbers in brackets are sections of RFC 5280, the standard for certificates; " \
	   "other programs may refuse this one, so tell the TSP")

const struct kvk_warning_row kvk_warnings_form[] = {
	{
		.id = "not-strict-der",
		.check = not_strict_der,
		.hint = ASK_TSP,
	},
	{
		.id = "spki-parameters",
		.check = spki_parameters,
		.hint = ASK_TSP,
		.leaf = true,
	},
	{
		.id = "old-string-type",
		.check = old_string_type,
		.hint = ASK_TSP,
		.leaf = true,
	},
	{
		.id = "rfc5280-form",
		.check = rfc5280_form,
		.hint = ASK_TSP_FORM,
		.leaf = true,
	},
	{
		.id = "crl-form",
		.check = crl_form,
		.hint = ASK_TSP_FORM,
		.leaf = true,
	},
	{
		.id = "rfc5280-path",
		.check = rfc5280_path,
		.hint = ASK_TSP,
		.leaf = true,
	},
	{
		.id = "key-identifier-mismatch",
		.check = key_identifier,
		.hint = ASK_TSP,
		.leaf = true,
	},
	{
		.id = "ca-extended-key-usage",
		.check = ca_eku,
		.hint = ASK_TSP,
		.leaf = true,
	},
	{ .id = NULL },
};

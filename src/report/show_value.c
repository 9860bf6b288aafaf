/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/show.h: extensions that nobody decodes on the way to the portal, in words all the
 * same; whatever else there is, and what cannot be read, in hex.
 */
#include "config.h"

#include "report/show_part.h"

#include <string.h>

#include "base/encode.h"

/* Appends the value of an extension; KVK_ERR_DER where it is not what its name says. */
typedef enum kvk_err writer(struct kvk_shown *s, struct kvk_der *der);

static enum kvk_err issuer_alt_name(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_span names;
	enum kvk_err err;

	KVK_TRY(kvk_der_read(der, KVK_DER_SEQUENCE, &names));
	kvk_show_append_generals(s, names);
out:
	return err;
}

/* freshestCRL of a CRL (5.2.6): the full names of its distribution points. */
static enum kvk_err freshest(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_der list, point, name;
	struct kvk_span names;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	for (size_t i = 0; !kvk_der_at_end(&list); i++) {
		const unsigned tag = KVK_DER_CONTEXT_CONSTRUCTED(0);

		KVK_TRY(kvk_der_enter(&list, KVK_DER_SEQUENCE, &point));
		KVK_TRY(kvk_der_enter(&point, tag, &name));
		KVK_TRY(kvk_der_read(&name, tag, &names));
		if (i > 0)
			kvk_show_next(s);
		kvk_show_append_generals(s, names);
	}
out:
	return err;
}

/* SubjectInfoAccess (4.2.2.2): what a CA offers, and where. */
static enum kvk_err subject_info(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_general_name name;
	char text[KVK_LIMIT_OID_TEXT];
	struct kvk_der list, one;
	struct kvk_span method;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	for (size_t i = 0; !kvk_der_at_end(&list); i++) {
		KVK_TRY(kvk_der_enter(&list, KVK_DER_SEQUENCE, &one));
		KVK_TRY(kvk_der_oid(&one, &method));
		KVK_TRY(kvk_general_name_read(&one, &name));
		if (i > 0)
			kvk_show_next(s);
		kvk_oid_text(method, text);
		if (strcmp(text, "1.3.6.1.5.5.7.48.5") == 0)
			kvk_page_append(&s->line, "%s ", _("certificates of this CA"));
		else
			kvk_page_append(&s->line, "%s ", text);
		kvk_show_append_general(s, &name);
	}
out:
	return err;
}

/* RFC 7633: extensions of TLS that the server promises. */
static enum kvk_err tls_feature(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_der list;
	uint64_t feature;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	for (size_t i = 0; !kvk_der_at_end(&list); i++) {
		KVK_TRY(kvk_der_uint(&list, KVK_DER_INTEGER, UINT16_MAX, &feature));
		kvk_show_between(s, i);
		if (feature == 5)
			kvk_page_append_text(&s->line,
				_("the server must include an OCSP response "
				  "(status_request)"));
		else
			kvk_page_append(&s->line, _("the server must support TLS extension %llu"),
				(unsigned long long)feature);
	}
out:
	return err;
}

static enum kvk_err netscape_type(struct kvk_shown *s, struct kvk_der *der)
{
	static const char *const names[] = {
		N_("client"),
		N_("server"),
		N_("email"),
		N_("code signing"),
		N_("reserved"),
		N_("CA for clients and servers"),
		N_("CA for email"),
		N_("CA for code signing"),
	};
	uint32_t bits;
	size_t n = 0;
	enum kvk_err err;

	KVK_TRY(kvk_der_named_bits(der, KVK_DER_BIT_STRING, &bits));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (bits >> i & 1) {
			kvk_show_between(s, n++);
			kvk_page_append_text(&s->line, _(names[i]));
		}
	if (n > 0)
		kvk_show_next(s);
	kvk_page_append_text(&s->line, _("this extension is obsolete"));
out:
	return err;
}

static uint64_t big_endian(const uint8_t *p, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

/* One SignedCertificateTimestamp (RFC 6962 3.2): version 0, log of 32 octets, milliseconds. */
static enum kvk_err append_timestamp(struct kvk_shown *s, struct kvk_span one)
{
	char text[KVK_TIME_TEXT_SIZE];
	struct kvk_blob log = { 0 };

	if (one.n < 41 || one.p[0] != 0)
		return KVK_ERR_DER;
	KVK_PAGE_TRY(&s->line, kvk_hex(&log, (struct kvk_span){ one.p + 1, 32 }, '\0'));
	kvk_page_append(&s->line, _("entered on %s in the public log %s"),
		kvk_time_text((kvk_time)(big_endian(one.p + 33, 8) & INT64_MAX), text),
		kvk_blob_str(&log));
	kvk_blob_free(&log);
	return KVK_OK;
}

static enum kvk_err timestamps(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_span list;
	enum kvk_err err;

	KVK_TRY(kvk_der_octet_string(der, &list));
	if (list.n < 2 || big_endian(list.p, 2) != list.n - 2)
		return KVK_ERR_DER;
	list = (struct kvk_span){ list.p + 2, list.n - 2 };
	for (size_t i = 0; list.n > 0; i++) {
		const size_t n = list.n < 2 ? SIZE_MAX : (size_t)big_endian(list.p, 2);

		if (list.n < 2 || n > list.n - 2)
			return KVK_ERR_DER;
		if (i > 0)
			kvk_show_next(s);
		KVK_TRY(append_timestamp(s, (struct kvk_span){ list.p + 2, n }));
		list = (struct kvk_span){ list.p + 2 + n, list.n - 2 - n };
	}
out:
	return err;
}

static enum kvk_err poison(struct kvk_shown *s, struct kvk_der *der)
{
	enum kvk_err err;

	KVK_TRY(kvk_der_null(der));
	kvk_page_append_text(&s->line,
		_("a precertificate, which is meant for public logs only: ask the TSP for the "
		  "certificate itself"));
out:
	return err;
}

/* EVG 9.8.2: the register ("NTR"), the country, perhaps a province, the number. */
static enum kvk_err organisation(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_span scheme, country, province = { 0 }, number;
	struct kvk_der list;
	unsigned tag;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	KVK_TRY(kvk_der_string(&list, &tag, &scheme));
	KVK_TRY(kvk_der_string(&list, &tag, &country));
	if (kvk_der_peek(&list) == KVK_DER_CONTEXT(0))
		KVK_TRY(kvk_der_read(&list, KVK_DER_CONTEXT(0), &province));
	KVK_TRY(kvk_der_string(&list, &tag, &number));
	kvk_page_append_escaped(&s->line, scheme);
	kvk_page_append_escaped(&s->line, country);
	if (province.n > 0) {
		kvk_page_append_text(&s->line, "+");
		kvk_page_append_escaped(&s->line, province);
	}
	kvk_page_append_text(&s->line, "-");
	kvk_page_append_escaped(&s->line, number);
out:
	return err;
}

static writer *const writers[KVK_OID_COUNT] = {
	[KVK_OID_EXT_ISSUER_ALT_NAME] = issuer_alt_name,
	[KVK_OID_EXT_FRESHEST_CRL] = freshest,
	[KVK_OID_EXT_SIA] = subject_info,
	[KVK_OID_EXT_TLS_FEATURE] = tls_feature,
	[KVK_OID_EXT_NETSCAPE_CERT_TYPE] = netscape_type,
	[KVK_OID_EXT_SCT_LIST] = timestamps,
	[KVK_OID_EXT_CT_POISON] = poison,
	[KVK_OID_EXT_CABF_ORG_ID] = organisation,
	[KVK_OID_EXT_QC_STATEMENTS] = kvk_show_qc_statements,
};

void kvk_show_value(struct kvk_shown *s, const struct kvk_extension *one)
{
	const size_t start = s->text.n;
	struct kvk_der_log log = { 0 };
	struct kvk_der der;

	if (writers[one->oid] != NULL) {
		kvk_der_start(&der, one->value, true, &log);
		if (writers[one->oid](s, &der) == KVK_OK)
			return;
		kvk_show_cut(s, start);
	}
	kvk_show_append_bytes(s, one->value);
}

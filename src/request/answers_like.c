/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/answers.h: what a certificate or a request answers. */
#include "config.h"

#include <string.h>

#include "request/answers.h"
#include "names/oin.h"

/* Subject attributes that are answers as they stand. */
static const struct {
	enum kvk_oid oid;
	enum kvk_field field;
} plain[] = {
	{ KVK_OID_O, KVK_FIELD_ORGANISATION },
	{ KVK_OID_L, KVK_FIELD_LOCALITY },
	{ KVK_OID_ST, KVK_FIELD_STATE },
	{ KVK_OID_C, KVK_FIELD_COUNTRY },
};

/* The text of the first attribute of a type; empty where there is none. */
static enum kvk_err text_of(
	const struct kvk_name *name, enum kvk_oid oid, struct kvk_blob *out, struct kvk_error *why)
{
	const struct kvk_attribute *attribute = kvk_name_find(name, oid, 0);
	enum kvk_err err = KVK_OK;

	kvk_blob_clear(out);
	if (attribute != NULL)
		KVK_TRY(kvk_attribute_text(attribute, out));
	if (out->n > 0 && memchr(out->p, '\0', out->n) != NULL)
		err = KVK_ERR_TEXT;
out:
	if (err == KVK_ERR_TEXT)
		(void)kvk_error_set(
			why, err, _("%s in the subject is not readable text"), kvk_oid_name(oid));
	return err;
}

static enum kvk_err give(struct kvk_answers *answers, enum kvk_field field, struct kvk_span text)
{
	if (text.n == 0)
		return KVK_OK;
	return kvk_answer_set(answers, field, KVK_GIVEN_CERTIFICATE, text);
}

/* Whether a stronger source already said which organisation it is. */
static bool number_given(const struct kvk_answers *answers)
{
	return answers->source[KVK_FIELD_KVK] > KVK_GIVEN_CERTIFICATE ||
		answers->source[KVK_FIELD_OIN] > KVK_GIVEN_CERTIFICATE;
}

/* The holder of a SubOIN. */
static enum kvk_err take_unit(
	const struct kvk_name *subject, struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(text_of(subject, KVK_OID_OU, &text, why));
	KVK_TRY(give(answers, KVK_FIELD_UNIT, kvk_span_of_blob(&text)));
out:
	kvk_blob_free(&text);
	return err;
}

/*
 * serialNumber holds an OIN or HRN, or the KVK number itself; organizationIdentifier the KVK
 * number.
 */
static enum kvk_err take_numbers(
	const struct kvk_name *subject, struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	struct kvk_oin oin;
	bool is_sub;
	enum kvk_err err;

	if (number_given(answers))
		return KVK_OK;
	KVK_TRY(text_of(subject, KVK_OID_SERIAL_NUMBER, &text, why));
	KVK_TRY(give(answers, text.n == KVK_NUMBER_DIGITS ? KVK_FIELD_KVK : KVK_FIELD_OIN,
		kvk_span_of_blob(&text)));
	is_sub =
		kvk_oin_read(kvk_span_of_blob(&text), &oin, NULL) == KVK_OK && kvk_oin_is_sub(&oin);
	KVK_TRY(text_of(subject, KVK_OID_ORGANIZATION_IDENTIFIER, &text, why));
	if (kvk_answer(answers, KVK_FIELD_KVK) == NULL &&
		kvk_number_of_identifier(kvk_span_of_blob(&text), kvk_number) == KVK_OK)
		KVK_TRY(give(answers, KVK_FIELD_KVK, kvk_span_of(kvk_number)));
	if (is_sub)
		KVK_TRY(take_unit(subject, answers, why));
out:
	kvk_blob_free(&text);
	return err;
}

/* The first DNS name, or NULL. */
static const struct kvk_span *dns_name_of(const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS)
			return &ext->sans[i].value;
	return NULL;
}

static bool looks_like_host(struct kvk_span text)
{
	return text.n > 0 && memchr(text.p, '.', text.n) != NULL &&
		memchr(text.p, ' ', text.n) == NULL;
}

/*
 * The CN where it looks like a host name, else the first DNS name: some profiles put the company's
 * name in CN.
 */
static enum kvk_err take_domain(const struct kvk_name *subject, const struct kvk_extensions *ext,
	struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	const struct kvk_span *dns = dns_name_of(ext);
	struct kvk_span name;
	enum kvk_err err;

	KVK_TRY(text_of(subject, KVK_OID_CN, &text, why));
	name = kvk_span_of_blob(&text);
	if (!looks_like_host(name) && dns != NULL)
		name = *dns;
	KVK_TRY(give(answers, KVK_FIELD_DOMAIN, name));
out:
	if (err == KVK_ERR_TEXT)
		(void)kvk_error_set(
			why, err, _("the host name in the certificate is not readable text"));
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err take_all(const struct kvk_name *subject, const struct kvk_extensions *ext,
	struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(take_domain(subject, ext, answers, why));
	KVK_TRY(take_numbers(subject, answers, why));
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		KVK_TRY(text_of(subject, plain[i].oid, &text, why));
		KVK_TRY(give(answers, plain[i].field, kvk_span_of_blob(&text)));
	}
	if (kvk_extensions_have_eku(ext, KVK_OID_EKU_CLIENT_AUTH) &&
		!kvk_extensions_have_eku(ext, KVK_OID_EKU_SERVER_AUTH))
		KVK_TRY(give(answers, KVK_FIELD_CLIENT_ONLY, kvk_span_of("true")));
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_answers_from_certificate(
	const struct kvk_certificate *cert, struct kvk_answers *answers, struct kvk_error *why)
{
	return take_all(&cert->subject, &cert->ext, answers, why);
}

enum kvk_err kvk_answers_from_request(
	const struct kvk_csr *csr, struct kvk_answers *answers, struct kvk_error *why)
{
	return take_all(&csr->subject, &csr->ext, answers, why);
}

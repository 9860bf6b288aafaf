/* SPDX-License-Identifier: Apache-2.0 */
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
		err = kvk_attribute_text(attribute, out);
	if (err == KVK_OK && out->n > 0 && memchr(out->p, '\0', out->n) != NULL)
		err = KVK_ERR_TEXT;
	if (err == KVK_ERR_TEXT)
		kvk_error_set(
			why, err, _("the subject's %s is not readable text"), kvk_oid_name(oid));
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

/*
 * serialNumber holds an OIN or HRN, or the KVK number itself; organizationIdentifier the KVK
 * number.
 */
static enum kvk_err take_numbers(
	const struct kvk_name *subject, struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	bool is_sub = false;
	struct kvk_oin oin;
	enum kvk_err err;

	if (number_given(answers))
		return KVK_OK;
	err = text_of(subject, KVK_OID_SERIAL_NUMBER, &text, why);
	if (err == KVK_OK && text.n == KVK_NUMBER_DIGITS)
		err = give(answers, KVK_FIELD_KVK, kvk_span_of_blob(&text));
	else if (err == KVK_OK)
		err = give(answers, KVK_FIELD_OIN, kvk_span_of_blob(&text));
	if (err == KVK_OK && kvk_oin_read(kvk_span_of_blob(&text), &oin, NULL) == KVK_OK)
		is_sub = kvk_oin_is_sub(&oin);
	if (err == KVK_OK)
		err = text_of(subject, KVK_OID_ORGANIZATION_IDENTIFIER, &text, why);
	if (err == KVK_OK && kvk_answer(answers, KVK_FIELD_KVK) == NULL &&
		kvk_number_of_identifier(kvk_span_of_blob(&text), kvk_number) == KVK_OK)
		err = give(answers, KVK_FIELD_KVK, kvk_span_of(kvk_number));
	if (err == KVK_OK && is_sub)
		err = text_of(subject, KVK_OID_OU, &text, why);
	if (err == KVK_OK && is_sub)
		err = give(answers, KVK_FIELD_UNIT, kvk_span_of_blob(&text));
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err take_domain(const struct kvk_name *subject, const struct kvk_extensions *ext,
	struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	/* The CN where it looks like a host name, else the first DNS name: some profiles put the
	 * company's name in CN. */
	err = text_of(subject, KVK_OID_CN, &text, why);
	if (err == KVK_OK &&
		(text.n == 0 || memchr(text.p, '.', text.n) == NULL ||
			memchr(text.p, ' ', text.n) != NULL)) {
		for (size_t i = 0; i < ext->san_count; i++) {
			if (ext->sans[i].kind != KVK_GENERAL_DNS)
				continue;
			kvk_blob_clear(&text);
			err = kvk_blob_append(&text, ext->sans[i].value);
			break;
		}
	}
	if (err == KVK_OK)
		err = give(answers, KVK_FIELD_DOMAIN, kvk_span_of_blob(&text));
	if (err == KVK_ERR_TEXT)
		kvk_error_set(why, err, _("the host name in it is not readable text"));
	kvk_blob_free(&text);
	return err;
}

static bool names_eku(const struct kvk_extensions *ext, enum kvk_oid usage)
{
	for (size_t i = 0; i < ext->eku_count; i++)
		if (kvk_oid_is(ext->ekus[i], usage))
			return true;
	return false;
}

static enum kvk_err take_all(const struct kvk_name *subject, const struct kvk_extensions *ext,
	struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	err = take_domain(subject, ext, answers, why);
	if (err == KVK_OK)
		err = take_numbers(subject, answers, why);
	for (size_t i = 0; err == KVK_OK && i < sizeof plain / sizeof plain[0]; i++) {
		err = text_of(subject, plain[i].oid, &text, why);
		if (err == KVK_OK)
			err = give(answers, plain[i].field, kvk_span_of_blob(&text));
	}
	if (err == KVK_OK && names_eku(ext, KVK_OID_EKU_CLIENT_AUTH) &&
		!names_eku(ext, KVK_OID_EKU_SERVER_AUTH))
		err = give(answers, KVK_FIELD_CLIENT_ONLY, kvk_span_of("true"));
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

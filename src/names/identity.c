/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/identity.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/word.h"
#include "names/oin.h"

#define HRN_PREFIX "00000003"
#define TEST_PREFIX "00000099"

void kvk_identity_read(struct kvk_span text, struct kvk_identity *out)
{
	*out = (struct kvk_identity){ .kind = KVK_IDENTITY_OTHER, .text = true };
	kvk_escape_to(out->shown, sizeof(out->shown), text);
	if (text.n == KVK_NUMBER_DIGITS && kvk_all_digits(text)) {
		out->kind = KVK_IDENTITY_KVK;
		memcpy(out->kvk, text.p, KVK_NUMBER_DIGITS);
	} else if (kvk_oin_fits_g4(text)) {
		out->kind = KVK_IDENTITY_OIN;
		/* an HRN of a KVK number ends in one zero more */
		if (memcmp(text.p, HRN_PREFIX, 8) == 0 && text.p[16] == '0')
			memcpy(out->kvk, text.p + 8, KVK_NUMBER_DIGITS);
	} else {
		return;
	}
	memcpy(out->digits, text.p, text.n);
}

bool kvk_identity_is_test(const struct kvk_identity *number)
{
	return number->kind == KVK_IDENTITY_OIN && memcmp(number->digits, TEST_PREFIX, 8) == 0;
}

static enum kvk_err oin_words(
	const struct kvk_identity *number, char out[static KVK_IDENTITY_WORDS])
{
	struct kvk_blob words = { 0 };
	struct kvk_error why = { "" };
	struct kvk_oin oin;
	enum kvk_err err;

	if (kvk_oin_read(kvk_span_of(number->digits), &oin, &why) != KVK_OK) {
		kvk_format(out, KVK_IDENTITY_WORDS, "%s", why.text);
		return KVK_OK;
	}
	KVK_TRY(kvk_oin_describe(&oin, &words));
	kvk_format(out, KVK_IDENTITY_WORDS, "%s", kvk_blob_str(&words));
out:
	kvk_blob_free(&words);
	return err;
}

enum kvk_err kvk_identity_words(
	const struct kvk_identity *number, char out[static KVK_IDENTITY_WORDS])
{
	const char *hint;

	out[0] = '\0';
	if (number->kind == KVK_IDENTITY_OIN)
		return oin_words(number, out);
	if (number->kind != KVK_IDENTITY_OTHER || number->shown[0] == '\0')
		return KVK_OK;
	hint = kvk_number_resembles(kvk_span_of(number->shown));
	if (!kvk_all_digits(kvk_span_of(number->shown)))
		hint = _("it may contain digits only");
	else if (strlen(number->shown) == KVK_OIN_DIGITS)
		hint = _("an OIN begins with 000000 and ends in 000");
	if (hint != NULL)
		kvk_format(out, KVK_IDENTITY_WORDS, "%s", hint);
	return KVK_OK;
}

static const struct kvk_attribute *find_number(const struct kvk_name *subject, size_t n)
{
	const struct kvk_attribute *found = kvk_name_find(subject, KVK_OID_SERIAL_NUMBER, 0);

	while (found != NULL && n-- > 0)
		found = kvk_name_find(
			subject, KVK_OID_SERIAL_NUMBER, (size_t)(found - subject->attributes) + 1);
	return found;
}

enum kvk_err kvk_identity_of_serial_number(
	const struct kvk_certificate *cert, size_t n, struct kvk_identity *out)
{
	const struct kvk_attribute *attribute = find_number(&cert->subject, n);
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	*out = (struct kvk_identity){ .kind = KVK_IDENTITY_NONE };
	if (attribute == NULL)
		return KVK_OK;
	err = kvk_attribute_text(attribute, &text);
	if (err == KVK_OK)
		kvk_identity_read(kvk_span_of_blob(&text), out);
	else
		out->kind = KVK_IDENTITY_OTHER;
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

enum kvk_err kvk_identity_of_subject(const struct kvk_certificate *cert, struct kvk_identity *out)
{
	return kvk_identity_of_serial_number(cert, 0, out);
}

enum kvk_err kvk_identity_of_organisation(
	const struct kvk_certificate *cert, struct kvk_identity *out)
{
	const struct kvk_attribute *attribute =
		kvk_name_find(&cert->subject, KVK_OID_ORGANIZATION_IDENTIFIER, 0);
	struct kvk_blob text = { 0 };
	char number[KVK_NUMBER_DIGITS + 1];
	enum kvk_err err;

	*out = (struct kvk_identity){ .kind = KVK_IDENTITY_NONE };
	if (attribute == NULL)
		return KVK_OK;
	out->kind = KVK_IDENTITY_OTHER;
	err = kvk_attribute_text(attribute, &text);
	if (err == KVK_OK && kvk_number_of_identifier(kvk_span_of_blob(&text), number) == KVK_OK)
		kvk_identity_read(kvk_span_of(number), out);
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Distinguished names. What a certificate calls itself is changed, and sometimes what the one below
 * calls its issuer too, so that names chain by RFC 5280 7.1 or not.
 */
#include "config.h"

#include "tests/differential/mutate.h"

#include <string.h>

#include "base/ascii.h"
#include "tests/support/issue_odd.h"

static struct kvk_issue_attribute *any_attribute(struct victim *v)
{
	return kvk_vec_at(&v->issue->subject, dice_roll(v->dice, v->issue->subject.count));
}

/* The certificate below keeps the name that its issuer has now. */
static void keep_issuer(struct victim *v)
{
	struct kvk_issue *below = &v->chain->issues[v->i + 1];

	if (v->i + 1 < v->chain->count && issue_odd(below)->issuer.n == 0 &&
		kvk_issue_subject_der(v->issue, &issue_odd(below)->issuer) != KVK_OK)
		below->err = KVK_ERR_MEMORY;
}

MUTATION(letters)
{
	struct kvk_issue_attribute *a = any_attribute(v);

	keep_issuer(v);
	for (size_t i = 0; a != NULL && i < a->value.n; i++) {
		if (kvk_is_alnum(a->value.p[i]) && a->value.p[i] > '9' && dice_one_in(v->dice, 2))
			a->value.p[i] ^= 0x20;
	}
}

/* White space where there is none, doubled, or other characters that comparing may map away. */
MUTATION(spaces)
{
	static const char *const pieces[] = { " ", "  ", "\t", "\n", "\xc2\xa0", "\xc2\xad",
		"\xe2\x80\x8b", "\xe3\x80\x80", "\xef\xbb\xbf" };
	struct kvk_issue_attribute *a = any_attribute(v);
	struct kvk_blob text = { 0 };
	size_t at, from;
	enum kvk_err err;

	keep_issuer(v);
	if (a == NULL)
		return;
	at = dice_roll(v->dice, 3);
	at = at == 0 ? 0 : at == 1 ? a->value.n : dice_roll(v->dice, a->value.n + 1);
	from = at;
	err = kvk_blob_append(&text, (struct kvk_span){ a->value.p, at });
	if (err == KVK_OK)
		err = kvk_blob_append_text(&text, DICE_PICK(v->dice, pieces));
	if (err == KVK_OK)
		err = kvk_blob_append(
			&text, (struct kvk_span){ a->value.p + from, a->value.n - from });
	kvk_blob_clear(&a->value);
	if (err == KVK_OK)
		err = kvk_blob_append(&a->value, kvk_span_of_blob(&text));
	if (err != KVK_OK)
		v->issue->err = err;
	kvk_blob_free(&text);
}

MUTATION(string_type)
{
	static const enum kvk_oid types[] = { KVK_OID_CN, KVK_OID_O, KVK_OID_C,
		KVK_OID_SERIAL_NUMBER, KVK_OID_ORGANIZATION_IDENTIFIER };
	static const unsigned tags[] = { 0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1b, 0x1c, 0x1e };

	const unsigned tag = DICE_PICK(v->dice, tags);

	keep_issuer(v);
	kvk_issue_name_tag(v->issue, DICE_PICK(v->dice, types), tag);
}

/* Texts in pairs or more that some rule of comparing takes for the same. */
static const char *const texts[] = { "caf\xc3\xa9", "cafe\xcc\x81", "CAF\xc3\x89",
	"stra\xc3\x9f"
	"e",
	"strasse", "STRASSE",
	"\xef\xbc\xa1"
	"BC",
	"ABC", "abc", "\xc4\xb0", "i", "\xc4\xb1", "I", "i\xcc\x87", "\xef\xac\x81x", "fix",
	"\xce\xa3", "\xcf\x83", "\xcf\x82", "\xe2\x84\xab", "\xc3\x85", "", " ", "a,b", "a+b=c",
	"#41", "\"a\"", "a\\b", "a;b<c>", " a", "a ", "a  b", "a b", "\xc2\xb2", "2",
	"\xe1\xba\x9e", "\x01",
	"a\x7f"
	"b",
	"\xf0\x9d\x94\x84" };

MUTATION(text)
{
	static const enum kvk_oid types[] = { KVK_OID_CN, KVK_OID_O, KVK_OID_OU, KVK_OID_L,
		KVK_OID_ORGANIZATION_IDENTIFIER, KVK_OID_TITLE };
	const enum kvk_oid type = DICE_PICK(v->dice, types);

	kvk_issue_name_set(v->issue, type, DICE_PICK(v->dice, texts));
	if (dice_one_in(v->dice, 2)) {
		keep_issuer(v);
		kvk_issue_name_set(v->issue, type, DICE_PICK(v->dice, texts));
	}
}

MUTATION(attribute)
{
	static const char *const types[] = { "2.5.4.11", "2.5.4.5", "2.5.4.97", "2.5.4.12",
		"1.2.840.113549.1.9.1", "0.9.2342.19200300.100.1.25", "0.9.2342.19200300.100.1.1",
		"2.5.4.9", "2.5.4.46", "1.3.6.1.4.1.32473.9", "2.5.4.4", "2.5.4.17" };
	static const unsigned tags[] = { 0x0c, 0x13, 0x16, 0x14, 0x1e, 0x02, 0x04, 0x30 };
	const char *text = DICE_PICK(v->dice, texts);
	unsigned tag;

	if (dice_one_in(v->dice, 2))
		keep_issuer(v);
	tag = DICE_PICK(v->dice, tags);
	kvk_issue_name_raw(v->issue, DICE_PICK(v->dice, types), tag, kvk_span_of(text));
}

MUTATION(joined)
{
	struct kvk_issue_attribute *a = any_attribute(v);

	if (dice_one_in(v->dice, 2))
		keep_issuer(v);
	if (a != NULL)
		a->joined = !a->joined;
}

MUTATION(swapped)
{
	const size_t n = v->issue->subject.count;
	struct kvk_issue_attribute *a, *b, kept;
	const size_t i = dice_roll(v->dice, n);

	if (dice_one_in(v->dice, 2))
		keep_issuer(v);
	if (n < 2 || i + 1 >= n)
		return;
	a = kvk_vec_at(&v->issue->subject, i);
	b = kvk_vec_at(&v->issue->subject, i + 1);
	kept = *a;
	*a = *b;
	*b = kept;
}

MUTATION(empty_subject)
{
	struct kvk_issue_attribute *a;

	while ((a = kvk_vec_at(&v->issue->subject, 0)) != NULL) {
		kvk_blob_free(&a->type);
		kvk_blob_free(&a->value);
		kvk_vec_remove(&v->issue->subject, 0);
	}
	if (dice_one_in(v->dice, 2))
		kvk_issue_critical(v->issue, KVK_OID_EXT_SAN, true);
	if (v->issue->err == KVK_ERR_NOT_FOUND)
		v->issue->err = KVK_OK;
}

MUTATION(other_name)
{
	keep_issuer(v);
	kvk_issue_name_set(v->issue, KVK_OID_CN, "Andere CA");
}

const struct mutation mutations_dn[] = {
	{ "dn-letters", letters },
	{ "dn-spaces", spaces },
	{ "dn-string-type", string_type },
	{ "dn-text", text },
	{ "dn-text", text },
	{ "dn-attribute", attribute },
	{ "dn-joined", joined },
	{ "dn-swapped", swapped },
	{ "dn-empty", empty_subject },
	{ "dn-other", other_name },
	{ NULL, NULL },
};

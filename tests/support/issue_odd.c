/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/issue_odd.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "practice/issue_list.h"

static void put_generalized_time(struct kvk_der_writer *w, kvk_time t)
{
	char text[KVK_TIME_TEXT_SIZE];
	uint8_t digits[KVK_TIME_TEXT_SIZE];
	size_t n = 0;

	kvk_time_text(t, text);
	for (size_t i = 0; text[i] != '\0'; i++)
		if (strchr("-:T", text[i]) == NULL)
			digits[n++] = (uint8_t)text[i];
	kvk_der_put(w, KVK_DER_GENERALIZED_TIME, (struct kvk_span){ digits, n });
}

static void put_validity(struct kvk_der_writer *w, const struct kvk_issue *issue)
{
	const struct issue_odd *odd = issue->odd;

	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (odd->generalized_time) {
		put_generalized_time(w, issue->not_before);
		put_generalized_time(w, issue->not_after);
	} else {
		kvk_der_put_time(w, issue->not_before);
		kvk_der_put_time(w, issue->not_after);
	}
	kvk_der_close(w);
}

static void put_version(struct kvk_der_writer *w, unsigned version)
{
	if (version == 1)
		return;
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put_uint(w, version - 1);
	kvk_der_close(w);
}

static enum kvk_err write_tbs(const struct kvk_issue *issue, struct kvk_span issuer,
	struct kvk_span algorithm, struct kvk_blob *out)
{
	const struct issue_odd *odd = issue->odd;
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	put_version(&w, odd->version);
	kvk_der_put(&w, KVK_DER_INTEGER, kvk_span_of_blob(&issue->serial));
	kvk_der_put_raw(&w,
		odd->inner_algorithm.n > 0 ? kvk_span_of_blob(&odd->inner_algorithm) : algorithm);
	kvk_der_put_raw(&w, odd->issuer.n > 0 ? kvk_span_of_blob(&odd->issuer) : issuer);
	put_validity(&w, issue);
	kvk_issue_write_name(&w, &issue->subject);
	kvk_der_put_raw(&w, kvk_span_of_blob(&issue->spki));
	if (issue->extensions.count > 0) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(3));
		kvk_issue_list_write(&w, &issue->extensions);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

void issue_damage(struct kvk_blob *signature, enum kvk_damage damage)
{
	switch (damage) {
	case KVK_DAMAGE_NONE:
		break;
	case KVK_DAMAGE_BIT:
		signature->p[signature->n / 2] ^= 0x10;
		break;
	case KVK_DAMAGE_ZERO:
		memset(signature->p, 0, signature->n);
		break;
	case KVK_DAMAGE_SHORT:
		signature->n--;
		break;
	}
}

static enum kvk_err sign(const struct kvk_issue *issue, struct kvk_span issuer,
	const struct kvk_key *key, struct kvk_blob *out)
{
	const struct issue_odd *odd = issue->odd;
	struct kvk_blob algorithm = { .n = 0 }, tbs = { .n = 0 }, signature = { .n = 0 };
	enum kvk_err err;

	if (odd->version == 0)
		return KVK_ERR_ARGUMENT;
	if (odd->algorithm.n > 0)
		KVK_TRY(kvk_blob_append(&algorithm, kvk_span_of_blob(&odd->algorithm)));
	else
		KVK_TRY(kvk_signing_algorithm(issue->signing, &algorithm));
	KVK_TRY(write_tbs(issue, issuer, kvk_span_of_blob(&algorithm), &tbs));
	KVK_TRY(kvk_key_sign(key, issue->signing, kvk_span_of_blob(&tbs), &signature));
	issue_damage(&signature, odd->damage);
	err = kvk_issue_seal(kvk_span_of_blob(&tbs), kvk_span_of_blob(&algorithm),
		kvk_span_of_blob(&signature), out);
out:
	kvk_blob_free(&algorithm);
	kvk_blob_free(&tbs);
	kvk_blob_free(&signature);
	return err;
}

static void free_odd(struct kvk_issue *issue)
{
	struct issue_odd *odd = issue->odd;

	kvk_blob_free(&odd->issuer);
	kvk_blob_free(&odd->algorithm);
	kvk_blob_free(&odd->inner_algorithm);
	free(odd);
}

struct issue_odd *issue_odd(struct kvk_issue *issue)
{
	static const struct kvk_issue_way way = { sign, free_odd };
	struct issue_odd *odd = issue->odd;

	if (odd != NULL)
		return odd;
	odd = calloc(1, sizeof(*odd));
	if (odd == NULL)
		abort();
	odd->version = 3;
	issue->odd = odd;
	issue->way = &way;
	return odd;
}

static enum kvk_err append_wide(struct kvk_blob *out, uint32_t code_point, unsigned octets)
{
	enum kvk_err err = KVK_OK;

	while (octets-- > 0)
		KVK_TRY(kvk_blob_append_byte(out, (uint8_t)(code_point >> 8 * octets)));
out:
	return err;
}

/* UTF-8 in the encoding of another string type; those of one octet a character are not checked. */
static enum kvk_err convert(struct kvk_span text, unsigned tag, struct kvk_blob *out)
{
	uint32_t code_point;
	enum kvk_err err = KVK_OK;
	unsigned octets;

	switch (tag) {
	case KVK_DER_BMP_STRING:
		octets = 2;
		break;
	case KVK_DER_UNIVERSAL_STRING:
		octets = 4;
		break;
	case KVK_DER_TELETEX_STRING:
		octets = 1;
		break;
	default:
		return kvk_blob_append(out, text);
	}
	while (text.n > 0) {
		if (!kvk_utf8_next(&text, &code_point))
			return KVK_ERR_TEXT;
		KVK_TRY(append_wide(out, code_point, octets));
	}
out:
	return err;
}

void kvk_issue_name_tag(struct kvk_issue *issue, enum kvk_oid oid, unsigned tag)
{
	struct kvk_issue_attribute *attribute;
	size_t i;

	for (i = 0; (attribute = kvk_issue_name_find(issue, oid, &i)) != NULL; i++) {
		struct kvk_blob converted = { .n = 0 };

		kvk_issue_keep(
			issue, convert(kvk_span_of_blob(&attribute->value), tag, &converted));
		kvk_blob_free(&attribute->value);
		attribute->value = converted;
		attribute->tag = tag;
	}
}

void kvk_issue_serial(struct kvk_issue *issue, struct kvk_span octets)
{
	kvk_issue_keep(issue, kvk_blob_set(&issue->serial, octets));
}

void kvk_issue_claim(struct kvk_issue *issue, const struct kvk_signing *signing, bool inner_only)
{
	struct issue_odd *odd = issue_odd(issue);
	struct kvk_blob *claim = inner_only ? &odd->inner_algorithm : &odd->algorithm;

	kvk_blob_clear(claim);
	kvk_issue_keep(issue, kvk_signing_algorithm(signing, claim));
}

void kvk_issue_claim_raw(struct kvk_issue *issue, struct kvk_span algorithm)
{
	kvk_issue_keep(issue, kvk_blob_set(&issue_odd(issue)->algorithm, algorithm));
}

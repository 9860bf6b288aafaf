/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/blocks.h: finding the blocks. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/secret.h"
#include "cert/blocks.h"
#include "cert/kind.h"
#include "cert/pem.h"
#include "der/ber.h"

static void skip(struct kvk_span *rest, size_t n)
{
	rest->p += n;
	rest->n -= n;
}

static bool is_blank(struct kvk_span text)
{
	return kvk_trim(text).n == 0;
}

static bool begins(struct kvk_span file, const char *octets, size_t n)
{
	return file.n >= n && memcmp(file.p, octets, n) == 0;
}

/* BER becomes DER once, here; the converted bytes are kept. */
static enum kvk_err convert(
	struct kvk_contents *contents, struct kvk_span input, struct kvk_span *der, size_t *used)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	kvk_blocks_remark(contents, KVK_REMARK_BER);
	KVK_TRY(kvk_ber_to_der(input, &out, used));
	KVK_TRY(kvk_blocks_keep(contents, &out, der));
out:
	kvk_blob_free(&out);
	return err;
}

/* BER that cannot be converted is a block that could not be read. */
static enum kvk_err add_ber(
	struct kvk_contents *contents, const struct kvk_place *place, struct kvk_span ber)
{
	struct kvk_span der;
	size_t used;
	enum kvk_err err = convert(contents, ber, &der, &used);

	switch (err) {
	case KVK_OK:
		return kvk_blocks_add(contents, place, der);
	case KVK_ERR_DER:
		return kvk_blocks_add_bad(contents, place, err);
	default:
		return err;
	}
}

/* Keeps what a PEM block holds and adds it; the bytes of a private key are wiped instead. */
static enum kvk_err add_decoded(
	struct kvk_contents *contents, const struct kvk_place *place, struct kvk_blob *bytes)
{
	struct kvk_span der = kvk_span_of_blob(bytes);
	enum kvk_err err;

	if (kvk_kind_is_secret(kvk_kind_of_label(place->label)) ||
		kvk_kind_is_secret(kvk_kind_of_der(der))) {
		err = kvk_blocks_add(contents, place, der);
		kvk_wipe(bytes->p, bytes->n);
		return err;
	}
	if (kvk_ber_is_indefinite(der))
		return add_ber(contents, place, der);
	KVK_TRY(kvk_blocks_keep(contents, bytes, &der));
	KVK_TRY(kvk_blocks_add(contents, place, der));
out:
	return err;
}

static void remark_pem(struct kvk_contents *contents, const struct kvk_pem_block *pem)
{
	const bool behind_bom = pem->offset == 3 && contents->raw.p[0] == 0xef;

	if (pem->indented && !behind_bom)
		kvk_blocks_remark(contents, KVK_REMARK_INDENTED);
	if (pem->odd)
		kvk_blocks_remark(contents, KVK_REMARK_ODD);
	if (!pem->has_end)
		kvk_blocks_remark(contents, KVK_REMARK_NO_END);
	if (pem->end_label_differs)
		kvk_blocks_remark(contents, KVK_REMARK_END_OTHER);
}

static enum kvk_err add_pem(
	struct kvk_contents *contents, const struct kvk_pem_block *pem, size_t end)
{
	const struct kvk_place place = {
		.offset = pem->offset,
		.size = end - pem->offset,
		.line = pem->line,
		.label = pem->label,
	};
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	remark_pem(contents, pem);
	err = kvk_pem_decode(pem, &bytes);
	switch (err) {
	case KVK_OK:
		err = add_decoded(contents, &place, &bytes);
		break;
	case KVK_ERR_PEM:
		if (pem->has_end)
			kvk_blocks_remark(contents, KVK_REMARK_BASE64);
		err = kvk_blocks_add_bad(contents, &place, err);
		break;
	default:
		break;
	}
	kvk_blob_free(&bytes);
	return err;
}

/* The DER of the first value, and how many bytes of rest it takes; 0 where that cannot be read. */
static enum kvk_err cut_value(
	struct kvk_contents *contents, struct kvk_span rest, struct kvk_span *der, size_t *size)
{
	enum kvk_err err;

	*der = rest;
	if (!kvk_ber_is_indefinite(rest) || kvk_kind_is_secret(kvk_kind_of_der(rest))) {
		*size = kvk_kind_extent(rest);
		return KVK_OK;
	}
	err = convert(contents, rest, der, size);
	if (err == KVK_ERR_DER) {
		*size = 0;
		err = KVK_OK;
	}
	return err;
}

/* One DER or BER value from the front. */
static enum kvk_err add_der(struct kvk_contents *contents, struct kvk_span *rest)
{
	struct kvk_place place = { .offset = (size_t)(rest->p - contents->raw.p) };
	struct kvk_span der;
	enum kvk_err err;

	KVK_TRY(cut_value(contents, *rest, &der, &place.size));
	if (place.size == 0 || place.size > rest->n) {
		kvk_blocks_remark(contents, KVK_REMARK_TRUNCATED);
		place.size = rest->n;
		der = *rest;
	}
	if (der.p == rest->p)
		der.n = place.size;
	skip(rest, place.size);
	KVK_TRY(kvk_blocks_add(contents, &place, der));
out:
	return err;
}

/*
 * DER values that begin on the line after a PEM block, as Java reads on there: what comes of
 * "cat leaf.pem ca.der".
 */
static enum kvk_err find_der_behind(struct kvk_contents *contents, struct kvk_span *rest)
{
	struct kvk_span next = *rest;
	enum kvk_err err = KVK_OK;

	while (next.n > 0 && (next.p[0] == ' ' || next.p[0] == '\t'))
		skip(&next, 1);
	if (begins(next, "\r\n", 2))
		skip(&next, 2);
	else if (next.n > 0 && (next.p[0] == '\n' || next.p[0] == '\r'))
		skip(&next, 1);
	while (next.n > 0 && next.p[0] == KVK_DER_SEQUENCE &&
		kvk_kind_of_der(next) != KVK_BLOCK_OTHER) {
		kvk_blocks_remark(contents, KVK_REMARK_TEXT_AROUND);
		KVK_TRY(add_der(contents, &next));
		*rest = next;
	}
out:
	return err;
}

/* All PEM blocks of rest, and what is between them. */
static enum kvk_err find_pem(struct kvk_contents *contents, struct kvk_span rest)
{
	const struct kvk_span whole = kvk_span_of_blob(&contents->raw);
	struct kvk_pem_block pem;
	unsigned line = 1;
	const uint8_t *last = rest.p;
	enum kvk_err err = KVK_OK;

	while (kvk_pem_next(whole, &rest, &line, &pem)) {
		const struct kvk_span gap = { last, (size_t)(whole.p + pem.offset - last) };

		if (!is_blank(gap))
			kvk_blocks_remark(contents, KVK_REMARK_TEXT_AROUND);
		KVK_TRY(add_pem(contents, &pem, (size_t)(rest.p - whole.p)));
		KVK_TRY(find_der_behind(contents, &rest));
		last = rest.p;
	}
out:
	if (!is_blank(rest))
		kvk_blocks_remark(contents, KVK_REMARK_TEXT_AROUND);
	return err;
}

/* DER values one after another, and PEM after these, as Java reads them. */
static enum kvk_err find_der(struct kvk_contents *contents)
{
	struct kvk_span rest = kvk_span_of_blob(&contents->raw);
	enum kvk_err err = KVK_OK;

	while (rest.n > 0 && rest.p[0] == KVK_DER_SEQUENCE)
		KVK_TRY(add_der(contents, &rest));
	if (rest.n == 0)
		return KVK_OK;
	kvk_blocks_remark(contents, KVK_REMARK_TRAILING);
	if (kvk_span_find(rest, "-----BEGIN ") != NULL)
		KVK_TRY(find_pem(contents, rest));
out:
	return err;
}

/* UTF-16, as some editors write it: a byte order mark, or NUL beside each character. */
static bool is_utf16(struct kvk_span file)
{
	if (begins(file, "\xff\xfe", 2) || begins(file, "\xfe\xff", 2))
		return true;
	return begins(file, "-\0-\0", 4) || begins(file, "\0-\0-", 4);
}

/* Whether text, not DER, precedes the first BEGIN line, although it begins with a '0'. */
static bool is_pem(struct kvk_span file)
{
	static const char mark[] = "-----BEGIN ";
	const uint8_t *at = memmem(file.p, file.n, mark, sizeof(mark) - 1);

	if (at == NULL)
		return false;
	for (const uint8_t *p = file.p; file.p[0] == KVK_DER_SEQUENCE && p < at; p++)
		if (!kvk_is_print(*p) && !kvk_is_space(*p))
			return false;
	return true;
}

static enum kvk_file_form form_of(struct kvk_span file)
{
	if (is_blank(file))
		return KVK_FORM_EMPTY;
	if (begins(file, "PK\3\4", 4) || begins(file, "PK\5\6", 4))
		return KVK_FORM_ZIP;
	if (is_pem(file))
		return KVK_FORM_PEM;
	if (file.p[0] == KVK_DER_SEQUENCE)
		return KVK_FORM_DER;
	for (size_t i = 0; i < file.n; i++)
		if (file.p[i] < ' ' && !kvk_is_space(file.p[i]))
			return is_utf16(file) ? KVK_FORM_TEXT : KVK_FORM_OTHER;
	return KVK_FORM_TEXT;
}

/* PKCS#7 and PKCS#12 are forms of their own, whether as PEM or as DER. */
static void refine_form(struct kvk_contents *contents)
{
	const struct kvk_block *first = kvk_vec_at(&contents->blocks, 0);

	if (first != NULL && first->kind == KVK_BLOCK_PKCS7)
		contents->form = KVK_FORM_PKCS7;
	else if (first != NULL && first->kind == KVK_BLOCK_PKCS12)
		contents->form = KVK_FORM_PKCS12;
}

enum kvk_err kvk_blocks_find(struct kvk_contents *contents)
{
	struct kvk_span file = kvk_span_of_blob(&contents->raw);
	enum kvk_err err = KVK_OK;

	contents->form = form_of(file);
	if (is_utf16(file))
		kvk_blocks_remark(contents, KVK_REMARK_UTF16);
	if (begins(file, "\xef\xbb\xbf", 3)) {
		kvk_blocks_remark(contents, KVK_REMARK_BOM);
		skip(&file, 3);
	}
	if (contents->form == KVK_FORM_PEM) {
		if (memchr(file.p, '\r', file.n) != NULL && kvk_span_find(file, "\r\n") != NULL)
			kvk_blocks_remark(contents, KVK_REMARK_CRLF);
		err = find_pem(contents, file);
	} else if (contents->form == KVK_FORM_DER) {
		err = find_der(contents);
	}
	if (err == KVK_ERR_LIMIT) {
		kvk_blocks_remark(contents, KVK_REMARK_MANY);
		err = KVK_OK;
	}
	refine_form(contents);
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/ber.h"

#include "base/limits.h"
#include "der/length.h"
#include "der/reader.h"

/* Identifier and length octets of a value in BER. */
struct head {
	unsigned tag;
	bool indefinite;
	/* Whether a definite length is in its shortest form. */
	bool shortest;
	/* How many octets these are, and how many of contents follow; 0 where indefinite. */
	size_t n;
	size_t length;
};

/* The tag of an OCTET STRING that is put together from others (X.690 8.7.3). */
#define OCTET_STRING_CONSTRUCTED (KVK_DER_OCTET_STRING | 0x20u)

bool kvk_ber_is_indefinite(struct kvk_span input)
{
	return input.n >= 2 && (input.p[0] & 0x1f) != 0x1f && (input.p[0] & 0x20) != 0 &&
		input.p[1] == 0x80;
}

static void skip(struct kvk_span *in, size_t n)
{
	in->p += n;
	in->n -= n;
}

static bool read_long_length(struct kvk_span in, struct head *head)
{
	size_t count = in.p[1] & 0x7fu;

	if (count > 4 || in.n - 2 < count)
		return false;
	head->length = 0;
	for (size_t i = 0; i < count; i++)
		head->length = head->length << 8 | in.p[2 + i];
	head->n += count;
	head->shortest = in.p[2] != 0 && head->length >= 0x80;
	return true;
}

static enum kvk_err read_head(struct kvk_span in, struct head *head)
{
	/* Tag 0 is the end-of-contents, which is only where an indefinite length ends. */
	if (in.n < 2 || (in.p[0] & 0x1f) == 0x1f || in.p[0] == 0)
		return KVK_ERR_DER;
	*head = (struct head){ .tag = in.p[0], .shortest = true, .n = 2 };
	if (in.p[1] == 0x80) {
		head->indefinite = true;
		return (head->tag & 0x20) != 0 ? KVK_OK : KVK_ERR_DER;
	}
	head->length = in.p[1];
	if (in.p[1] > 0x80 && !read_long_length(in, head))
		return KVK_ERR_DER;
	return head->length <= in.n - head->n ? KVK_OK : KVK_ERR_DER;
}

/* Where members of a value may lie: its contents, or all that follows. in has passed the head. */
static struct kvk_span contents(struct kvk_span in, const struct head *head)
{
	return (struct kvk_span){ in.p, head->indefinite ? in.n : head->length };
}

/* Takes the end of a value's contents if it is there. */
static bool take_end(struct kvk_span *in, bool indefinite)
{
	if (!indefinite)
		return in->n == 0;
	if (in->n < 2 || in->p[0] != 0 || in->p[1] != 0)
		return false;
	skip(in, 2);
	return true;
}

static enum kvk_err convert(
	struct kvk_span *in, struct kvk_blob *out, unsigned depth, bool inside_string);

/* Converts the members of a constructed value, whose head *in has passed. */
static enum kvk_err convert_members(struct kvk_span *in, const struct head *head,
	struct kvk_blob *out, unsigned depth, bool inside_string)
{
	struct kvk_span inside = contents(*in, head);
	enum kvk_err err = KVK_OK;

	if (depth >= KVK_LIMIT_DER_DEPTH)
		return KVK_ERR_DER;
	while (!take_end(&inside, head->indefinite))
		KVK_TRY(convert(&inside, out, depth + 1, inside_string));
	skip(in, (size_t)(inside.p - in->p));
out:
	return err;
}

/*
 * Converts one value. Of the parts of a constructed OCTET STRING (inside_string) only the contents
 * are written.
 */
static enum kvk_err convert(
	struct kvk_span *in, struct kvk_blob *out, unsigned depth, bool inside_string)
{
	struct head head;
	struct kvk_span whole = *in;
	bool string;
	size_t start;
	enum kvk_err err;

	KVK_TRY(read_head(*in, &head));
	string = head.tag == OCTET_STRING_CONSTRUCTED;
	if (inside_string && !string && head.tag != KVK_DER_OCTET_STRING)
		return KVK_ERR_DER;
	skip(in, head.n);
	if (!head.indefinite && ((head.tag & 0x20) == 0 || !head.shortest)) {
		/* A length that is not DER stays, for the strict reader to refuse. */
		skip(in, head.length);
		skip(&whole, inside_string ? head.n : 0);
		whole.n -= in->n;
		return kvk_blob_append(out, whole);
	}
	if (inside_string)
		return convert_members(in, &head, out, depth, true);
	KVK_TRY(kvk_blob_append_byte(out, (uint8_t)(string ? KVK_DER_OCTET_STRING : head.tag)));
	start = out->n;
	KVK_TRY(convert_members(in, &head, out, depth, string));
	KVK_TRY(kvk_der_insert_length(out, start));
out:
	return err;
}

enum kvk_err kvk_ber_to_der(struct kvk_span input, struct kvk_blob *out, size_t *used)
{
	struct kvk_span rest = input;
	enum kvk_err err;

	kvk_blob_clear(out);
	if (input.n > KVK_LIMIT_CRL_FILE)
		return KVK_ERR_LIMIT;
	KVK_TRY(convert(&rest, out, 0, false));
	*used = input.n - rest.n;
out:
	if (err != KVK_OK)
		kvk_blob_clear(out);
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/reader.h"

#include "base/limits.h"

/* Bits of an identifier octet (X.690 8.1.2). */
enum {
	TAG_CLASS = 0xc0,
	TAG_CONSTRUCTED = 0x20,
	TAG_NUMBER = 0x1f,
};

/* The universal types that are constructed: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET. */
#define CONSTRUCTED_TYPES (1u << 8 | 1u << 11 | 1u << 16 | 1u << 17)

const char *kvk_der_remark_text(enum kvk_der_remark remark)
{
#define REMARK_TEXT(id, text) [id] = text,
	static const char *const texts[] = { KVK_DER_REMARKS(REMARK_TEXT) };
#undef REMARK_TEXT

	if ((unsigned)remark >= KVK_DER_REMARK_COUNT)
		return _("unknown error");
	return _(texts[remark]);
}

void kvk_der_start(
	struct kvk_der *der, struct kvk_span input, bool as_java, struct kvk_der_log *log)
{
	*der = (struct kvk_der){
		.rest = input,
		.origin = input.p,
		.log = log,
		.as_java = as_java,
	};
}

bool kvk_der_at_end(const struct kvk_der *der)
{
	return der->rest.n == 0;
}

unsigned kvk_der_peek(const struct kvk_der *der)
{
	return der->rest.n > 0 ? der->rest.p[0] : 0;
}

enum kvk_err kvk_der_fail(const struct kvk_der *der, enum kvk_der_remark remark, const uint8_t *at)
{
	if (der->log->remark == KVK_DER_OK) {
		der->log->remark = remark;
		der->log->offset = at != NULL ? (size_t)(at - der->origin) : 0;
	}
	return KVK_ERR_DER;
}

enum kvk_err kvk_der_tolerate(
	const struct kvk_der *der, enum kvk_der_remark remark, const uint8_t *at)
{
	if (!der->as_java)
		return kvk_der_fail(der, remark, at);
	der->log->tolerated |= 1u << remark;
	return KVK_OK;
}

/* Whether an identifier octet is one that DER has. */
static inline bool tag_possible(unsigned tag)
{
	unsigned number = tag & TAG_NUMBER;

	if ((tag & TAG_CLASS) != 0)
		return true;
	return number != 0 && (CONSTRUCTED_TYPES >> number & 1u) == (tag >> 5 & 1u);
}

/*
 * Reads length octets of the long form at the front of rest: the *length, and how many octets
 * (*head) are before the contents.
 */
static enum kvk_der_remark long_length(struct kvk_span rest, size_t *length, size_t *head)
{
	size_t count = rest.p[1] & 0x7fu;
	size_t value = 0;

	if (count == 0)
		return KVK_DER_INDEFINITE;
	if (count > 4)
		return KVK_DER_LENGTH_HUGE;
	if (rest.n - 2 < count)
		return KVK_DER_TRUNCATED;
	for (size_t i = 0; i < count; i++)
		value = value << 8 | rest.p[2 + i];
	if (value > KVK_LIMIT_CRL_FILE)
		return KVK_DER_LENGTH_HUGE;
	*length = value;
	*head = 2 + count;
	return value < 0x80 || rest.p[2] == 0 ? KVK_DER_LENGTH : KVK_DER_OK;
}

/*
 * Cuts the value at the front of rest; what is wrong with its identifier and length octets. *out is
 * filled for KVK_DER_OK and KVK_DER_LENGTH.
 */
static inline enum kvk_der_remark cut(struct kvk_span rest, struct kvk_der_value *out)
{
	enum kvk_der_remark remark = KVK_DER_OK;
	size_t length;
	size_t head = 2;

	if (rest.n == 0)
		return KVK_DER_TRUNCATED;
	if ((rest.p[0] & TAG_NUMBER) == TAG_NUMBER)
		return KVK_DER_TAG_HIGH;
	if (!tag_possible(rest.p[0]))
		return KVK_DER_TAG;
	if (rest.n < 2)
		return KVK_DER_TRUNCATED;
	length = rest.p[1];
	if (length >= 0x80) {
		remark = long_length(rest, &length, &head);
		if (remark != KVK_DER_OK && remark != KVK_DER_LENGTH)
			return remark;
	}
	if (length > rest.n - head)
		return KVK_DER_TRUNCATED;
	out->tag = rest.p[0];
	out->content = (struct kvk_span){ rest.p + head, length };
	out->whole = (struct kvk_span){ rest.p, head + length };
	return remark;
}

enum kvk_err kvk_der_any(struct kvk_der *der, struct kvk_der_value *out)
{
	enum kvk_der_remark remark = cut(der->rest, out);
	enum kvk_err err = KVK_OK;

	if (remark == KVK_DER_LENGTH)
		KVK_TRY(kvk_der_tolerate(der, remark, der->rest.p));
	else if (remark != KVK_DER_OK)
		return kvk_der_fail(der, remark, der->rest.p);
	der->rest.p += out->whole.n;
	der->rest.n -= out->whole.n;
out:
	return err;
}

enum kvk_err kvk_der_expect(struct kvk_der *der, unsigned tag, struct kvk_der_value *out)
{
	/* Another type is the failure to name, whatever its length octets are like. */
	if (der->rest.n > 0 && der->rest.p[0] != tag && (der->rest.p[0] & TAG_NUMBER) != TAG_NUMBER)
		return kvk_der_fail(der, KVK_DER_TAG, der->rest.p);
	return kvk_der_any(der, out);
}

enum kvk_err kvk_der_read(struct kvk_der *der, unsigned tag, struct kvk_span *content)
{
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, tag, &value));
	*content = value.content;
out:
	return err;
}

enum kvk_err kvk_der_enter(struct kvk_der *der, unsigned tag, struct kvk_der *inner)
{
	struct kvk_der_value value;
	enum kvk_err err;

	if (der->depth >= KVK_LIMIT_DER_DEPTH)
		return kvk_der_fail(der, KVK_DER_DEPTH, der->rest.p);
	KVK_TRY(kvk_der_expect(der, tag, &value));
	*inner = *der;
	inner->rest = value.content;
	inner->depth++;
out:
	return err;
}

enum kvk_err kvk_der_enter_optional(
	struct kvk_der *der, unsigned tag, bool *present, struct kvk_der *inner)
{
	*present = kvk_der_peek(der) == tag;
	return *present ? kvk_der_enter(der, tag, inner) : KVK_OK;
}

enum kvk_err kvk_der_into(const struct kvk_der *der, struct kvk_span content, struct kvk_der *inner)
{
	if (der->depth >= KVK_LIMIT_DER_DEPTH)
		return kvk_der_fail(der, KVK_DER_DEPTH, content.p);
	*inner = *der;
	inner->rest = content;
	inner->depth++;
	return KVK_OK;
}

enum kvk_err kvk_der_finish(const struct kvk_der *der)
{
	return kvk_der_at_end(der) ? KVK_OK : kvk_der_fail(der, KVK_DER_TRAILING, der->rest.p);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/factory.h"

#include <string.h>

#include "base/ascii.h"
#include "cert/crl.h"
#include "cert/kind.h"
#include "cert/pem.h"
#include "der/ber.h"

enum step { STEP_NONE, STEP_FAILS, STEP_BLOCK };

static void skip(struct kvk_span *rest, size_t n)
{
	rest->p += n;
	rest->n -= n;
}

static bool ends_line(uint8_t c)
{
	return c == '\n' || c == '\r';
}

/* Moves past the first five dashes that begin a line. */
static bool find_dashes(struct kvk_span *rest)
{
	const uint8_t *const start = rest->p;

	for (; rest->n > 0; skip(rest, 1)) {
		size_t dashes = 0;

		if (rest->p > start && !ends_line(rest->p[-1]))
			continue;
		while (dashes < rest->n && rest->p[dashes] == '-')
			dashes++;
		if (dashes >= 5) {
			skip(rest, 5);
			return true;
		}
	}
	return false;
}

/* Takes a line and its end, CR LF, LF or CR. */
static struct kvk_span take_line(struct kvk_span *rest)
{
	struct kvk_span line = { rest->p, 0 };

	while (line.n < rest->n && !ends_line(rest->p[line.n]))
		line.n++;
	skip(rest, line.n);
	if (rest->n > 1 && rest->p[0] == '\r' && rest->p[1] == '\n')
		skip(rest, 1);
	if (rest->n > 0)
		skip(rest, 1);
	return line;
}

/* Base64 digits, '=', blanks and line ends: every character of a file passes here. */
static const uint8_t base64_or_space[256] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0 };

/* Moves to the next dash. False where something other than base64 comes before it. */
static bool skip_base64(struct kvk_span *rest)
{
	const uint8_t *p = rest->p, *const end = rest->p + rest->n;

	while (end - p >= 4 &&
		base64_or_space[p[0]] & base64_or_space[p[1]] & base64_or_space[p[2]] &
			base64_or_space[p[3]])
		p += 4;
	while (p < end && base64_or_space[*p])
		p++;
	skip(rest, (size_t)(p - rest->p));
	return rest->n == 0 || rest->p[0] == '-';
}

/* The words of a line "BEGIN words-----", white space at its end apart. */
static bool take_label(struct kvk_span line, const char *mark, struct kvk_span *label)
{
	const size_t n = strlen(mark);

	/* Character.isWhitespace() */
	while (line.n > 0 &&
		(kvk_is_space(line.p[line.n - 1]) || kvk_pem_is_odd(line.p[line.n - 1])))
		line.n--;
	if (line.n < n + 5 || memcmp(line.p, mark, n) != 0 ||
		memcmp(line.p + line.n - 5, "-----", 5) != 0)
		return false;
	*label = (struct kvk_span){ line.p + n, line.n - n - 5 };
	return true;
}

/* A block between BEGIN and END line, whose labels have to agree. */
static enum step take_pem(struct kvk_span *rest, const uint8_t **at)
{
	struct kvk_span begin, end;

	if (!find_dashes(rest))
		return STEP_NONE;
	*at = rest->p - 5;
	if (!take_label(take_line(rest), "BEGIN ", &begin))
		return STEP_FAILS;
	if (!skip_base64(rest))
		return STEP_FAILS;
	if (!take_label(take_line(rest), "-----END ", &end) || !kvk_span_equal(begin, end))
		return STEP_FAILS;
	return STEP_BLOCK;
}

/* A block that begins with the octet of a SEQUENCE, wherever it is. */
static enum step take_ber(struct kvk_span *rest, const struct kvk_block *block)
{
	const size_t n = block != NULL ? block->size : kvk_kind_extent(*rest);

	if (n == 0 || n > rest->n)
		return STEP_FAILS;
	skip(rest, n);
	return STEP_BLOCK;
}

static const struct kvk_block *block_at(const struct kvk_contents *contents, const uint8_t *at)
{
	const size_t offset = (size_t)(at - contents->raw.p);

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->offset == offset)
			return block;
	}
	return NULL;
}

/* Whether Java can read a CRL to the end of its entries. */
static bool reads_crl(struct kvk_span der)
{
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	struct kvk_der walk;
	struct kvk_crl crl;
	bool more = true, good = true;

	if (kvk_crl_read(der, &crl) != KVK_OK)
		return false;
	kvk_crl_walk(&crl, &log, &walk);
	while (more && good)
		good = kvk_crl_next(&walk, &entry, &more) == KVK_OK;
	kvk_crl_free(&crl);
	return good;
}

/* What Java makes of one certificate. */
static enum kvk_java_reading read_certificate(const struct kvk_block *block)
{
	if (block->certificate != NULL)
		return KVK_JAVA_READS;
	return kvk_block_is_beyond(block) ? KVK_JAVA_UNSURE : KVK_JAVA_FAILS;
}

/* What Java makes of a member of PKCS#7. */
static enum kvk_java_reading read_member(const struct kvk_block *block)
{
	if (block->kind == KVK_BLOCK_CERTIFICATE)
		return read_certificate(block);
	return block->kind != KVK_BLOCK_CRL || reads_crl(block->der) ? KVK_JAVA_NOTHING :
								       KVK_JAVA_FAILS;
}

/* Of two parts of a file: what it cannot read decides, then what nobody knows. */
static enum kvk_java_reading worse(enum kvk_java_reading a, enum kvk_java_reading b)
{
	static const int rank[] = {
		[KVK_JAVA_NOTHING] = 0,
		[KVK_JAVA_READS] = 1,
		[KVK_JAVA_UNSURE] = 2,
		[KVK_JAVA_NOT_X509] = 3,
		[KVK_JAVA_FAILS] = 3,
	};

	return rank[b] > rank[a] ? b : a;
}

/*
 * What comes of a file that begins with PKCS#7: all certificates of that block or none, and nothing
 * of what follows it.
 */
static enum kvk_java_reading read_pkcs7(
	struct kvk_contents *contents, const struct kvk_block *pkcs7)
{
	enum kvk_java_reading reading = KVK_JAVA_NOTHING;

	for (size_t i = 0; i < contents->blocks.count; i++) {
		struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		block->overlooked = block->offset != pkcs7->offset;
		if (block->overlooked || !block->in_pkcs7)
			continue;
		reading = worse(reading, read_member(block));
	}
	return reading;
}

/* Goes through the file as the factory does. *at is where it gives up, or nobody knows. */
static enum kvk_java_reading read_file(struct kvk_contents *contents, const uint8_t **at)
{
	struct kvk_span rest = kvk_span_of_blob(&contents->raw);
	enum kvk_java_reading reading = KVK_JAVA_NOTHING;
	const uint8_t *unsure = NULL;

	for (bool first = true;; first = false) {
		const struct kvk_block *block;
		enum step step;

		*at = rest.p;
		if (rest.n > 0 && rest.p[0] == KVK_DER_SEQUENCE)
			step = take_ber(&rest, block_at(contents, rest.p));
		else
			step = take_pem(&rest, at);
		if (step == STEP_NONE) {
			*at = unsure;
			return reading;
		}
		block = step == STEP_BLOCK ? block_at(contents, *at) : NULL;
		if (block == NULL)
			return KVK_JAVA_FAILS;
		if (first && block->kind == KVK_BLOCK_PKCS7 && block->err == KVK_OK)
			return block->odd_signer ? KVK_JAVA_FAILS : read_pkcs7(contents, block);
		reading = worse(reading, read_certificate(block));
		if (reading == KVK_JAVA_FAILS)
			return reading;
		if (reading == KVK_JAVA_UNSURE && unsure == NULL)
			unsure = *at;
	}
}

/*
 * Where a file holds things that are known and none of them a certificate, the portal will say so
 * rather than speak of an error; Java itself only throws.
 */
static enum kvk_java_reading without_certificate(const struct kvk_contents *contents)
{
	enum kvk_java_reading reading = KVK_JAVA_NOTHING;

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		switch (block->kind) {
		case KVK_BLOCK_CERTIFICATE:
		case KVK_BLOCK_PKCS7:
		case KVK_BLOCK_OTHER:
			return KVK_JAVA_FAILS;
		case KVK_BLOCK_ATTRIBUTE_CERTIFICATE:
			reading = KVK_JAVA_NOT_X509;
			break;
		default:
			break;
		}
	}
	return contents->blocks.count > 0 ? reading : KVK_JAVA_FAILS;
}

/* The last block that begins at or before a place. */
static int block_before(const struct kvk_contents *contents, const uint8_t *at)
{
	int found = -1;

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (!block->in_pkcs7 && contents->raw.p + block->offset <= at)
			found = (int)i;
	}
	return found;
}

void kvk_factory_read(struct kvk_contents *contents)
{
	const uint8_t *at;

	contents->failed_block = -1;
	contents->java = read_file(contents, &at);
	if (contents->java != KVK_JAVA_FAILS && contents->java != KVK_JAVA_UNSURE)
		return;
	contents->failed_block = block_before(contents, at);
	if (contents->java == KVK_JAVA_FAILS)
		contents->java = without_certificate(contents);
}

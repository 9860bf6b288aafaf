/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/pkcs12_kdf.h"

#include <string.h>

#include "base/utf8.h"
#include "crypto/pbes2.h"

/* Octets of a block of SHA-1 and SHA-256, "v" of the RFC. */
#define BLOCK 64u
/* Where the code points begin that a BMPString has no room for, and the surrogates. */
#define BEYOND 0x10000u
#define HIGH 0xd800u
#define LOW 0xdc00u

static size_t put_unit(uint8_t *at, uint32_t unit)
{
	at[0] = (uint8_t)(unit >> 8);
	at[1] = (uint8_t)unit;
	return 2;
}

enum kvk_err kvk_pkcs12_word(const struct kvk_secret *pass, struct kvk_secret *out)
{
	struct kvk_secret normal = { .n = 0 };
	struct kvk_span rest;
	uint32_t code_point;
	size_t n = 0;
	enum kvk_err err;

	KVK_TRY(kvk_pbes2_normalize(pass, &normal));
	rest = kvk_secret_span(&normal);
	/* No code point takes more octets than twice those that it has in UTF-8. */
	KVK_TRY(kvk_secret_new(out, 2 * normal.n + 2));
	while (rest.n > 0) {
		KVK_TRY(kvk_utf8_next(&rest, &code_point) ? KVK_OK : KVK_ERR_TEXT);
		if (code_point < BEYOND) {
			n += put_unit(out->p + n, code_point);
			continue;
		}
		code_point -= BEYOND;
		n += put_unit(out->p + n, HIGH | code_point >> 10);
		n += put_unit(out->p + n, LOW | (code_point & 0x3ff));
	}
	kvk_secret_cut(out, n + 2);
out:
	kvk_secret_free(&normal);
	return err;
}

/* Repeats bytes until whole blocks are full; no bytes are none. */
static size_t fill(uint8_t *out, struct kvk_span bytes)
{
	const size_t n = (bytes.n + BLOCK - 1) / BLOCK * BLOCK;

	for (size_t i = 0; i < n; i++)
		out[i] = bytes.p[i % bytes.n];
	return n;
}

/* Adds B + 1 to each block of I (step 6C). */
static void add(struct kvk_secret *input, const uint8_t *digest, size_t size)
{
	for (size_t at = BLOCK; at < input->n; at += BLOCK) {
		unsigned carry = 1;

		for (size_t i = BLOCK; i-- > 0;) {
			carry += input->p[at + i] + digest[i % size];
			input->p[at + i] = (uint8_t)carry;
			carry >>= 8;
		}
	}
}

/* The hash of the input, of that, and so on (step 6A). */
static enum kvk_err hash_rounds(
	const struct kvk_pkcs12_kdf *kdf, struct kvk_span input, uint8_t *digest)
{
	const struct kvk_span last = { digest, kvk_hash_size(kdf->hash) };
	uint8_t next[KVK_HASH_SIZE_MAX];
	enum kvk_err err;

	KVK_TRY(kvk_hash_bytes(kdf->hash, input, digest));
	for (unsigned i = 1; i < kdf->rounds; i++) {
		KVK_TRY(kvk_hash_bytes(kdf->hash, last, next));
		memcpy(digest, next, last.n);
	}
out:
	kvk_wipe(next, sizeof next);
	return err;
}

enum kvk_err kvk_pkcs12_derive(const struct kvk_pkcs12_kdf *kdf, const struct kvk_secret *word,
	enum kvk_pkcs12_purpose purpose, size_t n, struct kvk_secret *out)
{
	const size_t size = kvk_hash_size(kdf->hash);
	struct kvk_secret input = { .n = 0 };
	uint8_t digest[KVK_HASH_SIZE_MAX];
	size_t length = BLOCK, take;
	enum kvk_err err;

	/* D, S and P of the RFC, one after the other. */
	KVK_TRY(kvk_secret_new(&input, 3 * BLOCK + kdf->salt.n + word->n));
	memset(input.p, (int)purpose, BLOCK);
	length += fill(input.p + length, kdf->salt);
	length += fill(input.p + length, kvk_secret_span(word));
	kvk_secret_cut(&input, length);
	KVK_TRY(kvk_secret_new(out, n));
	for (size_t at = 0; at < n; at += take) {
		KVK_TRY(hash_rounds(kdf, kvk_secret_span(&input), digest));
		take = n - at < size ? n - at : size;
		memcpy(out->p + at, digest, take);
		add(&input, digest, size);
	}
out:
	kvk_wipe(digest, sizeof digest);
	kvk_secret_free(&input);
	return err;
}

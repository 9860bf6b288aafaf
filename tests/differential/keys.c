/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/keys.h"

#include <string.h>

#include "tests/crypto/keys.h"

enum { MEMORY = 4096 };

/* A signature that was made; identified by a hash over data, key and scheme. */
struct made {
	uint8_t id[KVK_SHA256_SIZE];
	struct kvk_blob signature;
};

static struct kvk_key *keys[KEY_COUNT];
static struct kvk_blob spkis[KEY_COUNT];
static struct made memory[MEMORY];

enum kvk_err keys_open(void)
{
	static const char *const pems[KEY_COUNT] = {
		KVK_TEST_RSA_A,
		KVK_TEST_RSA_B,
		KVK_TEST_RSA_C,
		KVK_TEST_RSA_D,
		KVK_TEST_RSA_1024,
		KVK_TEST_P256,
		KVK_TEST_P384,
		KVK_TEST_ED25519,
	};
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < KEY_COUNT; i++) {
		err = kvk_key_read(kvk_span_of(pems[i]), NULL, &keys[i]);
		if (err == KVK_OK)
			err = kvk_key_spki(keys[i], &spkis[i]);
	}
	return err;
}

void keys_close(void)
{
	for (size_t i = 0; i < KEY_COUNT; i++) {
		kvk_key_free(keys[i]);
		kvk_blob_free(&spkis[i]);
	}
	for (size_t i = 0; i < MEMORY; i++)
		kvk_blob_free(&memory[i].signature);
}

const struct kvk_key *keys_key(size_t i)
{
	return keys[i];
}

struct kvk_span keys_spki(size_t i)
{
	return kvk_span_of_blob(&spkis[i]);
}

const struct kvk_signing *keys_signing(size_t i)
{
	switch (i) {
	case KEY_P256:
		return &kvk_signing_ecdsa_sha256;
	case KEY_P384:
		return &kvk_signing_ecdsa_sha384;
	case KEY_ED25519:
		return &kvk_signing_ed25519;
	default:
		return &kvk_signing_rsa_sha256;
	}
}

static enum kvk_err identify(size_t i, const struct kvk_signing *signing, struct kvk_span data,
	uint8_t id[static KVK_SHA256_SIZE])
{
	struct kvk_blob all = { 0 };
	enum kvk_err err = kvk_blob_append(&all, data);

	if (err == KVK_OK)
		err = kvk_blob_append_byte(&all, (uint8_t)i);
	if (err == KVK_OK)
		err = kvk_signing_algorithm(signing, &all);
	if (err == KVK_OK)
		err = kvk_sha256(kvk_span_of_blob(&all), id);
	kvk_blob_free(&all);
	return err;
}

enum kvk_err keys_sign(
	size_t i, const struct kvk_signing *signing, struct kvk_span data, struct kvk_blob *out)
{
	uint8_t id[KVK_SHA256_SIZE];
	struct made *made;
	enum kvk_err err = identify(i, signing, data, id);

	kvk_blob_clear(out);
	if (err != KVK_OK)
		return err;
	made = &memory[(id[0] | (unsigned)id[1] << 8) % MEMORY];
	if (made->signature.n == 0 || memcmp(made->id, id, sizeof id) != 0) {
		err = kvk_key_sign(keys[i], signing, data, &made->signature);
		memcpy(made->id, id, sizeof id);
	}
	return err == KVK_OK ? kvk_blob_append(out, kvk_span_of_blob(&made->signature)) : err;
}

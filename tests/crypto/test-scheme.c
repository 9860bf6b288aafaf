/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/scheme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/crypto/help.h"
#include "tests/support/signings.h"

/* AlgorithmIdentifiers of SHA-256 without NULL, and of MGF1 over SHA-512. */
#define SHA256_BARE "300b0609608648016503040201"
#define MGF_SHA512 "301a06092a864886f70d010108" SHA512

static enum kvk_err read_hex(const char *hex, struct kvk_scheme *out)
{
	struct kvk_blob der = from_hex(hex);
	enum kvk_err err = kvk_scheme_read(kvk_span_of_blob(&der), out);

	kvk_blob_free(&der);
	return err;
}

static void assert_described(const char *hex, const char *text)
{
	struct kvk_blob der = from_hex(hex), out = { .n = 0 };

	assert_int_equal(kvk_scheme_describe(kvk_span_of_blob(&der), &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), text);
	kvk_blob_free(&der);
	kvk_blob_free(&out);
}

static const struct {
	const struct kvk_signing *signing;
	const char *hex;
	enum kvk_key_type key;
	enum kvk_hash hash;
	unsigned salt;
} written[] = {
	{ &kvk_signing_rsa_sha256, "300d06092a864886f70d01010b0500", KVK_KEY_RSA, KVK_HASH_SHA256,
		0 },
	{ &kvk_signing_rsa_sha384, "300d06092a864886f70d01010c0500", KVK_KEY_RSA, KVK_HASH_SHA384,
		0 },
	{ &kvk_signing_rsa_sha512, "300d06092a864886f70d01010d0500", KVK_KEY_RSA, KVK_HASH_SHA512,
		0 },
	{ &kvk_signing_rsa_sha1, "300d06092a864886f70d0101050500", KVK_KEY_RSA, KVK_HASH_SHA1, 0 },
	{ &kvk_signing_rsa_md5, "300d06092a864886f70d0101040500", KVK_KEY_RSA, KVK_HASH_MD5, 0 },
	/* As in the G4 certificates: hash and mask with NULL, no trailer. */
	{ &kvk_signing_rsa_pss_sha512, "3041" PSS "3034a00f" SHA512 "a11c" MGF_SHA512 "a203020140",
		KVK_KEY_RSA, KVK_HASH_SHA512, 64 },
	{ &kvk_signing_rsa_pss_sha256,
		"3041" PSS "3034a00f" SHA256 "a11c301a06092a864886f70d010108" SHA256 "a203020120",
		KVK_KEY_RSA, KVK_HASH_SHA256, 32 },
	{ &kvk_signing_ecdsa_sha256, "300a06082a8648ce3d040302", KVK_KEY_ECDSA, KVK_HASH_SHA256,
		0 },
	{ &kvk_signing_ecdsa_sha384, "300a06082a8648ce3d040303", KVK_KEY_ECDSA, KVK_HASH_SHA384,
		0 },
	{ &kvk_signing_ed25519, "300506032b6570", KVK_KEY_ED25519, KVK_HASH_NONE, 0 },
};

static void own_schemes_are_written_and_read(void **state)
{
	struct kvk_scheme scheme;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		struct kvk_blob made = algorithm_of(written[i].signing);
		struct kvk_blob wanted = from_hex(written[i].hex);

		assert_int_equal(made.n, wanted.n);
		assert_memory_equal(made.p, wanted.p, made.n);
		assert_int_equal(kvk_scheme_read(kvk_span_of_blob(&made), &scheme), KVK_OK);
		assert_int_equal(scheme.key, written[i].key);
		assert_int_equal(scheme.hash, written[i].hash);
		assert_int_equal(scheme.salt, written[i].salt);
		assert_int_equal(scheme.pss, written[i].salt != 0);
		assert_false(scheme.sloppy);
		kvk_blob_free(&made);
		kvk_blob_free(&wanted);
	}
}

static void pss_parameters_are_read_whole(void **state)
{
	struct kvk_scheme s;

	(void)state;
	/* Nothing but defaults. */
	assert_int_equal(read_hex("300d" PSS "3000", &s), KVK_OK);
	assert_true(s.pss && s.hash == KVK_HASH_SHA1 && s.mgf_hash == KVK_HASH_SHA1);
	assert_true(s.salt == 20 && s.trailer == 1 && !s.sloppy);
	/* A hash, the mask by default. */
	assert_int_equal(read_hex("301c" PSS "300fa00d" SHA256_BARE, &s), KVK_OK);
	assert_true(s.hash == KVK_HASH_SHA256 && s.mgf_hash == KVK_HASH_SHA1 && !s.sloppy);
	/* A mask over another hash. */
	assert_int_equal(
		read_hex("3041" PSS "3034a00f" SHA256 "a11c" MGF_SHA512 "a203020140", &s), KVK_OK);
	assert_true(s.hash == KVK_HASH_SHA256 && s.mgf_hash == KVK_HASH_SHA512 && s.salt == 64);
	/* Another trailer; and the default trailer written out. */
	assert_int_equal(read_hex("3012" PSS "3005a303020102", &s), KVK_OK);
	assert_true(s.trailer == 2 && !s.sloppy);
	assert_int_equal(read_hex("3012" PSS "3005a303020101", &s), KVK_OK);
	assert_true(s.trailer == 1 && s.sloppy);
	assert_int_equal(read_hex("3012" PSS "3005a203020114", &s), KVK_OK);
	assert_true(s.salt == 20 && s.sloppy);
	/* A hash and a mask that nobody knows. */
	assert_int_equal(read_hex("301a" PSS "300da00b300906072a864886f70d09", &s), KVK_OK);
	assert_int_equal(s.hash, KVK_HASH_NONE);
	assert_int_equal(read_hex("301a" PSS "300da10b300906072a864886f70d09", &s), KVK_OK);
	assert_int_equal(s.mgf_hash, KVK_HASH_NONE);
	/* No parameters at all: nothing is taken for granted. */
	assert_int_equal(read_hex("300b" PSS, &s), KVK_OK);
	assert_true(s.pss && s.key == KVK_KEY_RSA && s.hash == KVK_HASH_NONE);
}

static void wrong_parameters_are_told_apart(void **state)
{
	struct kvk_scheme s;

	(void)state;
	assert_int_equal(read_hex("300b06092a864886f70d01010b", &s), KVK_OK);
	assert_true(s.sloppy && s.hash == KVK_HASH_SHA256);
	assert_int_equal(read_hex("300c06082a8648ce3d0403020500", &s), KVK_OK);
	assert_true(s.sloppy && s.key == KVK_KEY_ECDSA);
	/* A NULL that is not empty, bytes after it, a negative salt, a salt too long for any key.
	 */
	assert_int_equal(read_hex("300e06092a864886f70d01010b050100", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("300f06092a864886f70d01010b05000500", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("3012" PSS "3005a2030201ff", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("3014" PSS "3007a2050203010000", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("300d" PSS "3000 00", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("3012" PSS "3005a403020101", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("3000", &s), KVK_ERR_DER);
	/* MD2 is known by name, an unknown one by its OID; neither can be checked. */
	assert_int_equal(read_hex("300d06092a864886f70d0101020500", &s), KVK_OK);
	assert_true(s.key == KVK_KEY_RSA && s.hash == KVK_HASH_NONE);
	assert_int_equal(read_hex("3009 06032a0304 02030001", &s), KVK_ERR_DER);
	assert_int_equal(read_hex("3008 06032a0304 020105", &s), KVK_OK);
	assert_int_equal(s.key, KVK_KEY_OTHER);
}

static void descriptions_are_for_people(void **state)
{
	(void)state;
	assert_described("300d06092a864886f70d01010b0500", "sha256WithRSAEncryption");
	assert_described("300506032b6570", "Ed25519");
	assert_described("3005 06032a0304", "1.2.3.4");
	assert_described("3041" PSS "3034a00f" SHA512 "a11c" MGF_SHA512 "a203020140",
		"RSASSA-PSS with SHA-512, salt 64");
	assert_described("3041" PSS "3034a00f" SHA256 "a11c" MGF_SHA512 "a203020140",
		"RSASSA-PSS with SHA-256, MGF1 over SHA-512, salt 64");
	assert_described("3012" PSS "3005a303020102", "RSASSA-PSS with SHA-1, salt 20, trailer 2");
	assert_described("300b" PSS, "RSASSA-PSS with unknown parameters");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_schemes_are_written_and_read),
		cmocka_unit_test(pss_parameters_are_read_whole),
		cmocka_unit_test(wrong_parameters_are_told_apart),
		cmocka_unit_test(descriptions_are_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

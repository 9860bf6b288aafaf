/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "crypto/token_uri.h"
#include "tests/crypto/help.h"

static void what_is_no_token_is_refused(void **state)
{
	struct kvk_error why = { .text = "" };
	struct kvk_key *key;

	(void)state;
	assert_int_equal(kvk_key_open_uri("/tmp/key.pem", NULL, &key, &why), KVK_ERR_ARGUMENT);
	assert_null(key);
	assert_non_null(strstr(why.text, "pkcs11:"));
	assert_int_not_equal(
		kvk_key_open_uri("pkcs11:token=geen;object=niets?pin-value=1234", NULL, &key, &why),
		KVK_OK);
	assert_null(key);
	assert_null(strstr(why.text, "1234"));
}

static struct kvk_secret pin_of(const char *text)
{
	struct kvk_secret out = { .n = 0 };

	assert_int_equal(kvk_secret_copy(&out, kvk_span_of(text)), KVK_OK);
	return out;
}

static void assert_signs(const struct kvk_key *key, const struct kvk_signing *signing)
{
	struct kvk_blob spki = spki_of(key), algorithm = algorithm_of(signing), sig = { .n = 0 };
	struct kvk_verifier *verifier;

	assert_int_equal(kvk_key_sign(key, signing, kvk_span_of("data"), &sig), KVK_OK);
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	assert_int_equal(kvk_verify(verifier, kvk_span_of_blob(&spki), kvk_span_of_blob(&algorithm),
				 kvk_span_of("data"), kvk_span_of_blob(&sig)),
		KVK_OK);
	kvk_verifier_free(verifier);
	kvk_blob_free(&spki);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&sig);
}

static struct kvk_key *open_key(
	const char *object, const struct kvk_secret *pin, enum kvk_err wanted)
{
	char uri[128];
	struct kvk_error why = { .text = "" };
	struct kvk_key *key;

	assert_true(snprintf(uri, sizeof(uri), "pkcs11:token=kvkcsr-test;object=%s;type=private",
			    object) < (int)sizeof(uri));
	assert_int_equal(kvk_key_open_uri(uri, pin, &key, &why), wanted);
	assert_true((wanted == KVK_OK) == (why.text[0] == '\0'));
	assert_true((wanted == KVK_OK) == (key != NULL));
	return key;
}

static void a_key_in_a_token_signs(void **state)
{
	struct kvk_secret pin = pin_of("1234"), pem = { .n = 0 };
	struct kvk_key *key;

	(void)state;
	need("softhsm2-util");
	key = open_key("rsa", &pin, KVK_OK);
	assert_signs(key, &kvk_signing_rsa_sha256);
	assert_signs(key, &kvk_signing_rsa_pss_sha512);
	assert_int_equal(kvk_key_pem(key, NULL, &pem), KVK_ERR_KEY);
	assert_null(pem.p);
	kvk_key_free(key);
	key = open_key("ec", &pin, KVK_OK);
	assert_signs(key, &kvk_signing_ecdsa_sha256);
	kvk_key_free(key);
	kvk_secret_free(&pin);
}

static void pin_and_name_are_needed(void **state)
{
	struct kvk_secret pin = pin_of("1234"), wrong = pin_of("9999");
	struct kvk_secret cut = { .n = 0 };

	(void)state;
	need("softhsm2-util");
	assert_int_equal(
		kvk_secret_copy(&cut, (struct kvk_span){ (const uint8_t *)"1234\0", 5 }), KVK_OK);
	open_key("rsa", NULL, KVK_ERR_PASSPHRASE);
	open_key("rsa", &wrong, KVK_ERR_PASSPHRASE);
	open_key("rsa", &cut, KVK_ERR_PASSPHRASE);
	open_key("none", &pin, KVK_ERR_NOT_FOUND);
	kvk_key_free(open_key("rsa", &pin, KVK_OK));
	kvk_secret_free(&pin);
	kvk_secret_free(&wrong);
	kvk_secret_free(&cut);
}

/* Made in the token, under the name in the URI; its type and size are what was asked for. */
static void a_key_is_made_in_a_token(void **state)
{
	static const char uri[] = "pkcs11:token=kvkcsr-test;object=made;type=private";
	struct kvk_secret pin = pin_of("1234"), wrong = pin_of("9999"), pem = { .n = 0 };
	struct kvk_error why = { .text = "" };
	struct kvk_key *key;

	(void)state;
	need("softhsm2-util");
	assert_int_equal(kvk_key_generate_in_token(uri, KVK_KEY_RSA, 2048, &wrong, &key, &why),
		KVK_ERR_PASSPHRASE);
	open_key("made", &pin, KVK_ERR_NOT_FOUND);
	assert_int_equal(
		kvk_key_generate_in_token(uri, KVK_KEY_RSA, 2048, &pin, &key, &why), KVK_OK);
	assert_signs(key, &kvk_signing_rsa_sha256);
	assert_signs(key, &kvk_signing_rsa_pss_sha512);
	assert_int_equal(kvk_key_pem(key, NULL, &pem), KVK_ERR_KEY);
	kvk_key_free(key);
	assert_int_equal(kvk_key_generate_in_token(uri, KVK_KEY_RSA, 2048, &pin, &key, &why),
		KVK_ERR_EXISTS);
	assert_null(key);
	/* Its ID is the one in the URI. */
	assert_int_equal(kvk_key_generate_in_token("pkcs11:token=kvkcsr-test;object=other;id=%07",
				 KVK_KEY_ECDSA, 256, &pin, &key, &why),
		KVK_OK);
	kvk_key_free(key);
	assert_int_equal(kvk_key_generate_in_token(
				 "pkcs11:token=kvkcsr-test", KVK_KEY_RSA, 2048, &pin, &key, &why),
		KVK_ERR_ARGUMENT);
	assert_false(kvk_key_token_lacks_pss(uri));
	/* One that is not there says nothing. */
	assert_false(kvk_key_token_lacks_pss("pkcs11:token=geen"));
	kvk_secret_free(&pin);
	kvk_secret_free(&wrong);
}

/* There are two. */
static void a_pin_is_offered_to_the_named_token_alone(void **state)
{
	struct kvk_secret pin = pin_of("1234");
	struct kvk_error why = { .text = "" };
	struct kvk_key *key;

	(void)state;
	need("softhsm2-util");
	assert_int_equal(kvk_key_open_uri("pkcs11:object=rsa", &pin, &key, &why), KVK_ERR_ARGUMENT);
	assert_null(key);
	assert_non_null(strstr(why.text, "token=NAME"));
	kvk_secret_free(&pin);
}

static void uris_are_taken_apart(void **state)
{
	static const struct {
		const char *uri, *token, *label, *id;
	} rows[] = {
		{ "pkcs11:token=a;object=b", "pkcs11:token=a", "b", "" },
		{ "pkcs11:object=b%20c;token=a;id=%01z;type=private", "pkcs11:token=a", "b c",
			"\001z" },
		{ "pkcs11:token=a;object=b?module-name=x", "pkcs11:token=a?module-name=x", "b",
			"" },
		{ "pkcs11:;token=a;;model=m;object=b", "pkcs11:token=a;model=m", "b", "" },
		{ "pkcs11:serial=1;object=b", "pkcs11:serial=1", "b", "" },
		{ "pkcs11:slot-id=1;object=b", "pkcs11:slot-id=1", "b", "" },
		{ .uri = "pkcs11:token=a" },
		{ .uri = "pkcs11:token=a;object=" },
		{ .uri = "pkcs11:token=a;object=b%0" },
		{ .uri = "pkcs11:token=a;object=b%zz" },
		{ .uri = "pkcs11:token=a;object=b%00" },
		{ .uri = "pkcs11:token=a;object=b;id=%0" },
		{ .uri = "pkcs11:object=b" },
		{ .uri = "pkcs11:model=m;object=b?token=a" },
		{ .uri = "/tmp/key.pem" },
	};
	struct kvk_token_uri parts = { .id = { 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const enum kvk_err err = kvk_token_uri_split(rows[i].uri, &parts);

		assert_int_equal(err, rows[i].token != NULL ? KVK_OK : KVK_ERR_ARGUMENT);
		if (err != KVK_OK)
			continue;
		assert_string_equal(kvk_blob_str(&parts.token), rows[i].token);
		assert_string_equal(kvk_blob_str(&parts.label), rows[i].label);
		assert_string_equal(kvk_blob_str(&parts.id), rows[i].id);
	}
	kvk_token_uri_free(&parts);
}

/*
 * A token of SoftHSM in the scratch folder, with an RSA and an ECDSA key, and an empty one; before
 * GnuTLS looks for any.
 */
static int set_up(void **state)
{
	char folder[256], text[512];

	if (scratch_make(state) || !getcwd(folder, sizeof(folder)))
		return -1;
	if (snprintf(text, sizeof(text), "directories.tokendir = %s/tokens\nlog.level = ERROR\n",
		    folder) >= (int)sizeof(text))
		return -1;
	put_file("softhsm2.conf", kvk_span_of(text));
	put_file("r.pem", kvk_span_of(KVK_TEST_RSA_A));
	put_file("e.pem", kvk_span_of(KVK_TEST_P256));
	if (snprintf(text, sizeof(text), "%s/softhsm2.conf", folder) >= (int)sizeof(text) ||
		setenv("SOFTHSM2_CONF", text, 1))
		return -1;
	if (run("command -v softhsm2-util"))
		return 0;
	return run(
		"mkdir tokens && "
		"softhsm2-util --init-token --free --label kvkcsr-test --pin 1234 --so-pin 5678 && "
		"softhsm2-util --init-token --free --label second --pin 4321 --so-pin 5678 && "
		"softhsm2-util --import r.pem --token kvkcsr-test --label rsa --id 01 --pin 1234 "
		"&& "
		"softhsm2-util --import e.pem --token kvkcsr-test --label ec --id 02 --pin 1234");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_in_a_token_signs),
		cmocka_unit_test(pin_and_name_are_needed),
		cmocka_unit_test(a_key_is_made_in_a_token),
		cmocka_unit_test(uris_are_taken_apart),
		cmocka_unit_test(what_is_no_token_is_refused),
		cmocka_unit_test(a_pin_is_offered_to_the_named_token_alone),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/request/settled.h"

static void keys_that_are_refused(void **state)
{
	static const struct {
		const char *tsp, *type, *bits;
		enum kvk_field field;
		const char *id;
	} bad[] = {
		{ "tsp=kpn", "key-type=rsa", "key-bits=3072", KVK_FIELD_KEY_BITS, "key-not-taken" },
		{ "tsp=digicert", "key-type=ecdsa", "key-bits=256", KVK_FIELD_KEY_TYPE,
			"key-not-taken" },
		{ "tsp=generic", "key-type=rsa", "key-bits=1024", KVK_FIELD_KEY_BITS,
			"key-not-taken" },
		{ "tsp=generic", "key-type=ecdsa", "key-bits=521", KVK_FIELD_KEY_BITS, "key-bits" },
		{ "tsp=generic", "key-type=ecdsa", "key-bits=3072", KVK_FIELD_KEY_BITS,
			"key-bits" },
		{ "tsp=generic", "key-type=rsa", "key-bits=-1", KVK_FIELD_KEY_BITS, "key-bits" },
		{ "tsp=generic", "key-type=rsa", "key-bits=99999999999999999999",
			KVK_FIELD_KEY_BITS, "key-bits" },
	};

	(void)state;
	help_basic_answers(&answers);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		kvk_review_free(&review);
		help_answer(&answers, bad[i].tsp, bad[i].type, bad[i].bits, (char *)NULL);
		assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
		if (!fault(bad[i].field, bad[i].id))
			fail_msg("%s %s %s", bad[i].tsp, bad[i].type, bad[i].bits);
	}
}

static void advice_on_keys(void **state)
{
	(void)state;
	settle_with("key-bits=2048", KVK_OK);
	assert_true(advice(KVK_FIELD_KEY_BITS, "rsa-below-3072"));
	kvk_answer_drop(&answers, KVK_FIELD_KEY_BITS);
	kvk_review_free(&review);
	settle_with("key-type=ecdsa", KVK_OK);
	assert_true(advice(KVK_FIELD_KEY_TYPE, "ecdsa-under-g4"));
	assert_int_equal(order.key_bits, 256);
	kvk_review_free(&review);
	settle_with("generation=g1", KVK_OK);
	assert_false(advice(KVK_FIELD_KEY_TYPE, "ecdsa-under-g4"));
}

static void pss_is_for_rsa(void **state)
{
	(void)state;
	settle_with("signature=pss", KVK_OK);
	assert_true(order.pss);
	help_answer(&answers, "key-type=ecdsa", (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_SIGNATURE, "pss-needs-rsa"));
	kvk_review_free(&review);
	help_answer(&answers, "signature=pkcs1", (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_OK);
}

static void contradictions(void **state)
{
	static const struct {
		const char *a, *b;
		enum kvk_field field;
	} bad[] = {
		{ "pass-file=x", "pass-fd=3", KVK_FIELD_PASS_FD },
		{ "key=pkcs11:token=x", "encrypt-key=true", KVK_FIELD_ENCRYPT_KEY },
		{ "key=y.pem", "generate=true", KVK_FIELD_GENERATE },
		{ "csr=x.pem", "generate=true", KVK_FIELD_GENERATE },
		{ "csr=x.pem", "key=y.pem", KVK_FIELD_KEY },
		{ "csr=x.pem", "key-bits=3072", KVK_FIELD_KEY_BITS },
		{ "csr=x.pem", "like=y.pem", KVK_FIELD_LIKE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		help_basic_answers(&answers);
		help_answer(&answers, bad[i].a, bad[i].b, (char *)NULL);
		assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
		assert_true(fault(bad[i].field, "contradiction"));
		kvk_review_free(&review);
		kvk_answers_free(&answers);
	}
}

static void a_passphrase_that_is_given_is_used(void **state)
{
	(void)state;
	settle_with("pass-file=x", KVK_OK);
	assert_true(order.encrypt_key);
}

/* An existing key is evaluated like one that would be made. */
static void an_existing_key(void **state)
{
	struct kvk_key_info key = { .type = KVK_KEY_RSA, .bits = 4096, .exponent = 65537 };

	(void)state;
	settle_with("key=old.pem", KVK_OK);
	assert_int_equal(kvk_order_use_key(&order, &answers, &key, &review), KVK_OK);
	assert_int_equal(order.key_bits, 4096);
	key.bits = 1024;
	assert_int_equal(kvk_order_use_key(&order, &answers, &key, &review), KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_KEY, "key-not-taken"));
	key.bits = 4096;
	key.exponent = 3;
	assert_int_equal(kvk_order_use_key(&order, &answers, &key, &review), KVK_OK);
	assert_true(advice(KVK_FIELD_KEY, "rsa-exponent"));
	help_answer(&answers, "key-type=ecdsa", (char *)NULL);
	kvk_review_free(&review);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_OK);
	assert_int_equal(kvk_order_use_key(&order, &answers, &key, &review), KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_KEY_TYPE, "contradiction"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keys_that_are_refused),
		TEST(advice_on_keys),
		TEST(pss_is_for_rsa),
		TEST(contradictions),
		TEST(a_passphrase_that_is_given_is_used),
		TEST(an_existing_key),
	};

	return cmocka_run_group_tests(tests, NULL, help_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "path/signatures.h"

/* Says what it was told to say, and counts how often it was asked. */
struct oracle {
	enum kvk_err answer;
	unsigned asked;
};

static struct oracle oracle;
static struct kvk_signature_cache cache;
static struct kvk_signatures signatures;

static enum kvk_err ask(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	struct oracle *o = context;

	(void)spki;
	(void)algorithm;
	(void)data;
	(void)signature;
	o->asked++;
	return o->answer;
}

static int start(void **state)
{
	(void)state;
	oracle = (struct oracle){ .answer = KVK_OK };
	kvk_signature_cache_start(&cache);
	signatures = (struct kvk_signatures){
		.verify = ask,
		.context = &oracle,
		.cache = &cache,
	};
	return 0;
}

static int stop(void **state)
{
	(void)state;
	kvk_signature_cache_free(&cache);
	return 0;
}

static enum kvk_err check(
	const char *spki, const char *algorithm, const char *data, const char *signature)
{
	return kvk_signatures_verify(&signatures, kvk_span_of(spki), kvk_span_of(algorithm),
		kvk_span_of(data), kvk_span_of(signature));
}

static void the_same_is_asked_once(void **state)
{
	char data[] = "data";

	(void)state;
	assert_int_equal(check("key", "algorithm", "data", "signature"), KVK_OK);
	assert_int_equal(check("key", "algorithm", data, "signature"), KVK_OK);
	assert_int_equal(oracle.asked, 1);
}

static void a_refusal_is_kept_too(void **state)
{
	(void)state;
	oracle.answer = KVK_ERR_SIGNATURE;
	assert_int_equal(check("key", "algorithm", "data", "signature"), KVK_ERR_SIGNATURE);
	oracle.answer = KVK_OK;
	assert_int_equal(check("key", "algorithm", "data", "signature"), KVK_ERR_SIGNATURE);
	assert_int_equal(oracle.asked, 1);
}

/* An answer for one octet more or less, or moved from one part to the next, is none. */
static void anything_else_is_asked(void **state)
{
	static const char *const others[][4] = {
		{ "kez", "algorithm", "data", "signature" },
		{ "key", "algorithn", "data", "signature" },
		{ "key", "algorithm", "date", "signature" },
		{ "key", "algorithm", "data", "Signature" },
		{ "keya", "lgorithm", "data", "signature" },
		{ "key", "algorith", "mdata", "signature" },
		{ "key", "algorithm", "data ", "signature" },
		{ "key", "algorithm", "dat", "signature" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const char *const *o = others[i];

		oracle.answer = KVK_OK;
		assert_int_equal(check("key", "algorithm", "data", "signature"), KVK_OK);
		oracle.answer = KVK_ERR_SIGNATURE;
		assert_int_equal(check(o[0], o[1], o[2], o[3]), KVK_ERR_SIGNATURE);
	}
}

/* What could not be decided is asked again. */
static void trouble_is_not_kept(void **state)
{
	(void)state;
	oracle.answer = KVK_ERR_MEMORY;
	assert_int_equal(check("key", "algorithm", "data", "signature"), KVK_ERR_MEMORY);
	oracle.answer = KVK_OK;
	assert_int_equal(check("key", "algorithm", "data", "signature"), KVK_OK);
	assert_int_equal(oracle.asked, 2);
}

static enum kvk_err check_number(const char *key, unsigned number)
{
	char signature[32];

	snprintf(signature, sizeof signature, "%s %u", key, number);
	return check(key, "algorithm", "data", signature);
}

/* As in a run over many deliveries: each leaf comes by once, and its CAs and CRLs every time. */
static void what_comes_back_stays(void **state)
{
	enum { LEAVES = 5000, CAS = 3 };

	(void)state;
	for (unsigned leaf = 0; leaf < LEAVES; leaf++) {
		for (unsigned ca = 0; ca < CAS; ca++)
			check_number("root", ca);
		check_number("ca", leaf);
	}
	assert_int_equal(oracle.asked, LEAVES + CAS);
}

/* What is not asked for any more gives way in the end. */
static void what_came_back_once_goes(void **state)
{
	enum { OLD = 4096 };
	unsigned before;

	(void)state;
	for (unsigned i = 0; i < 2 * OLD; i++)
		check_number("old", i / 2);
	for (unsigned i = 0; i < OLD; i++)
		check_number("new", i);
	before = oracle.asked;
	check_number("fresh", 0);
	check_number("fresh", 0);
	assert_int_equal(oracle.asked, before + 1);
}

static enum kvk_err check_data(struct kvk_span data)
{
	return kvk_signatures_verify(&signatures, kvk_span_of("key"), kvk_span_of("algorithm"),
		data, kvk_span_of("signature"));
}

static void long_data_only_where_pinned(void **state)
{
	static uint8_t data[KVK_SIGNATURE_CACHE_DATA + 1], twin[KVK_SIGNATURE_CACHE_DATA + 1];
	const struct kvk_span whole = { data, sizeof data }, other = { twin, sizeof twin };

	(void)state;
	check_data(whole);
	check_data(whole);
	assert_int_equal(oracle.asked, 2);
	assert_int_equal(kvk_signature_cache_pin(&cache, whole), KVK_OK);
	check_data(whole);
	check_data(whole);
	assert_int_equal(oracle.asked, 3);
	/* known by its address alone, so the same octets elsewhere are not the same */
	check_data(other);
	assert_int_equal(oracle.asked, 4);
	check_data(whole);
	assert_int_equal(oracle.asked, 4);
	/* what reaches beyond the pinned octets is not pinned */
	check_data((struct kvk_span){ data + 1, sizeof data });
	check_data((struct kvk_span){ data + 1, sizeof data });
	assert_int_equal(oracle.asked, 6);
	/* other octets may come to lie there */
	kvk_signature_cache_unpin(&cache);
	check_data(whole);
	check_data(whole);
	assert_int_equal(oracle.asked, 8);
	assert_int_equal(kvk_signature_cache_pin(&cache, whole), KVK_OK);
	check_data(whole);
	assert_int_equal(oracle.asked, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_same_is_asked_once, start, stop),
		cmocka_unit_test_setup_teardown(a_refusal_is_kept_too, start, stop),
		cmocka_unit_test_setup_teardown(anything_else_is_asked, start, stop),
		cmocka_unit_test_setup_teardown(trouble_is_not_kept, start, stop),
		cmocka_unit_test_setup_teardown(what_comes_back_stays, start, stop),
		cmocka_unit_test_setup_teardown(what_came_back_once_goes, start, stop),
		cmocka_unit_test_setup_teardown(long_data_only_where_pinned, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

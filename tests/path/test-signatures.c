/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "crypto/key.h"
#include "der/writer.h"
#include "path/signatures.h"

/* What the seam is to answer, and what it was asked last. */
static enum kvk_err answer;
static struct kvk_blob asked;
static unsigned calls;

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	(void)context;
	(void)algorithm;
	(void)data;
	(void)signature;
	calls++;
	kvk_blob_clear(&asked);
	assert_int_equal(kvk_blob_append(&asked, spki), KVK_OK);
	return answer;
}

/* A DSA key: with parameters of one INTEGER (p, as far as anyone looks), or without. */
static void make_dsa(struct kvk_blob *out, bool parameters)
{
	struct kvk_der_writer w = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_DSA);
	if (parameters) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_uint(&w, 23);
		kvk_der_put_uint(&w, 11);
		kvk_der_put_uint(&w, 4);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	kvk_der_open_bits(&w);
	kvk_der_put_uint(&w, parameters ? 7 : 9);
	kvk_der_close(&w);
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
}

static const uint8_t ed25519[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21,
	0x00, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
	25, 26, 27, 28, 29, 30, 31, 32 };
static const struct kvk_span key = { .p = ed25519, .n = sizeof(ed25519) };
static const struct kvk_span none;

static enum kvk_link ask(
	struct kvk_signatures *s, struct kvk_span spki, struct kvk_span parent, const char *data)
{
	enum kvk_link link;

	assert_int_equal(kvk_signature_check(
				 s, spki, parent, none, kvk_span_of(data), kvk_span_of("s"), &link),
		KVK_OK);
	return link;
}

static void test_answers(void **state)
{
	static const struct {
		enum kvk_err err;
		enum kvk_link link;
	} rows[] = {
		{ KVK_OK, KVK_LINK_GOOD },
		{ KVK_ERR_SIGNATURE, KVK_LINK_BAD },
		{ KVK_ERR_ALGORITHM, KVK_LINK_UNHANDLED },
		{ KVK_ERR_KEY, KVK_LINK_UNHANDLED },
		{ KVK_ERR_LIMIT, KVK_LINK_UNHANDLED },
		{ KVK_ERR_CRYPTO, KVK_LINK_UNHANDLED },
	};
	enum kvk_link link;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kvk_signatures s = { .verify = verify, .budget = 1 };

		answer = rows[i].err;
		assert_int_equal(ask(&s, key, none, "d"), rows[i].link);
	}
	/* lack of memory is no verdict */
	struct kvk_signatures s = { .verify = verify, .budget = 1 };

	answer = KVK_ERR_MEMORY;
	assert_int_equal(
		kvk_signature_check(&s, key, none, none, none, none, &link), KVK_ERR_MEMORY);
}

static void test_memory_and_budget(void **state)
{
	struct kvk_signatures s = { .verify = verify, .budget = 2 };

	(void)state;
	answer = KVK_OK;
	calls = 0;
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(&s, key, none, "one"), KVK_LINK_GOOD);
	assert_int_equal(calls, 1);
	answer = KVK_ERR_SIGNATURE;
	assert_int_equal(ask(&s, key, none, "two"), KVK_LINK_BAD);
	assert_int_equal(ask(&s, key, none, "three"), KVK_LINK_EXHAUSTED);
	assert_int_equal(ask(&s, key, none, "one"), KVK_LINK_GOOD);
	assert_int_equal(ask(&s, key, none, "two"), KVK_LINK_BAD);
	assert_int_equal(calls, 2);
	assert_int_equal(s.checked, 2);
}

static void test_no_key(void **state)
{
	struct kvk_signatures s = { .verify = verify, .budget = 2 };

	(void)state;
	calls = 0;
	assert_int_equal(ask(&s, kvk_span_of("no key"), none, "d"), KVK_LINK_UNHANDLED);
	assert_int_equal(calls, 0);
}

static void test_inherited(void **state)
{
	struct kvk_signatures s = { .verify = verify, .budget = 9 };
	struct kvk_blob with = { 0 }, without = { 0 };
	struct kvk_key_info info;

	(void)state;
	make_dsa(&with, true);
	make_dsa(&without, false);
	answer = KVK_OK;
	calls = 0;
	assert_int_equal(ask(&s, kvk_span_of_blob(&without), none, "d"), KVK_LINK_UNHANDLED);
	assert_int_equal(ask(&s, kvk_span_of_blob(&without), key, "d"), KVK_LINK_UNHANDLED);
	assert_int_equal(calls, 0);
	assert_int_equal(
		ask(&s, kvk_span_of_blob(&without), kvk_span_of_blob(&with), "d"), KVK_LINK_GOOD);
	assert_int_equal(calls, 1);
	assert_int_equal(kvk_key_info_read(kvk_span_of_blob(&asked), &info), KVK_OK);
	assert_int_equal(info.type, KVK_KEY_DSA);
	assert_false(info.inherits_parameters);
	/* the key itself is the child's */
	assert_int_equal(asked.p[asked.n - 1], 9);
	/* a key with its own parameters goes as it is */
	assert_int_equal(ask(&s, kvk_span_of_blob(&with), key, "d"), KVK_LINK_GOOD);
	assert_true(kvk_span_equal(kvk_span_of_blob(&asked), kvk_span_of_blob(&with)));
	kvk_blob_free(&with);
	kvk_blob_free(&without);
}

static int clean(void **state)
{
	(void)state;
	kvk_blob_free(&asked);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_memory_and_budget),
		cmocka_unit_test(test_no_key),
		cmocka_unit_test(test_inherited),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/certificate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "cases.h"
#include "made.h"

static struct kvk_certificate cert;

/* Bits that no reading may leave from the one before. */
static void poison(void)
{
	memset(&cert, 0xa5, sizeof(cert));
}

/* Whether the decoder says of a case what it should; prints what it says else. */
static bool case_holds(const struct cert_case *c)
{
	struct made der = made_of(c->der);
	uint32_t tolerated = 0;
	enum kvk_err err;
	bool ok;

	poison();
	err = kvk_certificate_read(made_span(&der), &cert);
	if (c->tolerated != KVK_DER_OK)
		tolerated = UINT32_C(1) << c->tolerated;
	ok = err == c->err && cert.log.remark == c->remark &&
		(err != KVK_OK || cert.log.tolerated == tolerated);
	if (!ok)
		print_error("%s: %s, '%s' at %zu, tolerated %x\n", c->name, kvk_error_name(err),
			kvk_der_remark_text(cert.log.remark), cert.log.offset,
			(unsigned)cert.log.tolerated);
	if (err == KVK_OK)
		kvk_certificate_free(&cert);
	made_free(&der);
	return ok;
}

static void every_case_is_evaluated(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (const struct cert_case *c = certificate_cases; c->name != NULL; c++)
		wrong += !case_holds(c);
	assert_int_equal(wrong, 0);
}

/* Each cut of a good certificate is a fault, at an offset inside it. */
static void every_cut_is_a_fault(void **state)
{
	struct made whole = made_of(MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff020103)"));

	(void)state;
	for (size_t n = 0; n < whole.n; n++) {
		uint8_t *p = malloc(n > 0 ? n : 1);

		assert_non_null(p);
		memcpy(p, whole.p, n);
		poison();
		assert_int_equal(
			kvk_certificate_read((struct kvk_span){ p, n }, &cert), KVK_ERR_DER);
		assert_int_equal(cert.log.remark, KVK_DER_TRUNCATED);
		assert_true(cert.log.offset <= n);
		free(p);
	}
	made_free(&whole);
}

static void assert_text(struct kvk_span span, const char *text)
{
	assert_true(kvk_span_is(span, text));
}

static void fields_are_read(void **state)
{
	struct made der = made_of(MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff020103)"));
	char text[KVK_TIME_TEXT_SIZE];

	(void)state;
	poison();
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
	assert_ptr_equal(cert.der.p, der.p);
	assert_int_equal(cert.der.n, der.n);
	assert_int_equal(cert.version, 3);
	assert_int_equal(cert.serial.n, 2);
	assert_memory_equal(cert.serial.p, "\x01\xf4", 2);
	assert_int_equal(cert.issuer.count, 1);
	assert_text(cert.issuer.attributes[0].value, "Issuer");
	assert_int_equal(cert.subject.count, 1);
	assert_int_equal(cert.subject.attributes[0].oid, KVK_OID_CN);
	assert_text(cert.subject.attributes[0].value, "api.example.nl");
	assert_string_equal(kvk_time_text(cert.not_before, text), "2026-01-02T03:04:05Z");
	assert_string_equal(kvk_time_text(cert.not_after, text), "2029-01-02T03:04:05Z");
	assert_int_equal(cert.key.type, KVK_KEY_ECDSA);
	assert_int_equal(cert.key.curve, KVK_OID_CURVE_P256);
	assert_int_equal(cert.key_bits.n, 65);
	assert_int_equal(cert.key_bits.p[0], 4);
	assert_int_equal(cert.signature.n, 4);
	assert_memory_equal(cert.signature.p, "\xa1\xa2\xa3\xa4", 4);
	assert_true(kvk_span_equal(cert.algorithm, cert.tbs_algorithm));
	assert_int_equal(cert.tbs.p[0], 0x30);
	assert_ptr_equal(cert.tbs.p + cert.tbs.n, cert.algorithm.p);
	assert_false(kvk_certificate_self_issued(&cert));
	kvk_certificate_free(&cert);
	made_free(&der);
}

static void hashes_are_of_the_whole_and_of_the_key(void **state)
{
	struct made der = made_of(MADE_CERTIFICATE(MADE_V3, ""));
	struct made key = made_of(MADE_KEY);
	uint8_t want[KVK_SHA256_SIZE];

	(void)state;
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
	assert_int_equal(kvk_sha256(made_span(&der), want), KVK_OK);
	assert_memory_equal(cert.sha256, want, sizeof(want));
	assert_true(kvk_span_equal(cert.spki, made_span(&key)));
	assert_int_equal(kvk_sha256(made_span(&key), want), KVK_OK);
	assert_memory_equal(cert.spki_sha256, want, sizeof(want));
	made_free(&key);
	kvk_certificate_free(&cert);
	made_free(&der);
}

static void unique_ids_are_kept(void **state)
{
	struct made der = made_of(MADE_CERTIFICATE("a0(020101)", "81(00aa)82(00bb)"));

	(void)state;
	poison();
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
	assert_int_equal(cert.version, 2);
	assert_memory_equal(cert.issuer_unique_id.p, "\x00\xaa", 2);
	assert_memory_equal(cert.subject_unique_id.p, "\x00\xbb", 2);
	assert_int_equal(cert.ext.count, 0);
	kvk_certificate_free(&cert);
	made_free(&der);
}

static void a_huge_certificate_is_refused(void **state)
{
	struct kvk_span huge = { NULL, KVK_LIMIT_CERTIFICATE + 1 };
	uint8_t *p = calloc(1, huge.n);

	(void)state;
	assert_non_null(p);
	huge.p = p;
	assert_int_equal(kvk_certificate_read(huge, &cert), KVK_ERR_LIMIT);
	free(p);
}

static void self_issued_means_equal_names(void **state)
{
	struct made der = made_of(MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("Same")
						      MADE_DATES MADE_NAME("Same") MADE_KEY,
		MADE_SHA256_RSA));

	(void)state;
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
	assert_true(kvk_certificate_self_issued(&cert));
	made_free(&der);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_is_evaluated),
		cmocka_unit_test(every_cut_is_a_fault),
		cmocka_unit_test(fields_are_read),
		cmocka_unit_test(hashes_are_of_the_whole_and_of_the_key),
		cmocka_unit_test(unique_ids_are_kept),
		cmocka_unit_test(a_huge_certificate_is_refused),
		cmocka_unit_test(self_issued_means_equal_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

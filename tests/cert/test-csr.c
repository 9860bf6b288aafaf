/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/csr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "made.h"

#define CSR(attributes) \
	MADE_SIGNED("020100" MADE_NAME("api.example.nl") MADE_KEY attributes, MADE_SHA256_RSA)
#define REQUEST(list) "30(06(2a864886f70d01090e)31(30(" list ")))"
#define SAN MADE_EXTENSION(MADE_SAN, "", "30(82('api.example.nl'))")

static struct kvk_csr csr;

static enum kvk_err read_csr(struct made *der, const char *text)
{
	*der = made_of(text);
	memset(&csr, 0xa5, sizeof(csr));
	return kvk_csr_read(made_span(der), &csr);
}

static void fields_are_read(void **state)
{
	uint8_t want[KVK_SHA256_SIZE];
	struct made der;

	(void)state;
	assert_int_equal(read_csr(&der, CSR("a0(" REQUEST(SAN) ")")), KVK_OK);
	assert_int_equal(csr.subject.count, 1);
	assert_true(kvk_span_is(csr.subject.attributes[0].value, "api.example.nl"));
	assert_int_equal(csr.key.type, KVK_KEY_ECDSA);
	assert_true(csr.has_extensions);
	assert_false(csr.has_challenge_password);
	assert_int_equal(csr.ext.san_count, 1);
	assert_true(kvk_span_is(csr.ext.sans[0].value, "api.example.nl"));
	assert_int_equal(kvk_sha256(csr.spki, want), KVK_OK);
	assert_memory_equal(csr.spki_sha256, want, sizeof(want));
	assert_ptr_equal(csr.info.p + csr.info.n, csr.algorithm.p);
	assert_memory_equal(csr.signature.p, "\xa1\xa2\xa3\xa4", 4);
	kvk_csr_free(&csr);
	made_free(&der);
}

static void attributes_are_optional(void **state)
{
	struct made der;

	(void)state;
	assert_int_equal(read_csr(&der, CSR("a0()")), KVK_OK);
	assert_false(csr.has_extensions || csr.ext.has_san);
	kvk_csr_free(&csr);
	made_free(&der);
	assert_int_equal(read_csr(&der, CSR("")), KVK_OK);
	assert_int_equal(csr.log.tolerated, 1 << KVK_DER_EMPTY);
	kvk_csr_free(&csr);
	made_free(&der);
	assert_int_equal(read_csr(&der, CSR("a0(30(06(2a864886f70d010907)31(0c('x'))))")), KVK_OK);
	assert_true(csr.has_challenge_password);
	kvk_csr_free(&csr);
	made_free(&der);
}

static void faults_are_found(void **state)
{
	static const struct {
		const char *der;
		enum kvk_der_remark remark;
	} cases[] = {
		{ CSR("a0(" REQUEST(SAN) REQUEST(SAN) ")"), KVK_DER_DUPLICATE },
		{ CSR("a0(" REQUEST(SAN SAN) ")"), KVK_DER_DUPLICATE },
		{ CSR("a0()0500"), KVK_DER_TRAILING },
		{ CSR("a0()") "00", KVK_DER_TRAILING },
		{ CSR("a0(30(06(2a03)30()))"), KVK_DER_TAG },
		{ MADE_SIGNED("020101" MADE_NAME("a") MADE_KEY "a0()", MADE_SHA256_RSA),
			KVK_DER_RANGE },
		{ MADE_CERTIFICATE(MADE_V3, ""), KVK_DER_TAG },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made der;

		assert_int_equal(read_csr(&der, cases[i].der), KVK_ERR_DER);
		assert_int_equal(csr.log.remark, cases[i].remark);
		made_free(&der);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_read),
		cmocka_unit_test(attributes_are_optional),
		cmocka_unit_test(faults_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

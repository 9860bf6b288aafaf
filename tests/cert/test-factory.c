/* SPDX-License-Identifier: Apache-2.0 */
/* What Java's CertificateFactory makes of a file, measured with version 17. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "file.h"
#include "tests/support/alloc.h"

static void lists_of_certificates(void **state)
{
	const struct kvk_block *block;

	(void)state;
	add_der(PKCS7("a0(" LEAF CA ")"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_READS, 0);
	add_pem("PKCS7", PKCS7("a0(" LEAF "a1(00)" CA ")a1(" CRL ")"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_READS, 0);
	add_pem("CERTIFICATE", PKCS7("a0(" LEAF ")"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_READS, 0);
	add_pem("PKCS7", PKCS7(""));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_NOTHING, 0);
	add_pem("PKCS7", PKCS7("a0(" LEAF "30(0500))"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_FAILS, 0);
	add_pem("PKCS7", PKCS7("a0(" LEAF ")a1(" CRL ")"));
	look();
	assert_int_equal(contents.blocks.count, 3);
	assert_int_equal(kvk_contents_certificate_count(&contents), 1);
	assert_non_null(kvk_contents_certificate(&contents, 0, &block));
	assert_true(block->in_pkcs7);
	assert_int_equal(block->line, 1);
	assert_non_null(kvk_contents_find(&contents, KVK_BLOCK_CRL));
}

/* Java reads the PKCS#7 that a file begins with, and nothing behind it. */
static void blocks_behind_pkcs7(void **state)
{
	const struct kvk_block *block;

	(void)state;
	add_pem("PKCS7", PKCS7("a0(" LEAF ")"));
	add_pem("CERTIFICATE", CA);
	add_pem("PKCS7", PKCS7("a0(" CA ")"));
	look();
	assert_int_equal(contents.java, KVK_JAVA_READS);
	assert_int_equal(kvk_contents_certificate_count(&contents), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_non_null(kvk_contents_certificate(&contents, i, &block));
		assert_int_equal(block->overlooked, i > 0);
	}
	forget(NULL);
	add_pem("PKCS7", PKCS7("a0(" LEAF ")"));
	add_pem("CERTIFICATE", "0500");
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_READS, 0);
	add_pem("PKCS7", PKCS7(""));
	add_pem("PKCS7", PKCS7("a0(" LEAF ")"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_NOTHING, 0);
	add_pem("CERTIFICATE", LEAF);
	add_pem("PKCS7", PKCS7("a0(" CA ")"));
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, 0);
}

/* Measured with Java 17: what it cannot read in PKCS#7 it does not pass over. */
static void signers_and_crls_of_pkcs7(void **state)
{
	(void)state;
	add_pem("PKCS7",
		PKCS7_SIGNED("a0(" LEAF ")", SIGNER("020101", "30(" MADE_NAME("I") "020101)")));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_READS, 0);
	add_pem("PKCS7", PKCS7_SIGNED("a0(" LEAF ")", SIGNER("020103", "80(0102)")));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_FAILS, BIT(SIGNER));
	add_pem("PKCS7", PKCS7("a0(" LEAF ")a1(30(0500))"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_FAILS, 0);
	add_pem("PKCS7", PKCS7("a0(" LEAF ")a1(a1(00))"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_FAILS, 0);
	/* its entry has no date */
	add_pem("PKCS7",
		PKCS7("a0(" LEAF
		      ")a1(" MADE_SIGNED("020101" MADE_SHA256_RSA MADE_NAME(
						 "I") "17('260102030405Z') 30(30(020101))",
			      MADE_SHA256_RSA) ")"));
	assert_file(KVK_FORM_PKCS7, KVK_JAVA_FAILS, 0);
}

/* A request for memory that fails makes no other file of it: it is an error. */
static void lack_of_memory(void **state)
{
	enum kvk_err err = KVK_ERR_MEMORY;
	long n = 0;

	(void)state;
	add_pem("PKCS7",
		PKCS7_SIGNED("a0(" LEAF ")a1(" CRL ")",
			SIGNER("020101", "30(" MADE_NAME("I") "020101)")));
	for (; err != KVK_OK; n++) {
		kvk_alloc_fail_once_after(n);
		err = kvk_contents_read(&file, &contents);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
	}
	assert_true(n > 5);
	assert_int_equal(contents.java, KVK_JAVA_READS);
}

/* What Java takes for white space at the end of a line, and what it does not between digits. */
static void control_characters(void **state)
{
	static const char separators[] = "\x1c\x1d\x1e\x1f";

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		for (int at_end = 0; at_end < 2; at_end++) {
			add_pem("CERTIFICATE", LEAF);
			put_octet(at_end ? file.n - 1 : strlen("-----BEGIN CERTIFICATE-----"),
				(uint8_t)separators[i]);
			add_pem("CERTIFICATE", CA);
			assert_file(KVK_FORM_PEM, KVK_JAVA_READS, BIT(ODD));
		}
		add_pem("CERTIFICATE", LEAF);
		put_octet(40, (uint8_t)separators[i]);
		assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(BASE64));
	}
	for (uint8_t c = '\v'; c <= '\f'; c++) {
		add_pem("CERTIFICATE", LEAF);
		put_octet(40, c);
		assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(BASE64));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(lists_of_certificates, forget),
		cmocka_unit_test_teardown(blocks_behind_pkcs7, forget),
		cmocka_unit_test_teardown(signers_and_crls_of_pkcs7, forget),
		cmocka_unit_test_teardown(lack_of_memory, forget),
		cmocka_unit_test_teardown(control_characters, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

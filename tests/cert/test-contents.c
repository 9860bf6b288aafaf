/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/contents.h"
#include "tests/support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "file.h"
#include "made.h"

static void files_without_blocks(void **state)
{
	(void)state;
	assert_file(KVK_FORM_EMPTY, KVK_JAVA_NOTHING, 0);
	add_text(" \r\n\t\n");
	assert_file(KVK_FORM_EMPTY, KVK_JAVA_NOTHING, 0);
	add_text("Dear customer, your certificate is attached.\n");
	assert_file(KVK_FORM_TEXT, KVK_JAVA_NOTHING, 0);
	add_der("504b0304 0000");
	assert_file(KVK_FORM_ZIP, KVK_JAVA_NOTHING, 0);
	add_der("504b0506 0000");
	assert_file(KVK_FORM_ZIP, KVK_JAVA_NOTHING, 0);
	add_der("00010203");
	assert_file(KVK_FORM_OTHER, KVK_JAVA_NOTHING, 0);
	add_der("fffe 2d00 2d00 2d00");
	assert_file(KVK_FORM_TEXT, KVK_JAVA_NOTHING, BIT(UTF16));
	add_text("-----BEGIN CERTIFICATE\n");
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(TEXT_AROUND));
}

static void pem_files(void **state)
{
	(void)state;
	add_pem("CERTIFICATE", LEAF);
	add_pem("CERTIFICATE", CA);
	assert_file(KVK_FORM_PEM, KVK_JAVA_READS, 0);
	add_text("Bag Attributes\n");
	add_pem("X509 CERTIFICATE", LEAF);
	add_text("the end\n");
	assert_file(KVK_FORM_PEM, KVK_JAVA_READS, BIT(LABEL) | BIT(TEXT_AROUND));
	add_pem("CERTIFICATE", LEAF);
	add_text("\n");
	add_pem("CERTIFICATE", LEAF);
	assert_file(KVK_FORM_PEM, KVK_JAVA_READS, BIT(DUPLICATE));
	add_text(" ");
	add_pem("CERTIFICATE", LEAF);
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(INDENTED));
	add_der("efbbbf");
	add_pem("CERTIFICATE", LEAF);
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(BOM));
	/* Java takes the octet of '0' for the start of DER */
	add_text("0 text\n");
	add_pem("CERTIFICATE", LEAF);
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(TEXT_AROUND));
}

/* Java reads on after the END line, whatever follows. */
static void der_behind_pem(void **state)
{
	(void)state;
	add_pem("CERTIFICATE", LEAF);
	add_der(CA);
	add_pem("CERTIFICATE", CA);
	look();
	assert_int_equal(kvk_contents_certificate_count(&contents), 3);
	assert_int_equal(contents.java, KVK_JAVA_READS);
	assert_true(contents.remarks & BIT(TEXT_AROUND));
	forget(NULL);
	add_pem("CERTIFICATE", LEAF);
	add_der(CA);
	file.n -= 3;
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(TEXT_AROUND) | BIT(TRUNCATED));
	add_pem("CERTIFICATE", LEAF);
	add_der(PKCS8);
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(TEXT_AROUND) | BIT(PRIVATE_KEY));
}

static void pem_with_faults(void **state)
{
	(void)state;
	add_pem("CERTIFICATE", LEAF);
	file.n -= strlen("-----END CERTIFICATE-----\n");
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(NO_END));
	add_pem("CERTIFICATE", LEAF);
	file.p[file.n - 7] = 'X';
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(END_OTHER));
	add_pem("CERTIFICATE", LEAF);
	file.p[40] = '*';
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(BASE64));
	add_pem("CERTIFICATE", "30(30(a0(020102)) 3082)");
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(TRUNCATED));
	add_pem("CERTIFICATE", "0500");
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, 0);
	add_text("-----BEGIN CERTIFICATE-----\nA: b\n\n");
	add_text("-----END CERTIFICATE-----\n");
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(TRUNCATED));
}

static void carriage_returns(void **state)
{
	struct kvk_blob dos = { 0 };

	(void)state;
	add_pem("CERTIFICATE", LEAF);
	for (size_t i = 0; i < file.n; i++) {
		if (file.p[i] == '\n')
			assert_int_equal(kvk_blob_append_byte(&dos, '\r'), KVK_OK);
		assert_int_equal(kvk_blob_append_byte(&dos, file.p[i]), KVK_OK);
	}
	kvk_blob_free(&file);
	file = dos;
	assert_file(KVK_FORM_PEM, KVK_JAVA_READS, BIT(CRLF));
}

static void der_files(void **state)
{
	(void)state;
	add_der(LEAF);
	assert_file(KVK_FORM_DER, KVK_JAVA_READS, 0);
	add_der(LEAF CA);
	assert_file(KVK_FORM_DER, KVK_JAVA_READS, 0);
	add_der(LEAF "0a0a");
	assert_file(KVK_FORM_DER, KVK_JAVA_READS, BIT(TRAILING));
	add_der(LEAF "0a");
	add_pem("CERTIFICATE", CA);
	assert_file(KVK_FORM_DER, KVK_JAVA_READS, BIT(TRAILING));
	add_der(LEAF);
	file.n--;
	assert_file(KVK_FORM_DER, KVK_JAVA_FAILS, BIT(TRUNCATED));
	add_der("3080"
		"30(" MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I") MADE_DATES MADE_NAME("S")
			MADE_KEY ")" MADE_SHA256_RSA "03(00aa) 0000");
	assert_file(KVK_FORM_DER, KVK_JAVA_READS, BIT(BER));
	add_der("3080 3000");
	assert_file(KVK_FORM_DER, KVK_JAVA_FAILS, BIT(BER) | BIT(TRUNCATED) | BIT(OTHER_BLOCK));
	add_der("30(0500)");
	assert_file(KVK_FORM_DER, KVK_JAVA_FAILS, BIT(OTHER_BLOCK));
}

static void what_is_no_certificate(void **state)
{
	(void)state;
	add_pem("CERTIFICATE REQUEST", CSR);
	assert_file(KVK_FORM_PEM, KVK_JAVA_NOTHING, BIT(CSR));
	add_pem("CERTIFICATE", CSR);
	assert_file(KVK_FORM_PEM, KVK_JAVA_NOTHING, BIT(CSR));
	add_pem("CERTIFICATE", LEAF);
	add_pem("CERTIFICATE REQUEST", CSR);
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(CSR));
	add_pem("CERTIFICATE", ATTRIBUTE_CERTIFICATE);
	assert_file(KVK_FORM_PEM, KVK_JAVA_NOT_X509, BIT(OTHER_BLOCK));
	add_der(PKCS12);
	assert_file(KVK_FORM_PKCS12, KVK_JAVA_NOTHING, BIT(OTHER_BLOCK));
	add_der(CRL);
	assert_file(KVK_FORM_DER, KVK_JAVA_NOTHING, BIT(OTHER_BLOCK));
	add_pem("PUBLIC KEY", MADE_KEY);
	assert_file(KVK_FORM_PEM, KVK_JAVA_NOTHING, BIT(OTHER_BLOCK));
	add_pem("NONSENSE", "0500");
	assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, BIT(OTHER_BLOCK));
}

static void a_key_beside_a_certificate_is_a_fault(void **state)
{
	(void)state;
	add_pem("CERTIFICATE", LEAF);
	add_pem("PRIVATE KEY", PKCS8);
	look();
	assert_int_equal(contents.java, KVK_JAVA_FAILS);
	assert_int_equal(contents.failed_block, 1);
	forget(NULL);
	add_der(LEAF PKCS8);
	assert_file(KVK_FORM_DER, KVK_JAVA_FAILS, BIT(PRIVATE_KEY));
	add_der(PKCS8);
	assert_file(KVK_FORM_DER, KVK_JAVA_NOTHING, BIT(PRIVATE_KEY));
}

static void blocks_tell_where_they_are(void **state)
{
	const struct kvk_certificate *cert;
	const struct kvk_block *block;

	(void)state;
	add_text("one line\n");
	add_pem("CERTIFICATE", CA);
	add_pem("CERTIFICATE", "30(0500)");
	add_pem("CERTIFICATE", LEAF);
	look();
	assert_int_equal(contents.blocks.count, 3);
	assert_int_equal(kvk_contents_certificate_count(&contents), 2);
	cert = kvk_contents_certificate(&contents, 0, &block);
	assert_true(cert->ext.ca);
	assert_int_equal(block->line, 2);
	assert_int_equal(block->offset, 9);
	assert_ptr_equal(kvk_vec_at(&contents.blocks, 0), block);
	cert = kvk_contents_certificate(&contents, 1, &block);
	assert_false(cert->ext.ca);
	assert_ptr_equal(kvk_vec_at(&contents.blocks, 2), block);
	assert_null(kvk_contents_certificate(&contents, 2, NULL));
	block = kvk_vec_at(&contents.blocks, 1);
	assert_int_equal(block->err, KVK_ERR_DER);
	assert_int_equal(block->log.remark, KVK_DER_TAG);
	assert_int_equal(contents.failed_block, 1);
	assert_ptr_equal(kvk_contents_find(&contents, KVK_BLOCK_CERTIFICATE),
		kvk_vec_at(&contents.blocks, 0));
	assert_null(kvk_contents_find(&contents, KVK_BLOCK_CSR));
}

static void too_many_blocks_are_said(void **state)
{
	(void)state;
	for (unsigned i = 0; i < KVK_LIMIT_BLOCKS + 1; i++)
		add_text("-----BEGIN X-----\nBQA=\n-----END X-----\n");
	look();
	assert_int_equal(contents.blocks.count, KVK_LIMIT_BLOCKS);
	assert_true(contents.remarks & BIT(MANY));
}

static void a_huge_file_is_refused_and_kept(void **state)
{
	(void)state;
	assert_int_equal(kvk_blob_reserve(&file, KVK_LIMIT_FILE + 1), KVK_OK);
	file.n = KVK_LIMIT_FILE + 1;
	memset(file.p, 'x', file.n);
	assert_int_equal(kvk_contents_read(&file, &contents), KVK_ERR_LIMIT);
	assert_non_null(file.p);
}

/* Only a CRL may be as large as this; its entries are not looked at here. */
static void a_huge_crl_is_taken(void **state)
{
	struct made head = made_of("3083200000 30831ffffb 020101" MADE_SHA256_RSA MADE_NAME(
		"I") "17('260102030405Z')");

	(void)state;
	assert_int_equal(kvk_blob_append(&file, made_span(&head)), KVK_OK);
	assert_int_equal(kvk_blob_reserve(&file, 0x200005 - head.n), KVK_OK);
	memset(file.p + head.n, 0, 0x200005 - head.n);
	file.n = 0x200005;
	made_free(&head);
	look();
	assert_int_equal(contents.blocks.count, 1);
	assert_non_null(kvk_contents_find(&contents, KVK_BLOCK_CRL));
}

/* With the n-th request for memory refused, for each n until all goes well. */
/* What OpenSSL writes behind a certificate is left out, for those who are not Java. */
static void a_trusted_certificate_is_read_where_java_does_not_count(void **state)
{
	(void)state;
	for (int openssl = 0; openssl < 2; openssl++) {
		add_pem("TRUSTED CERTIFICATE", LEAF "30(0c('alias'))");
		add_pem("CERTIFICATE", LEAF "30(0c('alias'))");
		add_pem("CERTIFICATE", CA);
		assert_int_equal(
			(openssl ? kvk_contents_read_openssl : kvk_contents_read)(&file, &contents),
			KVK_OK);
		assert_int_equal(contents.java, KVK_JAVA_FAILS);
		assert_int_equal(kvk_contents_certificate_count(&contents), 1 + openssl);
		assert_int_equal(
			kvk_contents_certificate(&contents, 0, NULL)->ext.ca, openssl == 0);
		forget(NULL);
	}
}

static void out_of_memory_is_an_error(void **state)
{
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	for (n = 0; n < 1000 && err != KVK_OK; n++) {
		forget(NULL);
		add_pem("PKCS7", PKCS7("a0(" LEAF CA ")"));
		add_pem("PRIVATE KEY", PKCS8);
		kvk_alloc_fail_after(n);
		err = kvk_contents_read(&file, &contents);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		assert_true((file.p == NULL) == (err == KVK_OK));
	}
	assert_true(n > 5 && n < 1000);
}

static void every_remark_has_its_words(void **state)
{
	(void)state;
	for (int i = 0; i < KVK_REMARK_COUNT; i++) {
		assert_true(strlen(kvk_remark_id((enum kvk_remark)i)) > 2);
		assert_true(strlen(kvk_remark_text((enum kvk_remark)i)) > 9);
	}
	assert_string_equal(kvk_remark_id(KVK_REMARK_COUNT), "");
	assert_string_equal(kvk_remark_id(KVK_REMARK_MANY), "too-many");
	for (int i = KVK_BLOCK_CERTIFICATE; i < KVK_BLOCK_OTHER; i++)
		assert_string_not_equal(
			kvk_kind_text((enum kvk_block_kind)i), kvk_kind_text(KVK_BLOCK_OTHER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(files_without_blocks, forget),
		cmocka_unit_test_teardown(pem_files, forget),
		cmocka_unit_test_teardown(der_behind_pem, forget),
		cmocka_unit_test_teardown(pem_with_faults, forget),
		cmocka_unit_test_teardown(carriage_returns, forget),
		cmocka_unit_test_teardown(der_files, forget),
		cmocka_unit_test_teardown(what_is_no_certificate, forget),
		cmocka_unit_test_teardown(a_key_beside_a_certificate_is_a_fault, forget),
		cmocka_unit_test_teardown(blocks_tell_where_they_are, forget),
		cmocka_unit_test_teardown(too_many_blocks_are_said, forget),
		cmocka_unit_test_teardown(a_huge_file_is_refused_and_kept, forget),
		cmocka_unit_test_teardown(a_huge_crl_is_taken, forget),
		cmocka_unit_test_teardown(
			a_trusted_certificate_is_read_where_java_does_not_count, forget),
		cmocka_unit_test_teardown(out_of_memory_is_an_error, forget),
		cmocka_unit_test_teardown(every_remark_has_its_words, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

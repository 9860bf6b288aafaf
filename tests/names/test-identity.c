/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers of organisations as people write them: what they are read as, and what is said of those
 * that are of no use.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "names/identity.h"
#include "tests/support/lists.h"

static void numbers(void **state)
{
	static const struct {
		const char *text;
		enum kvk_identity_kind kind;
		const char *kvk;
		/* A part of what is said; "" for nothing. */
		const char *words;
	} rows[] = {
		{ "68750110", KVK_IDENTITY_KVK, "68750110", "" },
		{ "01234567", KVK_IDENTITY_KVK, "01234567", "" },
		{ "00000003687501100000", KVK_IDENTITY_OIN, "68750110", "HRN of KVK 68750110" },
		{ "00000003687501109000", KVK_IDENTITY_OIN, "", "0000" },
		{ "00000001823288444000", KVK_IDENTITY_OIN, "", "OIN of RSIN 823288444" },
		{ "00000001823288445000", KVK_IDENTITY_OIN, "", "11-test" },
		{ "00000004114202890000", KVK_IDENTITY_OIN, "", "SubOIN 114202890" },
		{ "00000005687501100000", KVK_IDENTITY_OIN, "", "not a prefix in use" },
		{ "00000099687501100000", KVK_IDENTITY_OIN, "", "test OIN" },
		{ "6875011", KVK_IDENTITY_OTHER, "", "leading zeros may be missing" },
		{ "0000003687501100000", KVK_IDENTITY_OTHER, "", "leading zeros may be missing" },
		{ "823288444", KVK_IDENTITY_OTHER, "", "RSIN" },
		{ "000037178598", KVK_IDENTITY_OTHER, "", "branch number" },
		{ "12345678901234567890", KVK_IDENTITY_OTHER, "", "begins with 000000" },
		{ "00000003687501100001", KVK_IDENTITY_OTHER, "", "ends in 000" },
		{ "6875 0110", KVK_IDENTITY_OTHER, "", "digits only" },
		{ "68750110 ", KVK_IDENTITY_OTHER, "", "digits only" },
		{ "NTRNL-68750110", KVK_IDENTITY_OTHER, "", "digits only" },
		{ "1234567890", KVK_IDENTITY_OTHER, "", "" },
		{ "", KVK_IDENTITY_OTHER, "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char words[KVK_IDENTITY_WORDS];
		struct kvk_identity number;

		kvk_identity_read(kvk_span_of(rows[i].text), &number);
		assert_int_equal(number.kind, rows[i].kind);
		assert_string_equal(number.kvk, rows[i].kvk);
		assert_int_equal(kvk_identity_words(&number, words), KVK_OK);
		if (rows[i].words[0] == '\0')
			assert_string_equal(words, "");
		else if (strstr(words, rows[i].words) == NULL)
			fail_msg("'%s': '%s'", rows[i].text, words);
		assert_int_equal(kvk_identity_is_test(&number), strstr(words, "test OIN") != NULL);
	}
}

static struct kvk_certificate cert;
static struct lists lists;

static void put(enum kvk_oid oid, uint8_t tag, const char *text)
{
	struct kvk_attribute *a;

	lists_use(&lists, &cert);
	a = &cert.subject.attributes[cert.subject.count++];
	*a = (struct kvk_attribute){
		.oid = oid, .type = kvk_oid_octets(oid), .tag = tag, .value = kvk_span_of(text)
	};
}

/* The first serialNumber of the subject, and nothing else. */
static void subject(void **state)
{
	struct kvk_identity number;

	(void)state;
	cert.subject.count = 0;
	put(KVK_OID_ORGANIZATION_IDENTIFIER, KVK_DER_UTF8_STRING, "NTRNL-68750110");
	put(KVK_OID_OU, KVK_DER_UTF8_STRING, "68750110");
	assert_int_equal(kvk_identity_of_subject(&cert, &number), KVK_OK);
	assert_int_equal(number.kind, KVK_IDENTITY_NONE);
	put(KVK_OID_SERIAL_NUMBER, KVK_DER_PRINTABLE_STRING, "68750110");
	put(KVK_OID_SERIAL_NUMBER, KVK_DER_PRINTABLE_STRING, "69599084");
	assert_int_equal(kvk_identity_of_subject(&cert, &number), KVK_OK);
	assert_string_equal(number.kvk, "68750110");
	assert_true(number.text);
}

static void subject_without_text(void **state)
{
	struct kvk_identity number;

	(void)state;
	cert.subject.count = 0;
	put(KVK_OID_SERIAL_NUMBER, KVK_DER_INTEGER, "68750110");
	assert_int_equal(kvk_identity_of_subject(&cert, &number), KVK_OK);
	assert_int_equal(number.kind, KVK_IDENTITY_OTHER);
	assert_string_equal(number.digits, "");
	assert_false(number.text);
}

/* Only the scheme of the trade register holds a KVK number. */
static void organisation(void **state)
{
	static const struct {
		const char *text, *kvk;
	} rows[] = {
		{ "NTRNL-68750110", "68750110" },
		{ "NTRNL-6875011", "" },
		{ "NTRNL68750110", "" },
		{ "VATNL-68750110", "" },
		{ "68750110", "" },
		{ "NTRBE-68750110", "" },
	};
	struct kvk_identity number;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cert.subject.count = 0;
		put(KVK_OID_ORGANIZATION_IDENTIFIER, KVK_DER_UTF8_STRING, rows[i].text);
		assert_int_equal(kvk_identity_of_organisation(&cert, &number), KVK_OK);
		assert_string_equal(number.kvk, rows[i].kvk);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(subject),
		cmocka_unit_test(subject_without_text),
		cmocka_unit_test(organisation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

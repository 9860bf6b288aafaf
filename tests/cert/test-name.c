/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/general_name.h"
#include "cert/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "made.h"

static struct kvk_name name;

static void parse(struct made *der, const char *text)
{
	*der = made_of(text);
	memset(&name, 0xa5, sizeof(name));
	assert_int_equal(kvk_name_parse(made_span(der), true, &name), KVK_OK);
}

static void assert_name_text(const char *der_text, const char *want)
{
	struct kvk_blob text = { 0 };
	struct made der;

	parse(&der, der_text);
	assert_int_equal(kvk_name_text(&name, &text), KVK_OK);
	assert_string_equal(kvk_blob_str(&text), want);
	kvk_blob_free(&text);
	kvk_name_free(&name);
	made_free(&der);
}

static void attributes_keep_order_and_place(void **state)
{
	struct made der;

	(void)state;
	parse(&der,
		"30(" MADE_ATTRIBUTE("550406", "13", "'NL'") "31(30(06(550403)0c('a'))30(06(55040a)"
							     "0c('b')))" MADE_ATTRIBUTE(
								     "2a03", "0c", "'c'") ")");
	assert_int_equal(name.count, 4);
	assert_true(kvk_span_equal(name.der, made_span(&der)));
	assert_int_equal(name.attributes[0].oid, KVK_OID_C);
	assert_int_equal(name.attributes[0].tag, KVK_DER_PRINTABLE_STRING);
	assert_int_equal(name.attributes[0].rdn, 0);
	assert_int_equal(name.attributes[1].rdn, 1);
	assert_int_equal(name.attributes[2].rdn, 1);
	assert_int_equal(name.attributes[2].oid, KVK_OID_O);
	assert_int_equal(name.attributes[3].rdn, 2);
	assert_int_equal(name.attributes[3].oid, KVK_OID_UNKNOWN);
	assert_true(kvk_span_is(name.attributes[3].value, "c"));
	assert_int_equal(name.attributes[3].value_der.n, 3);
	assert_ptr_equal(kvk_name_find(&name, KVK_OID_O, 0), &name.attributes[2]);
	assert_null(kvk_name_find(&name, KVK_OID_O, 3));
	assert_null(kvk_name_find(&name, KVK_OID_OU, 0));
	assert_int_equal(kvk_name_count(&name, KVK_OID_C), 1);
	assert_int_equal(kvk_name_count(&name, KVK_OID_OU), 0);
	kvk_name_free(&name);
	made_free(&der);
}

static void a_name_is_written_for_people(void **state)
{
	(void)state;
	assert_name_text("30(" MADE_ATTRIBUTE("550406", "13", "'NL'")
				 MADE_CN("'api.example.nl'") ")",
		"C=NL, CN=api.example.nl");
	assert_name_text("30(31(30(06(550403)0c('a'))30(06(55040a)0c('b'))))", "CN=a + O=b");
	assert_name_text("30()", "");
	assert_name_text("30(" MADE_ATTRIBUTE("2a0304", "0c", "'x'") ")", "1.2.3.4=x");
	/* 'é' as Teletex (Latin-1) and as BMPString */
	assert_name_text("30(" MADE_ATTRIBUTE("550403", "14", "e9") ")", "CN=\xc3\xa9");
	assert_name_text("30(" MADE_ATTRIBUTE("550403", "1e", "00e9") ")", "CN=\xc3\xa9");
}

/* What a certificate says must not look like something else on a terminal. */
static void hostile_names_are_escaped(void **state)
{
	(void)state;
	assert_name_text("30(" MADE_CN("'a, O=KVK'") ")", "CN=a\\, O=KVK");
	assert_name_text("30(" MADE_CN("'a' 00 '.nl'") ")", "CN=a\\x00.nl");
	assert_name_text("30(" MADE_CN("1b '[2J' 0a 'x'") ")", "CN=\\x1b[2J\\x0ax");
	assert_name_text("30(" MADE_CN("'a' e280ae 'b'") ")", "CN=a\\u{202e}b");
	assert_name_text("30(" MADE_CN("'a' 5c 'b'") ")", "CN=a\\x5cb");
	assert_name_text("30(31(30(06(550403)020105)))", "CN=#020105");
	assert_name_text("30(" MADE_CN("fffe") ")", "CN=#0c02fffe");
}

static void strict_reading_refuses_what_java_lets_pass(void **state)
{
	struct made der = made_of("30(" MADE_ATTRIBUTE("550403", "13", "'a@b'") ")");

	(void)state;
	assert_int_equal(kvk_name_parse(made_span(&der), false, &name), KVK_ERR_DER);
	assert_int_equal(kvk_name_parse(made_span(&der), true, &name), KVK_OK);
	kvk_name_free(&name);
	made_free(&der);
}

static void a_name_is_all_there_is(void **state)
{
	struct made der = made_of(MADE_NAME("a") "00");

	(void)state;
	assert_int_equal(kvk_name_parse(made_span(&der), true, &name), KVK_ERR_DER);
	made_free(&der);
}

static enum kvk_err read_general(const char *text, struct kvk_general_name *out)
{
	struct made der = made_of(text);
	struct kvk_der_log log = { 0 };
	struct kvk_der cursor;
	enum kvk_err err;

	kvk_der_start(&cursor, made_span(&der), true, &log);
	err = kvk_general_name_read(&cursor, out);
	assert_true(err != KVK_OK || kvk_der_at_end(&cursor));
	kvk_name_free(&name);
	made_free(&der);
	return err;
}

static void general_names_have_their_form(void **state)
{
	struct kvk_general_name general;

	(void)state;
	assert_int_equal(read_general("82('a.nl')", &general), KVK_OK);
	assert_int_equal(general.kind, KVK_GENERAL_DNS);
	assert_int_equal(read_general("87(00112233445566778899aabbccddeeff)", &general), KVK_OK);
	assert_int_equal(general.kind, KVK_GENERAL_IP);
	assert_int_equal(read_general("87(000102)", &general), KVK_ERR_DER);
	assert_int_equal(read_general("a4(0c('x'))", &general), KVK_ERR_DER);
	assert_int_equal(read_general("a4(" MADE_NAME("x") "0500)", &general), KVK_ERR_DER);
	assert_int_equal(read_general("a0(06(2a03))", &general), KVK_ERR_DER);
	assert_int_equal(read_general("a0(06(2a03)80(00))", &general), KVK_ERR_DER);
	assert_int_equal(read_general("16('a.nl')", &general), KVK_ERR_DER);
	assert_int_equal(read_general("", &general), KVK_ERR_DER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_keep_order_and_place),
		cmocka_unit_test(a_name_is_written_for_people),
		cmocka_unit_test(hostile_names_are_escaped),
		cmocka_unit_test(strict_reading_refuses_what_java_lets_pass),
		cmocka_unit_test(a_name_is_all_there_is),
		cmocka_unit_test(general_names_have_their_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

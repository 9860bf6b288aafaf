/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/practice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "cert/certificate.h"
#include "tests/crypto/help.h"
#include "tests/practice/delivery.h"

static struct kvk_practice *tsp;

/* Makes a leaf from a request of openssl(1); its DER stays in *der. */
static void order(
	const char *subject, const char *extra, struct kvk_blob *der, struct kvk_certificate *cert)
{
	struct kvk_issue issue;
	struct kvk_blob csr;

	put_file("k.pem", kvk_span_of(KVK_TEST_P256));
	put_file("req.cnf", kvk_span_of("[req]\ndistinguished_name=dn\n[dn]\n"));
	assert_int_equal(run("openssl req -new -config req.cnf -key k.pem -outform DER -out r.der "
			     "-subj '%s' %s",
				 subject, extra),
		0);
	csr = get_file("r.der");
	assert_int_equal(kvk_practice_order(tsp, kvk_span_of_blob(&csr), &issue), KVK_OK);
	assert_int_equal(kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, der), KVK_OK);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(der), cert), KVK_OK);
	kvk_issue_free(&issue);
	kvk_blob_free(&csr);
}

static void assert_attribute(const struct kvk_certificate *cert, enum kvk_oid oid, const char *text)
{
	const struct kvk_attribute *attribute = kvk_name_find(&cert->subject, oid, 0);

	assert_non_null(attribute);
	assert_true(kvk_span_is(attribute->value, text));
}

static void a_full_request_is_honoured(void **state)
{
	struct kvk_blob der = { .n = 0 };
	struct kvk_certificate cert;

	(void)state;
	need("openssl");
	order("/C=NL/O=Proef B.V./CN=proef.example.nl/2.5.4.97=NTRNL-69599084/"
	      "serialNumber=00000003695990840000",
		"-addext subjectAltName=DNS:proef.example.nl,DNS:www.example.nl", &der, &cert);
	assert_attribute(&cert, KVK_OID_O, "Proef B.V.");
	assert_attribute(&cert, KVK_OID_CN, "proef.example.nl");
	assert_attribute(&cert, KVK_OID_SERIAL_NUMBER, "00000003695990840000");
	assert_attribute(&cert, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-69599084");
	assert_int_equal(cert.ext.san_count, 2);
	assert_true(kvk_span_is(cert.ext.sans[1].value, "www.example.nl"));
	assert_int_equal(cert.key.type, KVK_KEY_ECDSA);
	kvk_certificate_free(&cert);
	kvk_blob_free(&der);
}

static void what_a_request_lacks_is_filled_in(void **state)
{
	struct kvk_blob der = { .n = 0 };
	struct kvk_certificate cert;

	(void)state;
	need("openssl");
	/* The KVK number from the HRN; the host from the name, as CN is the company. */
	order("/CN=Proef B.V./serialNumber=00000003695990840000",
		"-addext subjectAltName=DNS:proef.example.nl", &der, &cert);
	assert_attribute(&cert, KVK_OID_CN, "proef.example.nl");
	assert_attribute(&cert, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-69599084");
	kvk_certificate_free(&cert);
	/* Nothing but a host. */
	order("/CN=proef.example.nl", "", &der, &cert);
	assert_attribute(&cert, KVK_OID_CN, "proef.example.nl");
	assert_attribute(&cert, KVK_OID_SERIAL_NUMBER, "00000003687501100000");
	assert_int_equal(cert.ext.san_count, 1);
	kvk_certificate_free(&cert);
	kvk_blob_free(&der);
}

static void a_bad_request_is_refused(void **state)
{
	struct kvk_issue issue;
	struct kvk_blob csr;

	(void)state;
	need("openssl");
	put_file("k.pem", kvk_span_of(KVK_TEST_RSA_D));
	assert_int_equal(run("openssl req -new -config req.cnf -key k.pem -outform DER -out r.der "
			     "-subj /CN=proef.example.nl"),
		0);
	csr = get_file("r.der");
	csr.p[csr.n - 5] ^= 1;
	assert_int_equal(
		kvk_practice_order(tsp, kvk_span_of_blob(&csr), &issue), KVK_ERR_SIGNATURE);
	kvk_issue_free(&issue);
	csr.n -= 5;
	assert_int_equal(kvk_practice_order(tsp, kvk_span_of_blob(&csr), &issue), KVK_ERR_DER);
	kvk_issue_free(&issue);
	kvk_blob_free(&csr);
}

static int set_up(void **state)
{
	struct kvk_practice_options options = { .now = DELIVERY_NOW };
	int i;

	for (i = 0; i < KVK_PRACTICE_LEVELS; i++)
		options.keys[i] = key_of(KVK_TEST_RSA_A);
	return kvk_practice_new(&options, &tsp) ? -1 : scratch_make(state);
}

static int tear_down(void **state)
{
	kvk_practice_free(tsp);
	return scratch_remove(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_request_is_honoured),
		cmocka_unit_test(what_a_request_lacks_is_filled_in),
		cmocka_unit_test(a_bad_request_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

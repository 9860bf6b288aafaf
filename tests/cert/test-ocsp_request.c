/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <gnutls/ocsp.h>
#include <gnutls/x509.h>

#include "cert/certificate.h"
#include "cert/ocsp_request.h"
#include "tests/practice/delivery.h"
#include "tests/support/alloc.h"

static struct delivery delivery;

static gnutls_x509_crt_t theirs(const struct kvk_blob *der)
{
	const gnutls_datum_t datum = { der->p, (unsigned)der->n };
	gnutls_x509_crt_t crt;

	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER), 0);
	return crt;
}

static enum kvk_err write(
	const struct kvk_blob *issuer, const struct kvk_blob *subject, struct kvk_blob *out)
{
	struct kvk_certificate ca, leaf;
	enum kvk_err err;

	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(issuer), &ca), KVK_OK);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(subject), &leaf), KVK_OK);
	err = kvk_ocsp_request_write(leaf.issuer.der, ca.key_bits, leaf.serial, out);
	kvk_certificate_free(&ca);
	kvk_certificate_free(&leaf);
	return err;
}

/* Octet for octet what GnuTLS asks about the same certificate. */
static void as_gnutls(const struct kvk_blob *issuer, const struct kvk_blob *subject)
{
	gnutls_x509_crt_t ca = theirs(issuer), leaf = theirs(subject);
	struct kvk_blob ours = { 0 };
	gnutls_ocsp_req_t request;
	gnutls_datum_t der;

	assert_int_equal(gnutls_ocsp_req_init(&request), 0);
	assert_int_equal(gnutls_ocsp_req_add_cert(request, GNUTLS_DIG_SHA1, ca, leaf), 0);
	assert_int_equal(gnutls_ocsp_req_export(request, &der), 0);
	assert_int_equal(write(issuer, subject, &ours), KVK_OK);
	assert_int_equal(ours.n, der.size);
	assert_memory_equal(ours.p, der.data, der.size);
	gnutls_free(der.data);
	gnutls_ocsp_req_deinit(request);
	gnutls_x509_crt_deinit(ca);
	gnutls_x509_crt_deinit(leaf);
	kvk_blob_free(&ours);
}

static void requests(void **state)
{
	(void)state;
	as_gnutls(&delivery.ca[KVK_PRACTICE_TSP], &delivery.leaf);
	for (unsigned i = 1; i < KVK_PRACTICE_LEVELS; i++)
		as_gnutls(&delivery.ca[i - 1], &delivery.ca[i]);
}

static void memory_that_ends(void **state)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_ERR_MEMORY;
	struct kvk_span some = kvk_span_of("some");

	(void)state;
	for (long n = 0; err == KVK_ERR_MEMORY && n < 20; n++) {
		kvk_alloc_fail_after(n);
		err = kvk_ocsp_request_write(some, some, some, &out);
		kvk_alloc_fail_after(-1);
		assert_true((err == KVK_OK) == (out.n > 0));
	}
	assert_int_equal(err, KVK_OK);
	kvk_blob_free(&out);
}

static int start(void **state)
{
	const struct delivery_options options = { .now = DELIVERY_NOW };

	(void)state;
	return delivery_make(&options, &delivery) == KVK_OK ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	delivery_free(&delivery);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests),
		cmocka_unit_test(memory_that_ends),
	};

	return cmocka_run_group_tests(tests, start, end);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "der/writer.h"
#include "net/url.h"
#include "revocation/addresses.h"
#include "tests/support/alloc.h"

#define URI(text) \
	{ \
		KVK_GENERAL_URI, \
		{ \
			(const uint8_t *)(text), sizeof(text) - 1 \
		} \
	}
#define ABOUT(oid, text) \
	{ \
		.method = (oid), .location = URI(text) \
	}

static struct kvk_blob names[2];

/* The GeneralNames of a point: URIs, ended by NULL. */
static struct kvk_span names_of(struct kvk_blob *out, const char *const *uris)
{
	struct kvk_der_writer w = { .depth = 0 };

	for (; *uris != NULL; uris++)
		kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(*uris));
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
	return kvk_span_of_blob(out);
}

static void expect(
	const struct kvk_vec *addresses, size_t i, bool ocsp, size_t point, const char *url)
{
	const struct kvk_revocation_address *address = kvk_vec_at(addresses, i);

	assert_non_null(address);
	assert_int_equal(address->ocsp, ocsp);
	assert_int_equal(address->point, point);
	assert_string_equal(address->url, url);
}

static void order(void **state)
{
	struct kvk_access aia[] = {
		ABOUT(KVK_OID_AD_CA_ISSUERS, "http://a.example/ca.cer"),
		ABOUT(KVK_OID_AD_OCSP, "http://ocsp.example/1"),
		ABOUT(KVK_OID_AD_OCSP, "ldap://ocsp.example/2"),
	};
	struct kvk_crl_point points[] = {
		{ .full_name = names_of(&names[0],
			  (const char *const[]){ "ldap:///cn=a", "HTTP://crl.example/a", NULL }) },
		{ .full_name = { NULL, 0 } },
		{ .full_name = names_of(&names[1],
			  (const char *const[]){ "http://crl.example/b", "file:/c", NULL }) },
	};
	const struct kvk_certificate certificate = {
		.ext = { .aia = aia, .aia_count = 3, .crl_points = points, .crl_point_count = 3 }
	};
	struct kvk_vec addresses = KVK_REVOCATION_ADDRESSES_INIT;

	(void)state;
	assert_int_equal(kvk_revocation_addresses_add(&certificate, &addresses), KVK_OK);
	assert_int_equal(addresses.count, 6);
	expect(&addresses, 0, true, 0, "http://ocsp.example/1");
	expect(&addresses, 1, true, 0, "ldap://ocsp.example/2");
	expect(&addresses, 2, false, 0, "ldap:///cn=a");
	expect(&addresses, 3, false, 0, "HTTP://crl.example/a");
	expect(&addresses, 4, false, 2, "http://crl.example/b");
	expect(&addresses, 5, false, 2, "file:/c");
	kvk_revocation_addresses_free(&addresses);
	assert_int_equal(addresses.count, 0);
	kvk_revocation_addresses_free(NULL);
}

/* H04: what stands behind a NUL must not be lost on the way to the network. */
static void odd_addresses(void **state)
{
	static const char *const urls[] = { "http://a.example\\x00.b.example/\\x00",
		"http://a.example/\n", "http://caf\xc3\xa9.example/", "http", "",
		"https://a.example/" };
	struct kvk_access aia[] = {
		ABOUT(KVK_OID_AD_OCSP, "http://a.example\0.b.example/\0"),
		ABOUT(KVK_OID_AD_OCSP, "http://a.example/\n"),
		ABOUT(KVK_OID_AD_OCSP, "http://caf\xc3\xa9.example/"),
		ABOUT(KVK_OID_AD_OCSP, "http"),
		ABOUT(KVK_OID_AD_OCSP, ""),
		ABOUT(KVK_OID_AD_OCSP, "https://a.example/"),
		{ KVK_OID_AD_OCSP, { KVK_GENERAL_DNS, { (const uint8_t *)"http:a", 6 } } },
	};
	const struct kvk_certificate certificate = { .ext = { .aia = aia, .aia_count = 7 } };
	struct kvk_vec addresses = KVK_REVOCATION_ADDRESSES_INIT;
	struct kvk_net_url url;
	enum kvk_net_detail detail;

	(void)state;
	assert_int_equal(kvk_revocation_addresses_add(&certificate, &addresses), KVK_OK);
	assert_int_equal(addresses.count, 6);
	for (size_t i = 0; i < addresses.count; i++)
		expect(&addresses, i, true, 0, urls[i]);
	assert_int_equal(
		kvk_net_url_read(urls[0], KVK_NET_URL_HTTP, &url, &detail), KVK_ERR_REFUSED);
	assert_int_equal(detail, KVK_NET_DETAIL_FORM);
	kvk_revocation_addresses_free(&addresses);
}

static void too_many(void **state)
{
	struct kvk_access aia[KVK_LIMIT_REVOCATION_ADDRESSES + 1];
	const struct kvk_certificate certificate = {
		.ext = { .aia = aia, .aia_count = sizeof aia / sizeof aia[0] }
	};
	struct kvk_vec addresses = KVK_REVOCATION_ADDRESSES_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof aia / sizeof aia[0]; i++)
		aia[i] = (struct kvk_access)ABOUT(KVK_OID_AD_OCSP, "http://a.example/");
	assert_int_equal(kvk_revocation_addresses_add(&certificate, &addresses), KVK_OK);
	assert_int_equal(addresses.count, KVK_LIMIT_REVOCATION_ADDRESSES);
	kvk_revocation_addresses_free(&addresses);
	for (long n = 0; n < 2; n++) {
		addresses = (struct kvk_vec)KVK_REVOCATION_ADDRESSES_INIT;
		kvk_alloc_fail_after(n);
		assert_int_equal(
			kvk_revocation_addresses_add(&certificate, &addresses), KVK_ERR_MEMORY);
		kvk_alloc_fail_after(-1);
		kvk_revocation_addresses_free(&addresses);
	}
}

static int end(void **state)
{
	(void)state;
	kvk_blob_free(&names[0]);
	kvk_blob_free(&names[1]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order),
		cmocka_unit_test(odd_addresses),
		cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}

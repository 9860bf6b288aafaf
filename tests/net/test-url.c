/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/blob.h"
#include "base/limits.h"
#include "net/url.h"

#define WEB (KVK_NET_URL_HTTP | KVK_NET_URL_HTTPS)
/* An address out of a certificate. */
#define STRICT (KVK_NET_URL_HTTP | KVK_NET_URL_PORT_80)

/* However a host is spelled, it is read as libcurl asks it. */
static void hosts(void **state)
{
	static const struct {
		const char *text, *host;
		unsigned port;
		bool numeric;
	} rows[] = {
		{ "http://crl.example.nl/a.crl", "crl.example.nl", 80, false },
		{ "HTTP://CRL.Example.NL:80?a", "crl.example.nl", 80, false },
		{ "https://api.example.nl", "api.example.nl", 443, false },
		{ "http://a.example.nl:8080/", "a.example.nl", 8080, false },
		{ "http://a.example.nl:", "a.example.nl", 80, false },
		{ "http://a.example.nl./", "a.example.nl.", 80, false },
		{ "http://localhost/", "localhost", 80, false },
		{ "http://127.0.0.1/", "127.0.0.1", 80, true },
		{ "http://0x7f.1/", "127.0.0.1", 80, true },
		{ "http://2130706433/", "127.0.0.1", 80, true },
		{ "http://017700000001/", "127.0.0.1", 80, true },
		{ "http://0177.0.0.01/", "127.0.0.1", 80, true },
		{ "http://127.1/", "127.0.0.1", 80, true },
		{ "http://a.example.nl/%31?%32#%33", "a.example.nl", 80, false },
		{ "http://[::1]/", "[::1]", 80, true },
		{ "http://[::FFFF:127.0.0.1]/", "[::ffff:127.0.0.1]", 80, true },
		{ "http://1.2.3.4.5/", "1.2.3.4.5", 80, false },
	};
	enum kvk_net_detail detail;
	struct kvk_net_url url;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(kvk_net_url_read(rows[i].text, WEB, &url, &detail), KVK_OK);
		assert_int_equal(detail, KVK_NET_DETAIL_NONE);
		assert_string_equal(url.host, rows[i].host);
		assert_int_equal(url.port, rows[i].port);
		if (url.numeric != rows[i].numeric)
			fail_msg("%s: numeric", rows[i].text);
		kvk_net_url_free(&url);
	}
	kvk_net_url_free(NULL);
}

static void refusals(void **state)
{
	static const struct {
		const char *text;
		unsigned rules;
		enum kvk_net_detail detail;
	} rows[] = {
		{ "", WEB, KVK_NET_DETAIL_FORM },
		{ "crl.example.nl/a.crl", WEB, KVK_NET_DETAIL_FORM },
		{ "http:", WEB, KVK_NET_DETAIL_FORM },
		{ "http:/a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http:/a.example.nl/http://b.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://", WEB, KVK_NET_DETAIL_FORM },
		{ "http:///a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://?a", WEB, KVK_NET_DETAIL_FORM },
		{ "http://:80/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://user@a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://user:word@a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://@a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl\\@b.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl/\\", WEB, KVK_NET_DETAIL_FORM },
		{ " http://a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl/ b", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl/\r\nX: y", WEB, KVK_NET_DETAIL_FORM },
		{ "http://caf\xc3\xa9.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl:0/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl:65536/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a.example.nl:80x/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://[fe80::1%25eth0]/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://%31%32%37.1/", WEB, KVK_NET_DETAIL_FORM },
		{ "http://a%2eexample.nl?b", WEB, KVK_NET_DETAIL_FORM },
		{ "http://[::1/", WEB, KVK_NET_DETAIL_FORM },
		{ "ldap://a.example.nl/cn=x?y?base", WEB, KVK_NET_DETAIL_FORM },
		{ "file:///etc/passwd", WEB, KVK_NET_DETAIL_FORM },
		{ "file://localhost/etc/passwd", WEB, KVK_NET_DETAIL_FORM },
		{ "ftp://a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "gopher://a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "unknown://a.example.nl/", WEB, KVK_NET_DETAIL_FORM },
		{ "ldap://a.example.nl/cn=x?y?base", STRICT, KVK_NET_DETAIL_HTTP_ONLY },
		{ "https://a.example.nl/", STRICT, KVK_NET_DETAIL_HTTP_ONLY },
		{ "http://a.example.nl/", KVK_NET_URL_HTTPS, KVK_NET_DETAIL_HTTPS_ONLY },
		{ "http://a.example.nl:8080/", STRICT, KVK_NET_DETAIL_PORT },
		{ "http://a.example.nl:443/", STRICT, KVK_NET_DETAIL_PORT },
	};
	enum kvk_net_detail detail;
	struct kvk_net_url url;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (kvk_net_url_read(rows[i].text, rows[i].rules, &url, &detail) != KVK_ERR_REFUSED)
			fail_msg("%s is allowed", rows[i].text);
		if (detail != rows[i].detail)
			fail_msg("%s: detail %d", rows[i].text, (int)detail);
		assert_null(url.parsed);
		assert_null(url.host);
	}
	assert_int_equal(
		kvk_net_url_read("http://a.example.nl:80/", STRICT, &url, &detail), KVK_OK);
	kvk_net_url_free(&url);
}

static void the_longest(void **state)
{
	char text[KVK_LIMIT_URL + 2] = "http://a.example.nl/";
	size_t n = strlen(text);
	enum kvk_net_detail detail;
	struct kvk_net_url url;

	(void)state;
	memset(text + n, 'a', sizeof text - n - 1);
	assert_int_equal(kvk_net_url_read(text, WEB, &url, &detail), KVK_ERR_REFUSED);
	text[KVK_LIMIT_URL] = '\0';
	assert_int_equal(kvk_net_url_read(text, WEB, &url, &detail), KVK_OK);
	kvk_net_url_free(&url);
}

static bool same(const char *a, const char *b)
{
	struct kvk_net_url one, other;
	enum kvk_net_detail detail;
	bool result;

	assert_int_equal(kvk_net_url_read(a, WEB, &one, &detail), KVK_OK);
	assert_int_equal(kvk_net_url_read(b, WEB, &other, &detail), KVK_OK);
	result = kvk_net_url_same_host(&one, &other);
	kvk_net_url_free(&one);
	kvk_net_url_free(&other);
	return result;
}

static void one_host(void **state)
{
	(void)state;
	assert_true(same("http://a.example.nl/1", "http://A.example.nl:80/2"));
	assert_true(same("http://127.0.0.1/", "http://0x7f.1/"));
	assert_false(same("http://a.example.nl/", "http://b.example.nl/"));
	assert_false(same("http://a.example.nl/", "https://a.example.nl/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts),
		cmocka_unit_test(refusals),
		cmocka_unit_test(the_longest),
		cmocka_unit_test(one_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

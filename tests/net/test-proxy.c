/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <sys/stat.h>

#include "base/limits.h"
#include "net/proxy.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void addresses_of_proxies(void **state)
{
	static const char *const good[] = { "http://proxy.example.nl:3128", "http://10.1.2.3:8080/",
		"https://proxy.example.nl", "http://[::1]:3128" };
	static const char *const bad[] = { "", "proxy.example.nl:3128", "socks5://proxy.example.nl",
		"http://user:word@proxy.example.nl:3128", "http://proxy.example.nl/path",
		"http://proxy.example.nl?a", "http://proxy.example.nl/#a", "http://",
		"http://a b/" };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_int_equal(kvk_net_proxy_check(good[i], NULL), KVK_OK);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct kvk_error why = { .text = "" };

		if (kvk_net_proxy_check(bad[i], &why) != KVK_ERR_CONFIG)
			fail_msg("'%s' is allowed", bad[i]);
		assert_non_null(strstr(why.text, "net.proxy: '"));
	}
}

static enum kvk_err read_auth(
	const char *text, size_t n, mode_t mode, struct kvk_secret *out, struct kvk_error *why)
{
	char path[] = "/tmp/kvkcsr-test-proxy-XXXXXX";
	int fd = mkstemp(path);
	enum kvk_err err;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), n);
	assert_int_equal(fchmod(fd, mode), 0);
	assert_int_equal(close(fd), 0);
	err = kvk_net_proxy_auth_read(path, out, why);
	assert_int_equal(unlink(path), 0);
	return err;
}

static void the_file_with_a_password(void **state)
{
	static const char *const good[] = { "user:word", "user:word\n", "user:word\r\n" };
	static const char *const bad[] = { "", "\n", "user", ":word", "user:word\n\n",
		"user:word\nmore", "user:\tword" };
	struct kvk_secret auth = { .n = 0 };
	struct kvk_error why = { .text = "" };
	char large[KVK_LIMIT_PROXY_AUTH + 1];

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		assert_int_equal(read_auth(good[i], strlen(good[i]), 0600, &auth, NULL), KVK_OK);
		assert_true(kvk_span_is(kvk_secret_span(&auth), "user:word"));
		assert_int_equal(auth.p[auth.n], 0);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		if (read_auth(bad[i], strlen(bad[i]), 0600, &auth, &why) != KVK_ERR_FORMAT)
			fail_msg("'%s' is allowed", bad[i]);
		assert_null(auth.p);
		assert_non_null(strstr(why.text, "must contain one line"));
	}
	assert_int_equal(read_auth("user:wo\0rd", 10, 0600, &auth, NULL), KVK_ERR_FORMAT);
	memset(large, 'a', sizeof large);
	assert_int_equal(read_auth(large, sizeof large, 0600, &auth, NULL), KVK_ERR_LIMIT);
	/* One that others may read is not secret. */
	assert_int_equal(read_auth("user:word", 9, 0640, &auth, &why), KVK_ERR_UNSAFE);
	assert_non_null(strstr(why.text, "chmod go-rwx"));
	assert_int_equal(
		kvk_net_proxy_auth_read("/nonexistent/file", &auth, NULL), KVK_ERR_NOT_FOUND);
	kvk_secret_free(&auth);
}

static void hosts_that_are_asked_directly(void **state)
{
	static const char *const no_proxy[] = { "example.nl", ".Internal.example.org", "10.1.2.3",
		"[::1]", "" };
	static const char *const direct[] = { "example.nl", "a.example.nl", "a.b.example.nl",
		"example.nl.", "internal.example.org", "x.internal.example.org", "10.1.2.3",
		"[::1]" };
	static const char *const proxied[] = { "notexample.nl", "example.nl.evil.example",
		"example.org", "110.1.2.3", "10.1.2.30", "[::2]", "nl" };

	(void)state;
	for (size_t i = 0; i < COUNT(direct); i++)
		if (!kvk_net_proxy_is_bypassed(no_proxy, COUNT(no_proxy), direct[i]))
			fail_msg("%s", direct[i]);
	for (size_t i = 0; i < COUNT(proxied); i++)
		if (kvk_net_proxy_is_bypassed(no_proxy, COUNT(no_proxy), proxied[i]))
			fail_msg("%s", proxied[i]);
	assert_false(kvk_net_proxy_is_bypassed(NULL, 0, "example.nl"));
}

/* H09 behind a proxy, where the IP address cannot be seen. */
static void hosts_that_a_proxy_is_asked_for(void **state)
{
	static const char *const allowed[] = { "crl.example.nl", "crl.example.nl.", "a.nl",
		"1.example", "127.0.0.1.example", "xn--a.nl", "a.local.nl", "a.0xg", "a.1b" };
	static const char *const refused[] = { "localhost", "localhost.", "a", "", ".", "..", ".nl",
		"a..", "127.0.0.1", "127.0.0.1.", "127.1", "a.1", "a.0x7f", "a.0x", "a.0",
		"2130706433", "0x7f000001", "[::1]", "[2a02:898::1]", "printer.local",
		"metadata.google.internal", "a.localhost", "a.internal.", "a.b.local." };

	(void)state;
	for (size_t i = 0; i < COUNT(allowed); i++)
		if (!kvk_net_proxy_may_ask(allowed[i]))
			fail_msg("%s", allowed[i]);
	for (size_t i = 0; i < COUNT(refused); i++)
		if (kvk_net_proxy_may_ask(refused[i]))
			fail_msg("%s", refused[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_proxies),
		cmocka_unit_test(the_file_with_a_password),
		cmocka_unit_test(hosts_that_are_asked_directly),
		cmocka_unit_test(hosts_that_a_proxy_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

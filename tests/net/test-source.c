/* SPDX-License-Identifier: Apache-2.0 */
/*
 * H09: addresses that come out of a certificate, and what a proxy changes. Nothing leaves the
 * machine: connections to other machines go to a server here (tests/net/names.h).
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/net/names.h"
#include "tests/net/run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct server server;

static const struct kvk_net_answer *from_certificate(
	const struct kvk_net_options *options, const char *url)
{
	const struct kvk_net_request request = { .url = url, .max_octets = 4096 };

	return run_request(options, &request);
}

/* Refused before anything was sent: no connection was begun. */
static void expect_refusal(
	const struct kvk_net_options *options, const char *url, enum kvk_net_detail detail)
{
	const struct kvk_net_answer *answer;

	server_forget(&server);
	names_connects = 0;
	answer = from_certificate(options, url);
	if (answer->reason != KVK_NET_ADDRESS_REFUSED || answer->detail != detail)
		print_error("%s:\n", url);
	run_expect(answer, KVK_NET_ADDRESS_REFUSED);
	assert_int_equal(answer->detail, detail);
	run_end();
	assert_int_equal(names_connects, 0);
	assert_int_equal(server.seen->connections, 0);
}

static void a_public_address(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answer;

	(void)state;
	names_set("crl.example.nl", "8.8.8.8");
	names_connects = 0;
	answer = from_certificate(&options, "http://crl.example.nl/ok");
	run_expect(answer, KVK_NET_OK);
	run_end();
	assert_int_equal(names_connects, 1);
	names_set("crl.example.nl", "2a02:898::1");
	run_expect(from_certificate(&options, "http://crl.example.nl/ok"), KVK_NET_OK);
	run_end();
	names_set(NULL, NULL);
}

static void ranges(void **state)
{
	static const char *const addresses[] = { "127.0.0.1", "10.1.2.3", "169.254.169.254",
		"192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "192.0.2.1", "::1", "fe80::1",
		"fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1" };
	struct kvk_net_options options = run_options();

	(void)state;
	for (size_t i = 0; i < COUNT(addresses); i++) {
		names_set("crl.example.nl", addresses[i]);
		expect_refusal(&options, "http://crl.example.nl/ok", KVK_NET_DETAIL_RANGE);
	}
	names_set(NULL, NULL);
}

static void spellings(void **state)
{
	static const char *const urls[] = { "http://127.0.0.1/ok", "http://0x7f.1/ok",
		"http://2130706433/ok", "http://017700000001/ok", "http://127.1/ok", "http://0/ok",
		"http://[::1]/ok", "http://[::ffff:127.0.0.1]/ok", "http://[64:ff9b::7f00:1]/ok",
		"http://localhost/ok", "http://a.example.nl/ok" };
	struct kvk_net_options options = run_options();

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++)
		expect_refusal(&options, urls[i], KVK_NET_DETAIL_RANGE);
}

static void schemes_and_ports(void **state)
{
	struct kvk_net_options options = run_options();

	(void)state;
	names_set("crl.example.nl", "8.8.8.8");
	expect_refusal(&options, "https://crl.example.nl/ok", KVK_NET_DETAIL_HTTP_ONLY);
	expect_refusal(&options, "ldap://crl.example.nl/cn=a", KVK_NET_DETAIL_HTTP_ONLY);
	expect_refusal(&options, "file://localhost/etc/passwd", KVK_NET_DETAIL_HTTP_ONLY);
	expect_refusal(&options, "http://crl.example.nl:8080/ok", KVK_NET_DETAIL_PORT);
	expect_refusal(&options, "http://user@crl.example.nl/ok", KVK_NET_DETAIL_FORM);
	expect_refusal(&options, "http:///ok", KVK_NET_DETAIL_FORM);
	expect_refusal(&options, "http://%31%32%37.1/ok", KVK_NET_DETAIL_FORM);
	names_set(NULL, NULL);
}

/* A name that is public when it is asked, and then becomes private: each address is looked at. */
static void a_name_that_changes(void **state)
{
	const struct kvk_net_request requests[] = {
		{ .url = "http://crl.example.nl/ok?1", .max_octets = 100 },
		{ .url = "http://crl.example.nl/ok?2", .max_octets = 100 },
	};
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answers[2];
	struct kvk_net *net;

	(void)state;
	names_set("crl.example.nl", "8.8.8.8");
	server_forget(&server);
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, 2, answers), KVK_OK);
	run_expect(answers[0], KVK_NET_OK);
	run_expect(answers[1], KVK_NET_OK);
	kvk_net_close(net);
	/* Each had a connection of its own. */
	assert_int_equal(server.seen->connections, 2);
	names_set("crl.example.nl", "127.0.0.1");
	expect_refusal(&options, requests[0].url, KVK_NET_DETAIL_RANGE);
	names_set(NULL, NULL);
}

/* A connection that is somewhere else than it was begun to is not used. */
static void the_second_lock(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answer;

	(void)state;
	names_set("crl.example.nl", "8.8.8.8");
	names_tells = true;
	server_forget(&server);
	answer = from_certificate(&options, "http://crl.example.nl/ok");
	run_expect(answer, KVK_NET_ADDRESS_REFUSED);
	assert_int_equal(answer->detail, KVK_NET_DETAIL_RANGE);
	run_end();
	assert_int_equal(server.seen->requests, 0);
	names_tells = false;
	names_set(NULL, NULL);
}

static void allow_private(void **state)
{
	struct kvk_net_options options = run_options();

	(void)state;
	options.allow_private = true;
	run_expect(from_certificate(&options, run_url(&server, "127.0.0.1", "/ok")), KVK_NET_OK);
	run_expect(from_certificate(&options, run_url(&server, "a.example.nl", "/ok")), KVK_NET_OK);
	run_end();
	expect_refusal(&options, "https://127.0.0.1/ok", KVK_NET_DETAIL_HTTP_ONLY);
	expect_refusal(&options, "http://user@127.0.0.1/ok", KVK_NET_DETAIL_FORM);
}

static void the_configuration_may(void **state)
{
	struct kvk_net_options options = run_options();
	struct kvk_net_request request = { .url = run_url(&server, "127.0.0.1", "/ok"),
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = 100 };

	(void)state;
	run_expect(run_request(&options, &request), KVK_NET_OK);
	request.https_only = true;
	run_expect(run_request(&options, &request), KVK_NET_ADDRESS_REFUSED);
	run_end();
}

static void through_a_proxy(void **state)
{
	static const char *const no_proxy[] = { "direct.example" };
	struct kvk_secret auth = { .n = 0 };
	struct kvk_net_options options = run_options();
	char expected[] = "GET http://crl.example.nl/ok HTTP/1.1\r\n";

	(void)state;
	options.proxy = run_url(&server, "127.0.0.1", "");
	options.no_proxy = no_proxy;
	options.no_proxy_count = 1;
	/* H51: the environment does not decide what goes around it. */
	assert_int_equal(setenv("no_proxy", "*", 1), 0);
	/* Its address is not looked at, and no name is asked for. */
	names_asked = 0;
	run_expect(from_certificate(&options, "http://crl.example.nl/ok"), KVK_NET_OK);
	assert_int_equal(strncmp(server.seen->last, expected, strlen(expected)), 0);
	assert_null(strstr(server.seen->last, "Proxy-Authorization"));
	assert_int_equal(names_asked, 0);
	assert_int_equal(unsetenv("no_proxy"), 0);
	/* "us%20er:wo:rd", as it stands in the file. */
	assert_int_equal(kvk_secret_copy(&auth, kvk_span_of("us%20er:wo:rd")), KVK_OK);
	options.proxy_auth = &auth;
	run_expect(from_certificate(&options, "http://crl.example.nl/ok"), KVK_NET_OK);
	assert_non_null(strstr(
		server.seen->last, "\r\nProxy-Authorization: Basic dXMlMjBlcjp3bzpyZA==\r\n"));
	run_end();
	kvk_secret_free(&auth);
	options.proxy_auth = NULL;
	expect_refusal(&options, "http://127.0.0.1/ok", KVK_NET_DETAIL_LOCAL_NAME);
	expect_refusal(&options, "http://0x7f.1/ok", KVK_NET_DETAIL_LOCAL_NAME);
	expect_refusal(&options, "http://intranet/ok", KVK_NET_DETAIL_LOCAL_NAME);
	expect_refusal(&options, "http://metadata.google.internal/", KVK_NET_DETAIL_LOCAL_NAME);
	expect_refusal(&options, "http://crl.example.nl:81/ok", KVK_NET_DETAIL_PORT);
	/* Without the proxy, the address counts again. */
	expect_refusal(&options, "http://direct.example/ok", KVK_NET_DETAIL_RANGE);
	options.allow_private = true;
	run_expect(from_certificate(&options, "http://intranet:8080/ok"), KVK_NET_OK);
	run_end();
}

static void a_proxy_that_fails(void **state)
{
	const struct kvk_net_request requests[] = {
		{ .url = "http://one.example/ok", .max_octets = 100 },
		{ .url = "http://two.example/ok", .max_octets = 100 },
	};
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answers[2], *answer;
	struct kvk_net *net;

	(void)state;
	options.proxy = "http://127.0.0.1:1";
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(kvk_net_fetch(net, &requests[i], 1, &answers[i]), KVK_OK);
		run_expect(answers[i], KVK_NET_CONNECTION);
		assert_int_equal(answers[i]->detail, KVK_NET_DETAIL_PROXY);
		assert_int_equal(answers[i]->attempts, 1 - i);
	}
	kvk_net_close(net);
	options.proxy = "http://missing.example:3128";
	run_expect(from_certificate(&options, requests[0].url), KVK_NET_NAME_NOT_FOUND);
	/* A proxy that answers can be reached. */
	options.proxy = run_url(&server, "127.0.0.1", "");
	server_forget(&server);
	answer = run_one(&options, "https://one.example/ok");
	run_expect(answer, KVK_NET_HTTP_STATUS);
	assert_int_equal(answer->detail, KVK_NET_DETAIL_PROXY);
	assert_int_equal(answer->status, 404);
	assert_int_equal(strncmp(server.seen->last, "CONNECT one.example:443 ", 24), 0);
	answer = from_certificate(&options, "http://one.example/status/407");
	run_expect(answer, KVK_NET_HTTP_STATUS);
	assert_int_equal(answer->detail, KVK_NET_DETAIL_PROXY);
	run_end();
}

/* A host that is silent behind a proxy says nothing of the proxy. */
static void a_silent_host_behind_a_proxy(void **state)
{
	const struct kvk_net_request requests[] = {
		{ .url = "https://silence.example/",
			.source = KVK_NET_FROM_CONFIGURATION,
			.max_octets = 100 },
		{ .url = "http://one.example/ok", .max_octets = 100 },
	};
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answer;
	struct kvk_net *net;

	(void)state;
	options.proxy = run_url(&server, "127.0.0.1", "");
	options.total_timeout = KVK_SECOND;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, &requests[0], 1, &answer), KVK_OK);
	run_expect(answer, KVK_NET_TIME_OUT);
	assert_int_equal(kvk_net_fetch(net, &requests[1], 1, &answer), KVK_OK);
	run_expect(answer, KVK_NET_OK);
	kvk_net_close(net);
}

static int start(void **state)
{
	(void)state;
	server_start(&server, NULL);
	names_port = server.port;
	return 0;
}

static int end(void **state)
{
	(void)state;
	server_stop(&server);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_public_address),
		cmocka_unit_test(ranges),
		cmocka_unit_test(spellings),
		cmocka_unit_test(schemes_and_ports),
		cmocka_unit_test(a_name_that_changes),
		cmocka_unit_test(the_second_lock),
		cmocka_unit_test(allow_private),
		cmocka_unit_test(the_configuration_may),
		cmocka_unit_test(through_a_proxy),
		cmocka_unit_test(a_proxy_that_fails),
		cmocka_unit_test(a_silent_host_behind_a_proxy),
	};

	return cmocka_run_group_tests(tests, start, end);
}

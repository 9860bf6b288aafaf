/* SPDX-License-Identifier: Apache-2.0 */
/* TLS: which servers are believed, with and without a CA of the user's own. */
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

#include "tests/crypto/keys.h"
#include "tests/net/names.h"
#include "tests/net/run.h"

static struct server server;
static char ca_file[] = "/tmp/kvkcsr-test-tls-XXXXXX";

static const char *url(const char *host)
{
	static char text[128];

	(void)snprintf(text, sizeof text, "https://%s:%u/ok", host, server.port);
	return text;
}

static const struct kvk_net_answer *ask(const char *file, const char *host, bool https_only)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_request request = { .url = url(host),
		.source = KVK_NET_FROM_CONFIGURATION,
		.https_only = https_only,
		.max_octets = 100 };

	options.ca_file = file;
	return run_request(&options, &request);
}

static void a_ca_of_our_own(void **state)
{
	(void)state;
	run_expect(ask(ca_file, "good.example", false), KVK_NET_OK);
	run_expect(ask(ca_file, "good.example", true), KVK_NET_OK);
	run_end();
}

static void a_wrong_name(void **state)
{
	const struct kvk_net_answer *answer = ask(ca_file, "other.example", false);

	(void)state;
	run_expect(answer, KVK_NET_TLS);
	assert_non_null(strstr(answer->hint, "other.example"));
	assert_int_equal(answer->attempts, 1);
	run_expect(ask(ca_file, "127.0.0.1", false), KVK_NET_TLS);
	run_end();
}

static void an_unknown_ca(void **state)
{
	const struct kvk_net_answer *answer = ask(NULL, "good.example", false);

	(void)state;
	run_expect(answer, KVK_NET_TLS);
	assert_non_null(answer->hint);
	run_end();
}

/* H51: what other programs take as their CA. */
static void the_environment(void **state)
{
	static const char *const names[] = { "CURL_CA_BUNDLE", "SSL_CERT_FILE" };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(setenv(names[i], ca_file, 1), 0);
	run_expect(ask(NULL, "good.example", false), KVK_NET_TLS);
	run_end();
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(unsetenv(names[i]), 0);
}

static void a_file_that_is_missing(void **state)
{
	(void)state;
	run_expect(ask("/nonexistent/ca.pem", "good.example", false), KVK_NET_TLS);
	run_end();
}

static void a_server_without_tls(void **state)
{
	struct server plain;
	struct kvk_net_options options = run_options();
	char text[64];

	(void)state;
	server_start(&plain, NULL);
	(void)snprintf(text, sizeof text, "https://127.0.0.1:%u/ok", plain.port);
	options.total_timeout = 2 * KVK_SECOND;
	/* It waits for a request as much as we wait for TLS. */
	run_expect(run_one(&options, text), KVK_NET_TIME_OUT);
	run_end();
	server_stop(&plain);
	/* The other way round, the alert of TLS is no HTTP. */
	(void)snprintf(text, sizeof text, "http://127.0.0.1:%u/ok", server.port);
	assert_int_not_equal(run_one(&options, text)->reason, KVK_NET_OK);
	run_end();
}

static int start(void **state)
{
	const char *ca = server_ca();
	const struct server_tls tls = { KVK_TEST_P256, server_certificate("good.example") };
	int fd = mkstemp(ca_file);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, ca, strlen(ca)), strlen(ca));
	assert_int_equal(close(fd), 0);
	server_start(&server, &tls);
	return 0;
}

static int end(void **state)
{
	(void)state;
	server_stop(&server);
	return unlink(ca_file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ca_of_our_own),
		cmocka_unit_test(a_wrong_name),
		cmocka_unit_test(an_unknown_ca),
		cmocka_unit_test(the_environment),
		cmocka_unit_test(a_file_that_is_missing),
		cmocka_unit_test(a_server_without_tls),
	};

	return cmocka_run_group_tests(tests, start, end);
}

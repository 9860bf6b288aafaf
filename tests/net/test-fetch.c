/* SPDX-License-Identifier: Apache-2.0 */
/* What a good server answers, and what is asked of it. */
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

#include "tests/net/names.h"
#include "tests/net/run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct server server;

static const char *url(const char *path)
{
	return run_url(&server, "127.0.0.1", path);
}

static void an_answer(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answer = run_one(&options, url("/ok"));

	(void)state;
	run_expect(answer, KVK_NET_OK);
	assert_int_equal(answer->status, 200);
	assert_true(kvk_span_is(kvk_span_of_blob(&answer->octets), SERVER_OCTETS));
	assert_string_equal(answer->etag, "\"v1\"");
	assert_string_equal(answer->last_modified, "Mon, 30 Nov 2026 10:00:00 GMT");
	assert_string_equal(answer->content_type, "application/pkix-crl");
	assert_null(answer->hint);
	assert_int_equal(answer->attempts, 1);
	run_end();
}

/* Nothing is sent that was not wanted: no referrer, no cookies, no word about compression. */
static void what_is_asked(void **state)
{
	struct kvk_net_options options = run_options();
	char expected[256];

	(void)state;
	run_expect(run_one(&options, url("/ok?a=b")), KVK_NET_OK);
	(void)snprintf(expected, sizeof expected,
		"GET /ok?a=b HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: kvkcsr\r\n"
		"Accept: */*\r\n\r\n",
		server.port);
	assert_string_equal(server.seen->last, expected);
	run_end();
}

static void a_post(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_request request = { .url = url("/echo"),
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = 4096,
		.content_type = "application/ocsp-request",
		.body = kvk_span_of("a request") };
	const struct kvk_net_answer *answer = run_request(&options, &request);
	const char *asked = kvk_blob_str(&answer->octets);

	(void)state;
	run_expect(answer, KVK_NET_OK);
	assert_int_equal(strncmp(asked, "POST /echo HTTP/1.1\r\n", 21), 0);
	assert_non_null(strstr(asked, "\r\nContent-Type: application/ocsp-request\r\n"));
	assert_non_null(strstr(asked, "\r\nContent-Length: 9\r\n\r\na request"));
	assert_null(strstr(asked, "Expect"));
	run_end();
}

/* Something is handed over: the status says whether it was taken, and further header lines go
 * along. */
static void a_delivery(void **state)
{
	static const struct {
		const char *path;
		enum kvk_net_reason reason;
	} cases[] = { { "/ok", KVK_NET_OK }, { "/echo", KVK_NET_OK }, { "/empty", KVK_NET_OK },
		{ "/status/204", KVK_NET_OK }, { "/endless-body", KVK_NET_OK },
		{ "/half", KVK_NET_OK }, { "/gzip", KVK_NET_OK },
		{ "/redirect", KVK_NET_HTTP_STATUS }, { "/status/404", KVK_NET_HTTP_STATUS },
		{ "/status/500", KVK_NET_HTTP_STATUS }, { "/no-http", KVK_NET_NOT_EXPECTED } };
	struct kvk_net_options options = run_options();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kvk_net_request request = { .url = url(cases[i].path),
			.source = KVK_NET_FROM_CONFIGURATION,
			.max_octets = 4096,
			.content_type = "application/json",
			.body = kvk_span_of("{}"),
			.headers = { "Idempotency-Key: 1", "X-Other: 2" },
			.delivery = true };
		const struct kvk_net_answer *answer = run_request(&options, &request);

		run_expect(answer, cases[i].reason);
		assert_null(answer->hint);
		run_end();
		assert_non_null(strstr(server.seen->last, "\r\nIdempotency-Key: 1\r\n"));
		assert_non_null(strstr(server.seen->last, "\r\nX-Other: 2\r\n"));
	}
}

static void validators(void **state)
{
	static const struct {
		const char *etag, *last_modified;
		unsigned status;
	} rows[] = {
		{ NULL, NULL, 200 },
		{ "\"v1\"", NULL, 304 },
		{ "\"v0\"", NULL, 200 },
		{ NULL, "Mon, 30 Nov 2026 10:00:00 GMT", 304 },
		/* what a changed file of a cache might hold */
		{ "", "", 200 },
		{ "\"v1\"\r\nX-Evil: yes", NULL, 200 },
		{ "\"v1\"\x80", "\n", 200 },
	};
	struct kvk_net_options options = run_options();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct kvk_net_request request = { .url = url("/validated"),
			.source = KVK_NET_FROM_CONFIGURATION,
			.max_octets = 100,
			.etag = rows[i].etag,
			.last_modified = rows[i].last_modified };
		const struct kvk_net_answer *answer = run_request(&options, &request);

		run_expect(answer, KVK_NET_OK);
		assert_int_equal(answer->status, rows[i].status);
		assert_int_equal(
			answer->octets.n, rows[i].status == 200 ? strlen(SERVER_OCTETS) : 0);
		assert_string_equal(answer->etag, "\"v1\"");
		assert_null(strstr(server.seen->last, "X-Evil"));
		assert_null(strstr(server.seen->last, "\x80"));
	}
	run_end();
}

static void statuses(void **state)
{
	/* 304 among them: nobody asked for it. */
	static const unsigned rows[] = { 201, 203, 204, 206, 300, 301, 303, 304, 307, 308, 400, 401,
		403, 404, 410, 500, 501 };
	struct kvk_net_options options = run_options();
	char path[32];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct kvk_net_answer *answer;

		(void)snprintf(path, sizeof path, "/status/%u", rows[i]);
		answer = run_one(&options, url(path));
		run_expect(answer, KVK_NET_HTTP_STATUS);
		assert_int_equal(answer->status, rows[i]);
		assert_int_equal(answer->attempts, 1);
	}
	run_end();
}

static void a_redirect(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_answer *answer;

	(void)state;
	server_forget(&server);
	answer = run_one(&options, url("/redirect"));
	run_expect(answer, KVK_NET_HTTP_STATUS);
	assert_int_equal(answer->status, 302);
	assert_string_equal(answer->hint, url("/ok"));
	assert_int_equal(server.seen->requests, 1);
	run_end();
}

static void the_most_octets(void **state)
{
	struct kvk_net_options options = run_options();
	struct kvk_net_request request = { .source = KVK_NET_FROM_CONFIGURATION };
	/* With and without a length in the header. */
	const char *const urls[] = { url("/octets/20000"), url("/unsaid/20000") };

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++) {
		request.url = urls[i];
		request.max_octets = 20000;
		run_expect(run_request(&options, &request), KVK_NET_OK);
		assert_int_equal(run_request(&options, &request)->octets.n, 20000);
		request.max_octets--;
		run_expect(run_request(&options, &request), KVK_NET_TOO_LARGE);
	}
	run_end();
}

static enum kvk_net_look look(void *context, struct kvk_span octets)
{
	(void)context;
	if (kvk_span_is(octets, "try later"))
		return KVK_NET_LOOK_LATER;
	return kvk_span_is(octets, SERVER_OCTETS) ? KVK_NET_LOOK_GOOD : KVK_NET_LOOK_WRONG;
}

static void something_else(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_request request = { .url = url("/echo"),
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = 4096,
		.look = look };
	const struct kvk_net_answer *answer = run_request(&options, &request);

	(void)state;
	run_expect(answer, KVK_NET_NOT_EXPECTED);
	assert_int_equal(answer->detail, KVK_NET_DETAIL_CONTENT);
	assert_int_equal(answer->content, KVK_NET_CONTENT_TEXT);
	assert_int_equal(answer->attempts, 1);
	run_end();
}

static void again(void **state)
{
	struct kvk_net_options options = run_options();
	struct kvk_net_request request = { .url = url("/later"),
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = 100,
		.look = look };
	const struct kvk_net_answer *answer;

	(void)state;
	server_forget(&server);
	answer = run_request(&options, &request);
	run_expect(answer, KVK_NET_OK);
	assert_true(kvk_span_is(kvk_span_of_blob(&answer->octets), SERVER_OCTETS));
	assert_int_equal(answer->attempts, 2);
	run_end();
	server_forget(&server);
	answer = run_one(&options, url("/flaky"));
	run_expect(answer, KVK_NET_OK);
	assert_int_equal(answer->status, 200);
	assert_int_equal(answer->attempts, 2);
	/* Three attempts at most, and none beyond the time for the run. */
	answer = run_one(&options, url("/status/503"));
	run_expect(answer, KVK_NET_HTTP_STATUS);
	assert_int_equal(answer->attempts, 3);
	options.run_timeout = KVK_SECOND;
	answer = run_one(&options, url("/status/503"));
	run_expect(answer, KVK_NET_HTTP_STATUS);
	assert_int_equal(answer->attempts, 2);
	run_end();
}

static void offline(void **state)
{
	struct kvk_net_options options = run_options();

	(void)state;
	server_forget(&server);
	names_asked = 0;
	options.offline = true;
	run_expect(run_one(&options, url("/ok")), KVK_NET_NOT_ASKED);
	run_expect(run_one(&options, "http://missing.example/"), KVK_NET_NOT_ASKED);
	run_end();
	assert_int_equal(server.seen->connections, 0);
	assert_int_equal(names_asked, 0);
}

/* H51: what libcurl would take from the environment. */
static void the_environment(void **state)
{
	static const char *const names[] = { "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY" };
	struct kvk_net_options options = run_options();

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_int_equal(setenv(names[i], "http://missing.example:3128", 1), 0);
	run_expect(run_one(&options, run_url(&server, "a.example", "/ok")), KVK_NET_OK);
	run_end();
	for (size_t i = 0; i < COUNT(names); i++)
		assert_int_equal(unsetenv(names[i]), 0);
}

/* H51: a password that a file of the user has for every host is not sent. */
static void the_netrc(void **state)
{
	static const char text[] = "default login user password word\n";
	char folder[] = "/tmp/kvkcsr-test-netrc-XXXXXX", path[64];
	struct kvk_net_options options = run_options();
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/.netrc", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	assert_int_equal(setenv("HOME", folder, 1), 0);
	run_expect(run_one(&options, url("/ok")), KVK_NET_OK);
	assert_null(strstr(server.seen->last, "Authorization"));
	run_end();
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static int start(void **state)
{
	(void)state;
	server_start(&server, NULL);
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
		cmocka_unit_test(an_answer),
		cmocka_unit_test(what_is_asked),
		cmocka_unit_test(a_post),
		cmocka_unit_test(a_delivery),
		cmocka_unit_test(validators),
		cmocka_unit_test(statuses),
		cmocka_unit_test(a_redirect),
		cmocka_unit_test(the_most_octets),
		cmocka_unit_test(something_else),
		cmocka_unit_test(again),
		cmocka_unit_test(offline),
		cmocka_unit_test(the_environment),
		cmocka_unit_test(the_netrc),
	};

	return cmocka_run_group_tests(tests, start, end);
}

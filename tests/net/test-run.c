/* SPDX-License-Identifier: Apache-2.0 */
/* What one run asks in all: how often, of how many at the same time, and for how long. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "tests/net/names.h"
#include "tests/net/run.h"
#include "tests/support/alloc.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct server server;

static const char *url(const char *path)
{
	return run_url(&server, "127.0.0.1", path);
}

/* Requests of the configuration, one for each address. */
static void ask(struct kvk_net_request *requests, const char *const *urls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		requests[i] = (struct kvk_net_request){
			.url = urls[i], .source = KVK_NET_FROM_CONFIGURATION, .max_octets = 4096
		};
}

static void each_address_once(void **state)
{
	const char *const urls[] = { url("/ok?1"), url("/ok?2"), url("/ok?1"), url("/status/404"),
		url("/status/404") };
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)], *answer;
	struct kvk_net_options options = run_options();
	struct kvk_net *net;

	(void)state;
	server_forget(&server);
	ask(requests, urls, COUNT(urls));
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, COUNT(urls), answers), KVK_OK);
	assert_ptr_equal(answers[0], answers[2]);
	assert_ptr_equal(answers[3], answers[4]);
	assert_int_equal(server.seen->requests, 3);
	assert_int_equal(kvk_net_fetch(net, requests, 1, &answer), KVK_OK);
	assert_ptr_equal(answer, answers[0]);
	run_expect(answer, KVK_NET_OK);
	kvk_net_release(net, answer);
	assert_int_equal(answer->octets.n, 0);
	assert_int_equal(answer->reason, KVK_NET_OK);
	/* Another body, or another source, is another request. */
	requests[0].content_type = "text/plain";
	requests[1].body = kvk_span_of("a");
	requests[1].content_type = "text/plain";
	assert_int_equal(kvk_net_fetch(net, requests, 2, answers), KVK_OK);
	assert_int_equal(server.seen->requests, 5);
	requests[0].source = KVK_NET_FROM_CERTIFICATE;
	assert_int_equal(kvk_net_fetch(net, requests, 1, answers), KVK_OK);
	run_expect(answers[0], KVK_NET_ADDRESS_REFUSED);
	kvk_net_close(net);
	assert_int_equal(server.seen->requests, 5);
}

/* That nothing has changed is no answer to who has nothing that could have. */
static void not_changed_is_no_answer_for_all(void **state)
{
	const char *const urls[] = { url("/validated"), url("/validated") };
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	struct kvk_net *net;

	(void)state;
	ask(requests, urls, COUNT(urls));
	requests[0].etag = "\"v1\"";
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, 1, answers), KVK_OK);
	assert_int_equal(answers[0]->status, 304);
	assert_int_equal(kvk_net_fetch(net, requests + 1, 1, answers + 1), KVK_OK);
	run_expect(answers[1], KVK_NET_OK);
	assert_int_equal(answers[1]->status, 200);
	kvk_net_close(net);
}

/* Hosts side by side, but each over one connection. */
static void side_by_side(void **state)
{
	const char *urls[16];
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	struct kvk_net *net;
	kvk_time start = run_clock();

	(void)state;
	for (unsigned i = 0; i < COUNT(urls); i++) {
		char host[32], path[32];

		(void)snprintf(host, sizeof host, "host%u.example", i % 4);
		(void)snprintf(path, sizeof path, "/slow?%u", i);
		urls[i] = run_url(&server, host, path);
	}
	server_forget(&server);
	ask(requests, urls, COUNT(urls));
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, COUNT(urls), answers), KVK_OK);
	for (size_t i = 0; i < COUNT(urls); i++)
		run_expect(answers[i], KVK_NET_OK);
	kvk_net_close(net);
	assert_int_equal(server.seen->requests, 16);
	assert_int_equal(server.seen->connections, 4);
	/* On a busy machine not all of them meet. */
	assert_in_range(server.seen->most_waiting, 2, 4);
	/* Four times 0.3 s one after the other; sixteen times would be 4.8 s. */
	assert_in_range(run_clock() - start, 1200, 4000);
}

static void no_more_than_eight_hosts(void **state)
{
	const char *urls[12];
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	struct kvk_net *net;

	(void)state;
	for (unsigned i = 0; i < COUNT(urls); i++) {
		char host[32];

		(void)snprintf(host, sizeof host, "wide%u.example", i);
		urls[i] = run_url(&server, host, "/slow");
	}
	server_forget(&server);
	ask(requests, urls, COUNT(urls));
	for (size_t i = 0; i < COUNT(urls); i++)
		requests[i].source = KVK_NET_FROM_CERTIFICATE;
	options.allow_private = true;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, COUNT(urls), answers), KVK_OK);
	for (size_t i = 0; i < COUNT(urls); i++)
		run_expect(answers[i], KVK_NET_OK);
	kvk_net_close(net);
	assert_int_equal(server.seen->connections, 12);
	assert_in_range(server.seen->most_waiting, 2, 8);
}

/* A host that was not found, refused the connection or was silent is asked once. */
static void a_host_is_given_up(void **state)
{
	const char *const urls[] = { "http://missing.example/1", "http://missing.example/2",
		"http://127.0.0.1:1/1", "http://127.0.0.1:1/2", url("/silence"), url("/ok") };
	static const enum kvk_net_reason reasons[] = { KVK_NET_NAME_NOT_FOUND,
		KVK_NET_NAME_NOT_FOUND, KVK_NET_CONNECTION, KVK_NET_CONNECTION, KVK_NET_TIME_OUT,
		KVK_NET_TIME_OUT };
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	struct kvk_net *net;

	(void)state;
	options.total_timeout = KVK_SECOND;
	server_forget(&server);
	names_asked = 0;
	ask(requests, urls, COUNT(urls));
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, COUNT(urls), answers), KVK_OK);
	for (size_t i = 0; i < COUNT(urls); i++) {
		run_expect(answers[i], reasons[i]);
		assert_int_equal(answers[i]->attempts, 1 - i % 2);
	}
	assert_string_equal(answers[2]->hint, "Connection refused");
	kvk_net_close(net);
	assert_int_equal(names_asked, 1);
	assert_int_equal(server.seen->requests, 1);
}

/* The time for the run bounds all calls together. */
static void the_time_for_the_run(void **state)
{
	const char *const urls[] = { run_url(&server, "one.example", "/silence"),
		run_url(&server, "two.example", "/silence"), run_url(&server, "two.example", "/ok"),
		run_url(&server, "three.example", "/ok") };
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	struct kvk_net *net;
	kvk_time start = run_clock();

	(void)state;
	options.run_timeout = 2 * KVK_SECOND;
	ask(requests, urls, COUNT(urls));
	requests[0].timeout = KVK_SECOND;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, 1, answers), KVK_OK);
	run_expect(answers[0], KVK_NET_TIME_OUT);
	assert_in_range(run_clock() - start, 900, 1900);
	assert_false(kvk_net_is_over(net));
	assert_int_equal(kvk_net_fetch(net, requests + 1, 2, answers + 1), KVK_OK);
	run_expect(answers[1], KVK_NET_TIME_OUT);
	/* What could not begin was not asked. */
	run_expect(answers[2], KVK_NET_NOT_ASKED);
	assert_true(kvk_net_is_over(net));
	assert_int_equal(kvk_net_fetch(net, requests + 3, 1, answers + 3), KVK_OK);
	run_expect(answers[3], KVK_NET_NOT_ASKED);
	assert_int_equal(answers[3]->attempts, 0);
	assert_in_range(run_clock() - start, 1900, 6000);
	kvk_net_close(net);
}

/* All answers of a run together are bounded, until they are released. */
static void octets_that_are_held(void **state)
{
	const char *const urls[] = { url("/octets/32000000"), url("/octets/32000001"),
		url("/octets/32000002") };
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	struct kvk_net *net;
	size_t held = 0;

	(void)state;
	/* 64 MB take their time under valgrind. */
	options.total_timeout = options.run_timeout = 60 * KVK_SECOND;
	options.held = &held;
	ask(requests, urls, COUNT(urls));
	for (size_t i = 0; i < COUNT(urls); i++)
		requests[i].max_octets = KVK_LIMIT_CRL_FILE;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, 2, answers), KVK_OK);
	run_expect(answers[0], KVK_NET_OK);
	run_expect(answers[1], KVK_NET_NOT_ASKED);
	assert_int_equal(answers[1]->octets.n, 0);
	assert_int_equal(held, answers[0]->octets.n);
	kvk_net_release(net, answers[0]);
	assert_int_equal(kvk_net_fetch(net, requests + 2, 1, answers + 2), KVK_OK);
	run_expect(answers[2], KVK_NET_OK);
	/* What there was no room for can be asked again, once it was forgotten. */
	kvk_net_release(net, answers[2]);
	assert_int_equal(kvk_net_fetch(net, requests + 1, 1, answers + 1), KVK_OK);
	run_expect(answers[1], KVK_NET_NOT_ASKED);
	kvk_net_forget(net, answers[1]);
	/* What the caller holds counts as well. */
	held += 20 * 1024 * 1024;
	assert_int_equal(kvk_net_fetch(net, requests + 1, 1, answers + 1), KVK_OK);
	run_expect(answers[1], KVK_NET_NOT_ASKED);
	kvk_net_forget(net, answers[1]);
	held = 0;
	assert_int_equal(kvk_net_fetch(net, requests + 1, 1, answers + 1), KVK_OK);
	run_expect(answers[1], KVK_NET_OK);
	kvk_net_close(net);
	assert_int_equal(held, 0);
}

static void too_many_requests(void **state)
{
	struct kvk_net_options options = run_options();
	struct kvk_net_request request = { .max_octets = 1 };
	const struct kvk_net_answer *answer;
	struct kvk_net *net;
	char text[64];

	(void)state;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	request.url = text;
	for (unsigned i = 0; i <= KVK_LIMIT_NET_REQUESTS; i++) {
		(void)snprintf(text, sizeof text, "ftp://a.example/%u", i);
		assert_int_equal(kvk_net_fetch(net, &request, 1, &answer), KVK_OK);
		run_expect(answer,
			i < KVK_LIMIT_NET_REQUESTS ? KVK_NET_ADDRESS_REFUSED : KVK_NET_NOT_ASKED);
	}
	kvk_net_close(net);
	kvk_net_close(NULL);
}

/* After a call that failed no answer is there by half. */
static void ask_again(struct kvk_net *net, const struct kvk_net_request *requests, size_t count)
{
	const struct kvk_net_answer *answer;

	for (size_t i = 0; i < count; i++) {
		assert_int_equal(kvk_net_fetch(net, &requests[i], 1, &answer), KVK_OK);
		if (answer->reason == KVK_NET_OK)
			assert_true(kvk_span_is(kvk_span_of_blob(&answer->octets), SERVER_OCTETS));
		else
			run_expect(answer, KVK_NET_NOT_ASKED);
	}
}

/* Wherever memory ends, the call says so, and the run can be ended. */
static void memory_that_ends(void **state)
{
	const char *const urls[] = { url("/ok"), run_url(&server, "other.example", "/ok") };
	struct kvk_net_request requests[COUNT(urls)];
	const struct kvk_net_answer *answers[COUNT(urls)];
	struct kvk_net_options options = run_options();
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	ask(requests, urls, COUNT(urls));
	for (n = 0; err == KVK_ERR_MEMORY && n < 200; n++) {
		struct kvk_net *net = NULL;

		kvk_alloc_fail_after(n);
		err = kvk_net_open(&options, &net);
		if (err == KVK_OK)
			err = kvk_net_fetch(net, requests, COUNT(urls), answers);
		kvk_alloc_fail_after(-1);
		if (net != NULL)
			ask_again(net, requests, COUNT(urls));
		kvk_net_close(net);
	}
	assert_int_equal(err, KVK_OK);
	assert_in_range(n, 15, 100);
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
		cmocka_unit_test(each_address_once),
		cmocka_unit_test(not_changed_is_no_answer_for_all),
		cmocka_unit_test(side_by_side),
		cmocka_unit_test(no_more_than_eight_hosts),
		cmocka_unit_test(a_host_is_given_up),
		cmocka_unit_test(the_time_for_the_run),
		cmocka_unit_test(octets_that_are_held),
		cmocka_unit_test(too_many_requests),
		cmocka_unit_test(memory_that_ends),
	};

	return cmocka_run_group_tests(tests, start, end);
}

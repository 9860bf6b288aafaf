/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hostile servers and a name server that does not answer: each ends within its limit, with its own
 * reason, and in little memory.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <sys/resource.h>

#include "base/limits.h"
#include "tests/net/names.h"
#include "tests/net/run.h"
#include "tests/support/cost.h"

/* KiB that the whole program may have used. */
#define MOST_MEMORY (64l * 1024)

static struct server server;

static const struct hostile {
	const char *path;
	enum kvk_net_reason reason;
	enum kvk_net_detail detail;
	unsigned attempts;
	/* Milliseconds that it takes, at least and at most. */
	kvk_time least, most;
} hostile[] = {
	{ "/redirect", KVK_NET_HTTP_STATUS, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/endless-body", KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/too-long", KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/endless-headers", KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/endless-header", KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/endless-1xx", KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/endless-trailers", KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE, 1, 0, 6000 },
	{ "/gzip", KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_ENCODED, 1, 0, 6000 },
	{ "/transfer-gzip", KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_ENCODED, 1, 0, 6000 },
	{ "/empty", KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_EMPTY, 1, 0, 6000 },
	{ "/no-http", KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_NOT_HTTP, 1, 0, 6000 },
	/* tried three times, after half a second and one and a half */
	{ "/half", KVK_NET_CONNECTION, KVK_NET_DETAIL_LOST, 3, 2000, 8000 },
	{ "/reset", KVK_NET_CONNECTION, KVK_NET_DETAIL_LOST, 3, 2000, 8000 },
	{ "/close", KVK_NET_CONNECTION, KVK_NET_DETAIL_LOST, 3, 2000, 8000 },
	/* only the clock ends these */
	{ "/endless-extension", KVK_NET_TIME_OUT, KVK_NET_DETAIL_NONE, 1, 2500, 8000 },
	{ "/silence", KVK_NET_TIME_OUT, KVK_NET_DETAIL_NONE, 1, 2500, 8000 },
};

static void one(const struct hostile *row)
{
	struct kvk_net_options options = run_options();
	const kvk_time start = run_clock();
	const struct kvk_net_answer *answer;
	kvk_time took;

	options.total_timeout = 3 * KVK_SECOND;
	answer = run_one(&options, run_url(&server, "127.0.0.1", row->path));
	took = run_clock() - start;
	if (answer->reason != row->reason || answer->detail != row->detail)
		print_error("%s:\n", row->path);
	run_expect(answer, row->reason);
	assert_int_equal(answer->detail, row->detail);
	assert_int_equal(answer->attempts, row->attempts);
	if (took < row->least || took > row->most)
		fail_msg("%s: %d ms", row->path, (int)took);
	run_end();
}

/* What the whole program has used so far. */
static void expect_little_memory(void)
{
	struct rusage used;

	assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
	/* What watches the program takes memory of its own. */
	if (cost_limit(1) > 1)
		return;
	if (used.ru_maxrss > MOST_MEMORY)
		fail_msg("%ld KiB of memory", used.ru_maxrss);
}

static void servers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
		one(&hostile[i]);
	expect_little_memory();
}

/* Also where much is allowed, as for a CRL. */
static void a_body_that_might_be_a_list(void **state)
{
	struct kvk_net_options options = run_options();
	const struct kvk_net_request request = { .url = run_url(
							 &server, "127.0.0.1", "/endless-body"),
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = KVK_LIMIT_CRL_FILE };

	(void)state;
	run_expect(run_request(&options, &request), KVK_NET_TOO_LARGE);
	run_end();
	expect_little_memory();
}

/* One octet in half a second is no answer, however much time there is. */
static void a_drip(void **state)
{
	struct kvk_net_options options = run_options();
	const kvk_time start = run_clock();
	kvk_time took;

	(void)state;
	options.total_timeout = options.run_timeout = 60 * KVK_SECOND;
	run_expect(run_one(&options, run_url(&server, "127.0.0.1", "/drip")), KVK_NET_TIME_OUT);
	took = run_clock() - start;
	assert_in_range(took, (KVK_LIMIT_NET_SLOW_SECONDS - 1) * 1000,
		(KVK_LIMIT_NET_SLOW_SECONDS + 5) * 1000);
}

/* Without CURLOPT_QUICK_EXIT this takes the ten seconds that the resolver does. */
static void a_name_server_that_is_silent(void **state)
{
	const char *const urls[] = { "http://silent.example/1", "http://silent.example/2" };
	struct kvk_net_request requests[2] = { 0 };
	const struct kvk_net_answer *answers[2];
	struct kvk_net_options options = run_options();
	const kvk_time start = run_clock();
	struct kvk_net *net;

	(void)state;
	options.connect_timeout = KVK_SECOND;
	for (size_t i = 0; i < 2; i++) {
		requests[i].url = urls[i];
		requests[i].max_octets = 1;
	}
	names_asked = 0;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, 2, answers), KVK_OK);
	run_expect(answers[0], KVK_NET_TIME_OUT);
	run_expect(answers[1], KVK_NET_TIME_OUT);
	/* It is asked once, and not again for another name. */
	assert_int_equal(names_asked, 1);
	requests[0].url = "http://other.example/";
	assert_int_equal(kvk_net_fetch(net, requests, 1, answers), KVK_OK);
	run_expect(answers[0], KVK_NET_TIME_OUT);
	assert_int_equal(answers[0]->attempts, 0);
	kvk_net_close(net);
	assert_int_equal(names_asked, 1);
	assert_in_range(run_clock() - start, 900, 4000);
}

/* Names for which no name server answers are waited for side by side, also where others are known;
 * and one that comes later, not as long again. */
static void several_that_are_silent(void **state)
{
	const char *const urls[] = { run_url(&server, "here.example", "/ok"),
		"http://silent1.example/", "http://silent2.example/", "http://silent3.example/",
		run_url(&server, "there.example", "/ok") };
	struct kvk_net_request requests[5] = { 0 };
	const struct kvk_net_answer *answers[5];
	struct kvk_net_options options = run_options();
	kvk_time start = run_clock();
	struct kvk_net *net;

	(void)state;
	options.connect_timeout = 3 * KVK_SECOND;
	for (size_t i = 0; i < 5; i++)
		requests[i] = (struct kvk_net_request){
			.url = urls[i], .source = KVK_NET_FROM_CONFIGURATION, .max_octets = 4096
		};
	names_asked = 0;
	assert_int_equal(kvk_net_open(&options, &net), KVK_OK);
	assert_int_equal(kvk_net_fetch(net, requests, 3, answers), KVK_OK);
	assert_in_range(run_clock() - start, 2900, 5500);
	run_expect(answers[0], KVK_NET_OK);
	run_expect(answers[1], KVK_NET_TIME_OUT);
	run_expect(answers[2], KVK_NET_TIME_OUT);
	start = run_clock();
	assert_int_equal(kvk_net_fetch(net, requests + 3, 2, answers + 3), KVK_OK);
	run_expect(answers[3], KVK_NET_TIME_OUT);
	run_expect(answers[4], KVK_NET_OK);
	assert_in_range(run_clock() - start, 900, 2500);
	assert_int_equal(names_asked, 5);
	kvk_net_close(net);
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
	names_end();
	server_stop(&server);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(servers),
		cmocka_unit_test(a_body_that_might_be_a_list),
		cmocka_unit_test(a_drip),
		cmocka_unit_test(a_name_server_that_is_silent),
		cmocka_unit_test(several_that_are_silent),
	};

	return cmocka_run_group_tests(tests, start, end);
}

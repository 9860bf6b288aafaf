/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/net/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

static struct kvk_net *current;

kvk_time run_clock(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (kvk_time)t.tv_sec * KVK_SECOND + t.tv_nsec / 1000000;
}

static uint32_t lowest(void)
{
	return 0;
}

struct kvk_net_options run_options(void)
{
	return (struct kvk_net_options){ .connect_timeout = 10 * KVK_SECOND,
		.total_timeout = 10 * KVK_SECOND,
		.run_timeout = 10 * KVK_SECOND,
		.clock = run_clock,
		.dice = lowest };
}

const char *run_url(const struct server *server, const char *host, const char *path)
{
	static char texts[32][256];
	static unsigned next;
	char *text = texts[next++ % 32];

	(void)snprintf(text, sizeof texts[0], "http://%s:%u%s", host, server->port, path);
	return text;
}

const struct kvk_net_answer *run_request(
	const struct kvk_net_options *options, const struct kvk_net_request *request)
{
	const struct kvk_net_answer *answer;

	run_end();
	assert_int_equal(kvk_net_open(options, &current), KVK_OK);
	assert_int_equal(kvk_net_fetch(current, request, 1, &answer), KVK_OK);
	return answer;
}

const struct kvk_net_answer *run_one(const struct kvk_net_options *options, const char *url)
{
	const struct kvk_net_request request = {
		.url = url, .source = KVK_NET_FROM_CONFIGURATION, .max_octets = 1024 * 1024
	};

	return run_request(options, &request);
}

void run_end(void)
{
	kvk_net_close(current);
	current = NULL;
}

void run_expect(const struct kvk_net_answer *answer, enum kvk_net_reason reason)
{
	if (answer->reason != reason)
		fail_msg("'%s' instead of '%s' (status %u, detail %d, hint %s)",
			kvk_net_reason_id(answer->reason), kvk_net_reason_id(reason),
			answer->status, (int)answer->detail,
			answer->hint != NULL ? answer->hint : "none");
	if (reason != KVK_NET_OK)
		assert_int_equal(answer->octets.n, 0);
}

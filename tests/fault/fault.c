/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault [--every N] [--turn T] [--acknowledged TEXT | --repeated TEXT] [--again CODES] [--lacks
 * exchange|links] TEMPLATE HOME PROGRAM ARGUMENT...: runs a program on copies of a home, once for
 * each call of it that writes and for each way in which that can fail, and looks at what is left.
 * HOME is where the copies lie, one after the other. With --every N it tries every Nth point only,
 * a different Nth for each T from 0; with --lacks the file system cannot exchange two names, or has
 * no hard links. It fails where
 *
 *  - the inventory is damaged, a key is lost or not what it was, or others can read one;
 *  - a folder with a certificate holds files of before and of after;
 *  - the history says that something was requested, and there is no entry;
 *  - the run ended well, or printed TEXT, and what it was to do is not in the home;
 *  - with --repeated: what was to be printed (TEXT) counts as printed, and was not;
 *  - the same program, run again on what is left, does not end with one of CODES (default 0), or
 *    leaves something else than a run that nothing befell.
 *
 * With --received FILE, where a server lists what it got (received.h), it also fails where a
 * message is lost, or is sent again as another one.
 *
 * With --kill N it only kills the program before its Nth call that writes.
 */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "tests/fault/mixed.h"
#include "tests/fault/received.h"
#include "tests/fault/state.h"
#include "tests/fault/tracer.h"

#define EXIT_SKIPPED 77
/* Points that are described, where many are wrong. */
#define DESCRIBED 12
/* Room for the path of a file beside the home. */
#define PATH_SIZE 1024
/* What the program says where it could not record what it sent. */
#define FORGOTTEN "could not be remembered"

struct scenario {
	const char *acknowledged;
	const char *repeated;
	const char *received;
	const char *again;
	unsigned every, turn;
	enum fault_lack lack;
	/* Not 0: there is one point only, where the program is killed, and the home stays as it is.
	 */
	unsigned kill;
	const char *template;
	const char *home;
	char *const *argv;
};

/* What a run that nothing befalls does. */
struct clean {
	struct state before;
	struct state after;
	/* What the server got. */
	struct kvk_blob received;
	unsigned calls;
	int code;
};

struct totals {
	unsigned points, wrong;
};

static void stop(const char *what)
{
	perror(what);
	exit(1);
}

static void beside(const struct scenario *scenario, const char *suffix, char out[PATH_SIZE])
{
	if (snprintf(out, PATH_SIZE, "%s%s", scenario->home, suffix) >= PATH_SIZE)
		stop("the path is too long");
}

/* A fresh copy of the template. */
static void renew(const struct scenario *scenario)
{
	if (access(scenario->home, F_OK) == 0 && kvk_dir_remove(scenario->home) != KVK_OK)
		stop(scenario->home);
	if (state_copy(scenario->template, scenario->home) != KVK_OK)
		stop(scenario->template);
	if (scenario->received != NULL && received_clear(scenario->received) != KVK_OK)
		stop(scenario->received);
}

static void run(const struct scenario *scenario, const struct fault *fault, struct traced *result)
{
	char out[PATH_SIZE], err[PATH_SIZE];

	beside(scenario, ".out", out);
	beside(scenario, ".err", err);
	if (!traced_run(scenario->argv, out, err, fault, result)) {
		fputs("SKIP: this system lets no program trace another\n", stderr);
		exit(EXIT_SKIPPED);
	}
}

static void look(const struct scenario *scenario, struct state *state)
{
	if (state_read(scenario->home, state) != KVK_OK)
		stop(scenario->home);
}

static void look_at_received(const struct scenario *scenario, struct kvk_blob *out)
{
	if (scenario->received != NULL && received_read(scenario->received, out) != KVK_OK)
		stop(scenario->received);
}

/* Whether the last run wrote this to a stream, which is the ending of its file. */
static bool wrote(const struct scenario *scenario, const char *stream, const char *text)
{
	struct kvk_blob out = { 0 };
	char path[PATH_SIZE];
	bool found;

	beside(scenario, stream, path);
	if (kvk_file_read(path, KVK_LIMIT_FILE, 0, &out) != KVK_OK)
		stop(path);
	found = strstr(kvk_blob_str(&out), text) != NULL;
	kvk_blob_free(&out);
	return found;
}

static bool printed(const struct scenario *scenario, const char *text)
{
	return wrote(scenario, ".out", text);
}

static bool same(const struct kvk_blob *a, const struct kvk_blob *b)
{
	return kvk_span_equal(kvk_span_of_blob(a), kvk_span_of_blob(b));
}

/* Each key is one of a run that nothing befalls, before or after. */
static bool keys_are_whole(const struct clean *clean, const struct state *left)
{
	char *text = strdup(kvk_blob_str(&left->keys));
	char *rest = text;
	bool whole = text != NULL;

	for (char *line; whole && (line = strsep(&rest, "\n")) != NULL;)
		whole = strstr(kvk_blob_str(&clean->before.keys), line) != NULL ||
			strstr(kvk_blob_str(&clean->after.keys), line) != NULL;
	free(text);
	return whole;
}

/* Each key of before is still somewhere, be it in what was left unfinished. */
static bool keys_are_kept(const struct clean *clean, const struct state *left)
{
	char *text = strdup(kvk_blob_str(&clean->before.keys));
	char *rest = text;
	bool kept = text != NULL;

	for (char *line; kept && (line = strsep(&rest, "\n")) != NULL;) {
		const char *hash = strchr(line, ' ');

		kept = hash == NULL || strstr(kvk_blob_str(&left->keys), hash) != NULL ||
			strstr(kvk_blob_str(&left->unfinished), hash) != NULL;
	}
	free(text);
	return kept;
}

static bool is_mixed(const struct clean *clean, const struct state *left)
{
	bool mixed;

	if (mixed_find(left, &clean->before, &clean->after, &mixed) != KVK_OK)
		stop("out of memory");
	return mixed;
}

/* Whether a code is in a list such as "0,1". */
static bool is_listed(int code, const char *list)
{
	char *end;

	for (const char *p = list; *p != '\0'; p = *end == ',' ? end + 1 : end)
		if (strtol(p, &end, 10) == code)
			return true;
	return false;
}

/* What is wrong with what a run left, before it is run again; NULL where nothing is. */
static const char *wrong_now(const struct scenario *scenario, const struct clean *clean,
	const struct traced *result, const struct state *left)
{
	const bool done = same(&left->kept, &clean->after.kept);
	const bool well = WIFEXITED(result->status) && WEXITSTATUS(result->status) == clean->code;

	if (left->wrong.n > 0)
		return kvk_blob_str(&left->wrong);
	if (!keys_are_whole(clean, left))
		return "a key is not what it was";
	if (!keys_are_kept(clean, left))
		return "a key is lost";
	if (is_mixed(clean, left))
		return "the files of a folder are a mixture";
	if (WIFSIGNALED(result->status) && WTERMSIG(result->status) != SIGKILL)
		return "the program crashed";
	if (WIFEXITED(result->status) && WEXITSTATUS(result->status) == 70)
		return "the program speaks of a bug in itself";
	if (well && !done && scenario->repeated == NULL)
		return "it ended well without having done its work";
	if (scenario->acknowledged != NULL && printed(scenario, scenario->acknowledged) && !done)
		return "it says that it is done, and it is not";
	if (scenario->repeated != NULL && done && !same(&clean->before.kept, &clean->after.kept) &&
		!printed(scenario, scenario->repeated))
		return "what was not printed counts as printed";
	return NULL;
}

static const char *wrong_again(const struct scenario *scenario, const struct clean *clean,
	const struct traced *result, const struct state *left)
{
	if (!WIFEXITED(result->status) || !is_listed(WEXITSTATUS(result->status), scenario->again))
		return "run again, it ends otherwise";
	if (left->wrong.n > 0)
		return kvk_blob_str(&left->wrong);
	if (!same(&left->keys, &clean->after.keys))
		return "after another run a key is not what it was";
	if (!same(&left->kept, &clean->after.kept))
		return "after another run the home is not as it should be";
	if (!same(&left->unfinished, &clean->after.unfinished))
		return "after another run something unfinished is left";
	return NULL;
}

static void describe(const struct scenario *scenario, const struct fault *fault,
	const struct traced *result, const char *what, const struct clean *clean,
	const struct state *left)
{
	char path[PATH_SIZE];

	beside(scenario, ".err", path);
	fprintf(stderr, "%s at call %u (system call %ld), status %x: %s; see %s\n",
		fault_word(fault->kind), fault->at, result->hit, (unsigned)result->status, what,
		path);
	if (getenv("KVK_FAULT_SHOW") != NULL)
		fprintf(stderr, "--- left\n%s%s--- wanted\n%s%s", kvk_blob_str(&left->kept),
			kvk_blob_str(&left->unfinished), kvk_blob_str(&clean->after.kept),
			kvk_blob_str(&clean->after.unfinished));
}

/* One point: fails there, looks, runs again, looks again. */
static void try(const struct scenario *scenario, const struct clean *clean,
	const struct fault *fault, struct totals *totals)
{
	const struct fault none = { .lack = scenario->lack };
	struct state left = { 0 }, later = { 0 };
	struct kvk_blob received = { 0 };
	struct traced result, again;
	const char *what;
	bool forgotten;

	renew(scenario);
	run(scenario, fault, &result);
	look(scenario, &left);
	forgotten = wrote(scenario, ".err", FORGOTTEN);
	totals->points++;
	what = wrong_now(scenario, clean, &result, &left);
	if (what == NULL) {
		run(scenario, &none, &again);
		look(scenario, &later);
		what = wrong_again(scenario, clean, &again, &later);
		look_at_received(scenario, &received);
	}
	if (what == NULL)
		what = received_wrong(&clean->received, &received, forgotten);
	if (what != NULL && ++totals->wrong <= DESCRIBED)
		describe(scenario, fault, &result, what, clean, later.kept.n > 0 ? &later : &left);
	kvk_blob_free(&received);
	state_free(&later);
	state_free(&left);
}

static void run_clean(const struct scenario *scenario, struct clean *clean)
{
	const struct fault none = { .lack = scenario->lack };
	struct traced result;

	renew(scenario);
	look(scenario, &clean->before);
	run(scenario, &none, &result);
	look(scenario, &clean->after);
	look_at_received(scenario, &clean->received);
	clean->calls = result.calls;
	clean->code = WIFEXITED(result.status) ? WEXITSTATUS(result.status) : -1;
	if (clean->code < 0 || clean->code > 2) {
		fprintf(stderr, "without a fault it ends with %d\n", clean->code);
		exit(1);
	}
}

/* For tests that look for themselves at what is left. */
static int kill_once(const struct scenario *scenario)
{
	const struct fault fault = { FAULT_KILL, scenario->kill, scenario->lack };
	struct traced result;

	renew(scenario);
	run(scenario, &fault, &result);
	return 0;
}

static void read_options(int argc, char **argv, struct scenario *out)
{
	static const struct option options[] = {
		{ "acknowledged", required_argument, NULL, 'a' },
		{ "repeated", required_argument, NULL, 'r' },
		{ "received", required_argument, NULL, 'v' },
		{ "again", required_argument, NULL, 'c' },
		{ "every", required_argument, NULL, 'e' },
		{ "turn", required_argument, NULL, 't' },
		{ "lacks", required_argument, NULL, 'l' },
		{ "kill", required_argument, NULL, 'k' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		if (option == 'a')
			out->acknowledged = optarg;
		else if (option == 'r')
			out->repeated = optarg;
		else if (option == 'v')
			out->received = optarg;
		else if (option == 'c')
			out->again = optarg;
		else if (option == 'e')
			out->every = (unsigned)strtoul(optarg, NULL, 10);
		else if (option == 't')
			out->turn = (unsigned)strtoul(optarg, NULL, 10);
		else if (option == 'k')
			out->kill = (unsigned)strtoul(optarg, NULL, 10);
		else if (option == 'l')
			out->lack = strcmp(optarg, "links") == 0 ? FAULT_LACKS_LINKS :
								   FAULT_LACKS_EXCHANGE;
		else
			exit(1);
	}
	if (argc - optind < 3 || out->every == 0) {
		fputs("usage: fault [OPTION]... TEMPLATE HOME PROGRAM ARGUMENT...\n", stderr);
		exit(1);
	}
	out->template = argv[optind];
	out->home = argv[optind + 1];
	out->argv = argv + optind + 2;
}

int main(int argc, char **argv)
{
	struct scenario scenario = { .again = "0", .every = 1 };
	struct totals totals = { 0 };
	struct clean clean = { 0 };
	unsigned turn;

	read_options(argc, argv, &scenario);
	turn = scenario.turn;
	if (scenario.kill > 0)
		return kill_once(&scenario);
	run_clean(&scenario, &clean);
	for (unsigned at = 1; at <= clean.calls; at++)
		for (int kind = FAULT_NONE + 1; kind < FAULT_KIND_COUNT; kind++)
			if (turn++ % scenario.every == 0)
				try(&scenario, &clean,
					&(struct fault){ (enum fault_kind)kind, at, scenario.lack },
					&totals);
	printf("%u calls that write, %u points tried, %u wrong\n", clean.calls, totals.points,
		totals.wrong);
	state_free(&clean.before);
	state_free(&clean.after);
	kvk_blob_free(&clean.received);
	return totals.wrong > 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench DIR KVKCSR: judges the chains of make-chains with KVKCSR, on one thread and on two, and
 * with openssl verify, the same files in one process each, turn by turn; the best of several rounds
 * counts. Prints throughput, peak memory, the share that the bare signatures take, and start-up
 * times.
 */
#include "config.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cert/contents.h"
#include "crypto/verify.h"

#define ROUNDS 7
#define ARGUMENTS 24

/* One command, and the best that was measured of it. */
struct contest {
	const char *name;
	const char *arguments[ARGUMENTS];
	bool files;
	double wall, cpu;
	long peak_kb;
};

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void child(char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

static double cpu_of(const struct rusage *used)
{
	return (double)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) +
		(double)(used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1e6;
}

/* Runs a command once; false where it cannot be run at all. */
static bool run(struct contest *c, const glob_t *files)
{
	size_t n = 0, count = c->files ? files->gl_pathc : 0;
	char **argv = calloc(ARGUMENTS + count + 1, sizeof *argv);
	struct rusage used;
	double begin, wall;
	int status;
	pid_t pid;

	if (argv == NULL)
		return false;
	for (; c->arguments[n] != NULL; n++)
		argv[n] = (char *)(uintptr_t)c->arguments[n];
	for (size_t i = 0; i < count; i++)
		argv[n + i] = files->gl_pathv[i];
	begin = seconds(CLOCK_MONOTONIC);
	pid = fork();
	if (pid == 0)
		child(argv);
	free(argv);
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) ||
		WEXITSTATUS(status) > 3)
		return false;
	wall = seconds(CLOCK_MONOTONIC) - begin;
	if (c->wall <= 0 || wall < c->wall)
		c->wall = wall;
	if (c->cpu <= 0 || cpu_of(&used) < c->cpu)
		c->cpu = cpu_of(&used);
	if (used.ru_maxrss > c->peak_kb)
		c->peak_kb = used.ru_maxrss;
	return true;
}

static bool read_contents(const char *path, struct kvk_contents *out)
{
	struct kvk_blob bytes = { 0 };

	return kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes) == KVK_OK &&
		kvk_contents_read(&bytes, out) == KVK_OK;
}

/* The CPU time that the signatures of the leaves take by themselves; negative on failure. */
static double bare_signatures(const glob_t *files)
{
	struct kvk_verifier *verifier = NULL;
	double total = 0;

	if (kvk_verifier_new(&verifier) != KVK_OK)
		return -1;
	for (size_t i = 0; i < files->gl_pathc && total >= 0; i++) {
		struct kvk_contents contents = { .size = 0 };
		const struct kvk_certificate *leaf, *ca;
		double begin;

		if (!read_contents(files->gl_pathv[i], &contents))
			return -1;
		leaf = kvk_contents_certificate(&contents, 0, NULL);
		ca = kvk_contents_certificate(&contents, 1, NULL);
		begin = seconds(CLOCK_PROCESS_CPUTIME_ID);
		if (kvk_verify(verifier, ca->spki, leaf->algorithm, leaf->tbs, leaf->signature) !=
			KVK_OK)
			total = -1;
		else
			total += seconds(CLOCK_PROCESS_CPUTIME_ID) - begin;
		kvk_contents_free(&contents);
	}
	kvk_verifier_free(verifier);
	return total;
}

static void tell_goal(const char *what, double got, double goal, bool reached)
{
	printf("  %-36s %8.2f   (goal %.1f: "
		"%s)\n", what, got, goal, reached ? "reached" : "missed");
}

static void tell(struct contest *all, double bare, size_t count)
{
	const struct contest *openssl = &all[0], *one = &all[1], *two = &all[2];
	double peak = (double)(one->peak_kb > two->peak_kb ? one->peak_kb : two->peak_kb) / 1024;

	for (size_t i = 0; i < 3; i++)
		printf("  %-36s %8.0f files/s  %6.3f s  cpu %6.3f s  %6.1f MB\n", all[i].name,
			(double)count / all[i].wall, all[i].wall, all[i].cpu,
			(double)all[i].peak_kb / 1024);
	tell_goal("one thread against openssl", openssl->wall / one->wall, 3,
		openssl->wall >= 3 * one->wall);
	tell_goal("two threads against openssl", openssl->wall / two->wall, 5.5,
		openssl->wall >= 5.5 * two->wall);
	tell_goal("peak memory, MB", peak, 24, peak < 24);
	printf("  %-36s %7.0f %%   (the limit; 80 %% is the aim)\n",
		"bare signatures of the CPU time", 100 * bare / one->cpu);
	for (size_t i = 3; i < 6; i++)
		printf("  %-36s %8.2f ms\n", all[i].name, all[i].wall * 1e3);
}

int main(int argc, char **argv)
{
	char root[4096], ca[4096], crls[4096], pattern[4096];
	const char *kvkcsr = argc == 3 ? argv[2] : NULL, *at = "2026-11-22T12:00:00Z";
	struct contest all[] = {
		{ .name = "openssl verify", .files = true, .arguments = { "openssl", "verify",
			"-attime", "1795348800", "-CAfile", root, "-untrusted", ca } },
		{ .name = "kvkcsr verify", .files = true, .arguments = { kvkcsr, "verify",
			"--offline", "--at", at, "--trust", root, "--crl", crls, "--kvk",
			"68750110" } },
		{ .name = "kvkcsr verify -j 2", .files = true, .arguments = { kvkcsr, "verify",
			"--offline", "--at", at, "--trust", root, "--crl", crls, "--kvk",
			"68750110", "-j", "2" } },
		{ .name = "start-up: kvkcsr --version", .arguments = { kvkcsr, "--version" } },
		{ .name = "start-up: openssl version", .arguments = { "openssl", "version" } },
		{ .name = "start-up: certtool --version",
			.arguments = { "certtool", "--version" } },
	};
	glob_t files;
	double bare = 0;

	if (argc != 3)
		return 64;
	snprintf(root, sizeof root, "%s/root.pem", argv[1]);
	snprintf(ca, sizeof ca, "%s/ca.pem", argv[1]);
	snprintf(crls, sizeof crls, "%s/crls.pem", argv[1]);
	snprintf(pattern, sizeof pattern, "%s/chains/*.pem", argv[1]);
	if (glob(pattern, 0, NULL, &files) != 0)
		return 70;
	for (int round = 0; round < ROUNDS; round++) {
		double took = bare_signatures(&files);

		if (took < 0)
			return 70;
		bare = round == 0 || took < bare ? took : bare;
		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			if (!run(&all[i], &files)) {
				fprintf(stderr, "bench: '%s' does not run\n", all[i].name);
				return 70;
			}
	}
	printf("%zu chains of RSA 2048 below RSA 4096, best of %d "
		"rounds\n", files.gl_pathc, ROUNDS);
	tell(all, bare, files.gl_pathc);
	globfree(&files);
	return 0;
}

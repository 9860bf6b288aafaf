/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/map.h"

enum { SIZE = 3 * 1024 * 1024 + 100 };

static char path[] = "/tmp/kvkcsr-map-XXXXXX";
static int fd;

static int set_up(void **state)
{
	char *bytes = malloc(SIZE);

	(void)state;
	snprintf(path, sizeof(path), "/tmp/kvkcsr-map-XXXXXX");
	fd = mkstemp(path);
	if (fd < 0 || bytes == NULL)
		return -1;
	memset(bytes, 'x', SIZE);
	if (write(fd, bytes, SIZE) != SIZE)
		return -1;
	free(bytes);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	close(fd);
	return unlink(path);
}

static void test_reads(void **state)
{
	struct kvk_span mapped;

	(void)state;
	assert_int_equal(kvk_map_file(path, SIZE, &mapped), KVK_OK);
	assert_int_equal(mapped.n, SIZE);
	assert_int_equal(mapped.p[SIZE - 1], 'x');
	kvk_map_done(mapped);
	assert_int_equal(mapped.p[0], 'x');
	assert_false(kvk_map_is_changed(mapped));
	kvk_map_free(mapped);
	assert_int_equal(kvk_map_file(path, SIZE - 1, &mapped), KVK_ERR_LIMIT);
	assert_int_equal(kvk_map_file("/nowhere/at/all", SIZE, &mapped), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_map_file("/tmp", SIZE, &mapped), KVK_ERR_NOT_REGULAR);
	assert_null(mapped.p);
	assert_false(kvk_map_is_changed(mapped));
}

/* Cut short while it is being read: zeros, and it tells. */
static void test_cut_short(void **state)
{
	struct kvk_span mapped, tail;
	unsigned sum = 0;

	(void)state;
	assert_int_equal(kvk_map_file(path, SIZE, &mapped), KVK_OK);
	assert_int_equal(mapped.p[0], 'x');
	assert_int_equal(ftruncate(fd, 5000), 0);
	for (size_t i = 8192 * 8; i < SIZE; i++)
		sum += mapped.p[i];
	assert_int_equal(sum, 0);
	assert_int_equal(mapped.p[4999], 'x');
	assert_true(kvk_map_is_changed(mapped));
	tail = (struct kvk_span){ mapped.p + SIZE - 10, 10 };
	assert_true(kvk_map_is_changed(tail));
	/* also where it grows again */
	assert_int_equal(ftruncate(fd, SIZE), 0);
	kvk_map_done(mapped);
	assert_int_equal(mapped.p[SIZE - 1], 0);
	assert_true(kvk_map_is_changed(mapped));
	kvk_map_free(mapped);
}

/* Another file in its place leaves what was mapped as it was. */
static void test_replaced(void **state)
{
	struct kvk_span mapped;
	char other[sizeof(path) + 4];
	int new;

	(void)state;
	assert_int_equal(kvk_map_file(path, SIZE, &mapped), KVK_OK);
	snprintf(other, sizeof(other), "%s.new", path);
	new = open(other, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(new >= 0);
	close(new);
	usleep(50000);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(mapped.p[SIZE - 1], 'x');
	assert_false(kvk_map_is_changed(mapped));
	kvk_map_free(mapped);
}

/* Written to, with the same size as before. */
static void test_written(void **state)
{
	struct kvk_span mapped;

	(void)state;
	assert_int_equal(kvk_map_file(path, SIZE, &mapped), KVK_OK);
	/* the clock of a file system stands still for some milliseconds */
	usleep(50000);
	assert_int_equal(pwrite(fd, "y", 1, SIZE / 2), 1);
	assert_true(kvk_map_is_changed(mapped));
	kvk_map_free(mapped);
}

/* One that was sent comes only once. */
static void child_is_ended_by_kill(void)
{
	const struct rlimit none = { 0, 0 };
	const pid_t child = fork();
	int status;

	if (child == 0) {
		(void)setrlimit(RLIMIT_CORE, &none);
		(void)raise(SIGBUS);
		_exit(3);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS);
}

/* Somebody else's SIGBUS still ends the program. */
static void test_others(void **state)
{
	const struct rlimit none = { 0, 0 };
	struct kvk_span mapped;
	volatile uint8_t *own;
	int status;
	pid_t child;

	(void)state;
	/* not that of the test's library */
	assert_true(signal(SIGBUS, SIG_DFL) != SIG_ERR);
	assert_int_equal(kvk_map_file(path, SIZE, &mapped), KVK_OK);
	own = mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE, fd, 0);
	assert_true(own != MAP_FAILED);
	assert_int_equal(ftruncate(fd, 0), 0);
	fflush(NULL);
	child = fork();
	if (child == 0) {
		(void)setrlimit(RLIMIT_CORE, &none);
		_exit(own[SIZE / 2] == 0 ? 3 : 4);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	child_is_ended_by_kill();
	assert_true(!WIFEXITED(status) || (WEXITSTATUS(status) != 3 && WEXITSTATUS(status) != 4));
	assert_true(kvk_map_is_changed(mapped));
	munmap((void *)(uintptr_t)own, SIZE);
	kvk_map_free(mapped);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reads),
		TEST(test_cut_short),
		TEST(test_replaced),
		TEST(test_written),
		TEST(test_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

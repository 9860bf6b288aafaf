/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "tests/support/alloc.h"

static char scratch[64];
static char path[128];

static int make_scratch(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/kvkcsr-read-XXXXXX");
	if (!mkdtemp(scratch))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/file", scratch);
	return 0;
}

static int remove_scratch(void **state)
{
	(void)state;
	return kvk_dir_remove(scratch) ? -1 : 0;
}

static void write_file(const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static void file_is_read_up_to_the_limit(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_blob_append_text(&out, "old"), KVK_OK);
	write_file("0123456789", 0644);
	assert_int_equal(kvk_file_read(path, 10, 0, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "0123456789");
	assert_int_equal(kvk_file_read(path, 9, 0, &out), KVK_ERR_LIMIT);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(out.n, 0);
	write_file("", 0644);
	assert_int_equal(kvk_file_read(path, 0, 0, &out), KVK_OK);
	assert_int_equal(out.n, 0);
	kvk_blob_free(&out);
}

static void files_without_a_size_are_limited_too(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_file_read("/proc/self/status", 1 << 20, 0, &out), KVK_OK);
	assert_true(out.n > 20);
	assert_int_equal(kvk_file_read("/proc/self/status", 20, 0, &out), KVK_ERR_LIMIT);
	assert_int_equal(out.n, 0);
	kvk_blob_free(&out);
}

static void special_files_are_refused_at_once(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_file_read(scratch, 100, 0, &out), KVK_ERR_NOT_REGULAR);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(mkfifo(path, 0600), 0);
	/* Nobody writes: opening it as a reader does would wait for ever. */
	alarm(10);
	assert_int_equal(kvk_file_read(path, 100, 0, &out), KVK_ERR_NOT_REGULAR);
	alarm(0);
	assert_int_equal(kvk_file_read("/dev/zero", 100, 0, &out), KVK_ERR_NOT_REGULAR);
	assert_int_equal(kvk_file_read("/dev/null", 100, 0, &out), KVK_ERR_NOT_REGULAR);
	assert_null(out.p);
}

static void what_is_missing_is_not_found(void **state)
{
	char below[160];
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_file_read(path, 100, 0, &out), KVK_ERR_NOT_FOUND);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(kvk_file_read("", 100, 0, &out), KVK_ERR_NOT_FOUND);
	write_file("x", 0644);
	(void)snprintf(below, sizeof(below), "%s/below", path);
	assert_int_equal(kvk_file_read(below, 100, 0, &out), KVK_ERR_NOT_FOUND);
	assert_int_equal(errno, ENOTDIR);
}

static void links_are_followed_unless_refused(void **state)
{
	char link_path[160];
	struct kvk_blob out = { 0 };

	(void)state;
	write_file("x", 0644);
	(void)snprintf(link_path, sizeof(link_path), "%s/link", scratch);
	assert_int_equal(symlink("file", link_path), 0);
	assert_int_equal(kvk_file_read(link_path, 100, 0, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "x");
	assert_int_equal(kvk_file_read(link_path, 100, KVK_FILE_NOFOLLOW, &out), KVK_ERR_OPEN);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(kvk_file_read(link_path, 100, 0, &out), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&out);
}

static void modes_are_evaluated(void **state)
{
	static const struct {
		mode_t mode;
		enum kvk_err trusted, private;
	} modes[] = {
		{ 0600, KVK_OK, KVK_OK },
		{ 0400, KVK_OK, KVK_OK },
		{ 0700, KVK_OK, KVK_OK },
		{ 0644, KVK_OK, KVK_ERR_UNSAFE },
		{ 0640, KVK_OK, KVK_ERR_UNSAFE },
		{ 0604, KVK_OK, KVK_ERR_UNSAFE },
		{ 0601, KVK_OK, KVK_ERR_UNSAFE },
		{ 0620, KVK_ERR_UNSAFE, KVK_ERR_UNSAFE },
		{ 0602, KVK_ERR_UNSAFE, KVK_ERR_UNSAFE },
		{ 0666, KVK_ERR_UNSAFE, KVK_ERR_UNSAFE },
	};
	struct kvk_secret secret = { 0 };
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		write_file("x", modes[i].mode);
		assert_int_equal(kvk_file_read(path, 9, 0, &out), KVK_OK);
		assert_int_equal(kvk_file_read(path, 9, KVK_FILE_TRUSTED, &out), modes[i].trusted);
		assert_int_equal(kvk_file_read(path, 9, KVK_FILE_PRIVATE, &out), modes[i].private);
		assert_int_equal(kvk_file_read_secret(path, 9, 0, &secret), modes[i].private);
		assert_int_equal(kvk_file_read_secret(path, 9, KVK_FILE_NOFOLLOW, &secret),
			modes[i].private);
		assert_int_equal(
			kvk_file_read_secret(path, 9, KVK_FILE_TRUSTED, &secret), modes[i].trusted);
		assert_int_equal(unlink(path), 0);
	}
	kvk_secret_free(&secret);
	kvk_blob_free(&out);
}

/* Runs a check as the user nobody, and gives what it returned. */
static int as_nobody(int (*check)(void))
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		const struct passwd *nobody = getpwnam("nobody");

		if (!nobody || setgid(nobody->pw_gid) || setuid(nobody->pw_uid))
			_exit(99);
		_exit(check());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int read_trusted(void)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = kvk_file_read(path, 9, KVK_FILE_TRUSTED, &out);

	kvk_blob_free(&out);
	return (int)err;
}

static void owners_are_evaluated(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	write_file("x", 0644);
	assert_int_equal(chmod(scratch, 0755), 0);
	/* Root's file is trusted by others; another user's is not, neither by root nor by others.
	 */
	assert_int_equal(as_nobody(read_trusted), KVK_OK);
	assert_int_equal(chown(path, 1234, 1234), 0);
	assert_int_equal(as_nobody(read_trusted), KVK_ERR_UNSAFE);
	assert_int_equal(read_trusted(), KVK_ERR_UNSAFE);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(as_nobody(read_trusted), KVK_ERR_OPEN);
}

static void secret_files_are_read_whole(void **state)
{
	struct kvk_secret secret = { 0 };

	(void)state;
	write_file("0123456789", 0600);
	assert_int_equal(kvk_file_read_secret(path, 10, 0, &secret), KVK_OK);
	assert_true(kvk_span_is(kvk_secret_span(&secret), "0123456789"));
	assert_int_equal(secret.p[10], 0);
	assert_int_equal(kvk_file_read_secret(path, 9, 0, &secret), KVK_ERR_LIMIT);
	assert_null(secret.p);
	assert_int_equal(kvk_file_read_secret(scratch, 9, 0, &secret), KVK_ERR_NOT_REGULAR);
}

/* A pipe with this text in it, closed at the writer's end. */
static int pipe_with(const char *text)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	return ends[0];
}

static void descriptors_are_read_to_their_end(void **state)
{
	struct kvk_secret secret = { 0 };
	struct kvk_blob out = { 0 };
	int fd;

	(void)state;
	fd = pipe_with("abc");
	assert_int_equal(kvk_fd_read(fd, 3, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "abc");
	close(fd);
	fd = pipe_with("abcd");
	assert_int_equal(kvk_fd_read(fd, 3, &out), KVK_ERR_LIMIT);
	assert_int_equal(out.n, 0);
	close(fd);
	fd = pipe_with("abc");
	assert_int_equal(kvk_fd_read_secret(fd, 3, &secret), KVK_OK);
	assert_true(kvk_span_is(kvk_secret_span(&secret), "abc"));
	close(fd);
	fd = pipe_with("abcd");
	assert_int_equal(kvk_fd_read_secret(fd, 3, &secret), KVK_ERR_LIMIT);
	assert_null(secret.p);
	close(fd);
	assert_int_equal(kvk_fd_read(fd, 3, &out), KVK_ERR_READ);
	assert_int_equal(errno, EBADF);
	assert_int_equal(kvk_fd_read_secret(fd, 3, &secret), KVK_ERR_READ);
	assert_null(secret.p);
	kvk_blob_free(&out);
}

static void what_comes_in_pieces_counts_as_a_whole(void **state)
{
	struct kvk_secret secret = { 0 };
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* The reader has all that fits before the last byte comes. */
		if (write(ends[1], "abc", 3) != 3)
			_exit(1);
		usleep(50000);
		_exit(write(ends[1], "d", 1) == 1 ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(kvk_fd_read_secret(ends[0], 3, &secret), KVK_ERR_LIMIT);
	assert_null(secret.p);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(ends[0]);
}

static void a_non_blocking_descriptor_is_waited_for(void **state)
{
	struct kvk_blob out = { 0 };
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		usleep(50000);
		_exit(write(ends[1], "late", 4) == 4 ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(kvk_fd_read(ends[0], 100, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "late");
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	kvk_blob_free(&out);
}

static int open_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void no_memory_leaves_no_descriptor_open(void **state)
{
	struct kvk_secret secret = { 0 };
	struct kvk_blob out = { 0 };
	int before = open_descriptors();

	(void)state;
	write_file("x", 0600);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_file_read(path, 100, 0, &out), KVK_ERR_MEMORY);
	assert_int_equal(kvk_file_read_secret(path, 100, 0, &secret), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_int_equal(open_descriptors(), before);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, remove_scratch)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(file_is_read_up_to_the_limit),
		IN_SCRATCH(files_without_a_size_are_limited_too),
		IN_SCRATCH(special_files_are_refused_at_once),
		IN_SCRATCH(what_is_missing_is_not_found),
		IN_SCRATCH(links_are_followed_unless_refused),
		IN_SCRATCH(modes_are_evaluated),
		IN_SCRATCH(owners_are_evaluated),
		IN_SCRATCH(secret_files_are_read_whole),
		IN_SCRATCH(descriptors_are_read_to_their_end),
		IN_SCRATCH(what_comes_in_pieces_counts_as_a_whole),
		IN_SCRATCH(a_non_blocking_descriptor_is_waited_for),
		IN_SCRATCH(no_memory_leaves_no_descriptor_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

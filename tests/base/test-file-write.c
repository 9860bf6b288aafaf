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

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "tests/support/alloc.h"

static char scratch[64];
static char path[128];
static char other[128];

static int make_scratch(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/kvkcsr-write-XXXXXX");
	if (!mkdtemp(scratch))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/file", scratch);
	(void)snprintf(other, sizeof(other), "%s/other", scratch);
	return 0;
}

static int remove_scratch(void **state)
{
	(void)state;
	umask(022);
	return kvk_dir_remove(scratch) ? -1 : 0;
}

/* Entries of the scratch folder, hidden ones too. */
static int entries(void)
{
	DIR *dir = opendir(scratch);
	int n = -2;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void holds(const char *name, const char *text, mode_t mode)
{
	struct kvk_blob out = { 0 };
	struct stat st;

	assert_int_equal(lstat(name, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(st.st_mode & 07777, mode);
	assert_int_equal(kvk_file_read(name, 100, 0, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), text);
	kvk_blob_free(&out);
}

static void mode_is_exact_whatever_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 022, 077, 0777 }, modes[] = { 0600, 0400, 0644, 0640 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		for (size_t k = 0; k < 4; k++) {
			umask(masks[i]);
			assert_int_equal(kvk_file_create(path, modes[k], kvk_span_of("a")), KVK_OK);
			holds(path, "a", modes[k]);
			assert_int_equal(
				kvk_file_replace(path, modes[3 - k], kvk_span_of("b")), KVK_OK);
			holds(path, "b", modes[3 - k]);
			assert_int_equal(entries(), 1);
			assert_int_equal(unlink(path), 0);
		}
	}
}

static void create_never_overwrites(void **state)
{
	(void)state;
	assert_int_equal(kvk_file_create(path, 0600, kvk_span_of("first")), KVK_OK);
	assert_int_equal(kvk_file_create(path, 0600, kvk_span_of("second")), KVK_ERR_EXISTS);
	assert_int_equal(errno, EEXIST);
	holds(path, "first", 0600);
	/* Neither through a link, be it to a file or to nothing, nor over a folder or a pipe. */
	assert_int_equal(symlink("file", other), 0);
	assert_int_equal(kvk_file_create(other, 0600, kvk_span_of("second")), KVK_ERR_EXISTS);
	holds(path, "first", 0600);
	assert_int_equal(unlink(other), 0);
	assert_int_equal(symlink("nothing", other), 0);
	assert_int_equal(kvk_file_create(other, 0600, kvk_span_of("second")), KVK_ERR_EXISTS);
	assert_int_equal(unlink(other), 0);
	assert_int_equal(mkfifo(other, 0600), 0);
	assert_int_equal(kvk_file_create(other, 0600, kvk_span_of("second")), KVK_ERR_EXISTS);
	assert_int_equal(kvk_file_create(scratch, 0600, kvk_span_of("second")), KVK_ERR_EXISTS);
	assert_int_equal(entries(), 2);
}

static void replace_takes_the_place_of_a_link(void **state)
{
	(void)state;
	assert_int_equal(kvk_file_replace(path, 0644, kvk_span_of("first")), KVK_OK);
	assert_int_equal(symlink("file", other), 0);
	assert_int_equal(kvk_file_replace(other, 0644, kvk_span_of("second")), KVK_OK);
	holds(path, "first", 0644);
	holds(other, "second", 0644);
	assert_int_equal(entries(), 2);
}

static void old_readers_keep_the_old_file(void **state)
{
	char text[8] = "";
	int fd;

	(void)state;
	assert_int_equal(kvk_file_create(path, 0644, kvk_span_of("old")), KVK_OK);
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(kvk_file_replace(path, 0644, kvk_span_of("new")), KVK_OK);
	assert_int_equal(read(fd, text, sizeof(text)), 3);
	assert_string_equal(text, "old");
	close(fd);
	holds(path, "new", 0644);
}

static void places_where_nothing_can_be_made(void **state)
{
	struct kvk_span text = kvk_span_of("x");
	char below[160];

	(void)state;
	(void)snprintf(below, sizeof(below), "%s/missing/file", scratch);
	assert_int_equal(kvk_file_create(below, 0600, text), KVK_ERR_OPEN);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(kvk_file_replace(below, 0600, text), KVK_ERR_OPEN);
	assert_int_equal(kvk_file_create(path, 0600, text), KVK_OK);
	(void)snprintf(below, sizeof(below), "%s/below", path);
	assert_int_equal(kvk_file_create(below, 0600, text), KVK_ERR_OPEN);
	assert_int_equal(errno, ENOTDIR);
	(void)snprintf(below, sizeof(below), "%s/", scratch);
	assert_int_equal(kvk_file_create(below, 0600, text), KVK_ERR_OPEN);
	assert_int_equal(kvk_file_create("", 0600, text), KVK_ERR_OPEN);
	assert_int_equal(kvk_file_replace(scratch, 0600, text), KVK_ERR_WRITE);
	assert_int_equal(entries(), 1);
}

static void a_bare_name_is_made_in_the_working_folder(void **state)
{
	(void)state;
	assert_int_equal(chdir(scratch), 0);
	assert_int_equal(kvk_file_create("bare", 0600, kvk_span_of("x")), KVK_OK);
	assert_int_equal(chdir("/"), 0);
	(void)snprintf(other, sizeof(other), "%s/bare", scratch);
	holds(other, "x", 0600);
}

/* What happens to a file that is larger than the system lets it grow, as on a full disk. */
static int write_with_little_room(void)
{
	static char text[5000];
	struct rlimit limit = { 4000, 4000 };

	memset(text, 'x', sizeof(text) - 1);
	(void)signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 1;
	if (kvk_file_create(other, 0600, kvk_span_of(text)) != KVK_ERR_WRITE || errno != EFBIG)
		return 2;
	if (kvk_file_replace(path, 0600, kvk_span_of(text)) != KVK_ERR_WRITE || errno != EFBIG)
		return 3;
	return 0;
}

static int in_child(int (*what)(void))
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0)
		_exit(what());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void full_disk_leaves_all_as_it_was(void **state)
{
	(void)state;
	assert_int_equal(kvk_file_create(path, 0640, kvk_span_of("old")), KVK_OK);
	assert_int_equal(in_child(write_with_little_room), 0);
	holds(path, "old", 0640);
	assert_int_equal(entries(), 1);
}

static int write_as_nobody(void)
{
	const struct passwd *nobody = getpwnam("nobody");

	if (!nobody || setgid(nobody->pw_gid) || setuid(nobody->pw_uid))
		return 1;
	if (kvk_file_create(other, 0600, kvk_span_of("x")) != KVK_ERR_OPEN || errno != EACCES)
		return 2;
	return kvk_file_replace(path, 0600, kvk_span_of("x")) == KVK_ERR_OPEN ? 0 : 3;
}

static void folders_of_others_are_refused(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(kvk_file_create(path, 0666, kvk_span_of("old")), KVK_OK);
	assert_int_equal(chmod(scratch, 0755), 0);
	assert_int_equal(in_child(write_as_nobody), 0);
	holds(path, "old", 0666);
}

static void no_memory_makes_no_file(void **state)
{
	(void)state;
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_file_create(path, 0600, kvk_span_of("x")), KVK_ERR_MEMORY);
	assert_int_equal(kvk_file_replace(path, 0600, kvk_span_of("x")), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_int_equal(entries(), 0);
}

/* One of many that want the same new name. */
static void race(int number)
{
	char text[16];
	enum kvk_err err;

	(void)snprintf(text, sizeof(text), "%d", number);
	err = kvk_file_create(path, 0600, kvk_span_of(text));
	_exit(err == KVK_OK ? 0 : err == KVK_ERR_EXISTS ? 1 : 2);
}

static void one_of_many_wins(void **state)
{
	int made = 0, status;

	(void)state;
	for (int i = 0; i < 8; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0)
			race(i);
	}
	for (int i = 0; i < 8; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_true(WEXITSTATUS(status) < 2);
		made += WEXITSTATUS(status) == 0;
	}
	assert_int_equal(made, 1);
	assert_int_equal(entries(), 1);
}

static void replace_for_ever(char *text, size_t n)
{
	for (char c = '1';; c = c == '9' ? '1' : (char)(c + 1)) {
		memset(text, c, n);
		(void)kvk_file_replace(path, 0600, kvk_span_of(text));
	}
}

/* Killed while writing, again and again: the file is always the old or the new one, whole. */
static void a_killed_writer_leaves_a_whole_file(void **state)
{
	static char text[60001];
	struct kvk_blob out = { 0 };

	(void)state;
	memset(text, '0', sizeof(text) - 1);
	assert_int_equal(kvk_file_create(path, 0600, kvk_span_of(text)), KVK_OK);
	for (useconds_t i = 0; i < 30; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0)
			replace_for_ever(text, sizeof(text) - 1);
		usleep(1000 + i * 300);
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(waitpid(child, NULL, 0), child);
		assert_int_equal(kvk_file_read(path, sizeof(text), KVK_FILE_PRIVATE, &out), KVK_OK);
		assert_int_equal(out.n, sizeof(text) - 1);
		assert_memory_equal(out.p, out.p + 1, out.n - 1);
	}
	kvk_blob_free(&out);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, remove_scratch)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(mode_is_exact_whatever_the_umask),
		IN_SCRATCH(create_never_overwrites),
		IN_SCRATCH(replace_takes_the_place_of_a_link),
		IN_SCRATCH(old_readers_keep_the_old_file),
		IN_SCRATCH(places_where_nothing_can_be_made),
		IN_SCRATCH(a_bare_name_is_made_in_the_working_folder),
		IN_SCRATCH(full_disk_leaves_all_as_it_was),
		IN_SCRATCH(folders_of_others_are_refused),
		IN_SCRATCH(no_memory_makes_no_file),
		IN_SCRATCH(one_of_many_wins),
		IN_SCRATCH(a_killed_writer_leaves_a_whole_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

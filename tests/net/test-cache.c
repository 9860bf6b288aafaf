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
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "net/cache.h"
#include "tests/support/alloc.h"

#define URL "http://crl.example.nl/a.crl"
#define NOW (20000 * KVK_DAY)

static const struct kvk_span no_body;
static char folder[64];

static int make_folder(void **state)
{
	char top[] = "/tmp/kvkcsr-test-cache-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(top));
	(void)snprintf(folder, sizeof folder, "%s/cache", top);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	*strrchr(folder, '/') = '\0';
	return kvk_dir_remove(folder) == KVK_OK ? 0 : -1;
}

static void put(const char *url, struct kvk_span body, const char *octets, kvk_time fetched)
{
	const struct kvk_net_cached entry = {
		.octets = kvk_span_of(octets), .etag = "\"v1\"", .fetched = fetched
	};

	assert_int_equal(kvk_net_cache_put(folder, url, body, &entry), KVK_OK);
}

static enum kvk_err get(const char *url, struct kvk_span body)
{
	struct kvk_net_cached cached;
	enum kvk_err err = kvk_net_cache_get(folder, url, body, NOW, &cached);

	kvk_net_cached_free(&cached);
	return err;
}

/* The name of a file in the folder, of which there are `wanted`; the last one found. */
static const char *file_of(size_t wanted)
{
	static char path[512];
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.') {
			(void)snprintf(path, sizeof path, "%s/%.100s", folder, entry->d_name);
			count++;
		}
	assert_int_equal(closedir(dir), 0);
	assert_int_equal(count, wanted);
	return path;
}

static void what_was_put(void **state)
{
	const struct kvk_net_cached entry = { .octets = { (const uint8_t *)"a\0b\n", 4 },
		.etag = "W/\"v 1\"",
		.last_modified = "Mon, 30 Nov 2026 10:00:00 GMT",
		.fetched = NOW - 5 * KVK_HOUR };
	struct kvk_net_cached cached;
	struct stat st;

	(void)state;
	assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_net_cache_put(folder, URL, no_body, &entry), KVK_OK);
	assert_int_equal(kvk_net_cache_get(folder, URL, no_body, NOW, &cached), KVK_OK);
	assert_true(kvk_span_equal(cached.octets, entry.octets));
	assert_string_equal(cached.etag, entry.etag);
	assert_string_equal(cached.last_modified, entry.last_modified);
	assert_int_equal(cached.fetched, entry.fetched);
	kvk_net_cached_free(&cached);
	kvk_net_cached_free(NULL);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(file_of(1), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	/* Another address, and another body, are other entries. */
	assert_int_equal(get(URL "2", no_body), KVK_ERR_NOT_FOUND);
	assert_int_equal(get(URL, kvk_span_of("a")), KVK_ERR_NOT_FOUND);
	put(URL, kvk_span_of("a"), "answer a", NOW);
	put(URL, kvk_span_of("b"), "answer b", NOW);
	assert_int_equal(kvk_net_cache_get(folder, URL, kvk_span_of("a"), NOW, &cached), KVK_OK);
	assert_true(kvk_span_is(cached.octets, "answer a"));
	kvk_net_cached_free(&cached);
	(void)file_of(3);
	/* The same again replaces it. */
	put(URL, kvk_span_of("a"), "newer", NOW);
	assert_int_equal(kvk_net_cache_get(folder, URL, kvk_span_of("a"), NOW, &cached), KVK_OK);
	assert_true(kvk_span_is(cached.octets, "newer"));
	assert_null(cached.last_modified);
	kvk_net_cached_free(&cached);
	(void)file_of(3);
}

/* A clock that was set back: what was fetched later than now tells nothing of its age. */
static void from_the_future(void **state)
{
	(void)state;
	put(URL, no_body, "a", NOW + KVK_SECOND);
	assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	put(URL, no_body, "a", NOW);
	assert_int_equal(get(URL, no_body), KVK_OK);
}

static void what_cannot_be_put(void **state)
{
	struct kvk_net_cached entry = { .octets = kvk_span_of("a"),
		.etag = "a\nfetched 2000-01-01T00:00:00Z",
		.last_modified = "\x80",
		.fetched = NOW };
	char longest[KVK_LIMIT_URL + 2];
	struct kvk_net_cached cached;

	(void)state;
	/* Validators that could not be sent anyway. */
	assert_int_equal(kvk_net_cache_put(folder, URL, no_body, &entry), KVK_OK);
	assert_int_equal(kvk_net_cache_get(folder, URL, no_body, NOW, &cached), KVK_OK);
	assert_null(cached.etag);
	assert_null(cached.last_modified);
	assert_int_equal(cached.fetched, NOW);
	kvk_net_cached_free(&cached);
	assert_int_equal(
		kvk_net_cache_put(folder, "http://a\nb/", no_body, &entry), KVK_ERR_ARGUMENT);
	memset(longest, 'a', sizeof longest);
	longest[KVK_LIMIT_URL + 1] = '\0';
	assert_int_equal(kvk_net_cache_put(folder, longest, no_body, &entry), KVK_ERR_ARGUMENT);
	longest[KVK_LIMIT_URL] = '\0';
	assert_int_equal(kvk_net_cache_put(folder, longest, no_body, &entry), KVK_OK);
	assert_int_equal(get(longest, no_body), KVK_OK);
	entry.octets.n = KVK_LIMIT_CACHE_ENTRY + 1;
	assert_int_equal(kvk_net_cache_put(folder, URL, no_body, &entry), KVK_ERR_LIMIT);
	entry.octets.n = 1;
	assert_int_equal(
		kvk_net_cache_put("/proc/nonexistent/a", URL, no_body, &entry), KVK_ERR_NOT_FOUND);
}

static void replace(const char *path, struct kvk_span bytes)
{
	assert_int_equal(kvk_file_replace(path, 0600, bytes), KVK_OK);
}

/* Every byte counts: where one has changed it is a miss. */
static void a_file_that_was_changed(void **state)
{
	struct kvk_blob whole = { 0 }, changed = { 0 };
	const char *path;

	(void)state;
	put(URL, no_body, "octets", NOW - KVK_DAY);
	path = file_of(1);
	assert_int_equal(kvk_file_read(path, 4096, 0, &whole), KVK_OK);
	for (size_t i = 0; i < whole.n; i++) {
		replace(path, (struct kvk_span){ whole.p, i });
		assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
		assert_int_equal(kvk_blob_set(&changed, kvk_span_of_blob(&whole)), KVK_OK);
		changed.p[i] ^= 0x81;
		replace(path, kvk_span_of_blob(&changed));
		assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	}
	assert_int_equal(kvk_blob_append_text(&whole, "x"), KVK_OK);
	replace(path, kvk_span_of_blob(&whole));
	assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	/* Not ours alone. */
	put(URL, no_body, "octets", NOW);
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	/* The entry of another address under this name. */
	put(URL, no_body, "octets", NOW);
	assert_int_equal(kvk_file_read(path, 4096, 0, &whole), KVK_OK);
	memcpy(strstr((char *)whole.p, "crl.example"), "evl", 3);
	replace(path, kvk_span_of_blob(&whole));
	assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	/* A link, and a folder. */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(get(URL, no_body), KVK_ERR_NOT_FOUND);
	put(URL, no_body, "octets", NOW);
	assert_int_equal(get(URL, no_body), KVK_OK);
	kvk_blob_free(&whole);
	kvk_blob_free(&changed);
}

/* Says when a file was written. */
static void date(const char *path, kvk_time when)
{
	const struct timespec times[2] = { [1] = { .tv_sec = (time_t)(when / KVK_SECOND) } };

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void touch(const char *name, kvk_time when)
{
	char path[512];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	replace(path, kvk_span_of("x"));
	date(path, when);
}

static bool is_there(const char *name)
{
	char path[512];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

/* The i-th name that an entry could have. */
static const char *name_of(unsigned i)
{
	static char name[65];

	(void)snprintf(name, sizeof name, "%064x", i);
	return name;
}

static void the_oldest_goes_first(void **state)
{
	(void)state;
	assert_int_equal(kvk_net_cache_trim(folder, 0, NOW), KVK_OK);
	assert_true(kvk_net_cache_is_empty(folder));
	assert_int_equal(kvk_dir_make(folder, 0700), KVK_OK);
	assert_true(kvk_net_cache_is_empty(folder));
	/* Five entries of one block, of which the fourth is the oldest, then the second. */
	for (unsigned i = 1; i <= 5; i++)
		touch(name_of(i), NOW - i * KVK_MINUTE);
	touch(name_of(4), NOW - KVK_DAY);
	touch(name_of(2), NOW - KVK_HOUR);
	touch("README", NOW - 9 * KVK_DAY);
	assert_false(kvk_net_cache_is_empty(folder));
	assert_int_equal(kvk_net_cache_trim(folder, 5 * 4096, NOW), KVK_OK);
	assert_true(is_there(name_of(4)));
	assert_int_equal(kvk_net_cache_trim(folder, 5 * 4096 - 1, NOW), KVK_OK);
	assert_false(is_there(name_of(4)));
	assert_true(is_there(name_of(2)));
	assert_int_equal(kvk_net_cache_trim(folder, 3 * 4096, NOW), KVK_OK);
	assert_false(is_there(name_of(2)));
	assert_true(is_there(name_of(1)));
	assert_true(is_there(name_of(3)));
	assert_true(is_there(name_of(5)));
	/* What is no entry stays, whatever its age. */
	assert_int_equal(kvk_net_cache_trim(folder, 0, NOW), KVK_OK);
	assert_false(is_there(name_of(1)));
	assert_true(is_there("README"));
	assert_true(kvk_net_cache_is_empty(folder));
}

static void what_a_killed_run_left(void **state)
{
	char old[64] = "", fresh[64] = "";

	(void)state;
	assert_int_equal(kvk_dir_make(folder, 0700), KVK_OK);
	(void)snprintf(old, sizeof old, ".kvkcsr-%016x.tmp", 1);
	(void)snprintf(fresh, sizeof fresh, ".kvkcsr-%016x.tmp", 2);
	assert_true(kvk_file_is_temporary(old));
	touch(old, NOW - KVK_HOUR - KVK_MINUTE);
	touch(fresh, NOW - KVK_MINUTE);
	assert_int_equal(kvk_net_cache_trim(folder, 1000, NOW), KVK_OK);
	assert_false(is_there(old));
	assert_true(is_there(fresh));
}

/* Two runs at once: a reader finds a whole entry, of the one or of the other. */
static void two_runs(void **state)
{
	char one[9000], other[9000];
	pid_t writer;
	int status;

	(void)state;
	memset(one, 'a', sizeof one);
	memset(other, 'b', sizeof other);
	one[sizeof one - 1] = other[4000] = '\0';
	put(URL, no_body, one, NOW);
	writer = fork();
	assert_true(writer >= 0);
	if (writer == 0) {
		for (unsigned i = 0; i < 100; i++)
			put(URL, no_body, i % 2 == 0 ? one : other, NOW);
		_exit(0);
	}
	do {
		assert_int_equal(get(URL, no_body), KVK_OK);
	} while (waitpid(writer, &status, WNOHANG) == 0);
	assert_int_equal(status, 0);
	(void)file_of(1);
}

static void memory_that_ends(void **state)
{
	const struct kvk_net_cached entry = { .octets = kvk_span_of("octets"), .fetched = NOW };
	struct kvk_net_cached cached;
	enum kvk_err err = KVK_ERR_MEMORY;

	(void)state;
	for (long n = 0; err == KVK_ERR_MEMORY && n < 100; n++) {
		kvk_alloc_fail_after(n);
		err = kvk_net_cache_put(folder, URL, no_body, &entry);
		if (err == KVK_OK)
			err = kvk_net_cache_get(folder, URL, no_body, NOW, &cached);
		if (err == KVK_OK)
			kvk_net_cached_free(&cached);
		if (err == KVK_OK)
			err = kvk_net_cache_trim(folder, 4096, NOW);
		kvk_alloc_fail_after(-1);
	}
	assert_int_equal(err, KVK_OK);
	assert_int_equal(get(URL, no_body), KVK_OK);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

static long peak_kib(void)
{
	struct rusage used;

	assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
	return used.ru_maxrss;
}

/* A list of 30 MB is written from where it is, not from a copy. */
static void large(void **state)
{
	const size_t n = 30 * 1000 * 1000;
	uint8_t *octets = malloc(n);
	struct kvk_net_cached entry = { .octets = { octets, n }, .fetched = NOW }, got;
	long before;

	(void)state;
	assert_non_null(octets);
	memset(octets, 'x', n);
	before = peak_kib();
	assert_int_equal(kvk_net_cache_put(folder, URL, no_body, &entry), KVK_OK);
	assert_true(peak_kib() - before < 10000);
	assert_int_equal(kvk_net_cache_get(folder, URL, no_body, NOW, &got), KVK_OK);
	assert_true(kvk_span_equal(got.octets, entry.octets));
	kvk_net_cached_free(&got);
	free(octets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(large),
		TEST(what_was_put),
		TEST(from_the_future),
		TEST(what_cannot_be_put),
		TEST(a_file_that_was_changed),
		TEST(the_oldest_goes_first),
		TEST(what_a_killed_run_left),
		TEST(two_runs),
		TEST(memory_that_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

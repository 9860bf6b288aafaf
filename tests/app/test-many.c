/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/many.h"
#include "tests/app/made.h"

/* More than there are places for results that wait. */
enum { FILES = 600 };

/* What was written: one letter for each file, in the order in which they came. */
struct written {
	char letters[FILES + 1];
	size_t count;
	/* Writing fails from this file on. */
	size_t full_at;
};

static struct written written;

static enum kvk_err render(const void *context, const char *file,
	const struct kvk_evaluation *evaluation, struct kvk_blob *out)
{
	(void)context;
	(void)file;
	return kvk_blob_append_text(out, kvk_verdict_outcome_word(evaluation->verdict.outcome));
}

static enum kvk_err render_failure(
	const void *context, const char *file, const struct kvk_error *why, struct kvk_blob *out)
{
	(void)context;
	assert_non_null(strstr(why->text, file));
	return kvk_blob_append_text(out, "-");
}

static bool take(const void *context, size_t i, enum kvk_exit code, const struct kvk_blob *rendered,
	const struct kvk_error *why)
{
	(void)code;
	assert_ptr_equal(context, &written);
	assert_int_equal(i, written.count);
	assert_int_equal(why->text[0] != '\0', rendered->p[0] == '-');
	written.letters[written.count++] = (char)rendered->p[0];
	return i < written.full_at;
}

static const struct kvk_many_output output = { render, render_failure, take, &written };

/* The file of each letter: accepted, rejected, not there. */
static const char *file_of(char letter)
{
	switch (letter) {
	case 'a':
		return below("good.pem");
	case 'r':
		return below("bad.pem");
	default:
		return below("missing.pem");
	}
}

static void run(const char *letters, unsigned jobs, enum kvk_exit wanted)
{
	const struct kvk_case asked = made_case();
	struct kvk_files files = KVK_FILES_INIT;
	struct kvk_evaluator *evaluator = NULL;

	put_text("missing.pem", "");
	for (const char *p = letters; *p != '\0'; p++)
		assert_int_equal(kvk_files_add(&files, file_of(*p), NULL), KVK_OK);
	assert_int_equal(unlink(below("missing.pem")), 0);
	assert_int_equal(kvk_evaluator_open(&asked, &evaluator, NULL), KVK_OK);
	memset(written.letters, 0, sizeof written.letters);
	written.count = 0;
	assert_int_equal(kvk_many_evaluate(evaluator, &files, jobs, &output), wanted);
	assert_string_equal(written.letters, letters);
	kvk_evaluator_free(evaluator);
	kvk_files_free(&files);
}

static int make(void **state)
{
	const struct kvk_span none = { NULL, 0 };

	if (scratch_make(state) != 0)
		return -1;
	made_delivery("bad.pem", "no-client-auth", none);
	made_delivery("good.pem", NULL, none);
	written.full_at = FILES;
	return 0;
}

static const struct {
	const char *letters;
	enum kvk_exit code;
} lists[] = {
	/* accepted, but with warnings */
	{ "a", KVK_EXIT_WARNING },
	{ "-", KVK_EXIT_UNKNOWN },
	{ "r", KVK_EXIT_CRITICAL },
	{ "aa-a", KVK_EXIT_UNKNOWN },
	{ "a-raa", KVK_EXIT_CRITICAL },
	{ "ra-", KVK_EXIT_CRITICAL },
};

static void the_gravest_counts_on_any_number_of_threads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		for (unsigned jobs = 1; jobs <= 3; jobs++)
			run(lists[i].letters, jobs, lists[i].code);
}

static void results_come_in_the_order_of_the_files(void **state)
{
	char letters[FILES + 1] = "";

	(void)state;
	/* a missing file takes no time, and would overtake the others */
	for (size_t i = 0; i < FILES; i++)
		letters[i] = i % 7 == 0 ? 'a' : '-';
	run(letters, 4, KVK_EXIT_UNKNOWN);
}

static void what_cannot_be_written_is_not_known(void **state)
{
	(void)state;
	written.full_at = 1;
	run("aaa", 1, KVK_EXIT_UNKNOWN);
	run("aaa", 2, KVK_EXIT_UNKNOWN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_gravest_counts_on_any_number_of_threads),
		TEST(results_come_in_the_order_of_the_files),
		TEST(what_cannot_be_written_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/inventory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "base/dir.h"

/* Time enough for another program to make an inventory. */
#define PAUSE_MICROSECONDS 300000

/* Where the other program is told to begin; it was started before SQLite was first used. */
static int other;

static enum kvk_err open_once(const char *home)
{
	struct kvk_inventory *inventory = NULL;
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_inventory_open(home, true, &inventory, &why);

	kvk_inventory_close(inventory);
	return err;
}

/* Starts the other program: it opens the home when it is told to. Its process. */
static pid_t start_other(const char *home)
{
	int ends[2];
	pid_t child;
	char word;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[1]);
		_exit(read(ends[0], &word, 1) == 1 && open_once(home) == KVK_OK ? 0 : 1);
	}
	close(ends[0]);
	other = ends[1];
	return child;
}

/* Lets the other program begin just when this one looks whose database it is. */
static int on_statement(unsigned kind, void *context, void *statement, void *text)
{
	(void)kind, (void)context, (void)statement;
	if (other < 0 || strstr(text, "application_id") == NULL)
		return 0;
	assert_int_equal(write(other, "g", 1), 1);
	close(other);
	other = -1;
	usleep(PAUSE_MICROSECONDS);
	return 0;
}

static int on_open(sqlite3 *db, const char **message, const void *api)
{
	(void)message, (void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, NULL);
}

/*
 * Of two that start at once in an empty home each finds the inventory made, by itself or by the
 * other, and not half of it.
 */
static void an_inventory_is_made_by_two_at_once(void **state)
{
	char home[] = "/tmp/test-open-together-XXXXXX";
	pid_t child;
	int status;

	(void)state;
	assert_non_null(mkdtemp(home));
	child = start_other(home);
	assert_int_equal(sqlite3_auto_extension((void (*)(void))on_open), SQLITE_OK);
	assert_int_equal(open_once(home), KVK_OK);
	assert_int_equal(other, -1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(open_once(home), KVK_OK);
	assert_int_equal(kvk_dir_remove(home), KVK_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_inventory_is_made_by_two_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

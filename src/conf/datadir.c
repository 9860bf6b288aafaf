/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/datadir.h"

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char beside[PATH_MAX];
static const char *datadir = KVK_DATADIR;

/* Cuts the last component off and returns it, or NULL where there is none. */
static const char *cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL)
		return NULL;
	*slash = '\0';
	return slash + 1;
}

/*
 * Cuts the path of a program of the build tree (cmd/NAME, tests/NAME, tests/FOLDER/NAME) down to
 * the top of that tree.
 */
static bool cut_to_top(char *path)
{
	const char *folder;

	if (cut_last(path) == NULL || strcmp(path, BINDIR) == 0)
		return false;
	folder = cut_last(path);
	if (folder == NULL)
		return false;
	if (strcmp(folder, "cmd") == 0 || strcmp(folder, "tests") == 0)
		return true;
	folder = cut_last(path);
	return folder != NULL && strcmp(folder, "tests") == 0;
}

/* A folder is taken for a build tree when configure has left its config.status there. */
static bool has(char *top, size_t size, const char *name)
{
	size_t length = strlen(top);
	bool found;

	if (length + strlen(name) >= size)
		return false;
	memcpy(top + length, name, strlen(name) + 1);
	found = access(top, F_OK) == 0;
	top[length] = '\0';
	return found;
}

static void find(void)
{
	ssize_t n = readlink("/proc/self/exe", beside, sizeof(beside) - 1);

	if (n <= 0 || (size_t)n >= sizeof(beside) - 1)
		return;
	beside[n] = '\0';
	if (!cut_to_top(beside) || !has(beside, sizeof(beside), "/config.status"))
		return;
	if (!has(beside, sizeof(beside), "/templates/"))
		return;
	strcat(beside, "/templates");
	datadir = beside;
}

const char *kvk_datadir(void)
{
	pthread_once(&once, find);
	return datadir;
}

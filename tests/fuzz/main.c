/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over files: those named as arguments and those in the folders named, else its
 * corpus tests/fuzz/NAME.in. So a corpus is a regression test under any compiler. An empty folder
 * is a failure.
 */
#include "config.h"

#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 4 << 20 };

static int run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *all = malloc(INPUT_MAX);
	uint8_t *exact = NULL;
	size_t n;
	int ok = 0;

	if (f == NULL || all == NULL) {
		perror(path);
		goto out;
	}
	n = fread(all, 1, INPUT_MAX, f);
	/* an allocation of the exact size lets ASan see one byte too far */
	exact = malloc(n > 0 ? n : 1);
	if (exact == NULL || ferror(f)) {
		perror(path);
		goto out;
	}
	memcpy(exact, all, n);
	LLVMFuzzerTestOneInput(exact, n);
	ok = 1;
out:
	free(exact);
	free(all);
	if (f != NULL)
		fclose(f);
	return ok;
}

static int run_folder(const char *folder)
{
	char path[PATH_MAX];
	DIR *d = opendir(folder);
	const struct dirent *e;
	int files = 0;
	int ok = 1;

	if (d == NULL) {
		perror(folder);
		return 0;
	}
	while (ok && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		ok = snprintf(path, sizeof(path), "%s/%s", folder, e->d_name) < (int)sizeof(path);
		ok = ok && run_file(path);
		files++;
	}
	closedir(d);
	printf("%d files of %s\n", files, folder);
	return ok && files > 0;
}

static int run(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return run_folder(path);
	return run_file(path);
}

int main(int argc, char **argv)
{
	char folder[PATH_MAX];
	const char *top = getenv("top_srcdir");
	const char *name = strrchr(argv[0], '/');
	int ok = 1;

	for (int i = 1; i < argc; i++)
		ok = run(argv[i]) && ok;
	if (argc > 1)
		return ok ? 0 : 1;
	name = name != NULL ? name + 1 : argv[0];
	top = top != NULL ? top : ".";
	if (snprintf(folder, sizeof(folder), "%s/tests/fuzz/%s.in", top, name) >= PATH_MAX)
		return 1;
	return run_folder(folder) ? 0 : 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/path.h"

#include <limits.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/format.h"
#include "base/limits.h"

bool kvk_path_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool kvk_path_is_same(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
		a.st_ino == b.st_ino;
}

bool kvk_path_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

enum kvk_err kvk_path_join(struct kvk_blob *out, const char *folder, const char *name)
{
	struct kvk_span trimmed = kvk_span_of(folder);
	enum kvk_err err;

	kvk_blob_clear(out);
	while (trimmed.n > 0 && folder[trimmed.n - 1] == '/')
		trimmed.n--;
	name += strspn(name, "/");
	/* Folder, slash and name. */
	if (trimmed.n >= KVK_LIMIT_PATH || strlen(name) > KVK_LIMIT_PATH - 1 - trimmed.n)
		return KVK_ERR_LIMIT;
	KVK_TRY(kvk_blob_append(out, trimmed));
	/* One of slashes only is the root. */
	if (folder[0] != '\0')
		KVK_TRY(kvk_blob_append_byte(out, '/'));
	KVK_TRY(kvk_blob_append_text(out, name));
out:
	if (err != KVK_OK)
		kvk_blob_clear(out);
	return err;
}

struct kvk_span kvk_path_trim(struct kvk_span path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

struct kvk_span kvk_path_parent(struct kvk_span path)
{
	path = kvk_path_trim(path);
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	return path.n > 0 ? kvk_path_trim(path) : kvk_span_of(".");
}

enum kvk_err kvk_path_absolute(struct kvk_blob *out, const char *path)
{
	char here[PATH_MAX];

	kvk_blob_clear(out);
	if (path[0] == '/')
		return kvk_blob_append_text(out, path);
	if (getcwd(here, sizeof(here)) == NULL)
		return KVK_ERR_NOT_FOUND;
	return kvk_path_join(out, here, path);
}

/* Whether a part of the path is "..". */
static bool goes_up(const char *path)
{
	for (const char *p = strstr(path, ".."); p != NULL; p = strstr(p + 1, ".."))
		if ((p == path || p[-1] == '/') && (p[2] == '/' || p[2] == '\0'))
			return true;
	return false;
}

/* The folder of a path without links, and the file's own name. */
static enum kvk_err resolve_folder(struct kvk_blob *out, const char *path)
{
	const char *name = strrchr(path, '/');
	char folder[PATH_MAX], real[PATH_MAX];

	if (name == NULL || !KVK_FORMAT(folder, "%.*s", (int)(name - path), path))
		return KVK_ERR_LIMIT;
	if (realpath(folder, real) == NULL)
		return KVK_ERR_OPEN;
	return kvk_path_join(out, real, name);
}

enum kvk_err kvk_path_plain(struct kvk_blob *out, const char *path)
{
	struct kvk_blob whole = { 0 };
	const char *part;
	size_t n;
	enum kvk_err err;

	kvk_blob_clear(out);
	if (goes_up(path))
		KVK_TRY(resolve_folder(&whole, path));
	else
		KVK_TRY(kvk_path_absolute(&whole, path));
	for (part = kvk_blob_str(&whole); *part != '\0'; part += n) {
		part += strspn(part, "/");
		n = strcspn(part, "/");
		if (n > 0 && !(n == 1 && part[0] == '.'))
			KVK_TRY(kvk_blob_append_format(out, "/%.*s", (int)n, part));
	}
out:
	kvk_blob_free(&whole);
	return err;
}

static bool find_real(struct kvk_span path, char real[static PATH_MAX])
{
	char text[PATH_MAX];

	return KVK_FORMAT(text, "%.*s", (int)path.n, (const char *)path.p) &&
		realpath(text, real) != NULL;
}

enum kvk_err kvk_path_resolve(struct kvk_blob *out, const char *path)
{
	struct kvk_span head = kvk_path_trim(kvk_span_of(path));
	char real[PATH_MAX];
	enum kvk_err err;

	if (head.n == 0 || head.n >= PATH_MAX)
		return KVK_ERR_ARGUMENT;
	while (!find_real(head, real)) {
		if (kvk_span_is(head, ".") || kvk_span_is(head, "/"))
			return KVK_ERR_NOT_FOUND;
		head = kvk_path_parent(head);
	}
	/* A head that is not the path's own is the working folder. */
	KVK_TRY(kvk_path_join(out, real, head.p == (const uint8_t *)path ? path + head.n : path));
	out->n = kvk_path_trim(kvk_span_of_blob(out)).n;
	out->p[out->n] = '\0';
out:
	return err;
}

static int rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (kvk_path_exists(to)) {
		errno = EEXIST;
		return -1;
	}
	return rename(from, to);
}

enum kvk_err kvk_path_move_new(const char *from, const char *to)
{
	if (rename_new(from, to) == 0)
		return KVK_OK;
	return errno == EEXIST ? KVK_ERR_EXISTS : KVK_ERR_WRITE;
}

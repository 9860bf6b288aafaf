/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/files.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/walk.h"

static enum kvk_err add(struct kvk_files *files, const char *path)
{
	char *copy = kvk_strdup(path);
	char **slot;
	enum kvk_err err = KVK_ERR_MEMORY;

	if (copy == NULL)
		goto out;
	KVK_TRY(kvk_vec_push(&files->paths, &slot));
	*slot = copy;
	copy = NULL;
out:
	kvk_free(copy);
	return err;
}

/* Whether a file in a folder is looked at: others lie there for other reasons. */
static bool looks_like_certificate(const char *path)
{
	static const char *const endings[] = { ".pem", ".cer", ".crt", ".der", ".p7b", ".p7c" };
	const size_t n = strlen(path);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (n > 4 && kvk_equal_nocase(kvk_span_of(path + n - 4), kvk_span_of(endings[i])))
			return true;
	return false;
}

static enum kvk_err visit(void *context, const char *path, enum kvk_err err)
{
	struct kvk_files *files = context;

	if (err == KVK_OK && looks_like_certificate(path))
		return add(files, path);
	if (err == KVK_OK)
		files->passed_over++;
	else if (files->left_out != NULL)
		files->left_out(files->context, err, path);
	return KVK_OK;
}

static enum kvk_err add_folder(struct kvk_files *files, const char *path, struct kvk_error *why)
{
	const size_t before = files->paths.count;
	char safe[256];
	enum kvk_err err;

	files->folder = true;
	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	err = kvk_walk_folder(path, visit, files);
	if (err == KVK_ERR_LIMIT)
		return kvk_error_set(why, err,
			kvk_ngettext("'%s' contains more than %u file",
				"'%s' contains more than %u files", KVK_LIMIT_FOLDER),
			safe, KVK_LIMIT_FOLDER);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, 0);
	if (files->paths.count > before)
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_NOT_FOUND,
		_("'%s' contains no file with a name that ends in .pem, .cer, .crt, .der, .p7b or "
		  ".p7c"),
		safe);
}

enum kvk_err kvk_files_add(struct kvk_files *files, const char *path, struct kvk_error *why)
{
	enum kvk_err err;

	if (strcmp(path, "-") != 0 && kvk_path_is_folder(path))
		return add_folder(files, path, why);
	err = add(files, path);
	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, 0);
}

size_t kvk_files_count(const struct kvk_files *files)
{
	return files->paths.count;
}

const char *kvk_files_at(const struct kvk_files *files, size_t i)
{
	return *(char *const *)kvk_vec_at(&files->paths, i);
}

void kvk_files_free(struct kvk_files *files)
{
	if (files == NULL)
		return;
	for (size_t i = 0; i < files->paths.count; i++)
		kvk_free(*(char **)kvk_vec_at(&files->paths, i));
	kvk_vec_free(&files->paths);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/many.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/walk.h"
#include "cli/terminal.h"

static enum kvk_err add(struct kvk_files *files, const char *path)
{
	char **slot;
	enum kvk_err err = kvk_vec_push(&files->paths, &slot);

	if (err != KVK_OK)
		return err;
	*slot = kvk_strdup(path);
	return *slot != NULL ? KVK_OK : KVK_ERR_MEMORY;
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

/* Takes a file; a folder that cannot be read is told, and the others are read. */
static enum kvk_err visit(void *context, const char *path, enum kvk_err err)
{
	struct kvk_files *files = context;

	if (err != KVK_OK) {
		kvk_warn_folder(err, path);
		files->trouble = true;
		return KVK_OK;
	}
	return looks_like_certificate(path) ? add(files, path) : KVK_OK;
}

enum kvk_err kvk_files_add(struct kvk_files *files, const char *path, struct kvk_error *why)
{
	size_t before = files->paths.count;
	enum kvk_err err;
	char safe[256];

	if (files->paths.item_size == 0)
		files->paths = (struct kvk_vec)KVK_VEC_INIT(char *, KVK_LIMIT_FOLDER);
	if (strcmp(path, "-") == 0 || !kvk_path_is_folder(path)) {
		err = add(files, path);
		return err == KVK_OK ? err : kvk_error_set_file(why, err, path, 0);
	}
	files->folder = true;
	err = kvk_walk_folder(path, visit, files);
	if (err == KVK_ERR_LIMIT)
		return kvk_error_set(why, err, _("'%s' holds more than %u files"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), KVK_LIMIT_FOLDER);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, 0);
	if (files->paths.count == before)
		return kvk_error_set(why, KVK_ERR_NOT_FOUND,
			_("'%s' holds no file that ends in .pem, .cer, .crt, .der, .p7b or .p7c"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	return KVK_OK;
}

void kvk_files_free(struct kvk_files *files)
{
	if (files == NULL)
		return;
	for (size_t i = 0; i < files->paths.count; i++)
		kvk_free(*(char **)kvk_vec_at(&files->paths, i));
	kvk_vec_free(&files->paths);
}

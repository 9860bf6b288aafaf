/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/home.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "inventory/inventory.h"

#define ROOT_HOME "/var/lib/kvkcsr"

/* A variable of the environment, NULL where it is empty. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* A folder that the environment names, NULL where the path is relative: it would depend on where
 * the program was started. */
static const char *folder(const char *name)
{
	const char *value = variable(name);

	return value != NULL && value[0] == '/' ? value : NULL;
}

static enum kvk_err default_home(struct kvk_blob *out)
{
	const char *state = folder("XDG_STATE_HOME");
	const char *home = folder("HOME");

	if (geteuid() == 0)
		return kvk_blob_append_text(out, ROOT_HOME);
	if (state != NULL)
		return kvk_path_join(out, state, "kvkcsr");
	if (home != NULL)
		return kvk_path_join(out, home, ".local/state/kvkcsr");
	return KVK_ERR_NOT_FOUND;
}

static bool is_surprising(const struct kvk_blob *path)
{
	const char *user = variable("SUDO_USER");

	return geteuid() == 0 && user != NULL && strcmp(user, "root") != 0 &&
		kvk_span_is(kvk_span_of_blob(path), ROOT_HOME);
}

enum kvk_err kvk_home_find(const char *option, struct kvk_home *out)
{
	const char *named = option != NULL ? option : variable("KVKCSR_HOME");
	struct kvk_blob path = { 0 }, usual = { 0 };
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	/* A relative home would be another one for every folder that cron starts in. */
	if (named != NULL)
		KVK_TRY(kvk_path_absolute(&path, named));
	else
		KVK_TRY(default_home(&path));
	if (default_home(&usual) == KVK_OK)
		out->usual = kvk_span_equal(kvk_span_of_blob(&path), kvk_span_of_blob(&usual));
	out->surprising = named == NULL && is_surprising(&path);
	out->path = path;
	path = (struct kvk_blob){ 0 };
out:
	kvk_blob_free(&usual);
	kvk_blob_free(&path);
	return err;
}

/* Why the home is none to work in; errno is that of the failure. */
static enum kvk_err set_home_error(enum kvk_err err, const char *home, struct kvk_error *why)
{
	const int cause = errno;
	char safe[256];

	if (err == KVK_ERR_UNSAFE)
		return kvk_error_set_file(why, err, home, 0);
	return kvk_error_set(why, KVK_ERR_CREATE,
		_("the home folder '%s' cannot be created: %s; use --home DIR for another folder"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(home)), strerror(cause));
}

/* What came of making or looking at the home. */
static enum kvk_err usable(enum kvk_err err, const char *home, struct kvk_error *why)
{
	return err == KVK_OK ? KVK_OK : set_home_error(err, home, why);
}

static enum kvk_err make_folder(const char *path)
{
	enum kvk_err err;

	KVK_TRY(kvk_dir_make(path, 0700));
	KVK_TRY(kvk_dir_check(path));
out:
	return err;
}

static enum kvk_err look_at_folder(const char *path)
{
	enum kvk_err err;

	KVK_TRY(kvk_dir_look(path));
	if (kvk_path_exists(path))
		KVK_TRY(kvk_dir_check(path));
out:
	return err;
}

enum kvk_err kvk_home_make(const struct kvk_home *home, struct kvk_error *why)
{
	const char *path = kvk_home_text(home);
	enum kvk_err err;

	KVK_TRY(kvk_inventory_check_path(path, why));
	KVK_TRY(usable(make_folder(path), path, why));
out:
	return err;
}

enum kvk_err kvk_home_look(const struct kvk_home *home, struct kvk_error *why)
{
	const char *path = kvk_home_text(home);
	enum kvk_err err;

	KVK_TRY(kvk_inventory_check_path(path, why));
	KVK_TRY(usable(look_at_folder(path), path, why));
out:
	return err;
}

enum kvk_err kvk_home_path(
	const struct kvk_home *home, const char *folder, const char *name, struct kvk_blob *out)
{
	struct kvk_blob joined = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(out, kvk_home_text(home), folder));
	if (name == NULL)
		goto out;
	KVK_TRY(kvk_path_join(&joined, kvk_blob_str(out), name));
	kvk_blob_free(out);
	*out = joined;
	joined = (struct kvk_blob){ 0 };
out:
	kvk_blob_free(&joined);
	return err;
}

enum kvk_err kvk_home_part(
	const struct kvk_home *home, const char *name, struct kvk_blob *out, struct kvk_error *why)
{
	const enum kvk_err err = kvk_home_path(home, name, NULL, out);

	if (err == KVK_ERR_LIMIT)
		(void)kvk_inventory_check_path(kvk_home_text(home), why);
	return err;
}

const char *kvk_home_text(const struct kvk_home *home)
{
	return kvk_blob_str(&home->path);
}

void kvk_home_free(struct kvk_home *home)
{
	if (home != NULL)
		kvk_blob_free(&home->path);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/passed.h"
#include "base/path.h"

/* What is noted of files and folders (kvk_finds_first()). */
enum mark {
	/* A folder was searched for links. */
	MARK_SEARCHED,
	/* A folder was read. */
	MARK_READ,
	/* Links lead to files, or to folders, in a folder. */
	MARK_TARGETS,
	MARK_VERSIONS,
};

/* One walk, of one of its two turns. */
struct walk {
	struct kvk_scan *scan;
	/* What is done with each name of a folder. */
	enum kvk_err (*visit)(
		struct walk *walk, DIR *dir, const char *path, const struct dirent *entry);
	unsigned depth;
	/* Links lead to files, or to folders, in the folder that is read. */
	bool beside_target, beside_folder;
	/* What is read lies in a folder beside one that a link leads to. */
	bool in_version;
};

static struct kvk_file_id id_of(const struct stat *st)
{
	return (struct kvk_file_id){ st->st_dev, st->st_ino };
}

/* Calls visit for each name in a folder that is open. */
static enum kvk_err each_name(struct walk *walk, DIR *dir, const char *folder)
{
	struct kvk_blob path = { 0 };
	const struct dirent *entry;
	enum kvk_err err = KVK_OK;

	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		/* A path that is too long to be watched. */
		err = kvk_path_join(&path, folder, entry->d_name);
		KVK_TRY(err == KVK_ERR_LIMIT ? kvk_scan_unreadable(walk->scan, err, folder, NULL) :
					       err);
		if (path.n > 0)
			KVK_TRY(walk->visit(walk, dir, kvk_blob_str(&path), entry));
	}
	err = KVK_OK;
out:
	kvk_blob_free(&path);
	return err;
}

/* Opens a folder that is not one of the system; *out is NULL where it is passed over. */
static enum kvk_err open_folder(const char *path, DIR **out, struct stat *st)
{
	DIR *dir = opendir(path);

	*out = NULL;
	if (dir == NULL)
		return errno == ENOMEM ? KVK_ERR_MEMORY : KVK_ERR_OPEN;
	if (fstat(dirfd(dir), st) != 0 || kvk_passed_system(dirfd(dir), st)) {
		closedir(dir);
		return KVK_OK;
	}
	*out = dir;
	return KVK_OK;
}

/* Notes in which folder the target of a link lies, which is one itself or a file. */
static enum kvk_err note_beside(struct walk *walk, char *target, bool is_folder)
{
	char *slash = strrchr(target, '/');
	struct kvk_file_id id;
	struct stat st;
	bool first;

	slash[slash == target ? 1 : 0] = '\0';
	if (stat(target, &st) != 0)
		return KVK_OK;
	id = id_of(&st);
	return kvk_finds_first(
		walk->scan->finds, is_folder ? MARK_VERSIONS : MARK_TARGETS, &id, &first);
}

/* Whether a link leads to a folder that it lies in: what is there is met anyway. */
static bool is_loop(const char *link, const char *target)
{
	const size_t n = strlen(target);
	struct kvk_blob folder = { 0 };
	char *real = NULL;
	bool loop = false;

	if (kvk_blob_append(&folder, kvk_path_parent(kvk_span_of(link))) == KVK_OK)
		real = realpath(kvk_blob_str(&folder), NULL);
	if (real != NULL)
		loop = strncmp(real, target, n) == 0 &&
			(real[n] == '\0' || real[n] == '/' || target[n - 1] == '/');
	free(real);
	kvk_blob_free(&folder);
	return loop;
}

/* The first turn: searches a folder, and what links lead to, for links. */
static enum kvk_err search_folder(struct walk *walk, const char *path)
{
	struct kvk_file_id id;
	bool first = false;
	DIR *dir = NULL;
	struct stat st;
	enum kvk_err err;

	/* What cannot be read is named in the second turn. */
	if (walk->depth == KVK_LIMIT_FOLDER_DEPTH || open_folder(path, &dir, &st) != KVK_OK ||
		dir == NULL)
		return KVK_OK;
	walk->depth++;
	id = id_of(&st);
	KVK_TRY(kvk_finds_first(walk->scan->finds, MARK_SEARCHED, &id, &first));
	if (first)
		KVK_TRY(each_name(walk, dir, path));
out:
	closedir(dir);
	walk->depth--;
	return err;
}

static enum kvk_err note_target(
	struct walk *walk, const char *link, char *target, const struct stat *st)
{
	const struct kvk_file_id id = id_of(st);
	enum kvk_err err;

	walk->scan->targets = true;
	KVK_TRY(kvk_finds_add_target(walk->scan->finds, &id, link));
	KVK_TRY(note_beside(walk, target, S_ISDIR(st->st_mode)));
	if (S_ISDIR(st->st_mode))
		err = search_folder(walk, link);
out:
	return err;
}

static enum kvk_err search_link(struct walk *walk, const char *link)
{
	char *target = realpath(link, NULL);
	enum kvk_err err = KVK_OK;
	struct stat st;

	if (target != NULL && stat(target, &st) == 0 &&
		(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) && !is_loop(link, target))
		err = note_target(walk, link, target, &st);
	free(target);
	return err;
}

static enum kvk_err search(
	struct walk *walk, DIR *dir, const char *path, const struct dirent *entry)
{
	enum kvk_passed kind;
	struct stat st;

	/* Most are known to be no links without being asked. */
	if (entry->d_type == DT_REG || kvk_passed_by_name(entry->d_name, &kind) ||
		fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return KVK_OK;
	if (S_ISDIR(st.st_mode))
		return search_folder(walk, path);
	return S_ISLNK(st.st_mode) ? search_link(walk, path) : KVK_OK;
}

/* The second turn: reads a folder that is open, unless that was done. */
static enum kvk_err read_names(struct walk *walk, DIR *dir, const char *path, const struct stat *st)
{
	const struct walk before = *walk;
	const struct kvk_file_id id = id_of(st);
	bool first;
	enum kvk_err err;

	KVK_TRY(kvk_finds_first(walk->scan->finds, MARK_READ, &id, &first));
	if (!first)
		return kvk_scan_pass(walk->scan, KVK_PASSED_LINKED, path);
	walk->depth++;
	KVK_TRY(kvk_finds_noted(walk->scan->finds, MARK_TARGETS, &id, &walk->beside_target));
	KVK_TRY(kvk_finds_noted(walk->scan->finds, MARK_VERSIONS, &id, &walk->beside_folder));
	KVK_TRY(each_name(walk, dir, path));
out:
	*walk = before;
	return err;
}

static enum kvk_err read_folder(struct walk *walk, const char *path)
{
	DIR *dir = NULL;
	struct stat st;
	enum kvk_err err;

	if (walk->depth == KVK_LIMIT_FOLDER_DEPTH)
		return kvk_scan_unreadable(walk->scan, KVK_ERR_LIMIT, path, NULL);
	err = open_folder(path, &dir, &st);
	if (err == KVK_ERR_OPEN && walk->depth > 0)
		return kvk_scan_unreadable(walk->scan, err, path, NULL);
	KVK_TRY(err);
	if (dir == NULL)
		return walk->depth > 0 ? kvk_scan_pass(walk->scan, KVK_PASSED_SYSTEM, path) :
					 KVK_ERR_ARGUMENT;
	err = read_names(walk, dir, path, &st);
	closedir(dir);
out:
	return err;
}

/* Reads a folder as one version of several, or not. */
static enum kvk_err read_version(struct walk *walk, const char *path, bool is_version)
{
	const bool before = walk->in_version;
	enum kvk_err err;

	walk->in_version = is_version;
	err = read_folder(walk, path);
	walk->in_version = before;
	return err;
}

/* Whether a link leads to what has this identity; *link is then its path. */
static enum kvk_err find_link(
	struct walk *walk, const struct kvk_file_id *id, struct kvk_blob *link, bool *found)
{
	enum kvk_err err;

	*found = false;
	if (!walk->scan->targets)
		return KVK_OK;
	err = kvk_finds_target(walk->scan->finds, id, link);
	*found = err == KVK_OK;
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

/* A file or folder that is met by itself. */
static enum kvk_err read_real(struct walk *walk, const char *path, const struct stat *st)
{
	const struct kvk_file_id id = id_of(st);
	struct kvk_blob link = { 0 };
	bool linked;
	enum kvk_err err;

	KVK_TRY(find_link(walk, &id, &link, &linked));
	if (linked) {
		/* A folder whose link lies in it would never be read. */
		if (S_ISDIR(st->st_mode))
			err = kvk_finds_postpone(walk->scan->finds, &id, path);
		else
			err = kvk_scan_pass(walk->scan, KVK_PASSED_LINKED, path);
	} else if (S_ISDIR(st->st_mode)) {
		err = read_version(walk, path, walk->in_version || walk->beside_folder);
	} else {
		err = kvk_scan_file(walk->scan, path, walk->beside_target || walk->in_version);
	}
out:
	kvk_blob_free(&link);
	return err;
}

static enum kvk_err read_link(struct walk *walk, const char *path)
{
	struct kvk_blob first = { 0 };
	struct kvk_file_id id;
	struct stat st;
	bool linked;
	enum kvk_err err;

	if (stat(path, &st) != 0)
		return kvk_scan_pass(walk->scan, KVK_PASSED_DANGLING, path);
	if (S_ISREG(st.st_mode))
		return kvk_scan_file(walk->scan, path, walk->beside_target);
	if (!S_ISDIR(st.st_mode))
		return kvk_scan_pass(walk->scan, KVK_PASSED_SPECIAL, path);
	id = id_of(&st);
	KVK_TRY(find_link(walk, &id, &first, &linked));
	/* Of several links to one folder the first by name counts; it may be one that is never
	 * met, where the folder that it lies in has another name by then. */
	if (!linked)
		err = kvk_scan_pass(walk->scan, KVK_PASSED_LINKED, path);
	else if (strcmp(kvk_blob_str(&first), path) == 0)
		err = read_version(walk, path, false);
	else
		err = kvk_finds_postpone(walk->scan->finds, &id, path);
out:
	kvk_blob_free(&first);
	return err;
}

/* A dossier is the business of `accept` and of its own entry. */
static bool is_own(const struct walk *walk, const struct stat *st)
{
	static const char *const folders[] = { KVK_HOME_DOSSIERS, KVK_HOME_ARCHIVE };
	struct kvk_blob path = { 0 };
	struct stat own;
	bool same = false;

	for (size_t i = 0; i < sizeof folders / sizeof folders[0] && !same; i++)
		same = kvk_home_path(walk->scan->home, folders[i], NULL, &path) == KVK_OK &&
			stat(kvk_blob_str(&path), &own) == 0 && own.st_dev == st->st_dev &&
			own.st_ino == st->st_ino;
	kvk_blob_free(&path);
	return same;
}

static enum kvk_err read_entry(
	struct walk *walk, DIR *dir, const char *path, const struct dirent *entry)
{
	enum kvk_passed kind;
	struct stat st;

	if (kvk_passed_by_name(entry->d_name, &kind))
		return kvk_scan_pass(walk->scan, kind, path);
	if (entry->d_type == DT_REG && !walk->scan->targets)
		return kvk_scan_file(walk->scan, path, false);
	if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return KVK_OK;
	if (S_ISLNK(st.st_mode))
		return read_link(walk, path);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return kvk_scan_pass(walk->scan, KVK_PASSED_SPECIAL, path);
	if (S_ISDIR(st.st_mode) && walk->scan->home != NULL && is_own(walk, &st))
		return kvk_scan_pass(walk->scan, KVK_PASSED_OWN, path);
	return read_real(walk, path, &st);
}

/* Reads the folders that no first link was met of. */
static enum kvk_err read_postponed(struct walk *walk)
{
	struct kvk_blob path = { 0 };
	struct kvk_file_id id;
	bool done;
	enum kvk_err err;

	for (;;) {
		err = kvk_finds_take_postponed(walk->scan->finds, &id, &path);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		KVK_TRY(kvk_finds_noted(walk->scan->finds, MARK_READ, &id, &done));
		/* The folder at the top is no part of what lies in a folder. */
		walk->depth = 1;
		KVK_TRY(done ? kvk_scan_pass(walk->scan, KVK_PASSED_LINKED, kvk_blob_str(&path)) :
			       read_folder(walk, kvk_blob_str(&path)));
	}
	err = KVK_OK;
out:
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_scan_folder(struct kvk_scan *scan, const char *folder)
{
	struct walk walk = { .scan = scan, .visit = search };
	enum kvk_err err;

	KVK_TRY(search_folder(&walk, folder));
	walk.visit = read_entry;
	walk.depth = 0;
	KVK_TRY(read_folder(&walk, folder));
	KVK_TRY(read_postponed(&walk));
out:
	return err;
}

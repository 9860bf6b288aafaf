/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/schedule_system.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/systemctl.h"
#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"

#define STAMP "/var/lib/systemd/timers/stamp-" KVK_SCHEDULE_TIMER

bool kvk_schedule_has_systemd(bool user)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	struct kvk_blob path = { 0 };
	bool has;

	if (!kvk_path_is_folder("/run/systemd/system"))
		return false;
	if (!user)
		return true;
	has = runtime != NULL && kvk_path_join(&path, runtime, "systemd") == KVK_OK &&
		kvk_path_is_folder(kvk_blob_str(&path));
	kvk_blob_free(&path);
	return has;
}

bool kvk_schedule_has_cron(void)
{
	return kvk_path_is_folder("/etc/cron.d");
}

bool kvk_schedule_has_mailer(void)
{
	return access("/usr/sbin/sendmail", X_OK) == 0 || access("/usr/lib/sendmail", X_OK) == 0;
}

bool kvk_schedule_lingers(void)
{
	const struct passwd *user = getpwuid(geteuid());
	struct kvk_blob path = { 0 };
	bool lingers;

	lingers = user != NULL &&
		kvk_path_join(&path, "/var/lib/systemd/linger", user->pw_name) == KVK_OK &&
		kvk_path_exists(kvk_blob_str(&path));
	kvk_blob_free(&path);
	return lingers;
}

/* An error of a file that was to be written or removed. */
static enum kvk_err cannot(enum kvk_err err, const char *path, struct kvk_error *why)
{
	kvk_error_set_file(why, err, path, 0);
	return KVK_ERR_CREATE;
}

static bool is_as_it_should_be(const struct kvk_schedule_file *file)
{
	struct kvk_blob found = { 0 };
	const bool is =
		kvk_file_read(kvk_blob_str(&file->path), KVK_LIMIT_CONFIG, 0, &found) == KVK_OK &&
		kvk_span_equal(kvk_span_of_blob(&found), kvk_span_of_blob(&file->text));

	kvk_blob_free(&found);
	return is;
}

enum kvk_err kvk_schedule_write_file(const struct kvk_schedule_file *file, struct kvk_error *why)
{
	const char *path = kvk_blob_str(&file->path);
	struct kvk_blob folder = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_set(&folder, kvk_path_parent(kvk_span_of_blob(&file->path))));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&folder), 0755));
	KVK_TRY(kvk_file_replace(path, 0644, kvk_span_of_blob(&file->text)));
out:
	kvk_blob_free(&folder);
	return err == KVK_OK || err == KVK_ERR_MEMORY ? err : cannot(err, path, why);
}

enum kvk_err kvk_schedule_write(
	const struct kvk_schedule *schedule, bool *changed, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	*changed = false;
	for (size_t i = 0; i < schedule->count; i++) {
		if (is_as_it_should_be(&schedule->files[i]))
			continue;
		*changed = true;
		KVK_TRY(kvk_schedule_write_file(&schedule->files[i], why));
	}
out:
	return err;
}

enum kvk_err kvk_schedule_enable(const struct kvk_schedule *schedule, struct kvk_error *why)
{
	const bool user = schedule->kind == KVK_SCHEDULE_USER;
	enum kvk_err err = KVK_OK;

	if (schedule->kind == KVK_SCHEDULE_CRON)
		return KVK_OK;
	KVK_TRY(kvk_systemctl_order(user, "daemon-reload", NULL, NULL, why));
	KVK_TRY(kvk_systemctl_order(user, "enable", "--now", KVK_SCHEDULE_TIMER, why));
out:
	return err;
}

bool kvk_schedule_exists(const struct kvk_schedule *schedule)
{
	for (size_t i = 0; i < schedule->count; i++)
		if (kvk_path_exists(kvk_blob_str(&schedule->files[i].path)))
			return true;
	return false;
}

static enum kvk_err remove_file(const char *path, struct kvk_error *why)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return KVK_OK;
	return cannot(KVK_ERR_WRITE, path, why);
}

/* The link by which the timer is enabled, where systemd does not run and so removes none. */
static enum kvk_err remove_link(const struct kvk_schedule *schedule, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 }, path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_set(&folder, kvk_path_parent(kvk_span_of_blob(&schedule->files[0].path))));
	KVK_TRY(kvk_path_join(
		&path, kvk_blob_str(&folder), "timers.target.wants/" KVK_SCHEDULE_TIMER));
	KVK_TRY(remove_file(kvk_blob_str(&path), why));
out:
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
	return err;
}

/* When the timer last ran, which systemd keeps in a file. */
static enum kvk_err remove_stamp(bool user, struct kvk_error *why)
{
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");
	struct kvk_blob path = { 0 };
	enum kvk_err err = KVK_OK;

	if (!user)
		return remove_file(STAMP, why);
	if (data != NULL && data[0] == '/')
		KVK_TRY(kvk_path_join(&path, data, "systemd/timers/stamp-" KVK_SCHEDULE_TIMER));
	else if (home != NULL && home[0] == '/')
		KVK_TRY(kvk_path_join(
			&path, home, ".local/share/systemd/timers/stamp-" KVK_SCHEDULE_TIMER));
	else
		goto out;
	KVK_TRY(remove_file(kvk_blob_str(&path), why));
out:
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_schedule_remove(const struct kvk_schedule *schedule, struct kvk_error *why)
{
	const bool user = schedule->kind == KVK_SCHEDULE_USER;
	const bool systemd = schedule->kind != KVK_SCHEDULE_CRON && kvk_schedule_has_systemd(user);
	enum kvk_err err = KVK_OK;
	int status;

	if (systemd)
		KVK_TRY(kvk_systemctl_order(user, "disable", "--now", KVK_SCHEDULE_TIMER, why));
	for (size_t i = 0; i < schedule->count; i++)
		KVK_TRY(remove_file(kvk_blob_str(&schedule->files[i].path), why));
	if (schedule->kind != KVK_SCHEDULE_CRON) {
		KVK_TRY(remove_link(schedule, why));
		KVK_TRY(remove_stamp(user, why));
	}
	if (systemd) {
		KVK_TRY(kvk_systemctl_order(user, "daemon-reload", NULL, NULL, why));
		/* Of a unit that did not fail nothing is kept, and it says so. */
		KVK_TRY(kvk_systemctl(user, "reset-failed", "kvkcsr-*", NULL, &status, why));
	}
out:
	return err;
}

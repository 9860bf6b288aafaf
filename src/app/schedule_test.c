/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/schedule_system.h: whether a channel works from where the check will run. */
#include "config.h"

#include "app/schedule_system.h"

#include <unistd.h>

#include "app/systemctl.h"
#include "base/tool.h"

/* cron confines nothing. */
static enum kvk_err test_here(
	const struct kvk_schedule_order *order, const char *channel, bool *works)
{
	struct kvk_blob self = { 0 };
	enum kvk_err err;
	int status;

	KVK_TRY(kvk_tool_self(&self));
	{
		const char *const arguments[] = { kvk_blob_str(&self), "notify", "test", channel,
			"--home", kvk_home_text(order->home),
			order->config != NULL ? "--config" : NULL, order->config, NULL };

		KVK_TRY(kvk_tool_run(arguments, NULL, &status));
	}
	*works = status == 0;
out:
	kvk_blob_free(&self);
	return err;
}

/* What the unit has just said. */
static void show_journal(bool user, const char *unit)
{
	const char *const arguments[] = { "journalctl", user ? "--user-unit" : "--unit", unit,
		"--quiet", "--no-pager", "--output=cat", "--since=-10s", NULL };
	int status;

	(void)kvk_tool_run(arguments, NULL, &status);
}

static enum kvk_err run_unit(const struct kvk_schedule *schedule, const char *channel, bool *works,
	struct kvk_error *why)
{
	const bool user = schedule->kind == KVK_SCHEDULE_USER;
	struct kvk_blob unit = { 0 };
	enum kvk_err err;
	int status;

	KVK_TRY(kvk_blob_append_format(&unit, "kvkcsr-test@%s.service", channel));
	KVK_TRY(kvk_systemctl_order(user, "daemon-reload", NULL, NULL, why));
	KVK_TRY(kvk_systemctl(user, "start", kvk_blob_str(&unit), NULL, &status, why));
	*works = status == 0;
	if (*works)
		goto out;
	show_journal(user, kvk_blob_str(&unit));
	KVK_TRY(kvk_systemctl(user, "reset-failed", kvk_blob_str(&unit), NULL, &status, why));
out:
	kvk_blob_free(&unit);
	return err;
}

enum kvk_err kvk_schedule_test(const struct kvk_schedule_order *order,
	const struct kvk_schedule *schedule, const char *channel, bool *works,
	struct kvk_error *why)
{
	enum kvk_err err, reloaded = KVK_OK;

	if (schedule->kind == KVK_SCHEDULE_CRON)
		return test_here(order, channel, works);
	KVK_TRY(kvk_schedule_write_file(&schedule->test, why));
	err = run_unit(schedule, channel, works, why);
	(void)unlink(kvk_blob_str(&schedule->test.path));
	reloaded = kvk_systemctl_order(schedule->kind == KVK_SCHEDULE_USER, "daemon-reload", NULL,
		NULL, err == KVK_OK ? why : NULL);
out:
	return err != KVK_OK ? err : reloaded;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/systemctl.h"

#include "base/tool.h"

enum kvk_err kvk_systemctl(
	bool user, const char *a, const char *b, const char *c, int *status, struct kvk_error *why)
{
	const char *const arguments[] = { "systemctl", user ? "--user" : "--system", "--quiet", a,
		b, c, NULL };
	const enum kvk_err err = kvk_tool_run(arguments, NULL, status);

	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	return kvk_error_set(why, KVK_ERR_REFUSED, _("systemctl(1) cannot be run"));
}

enum kvk_err kvk_systemctl_order(
	bool user, const char *a, const char *b, const char *c, struct kvk_error *why)
{
	enum kvk_err err;
	int status;

	KVK_TRY(kvk_systemctl(user, a, b, c, &status, why));
	if (status != 0)
		err = kvk_error_set(why, KVK_ERR_REFUSED,
			_("'systemctl %s' failed with exit status %d"), a, status);
out:
	return err;
}

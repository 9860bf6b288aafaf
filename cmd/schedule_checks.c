/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/schedule_checks.h"

#include <unistd.h>

#include "app/schedule_system.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/step.h"

/* KVK_EXIT_CREATE where the check would run twice, from systemd and from cron. */
static enum kvk_exit check_other(enum kvk_schedule_kind kind)
{
	struct kvk_schedule other = { .count = 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code = KVK_GO_ON;

	if (kind == KVK_SCHEDULE_USER)
		return KVK_GO_ON;
	KVK_STEP(kvk_step(kvk_schedule_paths(kind == KVK_SCHEDULE_CRON ? KVK_SCHEDULE_SYSTEM :
									 KVK_SCHEDULE_CRON,
				  &other, &why),
		&why));
	if (kvk_schedule_exists(&other)) {
		kvk_warn(kind == KVK_SCHEDULE_CRON ?
				_("systemd already runs the daily check; run 'kvkcsr schedule "
				  "remove' first") :
				_("cron already runs the daily check; run 'kvkcsr schedule "
				  "remove' first"));
		code = KVK_EXIT_CREATE;
	}
out:
	kvk_schedule_free(&other);
	return code;
}

/* Whether a unit could use the home, the program and the configuration. */
static enum kvk_exit check_obstacle(const struct kvk_schedule_order *order)
{
	struct kvk_blob obstacle = { 0 };
	enum kvk_exit code;
	char safe[256];

	KVK_STEP(kvk_step(kvk_schedule_obstacle(order, &obstacle), NULL));
	if (obstacle.n > 0) {
		kvk_warn(_("the unit has its own '/tmp', so it cannot use '%s'; use another "
			   "folder"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&obstacle)));
		code = KVK_EXIT_CREATE;
	}
out:
	kvk_blob_free(&obstacle);
	return code;
}

enum kvk_exit kvk_schedule_checks_place(const struct kvk_schedule_order *order)
{
	const enum kvk_schedule_kind kind = order->kind;
	enum kvk_exit code;

	if (kind != KVK_SCHEDULE_USER && geteuid() != 0) {
		kvk_warn(_("only root can install a schedule for the system; run this as root, or "
			   "use --user"));
		return KVK_EXIT_CREATE;
	}
	if (kind == KVK_SCHEDULE_USER && !kvk_schedule_has_systemd(true)) {
		kvk_warn(_("systemd does not run units for you here; log in directly, not with su "
			   "or sudo, and try again"));
		return KVK_EXIT_CREATE;
	}
	if (kind == KVK_SCHEDULE_CRON && !kvk_schedule_has_cron()) {
		kvk_warn(_("neither systemd nor cron runs here: there is no folder '/etc/cron.d'"));
		return KVK_EXIT_CREATE;
	}
	KVK_STEP(check_other(kind));
	code = check_obstacle(order);
out:
	return code;
}

enum kvk_exit kvk_schedule_checks_hidden(enum kvk_schedule_kind kind, const struct kvk_store *store)
{
	struct kvk_blob hidden = { 0 };
	enum kvk_exit code = KVK_EXIT_OK;

	if (store->inventory == NULL)
		return code;
	if (kvk_schedule_hidden(kind, store->inventory, &hidden) == KVK_OK && hidden.n > 0) {
		kvk_blob_append_byte(&hidden, '\0');
		hidden.p[hidden.n - 2] = '\0';
		kvk_warn(_("the daily check cannot read these tracked files, so nobody will be "
			   "warned about them in time; make each readable, or move it, run 'kvkcsr "
			   "track' with its new path and 'kvkcsr untrack' with its old "
			   "name:\n%s"),
			kvk_blob_str(&hidden));
		code = KVK_EXIT_WARNING;
	}
	kvk_blob_free(&hidden);
	return code;
}

enum kvk_exit kvk_schedule_checks_channels(
	enum kvk_schedule_kind kind, const struct kvk_schedule_channels *channels)
{
	if (channels->sendmail && kind != KVK_SCHEDULE_CRON)
		kvk_warn(_("notify.mail.sendmail does not work in a systemd unit; set "
			   "notify.mail.smtp, the address of a mail server, instead"));
	if (channels->count > 0)
		return KVK_EXIT_OK;
	if (channels->sendmail)
		return KVK_EXIT_WARNING;
	if (kind == KVK_SCHEDULE_CRON && kvk_schedule_has_mailer())
		kvk_warn(_("no notification channel is set: cron mails the warnings to root, if "
			   "this system can send mail; see kvkcsr.cfg(5)"));
	else
		kvk_warn(_(
			"no notification channel is set, so nobody will be warned; set one in the "
			"configuration, for example notify: { mail: { to = [ "
			"\"beheer@voorbeeld.nl\" ]; from = \"kvkcsr@voorbeeld.nl\"; smtp = "
			"\"smtp://mail.voorbeeld.nl:587\"; }; }; and run 'kvkcsr schedule install' "
			"again (see kvkcsr.cfg(5))"));
	return KVK_EXIT_WARNING;
}

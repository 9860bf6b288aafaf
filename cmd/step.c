/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/step.h"

#include "base/escape.h"
#include "base/i18n.h"
#include "base/output.h"
#include "cli/terminal.h"

enum kvk_exit kvk_step(enum kvk_err err, const struct kvk_error *why)
{
	if (err == KVK_OK)
		return KVK_GO_ON;
	kvk_warn("%s", why->text[0] != '\0' ? why->text : kvk_error_text(err));
	return kvk_exit_of(err);
}

void kvk_warn_home(const struct kvk_home *home)
{
	char safe[256];

	if (home->surprising)
		kvk_warn(_("using '%s', the home folder of root; use another folder with --home "
			   "DIR"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&home->path)));
}

void kvk_warn_key_readable(const char *path)
{
	char safe[256];

	kvk_warn(_("advice: key: other users can read the private key '%s'; run chmod 600 on it"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

enum kvk_exit kvk_step_store_open(const char *home, bool make, struct kvk_store *out)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_store_open(home, make, out, &why);

	kvk_warn_home(&out->home);
	return kvk_step(err, &why);
}

enum kvk_exit kvk_step_store_look(const char *home, struct kvk_store *out)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_store_look(home, out, &why);

	kvk_warn_home(&out->home);
	return kvk_step(err, &why);
}

enum kvk_exit kvk_step_inventory(enum kvk_err err)
{
	struct kvk_error why = { "" };

	return kvk_step(kvk_store_error(err, &why), &why);
}

enum kvk_exit kvk_step_now(kvk_time *out)
{
	if (kvk_time_now(out) == KVK_OK)
		return KVK_GO_ON;
	kvk_warn(_("cannot read the clock"));
	return KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_step_at(struct kvk_time_option *at)
{
	return at->has ? KVK_GO_ON : kvk_step_now(&at->time);
}

void kvk_warn_stale(const struct kvk_schedule_state *state)
{
	char text[KVK_TIME_TEXT_SIZE];

	if (state->has_last)
		kvk_warn(_("the last check was at %s, more than two days ago; 'kvkcsr schedule "
			   "status' shows whether it runs daily"),
			kvk_time_text(state->last, text));
	else
		kvk_warn(_("the daily check was installed more than two days ago, but has never "
			   "run"));
}

struct kvk_paper kvk_step_paper(const char *color)
{
	return (struct kvk_paper){ .width = kvk_output_width(), .colour = kvk_colour(color) };
}

enum kvk_exit kvk_step_named(struct kvk_inventory *inventory, const struct kvk_vec *silenced,
	kvk_time now, enum kvk_exit code)
{
	const enum kvk_exit failed =
		kvk_step_inventory(kvk_silenced_named(inventory, silenced, now));

	return failed == KVK_GO_ON ? code : failed;
}

enum kvk_exit kvk_step_write(enum kvk_err rendered, struct kvk_blob *out, enum kvk_exit code)
{
	if (rendered != KVK_OK || !kvk_write(out))
		code = KVK_EXIT_UNKNOWN;
	kvk_blob_free(out);
	return code;
}

enum kvk_exit kvk_step_assess(
	struct kvk_store *store, const struct kvk_entries_scope *scope, struct kvk_views *views)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_entries_assess(store, scope, views, &why);
	char safe[256];

	if (err == KVK_OK && views->all == 0)
		kvk_warn(_("nothing is tracked in '%s'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(kvk_home_text(&store->home))));
	return kvk_step(err, &why);
}

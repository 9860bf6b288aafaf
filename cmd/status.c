/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>
#include <unistd.h>

#include "app/complete.h"
#include "app/entries.h"
#include "app/life.h"
#include "app/schedule_system.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "dossier/stray.h"
#include "report/entries.h"
#include "report/life.h"
#include "report/schedule.h"

struct status_config {
	struct kvk_common common;
	struct kvk_time_option at;
};

static const struct kvk_option options[] = {
	OPT_TIME(struct status_config, at, "at", 0, N_("TIME"),
		N_("show the state at this time (default: now)")),
	OPT_HOME(struct status_config),
	OPT_CONFIG(struct status_config),
	OPT_COLOR(struct status_config),
	OPT_JSON(struct status_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "status",
	.synopsis = N_("[OPTION]... [NAME]"),
	.summary = N_("list all tracked certificates, the most urgent first"),
	.details = N_("Nothing is changed and no notifications are sent. The exit status is that "
		      "of the most urgent certificate: 0 fine, 1 warning, 2 critical or expired, 3 "
		      "a file could not be read, or there is no inventory.\n\n"
		      "With NAME, everything that is known about that entry is listed, and its "
		      "history: one line for each event, beginning with its time."),
	.options = options,
	.maximum = 1,
};

static enum kvk_exit show(const struct status_config *config, const struct kvk_views *views)
{
	const struct kvk_paper paper = kvk_step_paper(config->common.color);
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	if (config->common.json)
		err = kvk_entries_json(views, config->at.time, &out);
	else if (views->all > 0)
		err = kvk_entries_text(views, &paper, &out);
	return kvk_step_write(err, &out, kvk_views_code(views));
}

/* Dossiers that no entry stands for would be forgotten, with the keys in them. */
static void warn_strays(const char *dossiers, const struct kvk_strays *strays)
{
	char safe[256];

	if (strays->count == 0)
		return;
	kvk_warn(kvk_ngettext("%lu dossier in '%s' has no entry in the inventory: '%s'",
			 "%lu dossiers in '%s' have no entry in the inventory; '%s' is the first",
			 (unsigned long)strays->count),
		(unsigned long)strays->count,
		kvk_escape_to(safe, sizeof safe, kvk_span_of(dossiers)), strays->name);
	kvk_warn(_("this happens after an interrupted run, or when the inventory was lost; "
		   "'kvkcsr adopt' enters what is there"));
}

static void look_for_strays(struct kvk_store *store)
{
	struct kvk_blob dossiers = { 0 };
	struct kvk_strays strays = { 0 };
	kvk_time now;
	enum kvk_err err;

	KVK_TRY(kvk_time_now(&now));
	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, NULL, &dossiers));
	KVK_TRY(kvk_strays_find(store->inventory, kvk_blob_str(&dossiers), now, &strays));
	warn_strays(kvk_blob_str(&dossiers), &strays);
out:
	if (err != KVK_OK)
		kvk_warn_error(err, kvk_blob_str(&dossiers));
	kvk_blob_free(&dossiers);
}

/* Where the check runs daily, when that was and will be; and a warning where it does not run. */
static enum kvk_exit show_schedule(
	const struct status_config *config, struct kvk_inventory *inventory, enum kvk_exit code)
{
	const struct kvk_paper paper = kvk_step_paper(config->common.color);
	struct kvk_schedule_state state = { .installed = false };
	struct kvk_blob out = { 0 };
	const kvk_time now = config->at.time;
	enum kvk_err err;

	KVK_TRY(kvk_schedule_look(geteuid() != 0, false, inventory, now, &state, NULL));
	if (state.installed && !config->common.json) {
		const struct kvk_report_schedule report = {
			.has_last = state.has_last,
			.has_next = state.has_next,
			.last = state.last,
			.next = state.next,
			.now = now,
		};

		KVK_TRY(kvk_report_schedule_runs(&report, &paper, &out));
		code = kvk_step_write(KVK_OK, &out, code);
	}
	if (state.stale)
		kvk_warn_stale(&state);
out:
	/* What cannot be found out of the schedule changes nothing about the certificates. */
	(void)err;
	kvk_blob_free(&out);
	kvk_schedule_state_free(&state);
	return code;
}

/* The view of an entry; NULL where it was removed meanwhile. */
static const struct kvk_entry_view *find_view(const struct kvk_views *views, const char *name)
{
	for (size_t i = 0; i < views->list.count; i++)
		if (strcmp(kvk_view_at(views, i)->name, name) == 0)
			return kvk_view_at(views, i);
	return NULL;
}

static enum kvk_exit write_life(const struct status_config *config, const struct kvk_life *life,
	const struct kvk_entry_view *view)
{
	const struct kvk_paper paper = kvk_step_paper(config->common.color);
	const struct kvk_report_life report = {
		.entry = &life->entry,
		.view = view,
		.renewal = life->renewal,
		.events = &life->events,
		.earlier = life->earlier,
		.organisation = kvk_answer(&life->answers, KVK_FIELD_ORGANISATION),
		.kvk = kvk_answer(&life->answers, KVK_FIELD_KVK),
		.oin = kvk_answer(&life->answers, KVK_FIELD_OIN),
		.tsp = kvk_life_tsp(life),
		.spki_sha256 = life->has_key ? life->spki_sha256 : NULL,
		.files = &life->files,
	};
	struct kvk_blob out = { 0 };

	if (config->common.json && life->earlier > 0)
		kvk_warn(kvk_ngettext("%zu earlier event is not in 'history'",
				 "%zu earlier events are not in 'history'", life->earlier),
			life->earlier);
	return kvk_step_write(config->common.json ? kvk_report_life_json(&report, &out) :
						    kvk_report_life_text(&report, &paper, &out),
		&out, view->code);
}

/* All that is known of one entry. */
static enum kvk_exit show_life(const struct status_config *config, struct kvk_store *store,
	const struct kvk_views *views, const char *name)
{
	struct kvk_life life = KVK_LIFE_INIT;
	const struct kvk_entry_view *view = find_view(views, name);
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_step(kvk_life_read(store, name, &life, &why), &why));
	code = view != NULL ? write_life(config, &life, view) : KVK_EXIT_UNKNOWN;
out:
	kvk_life_free(&life);
	return code;
}

enum kvk_exit kvk_cmd_status(struct kvk_run *run)
{
	struct status_config config = { 0 };
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_threshold_days days;
	struct kvk_entries_scope scope = { .days = &days, .all = true };
	struct kvk_store store = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_at(&config.at));
	KVK_STEP(kvk_step(kvk_entries_thresholds(&run->settings, &days, &why), &why));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	kvk_complete_deliveries(&store);
	scope.at = config.at.time;
	scope.revocation = kvk_setting_boolean(&run->settings, "check.revocation", true);
	KVK_STEP(kvk_step_assess(&store, &scope, &views));
	code = run->count == 1 ? show_life(&config, &store, &views, run->arguments[0]) :
				 show_schedule(&config, store.inventory, show(&config, &views));
out:
	if (store.inventory != NULL)
		look_for_strays(&store);
	kvk_views_free(&views);
	kvk_store_close(&store);
	return code;
}

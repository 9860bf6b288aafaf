/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "base/i18n.h"
#include "app/store.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "report/changes.h"

struct uploaded_config {
	struct kvk_common common;
	struct kvk_time_option at;
};

static const struct kvk_option options[] = {
	OPT_TIME(struct uploaded_config, at, "at", 0, N_("TIME"),
		N_("when it was uploaded; without it, now")),
	OPT_HOME(struct uploaded_config),
	OPT_JSON(struct uploaded_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "uploaded",
	.synopsis = N_("[OPTION]... NAME"),
	.summary = N_("note that a certificate was uploaded to the portal"),
	.details = N_("From then on 'kvkcsr verify' knows that the portal would refuse the same\n"
		      "certificate a second time (message 15)."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

/* Notes it in a transaction that the caller opened. */
static enum kvk_exit note(
	struct kvk_store *store, const char *name, kvk_time at, struct kvk_entry *entry)
{
	enum kvk_exit code = kvk_store_find(store, name, entry);
	enum kvk_err err;

	if (code != KVK_GO_ON)
		return code;
	if (!entry->certificate.present) {
		kvk_warn(_("'%s' has no certificate yet: 'kvkcsr accept %s FILE' takes the "
			   "delivery"),
			entry->name, entry->name);
		return KVK_EXIT_USAGE;
	}
	entry->stage = KVK_STAGE_UPLOADED;
	entry->since = at;
	err = kvk_inventory_note_upload(
		store->inventory, entry->name, entry->certificate.sha256, at);
	if (err == KVK_OK)
		err = kvk_inventory_update(store->inventory, entry);
	return err == KVK_OK ? KVK_GO_ON : kvk_store_error(err);
}

static enum kvk_exit report(const struct uploaded_config *config, const struct kvk_entry *entry)
{
	char text[KVK_TIME_TEXT_SIZE];
	struct kvk_blob out = { 0 };
	enum kvk_err err;
	enum kvk_exit code = KVK_EXIT_OK;

	if (config->common.json)
		err = kvk_report_uploaded_json(entry, &out);
	else
		err = kvk_blob_format(&out, _("noted: '%s' was uploaded on %s\n"), entry->name,
			kvk_date_text(entry->since, text));
	if (err != KVK_OK || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
	kvk_blob_free(&out);
	return code;
}

static enum kvk_exit uploaded(
	const struct uploaded_config *config, struct kvk_store *store, const char *name)
{
	struct kvk_entry entry;
	enum kvk_err err = kvk_inventory_begin(store->inventory);
	enum kvk_exit code =
		err == KVK_OK ? note(store, name, config->at.time, &entry) : kvk_store_error(err);

	if (code != KVK_GO_ON) {
		kvk_inventory_rollback(store->inventory);
		return code;
	}
	err = kvk_inventory_commit(store->inventory);
	return err == KVK_OK ? report(config, &entry) : kvk_store_error(err);
}

enum kvk_exit kvk_cmd_uploaded(struct kvk_run *run)
{
	struct uploaded_config config = { 0 };
	struct kvk_store store = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	if (!config.at.has && kvk_time_now(&config.at.time) != KVK_OK)
		return KVK_EXIT_UNKNOWN;
	KVK_STEP(kvk_store_open(config.common.home, false, &store));
	code = uploaded(&config, &store, run->arguments[0]);
out:
	kvk_store_close(&store);
	return code;
}

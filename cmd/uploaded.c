/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cmd/inventory_open.h"
#include "cmd/options.h"
#include "cmd/terminal.h"

struct uploaded_config {
	struct kvk_common common;
	struct kvk_time_option at;
};

static const struct kvk_option options[] = {
	{ "at", 0, KVK_OPTION_TIME, N_("TIME"), N_("when it was uploaded; without it, now"),
		offsetof(struct uploaded_config, at), NULL, 0, 0 },
	KVK_ROW_HOME(struct uploaded_config),
	KVK_ROW_END,
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

static enum kvk_err note(struct kvk_store *store, struct kvk_entry *entry, kvk_time at)
{
	enum kvk_err err = kvk_inventory_begin(store->inventory);

	if (err != KVK_OK)
		return err;
	entry->stage = KVK_STAGE_UPLOADED;
	entry->since = at;
	err = kvk_inventory_note_upload(
		store->inventory, entry->name, entry->certificate.sha256, at);
	if (err == KVK_OK)
		err = kvk_inventory_update(store->inventory, entry);
	if (err == KVK_OK)
		return kvk_inventory_commit(store->inventory);
	kvk_inventory_rollback(store->inventory);
	return err;
}

static int uploaded(struct kvk_store *store, const char *name, kvk_time at)
{
	struct kvk_entry entry;
	char text[KVK_TIME_TEXT_SIZE];
	int code = kvk_store_find(store, name, &entry);
	enum kvk_err err;

	if (code != KVK_EXIT_OK)
		return code;
	if (!entry.certificate.present) {
		kvk_tell(_("'%s' has no certificate yet: 'kvkcsr accept %s FILE' takes the "
			   "delivery"),
			name, name);
		return KVK_EXIT_USAGE;
	}
	err = note(store, &entry, at);
	if (err != KVK_OK)
		return kvk_store_error(err);
	printf(_("noted: '%s' was uploaded on %s\n"), entry.name, kvk_date_text(at, text));
	return KVK_EXIT_OK;
}

int kvk_cmd_uploaded(int argc, char **argv)
{
	struct uploaded_config config = { 0 };
	struct kvk_store store;
	size_t count;
	int code = kvk_options_parse(&usage, argc, argv, &config, &count);

	if (code != KVK_GO_ON)
		return code;
	if (!config.at.has && kvk_time_now(&config.at.time) != KVK_OK)
		return KVK_EXIT_UNKNOWN;
	code = kvk_store_open(config.common.home, false, &store);
	if (code == KVK_EXIT_OK)
		code = uploaded(&store, argv[1], config.at.time);
	kvk_store_close(&store);
	return code;
}

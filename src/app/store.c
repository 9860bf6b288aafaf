/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/store.h"

#include <errno.h>
#include <string.h>

#include "base/escape.h"
#include "base/i18n.h"
#include "cli/options.h"
#include "cli/terminal.h"

enum kvk_exit kvk_store_error(enum kvk_err err)
{
	if (err == KVK_ERR_WRITE)
		kvk_warn(_("the inventory cannot be written: the disk may be full, or inventory.db "
			   "belong to somebody else"));
	else if (err == KVK_ERR_DATABASE)
		kvk_warn(_("the inventory is damaged: put a copy of inventory.db back, or move it "
			   "away "
			   "and track anew"));
	else if (err == KVK_ERR_LIMIT)
		kvk_warn(_("the inventory takes %u entries, and paths of at most %u bytes"),
			KVK_LIMIT_ENTRIES, KVK_LIMIT_PATH);
	else
		kvk_warn(_("the inventory could not be used: %s"), kvk_error_text(err));
	return KVK_EXIT_UNKNOWN;
}

/* Why the home is none to work in. */
static enum kvk_exit tell_home(enum kvk_err err, const char *home)
{
	int cause = errno;
	char safe[512];

	if (err == KVK_ERR_UNSAFE) {
		kvk_warn_error(err, home);
		return KVK_EXIT_UNKNOWN;
	}
	kvk_warn(_("the home '%s' cannot be made: %s; --home DIR names another folder"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(home)), strerror(cause));
	return KVK_EXIT_CREATE;
}

static enum kvk_exit find_home(const char *home, struct kvk_store *out)
{
	memset(out, 0, sizeof *out);
	if (kvk_home_find(home, &out->home) == KVK_OK)
		return KVK_GO_ON;
	kvk_warn(_("there is no home folder to work in: give one with --home DIR"));
	return KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_store_open(const char *home, bool make, struct kvk_store *out)
{
	struct kvk_error why = { "" };
	enum kvk_exit code = find_home(home, out);
	enum kvk_err err;

	if (code != KVK_GO_ON)
		return code;
	err = make ? kvk_home_make(&out->home) : KVK_OK;
	if (err != KVK_OK)
		return tell_home(err, kvk_home_text(&out->home));
	err = kvk_inventory_open(kvk_home_text(&out->home), make, &out->inventory, &why);
	if (err == KVK_OK)
		return KVK_GO_ON;
	kvk_warn("%s", why.text);
	return KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_store_look(const char *home, struct kvk_store *out)
{
	struct kvk_error why = { "" };
	enum kvk_exit code = find_home(home, out);
	enum kvk_err err;

	if (code != KVK_GO_ON)
		return code;
	err = kvk_home_look(&out->home);
	if (err != KVK_OK)
		return tell_home(err, kvk_home_text(&out->home));
	err = kvk_inventory_open(kvk_home_text(&out->home), false, &out->inventory, &why);
	if (err == KVK_OK || err == KVK_ERR_NOT_FOUND)
		return KVK_GO_ON;
	kvk_warn("%s", why.text);
	return KVK_EXIT_UNKNOWN;
}

void kvk_store_close(struct kvk_store *store)
{
	kvk_inventory_close(store->inventory);
	store->inventory = NULL;
	kvk_home_free(&store->home);
}

enum kvk_exit kvk_store_find(struct kvk_store *store, const char *name, struct kvk_entry *out)
{
	char safe[128], home[256];
	enum kvk_err err = kvk_inventory_find(store->inventory, name, out);

	if (err == KVK_OK)
		return KVK_GO_ON;
	if (err != KVK_ERR_NOT_FOUND)
		return kvk_store_error(err);
	kvk_warn(_("there is no entry '%s' in '%s'; 'kvkcsr status' lists them"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(name)),
		kvk_escape_to(home, sizeof home, kvk_span_of(kvk_home_text(&store->home))));
	return KVK_EXIT_USAGE;
}

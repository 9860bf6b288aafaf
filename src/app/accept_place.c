/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/accept.h: which folder a delivery is for. */
#include "config.h"

#include <sys/stat.h>

#include "app/accept_part.h"
#include "app/complete.h"
#include "base/dir.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"

/* As of the home: nobody else may put files where keys are. */
static enum kvk_err check_folder(const struct kvk_accept_run *run)
{
	enum kvk_err err = kvk_dir_check(kvk_blob_str(&run->out->folder));
	char safe[256];
	struct stat st;

	if (lstat(kvk_blob_str(&run->out->folder), &st) == 0 && S_ISLNK(st.st_mode))
		return kvk_error_set(run->why, KVK_ERR_UNSAFE,
			_("'%s' is a symbolic link; put the folder itself in its place"),
			kvk_escape_to(
				safe, sizeof safe, kvk_span_of(kvk_blob_str(&run->out->folder))));
	return err == KVK_OK ?
		KVK_OK :
		kvk_error_set_file(run->why, err, kvk_blob_str(&run->out->folder), 0);
}

/* The renewal in the dossier, where one is under way: its folder and what was asked for. */
static enum kvk_err open_renewal(struct kvk_accept_run *run)
{
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&run->next, kvk_blob_str(&run->out->folder), KVK_DOSSIER_NEXT));
	run->renewal = kvk_path_is_folder(kvk_blob_str(&run->next));
	if (run->renewal)
		KVK_TRY(kvk_dossier_facts_read(
			kvk_blob_str(&run->next), &run->next_facts, run->why));
out:
	return err;
}

enum kvk_err kvk_accept_open_dossier(struct kvk_accept_run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_err err;

	KVK_TRY(kvk_store_find(run->store, run->order->name, &out->entry, run->why));
	KVK_TRY(kvk_home_path(&run->store->home, KVK_HOME_DOSSIERS, out->entry.name, &out->folder));
	KVK_TRY(kvk_complete_delivery(run->store, out->entry.name, run->why));
	KVK_TRY(kvk_store_find(run->store, run->order->name, &out->entry, run->why));
	KVK_TRY(open_renewal(run));
	if (!out->entry.dossier && !run->renewal) {
		err = kvk_error_set(run->why, KVK_ERR_USAGE,
			_("'%s' is a tracked file without a dossier, so it cannot accept a "
			  "certificate; 'kvkcsr renew %s' starts its renewal"),
			out->entry.name, out->entry.name);
		goto out;
	}
	KVK_TRY(check_folder(run));
	if (out->entry.dossier)
		KVK_TRY(kvk_dossier_facts_read(
			kvk_blob_str(&run->out->folder), &out->facts, run->why));
	out->has_before =
		kvk_delivery_current(kvk_blob_str(&out->folder), out->before, out->before_key);
out:
	return err;
}

enum kvk_err kvk_accept_choose_folder(struct kvk_accept_run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_own own = KVK_OWN_NO_CERTIFICATE;
	enum kvk_err err;

	if (run->renewal)
		own = kvk_incoming_find(&out->incoming, run->next_facts.spki_sha256, &out->leaf);
	if (own == KVK_OWN_FOUND || !out->entry.dossier) {
		out->next = true;
		kvk_dossier_facts_free(&out->facts);
		out->facts = run->next_facts;
		run->next_facts = (struct kvk_dossier_facts)KVK_DOSSIER_FACTS_INIT;
		kvk_blob_clear(&out->folder);
		KVK_TRY(kvk_blob_append(&out->folder, kvk_span_of_blob(&run->next)));
	} else {
		own = kvk_incoming_find(&out->incoming, out->facts.spki_sha256, &out->leaf);
		out->old_key = run->renewal && own == KVK_OWN_FOUND;
	}
	KVK_TRY(kvk_history_read(run->store->inventory, &out->facts.history));
	if (own == KVK_OWN_OTHER_KEY)
		out->accepted = KVK_ACCEPTED_OTHER_KEY;
out:
	return err;
}

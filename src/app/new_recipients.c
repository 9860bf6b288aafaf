/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/new.h: who is notified of what is made. */
#include "config.h"

#include "app/new_part.h"
#include "base/escape.h"
#include "inventory/outbox.h"
#include "names/mailbox.h"

enum kvk_err kvk_new_list_recipients(
	const struct kvk_new *run, struct kvk_blob *out, struct kvk_error *why)
{
	const char *given = kvk_answer(&run->answers, KVK_FIELD_TO);
	struct kvk_span wrong;
	char safe[64];
	enum kvk_err err;

	if (given == NULL)
		return KVK_OK;
	if (kvk_answer(&run->answers, KVK_FIELD_OUT) != NULL)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("to: this cannot be combined with out, because 'kvkcsr check' does not "
			  "watch a certificate outside the home"));
	err = kvk_mailbox_list(given, out, &wrong);
	if (err != KVK_ERR_TEXT)
		return err;
	if (wrong.n == 0 && out->n > 0)
		return kvk_error_set(why, KVK_ERR_USAGE,
			kvk_ngettext("to: there is more than %u address, or one of them is empty",
				"to: there are more than %u addresses, or one of them is empty",
				KVK_LIMIT_RECIPIENTS),
			KVK_LIMIT_RECIPIENTS);
	return kvk_error_set(why, KVK_ERR_USAGE, _("to: '%s' is not a mail address"),
		kvk_escape_to(safe, sizeof safe, wrong));
}

enum kvk_err kvk_new_store_recipients(
	const struct kvk_new *run, const struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_blob lines = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_new_list_recipients(run, &lines, why));
	if (lines.n > 0)
		KVK_TRY(kvk_store_error(kvk_inventory_set_recipients(run->place.store.inventory,
						entry->id, kvk_blob_str(&lines)),
			why));
out:
	kvk_blob_free(&lines);
	return err;
}

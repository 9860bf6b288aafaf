/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/registered.h"

#include <stdio.h>

#include "app/api_key.h"
#include "app/lookup.h"
#include "cli/environment.h"

/* The number to ask about; NULL where there is none yet. */
static const char *number_of(const struct kvk_answers *answers)
{
	const char *kvk = kvk_answer(answers, KVK_FIELD_KVK);

	return kvk != NULL ? kvk : kvk_answer(answers, KVK_FIELD_OIN);
}

static bool is_known(const struct kvk_register_fetched *fetched)
{
	return fetched != NULL && fetched->reply.state == KVK_REGISTER_ACTIVE &&
		fetched->reply.name_count > 0;
}

/* The portal compares the name of a government body with the one in the OIN register. */
static enum kvk_err take(struct kvk_registered *registered, const struct kvk_lookup *lookup,
	const struct kvk_answers *answers)
{
	const struct kvk_register_fetched *trade = lookup->registers[KVK_REGISTER_TRADE];
	const struct kvk_register_fetched *oin = lookup->registers[KVK_REGISTER_OIN];
	const bool government =
		kvk_party_of(kvk_answer(answers, KVK_FIELD_PARTY)) == KVK_PARTY_GOVERNMENT;
	const struct kvk_register_fetched *named = government && is_known(oin) ? oin : trade;
	enum kvk_err err = KVK_OK;

	if (trade != NULL && trade->reply.state == KVK_REGISTER_NOT_FOUND)
		fprintf(stderr, "%s\n", _("  The trade register does not have this number."));
	else if (trade != NULL && trade->reply.state == KVK_REGISTER_INACTIVE)
		fprintf(stderr, "%s\n", _("  The registration of this number has ended."));
	if (is_known(named))
		KVK_TRY(kvk_blob_append_text(&registered->name, named->reply.names[0]));
	if (is_known(trade) && trade->reply.place != NULL)
		KVK_TRY(kvk_blob_append_text(&registered->city, trade->reply.place));
out:
	return err;
}

/* A register that cannot be asked is none: the answers are typed then, as ever. */
static enum kvk_err look_up(struct kvk_registered *registered, const struct kvk_answers *answers)
{
	const struct kvk_online_order order = {
		.settings = registered->settings,
		.proxy_variable = kvk_environment_proxy(),
	};
	const char *number = number_of(answers);
	struct kvk_online *online = NULL;
	enum kvk_lookup_kind kind;
	struct kvk_lookup lookup;
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (number == NULL || !kvk_api_key_is_set(registered->settings, KVK_REGISTER_TRADE) ||
		kvk_lookup_kind(number, &kind, &why) != KVK_OK)
		return KVK_OK;
	fprintf(stderr, "%s\n", _("  Looking the number up in the trade register ..."));
	KVK_TRY(kvk_online_open(&order, &online));
	KVK_TRY(kvk_lookup_ask(online, number, kind, &lookup, &why));
	KVK_TRY(take(registered, &lookup, answers));
out:
	kvk_online_close(online);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

enum kvk_err kvk_registered_offer(struct kvk_registered *registered,
	const struct kvk_answers *answers, enum kvk_field field, struct kvk_span *out)
{
	enum kvk_err err = KVK_OK;

	*out = (struct kvk_span){ NULL, 0 };
	if (field != KVK_FIELD_ORGANISATION && field != KVK_FIELD_LOCALITY)
		return KVK_OK;
	if (!registered->asked)
		KVK_TRY(look_up(registered, answers));
	registered->asked = true;
	*out = kvk_span_of_blob(
		field == KVK_FIELD_ORGANISATION ? &registered->name : &registered->city);
out:
	return err;
}

void kvk_registered_free(struct kvk_registered *registered)
{
	kvk_blob_free(&registered->name);
	kvk_blob_free(&registered->city);
}

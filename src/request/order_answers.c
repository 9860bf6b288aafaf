/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/order.h: the answer file that repeats an order. */
#include "config.h"

#include <string.h>

#include "request/order.h"

/* A setting where there is a value. */
static enum kvk_err put(struct kvk_blob *out, enum kvk_field field, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return KVK_OK;
	return kvk_conf_write_string(out, kvk_field_name(field), value);
}

static enum kvk_err put_true(struct kvk_blob *out, enum kvk_field field, bool value)
{
	return value ? kvk_conf_write_boolean(out, kvk_field_name(field), true) : KVK_OK;
}

static enum kvk_err put_organisation(const struct kvk_order *order, struct kvk_blob *out)
{
	const char *party = order->party == KVK_PARTY_GOVERNMENT ? "government" : "market";
	enum kvk_err err;

	KVK_TRY(put(out, KVK_FIELD_PARTY, party));
	KVK_TRY(put(out, KVK_FIELD_KVK, order->kvk_number));
	if (order->oin_given)
		KVK_TRY(put(out, KVK_FIELD_OIN, order->oin.text));
	KVK_TRY(put(out, KVK_FIELD_ORGANISATION, order->organisation));
	KVK_TRY(put(out, KVK_FIELD_UNIT, order->unit));
	KVK_TRY(put(out, KVK_FIELD_LOCALITY, order->locality));
	KVK_TRY(put(out, KVK_FIELD_STATE, order->state));
	KVK_TRY(put(out, KVK_FIELD_COUNTRY, order->country));
out:
	return err;
}

static enum kvk_err put_key(
	const struct kvk_order *order, const struct kvk_answers *answers, struct kvk_blob *out)
{
	const char *type = order->key_type == KVK_KEY_ECDSA ? "ecdsa" : "rsa";
	enum kvk_err err;

	KVK_TRY(put(out, KVK_FIELD_KEY_TYPE, type));
	KVK_TRY(kvk_conf_write_integer(out, kvk_field_name(KVK_FIELD_KEY_BITS), order->key_bits));
	KVK_TRY(put(out, KVK_FIELD_SIGNATURE, order->pss ? "pss" : "pkcs1"));
	KVK_TRY(put(out, KVK_FIELD_KEY, kvk_answer(answers, KVK_FIELD_KEY)));
	KVK_TRY(put_true(out, KVK_FIELD_ENCRYPT_KEY, order->encrypt_key));
	KVK_TRY(put(out, KVK_FIELD_PASS_FILE, kvk_answer(answers, KVK_FIELD_PASS_FILE)));
out:
	return err;
}

enum kvk_err kvk_order_write_answers(
	const struct kvk_order *order, const struct kvk_answers *answers, struct kvk_blob *out)
{
	enum kvk_err err;

	if (strcmp(order->name, order->domain.name) != 0)
		KVK_TRY(put(out, KVK_FIELD_NAME, order->name));
	KVK_TRY(put(out, KVK_FIELD_DOMAIN, order->domain.name));
	KVK_TRY(put_organisation(order, out));
	KVK_TRY(put(out, KVK_FIELD_TSP, order->preset->id));
	KVK_TRY(put(out, KVK_FIELD_GENERATION, kvk_generation_name(order->generation)));
	/* A request made elsewhere has a key that is not here: the next one is made anew. */
	if (kvk_answer(answers, KVK_FIELD_CSR) == NULL)
		KVK_TRY(put_key(order, answers, out));
	KVK_TRY(put_true(out, KVK_FIELD_CLIENT_ONLY, order->client_only));
	KVK_TRY(put_true(out, KVK_FIELD_PRACTICE, order->practice));
	KVK_TRY(put(out, KVK_FIELD_TO, kvk_answer(answers, KVK_FIELD_TO)));
out:
	return err;
}

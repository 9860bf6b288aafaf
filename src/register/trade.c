/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/trade.h"

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/limits.h"
#include "register/json.h"

/* What the codes mean (developers.kvk.nl); every other one says that we asked it wrongly. */
static const struct {
	const char *code;
	enum kvk_register_state state;
} codes[] = {
	/* No results; cannot be delivered for this number. */
	{ "IPD5200", KVK_REGISTER_NOT_FOUND },
	{ "IPD0005", KVK_REGISTER_NOT_FOUND },
	/* Being processed; not available at the moment; an error inside. */
	{ "IPD1002", KVK_REGISTER_UNKNOWN },
	{ "IPD1003", KVK_REGISTER_UNKNOWN },
	{ "IPD9999", KVK_REGISTER_UNKNOWN },
};

static const char *text_of(const json_t *object, const char *name)
{
	return kvk_register_json_text(object, &name, 1);
}

/* The body of an error: { "fout": [ { "code": "IPD5200", ... } ] }. */
static void take_error(const json_t *document, struct kvk_register_reply *out)
{
	const json_t *list = json_object_get(document, "fout");

	kvk_register_reply_code(out, text_of(json_array_get(list, 0), "code"));
	kvk_register_reply_unknown(
		out, out->code[0] != '\0' ? KVK_REGISTER_WHY_ERROR : KVK_REGISTER_WHY_NOT_EXPECTED);
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (strcmp(out->code, codes[i].code) == 0) {
			out->state = codes[i].state;
			out->why = out->state == KVK_REGISTER_UNKNOWN ? KVK_REGISTER_WHY_TRY_LATER :
									KVK_REGISTER_WHY_NONE;
		}
}

/* The city, in the address of the one result or of the head office. */
static enum kvk_err take_place(const json_t *result, struct kvk_register_reply *out)
{
	const json_t *address =
		json_object_get(json_object_get(result, "adres"), "binnenlandsAdres");
	const char *place = text_of(address, "plaats"), *type = text_of(result, "type");

	if (place == NULL || out->place != NULL ||
		(type != NULL && strcmp(type, "nevenvestiging") == 0))
		return KVK_OK;
	out->place = kvk_strdup(place);
	return out->place != NULL ? KVK_OK : KVK_ERR_MEMORY;
}

/* One registration of the number: the organisation, or one of its branches. *strange: it cannot be
 * told whether it is active. */
static enum kvk_err take_result(const json_t *result, struct kvk_register_reply *out, bool *strange)
{
	const char *active = text_of(result, "actief");
	enum kvk_err err;

	if (active != NULL && strcmp(active, "Ja") == 0)
		out->state = KVK_REGISTER_ACTIVE;
	else if (active != NULL && strcmp(active, "Nee") == 0 && out->state != KVK_REGISTER_ACTIVE)
		out->state = KVK_REGISTER_INACTIVE;
	else if (active == NULL || strcmp(active, "Nee") != 0)
		*strange = true;
	KVK_TRY(kvk_register_reply_add(out, text_of(result, "naam")));
	KVK_TRY(take_place(result, out));
out:
	return err;
}

static enum kvk_err take_results(const struct kvk_register_question *question,
	const json_t *results, struct kvk_register_reply *out)
{
	const char *member = question->by == KVK_REGISTER_BY_RSIN ? "rsin" : "kvkNummer";
	bool strange = false;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < json_array_size(results); i++) {
		const json_t *result = json_array_get(results, i);
		const char *number = text_of(result, member);

		if (number != NULL && strcmp(number, question->number) == 0)
			KVK_TRY(take_result(result, out, &strange));
	}
	if (json_array_size(results) == 0)
		out->state = KVK_REGISTER_NOT_FOUND;
	else if (out->state == KVK_REGISTER_NOT_ASKED ||
		(strange && out->state != KVK_REGISTER_ACTIVE))
		kvk_register_reply_unknown(out, KVK_REGISTER_WHY_NOT_EXPECTED);
out:
	return err;
}

enum kvk_err kvk_trade_read(const struct kvk_register_question *question, unsigned status,
	struct kvk_span octets, struct kvk_register_reply *out)
{
	json_t *document = NULL;
	const json_t *results;
	enum kvk_err err;

	out->status = status;
	if (status == 401 || status == 403) {
		kvk_register_reply_unknown(out, KVK_REGISTER_WHY_KEY_REFUSED);
		return KVK_OK;
	}
	err = kvk_register_json(octets, KVK_LIMIT_REGISTER_ANSWER, &document);
	if (err == KVK_ERR_MEMORY)
		return err;
	results = json_object_get(document, "resultaten");
	if (status == 200 && json_is_array(results))
		KVK_TRY(take_results(question, results, out));
	else if (status < 500)
		take_error(document, out);
	else
		kvk_register_reply_unknown(out, KVK_REGISTER_WHY_TRY_LATER);
	err = KVK_OK;
out:
	json_decref(document);
	return err;
}

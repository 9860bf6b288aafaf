/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/oin_register.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "register/json.h"

/* The names of each column. */
static const char *const columns[KVK_OIN_COLUMNS][4] = {
	[KVK_OIN_NUMBER] = { "oin", NULL },
	[KVK_OIN_KVK_NUMBER] = { "kvkNummer", "KVKNummer", "kvkNumber", NULL },
	[KVK_OIN_NAME] = { "naam", "name", NULL },
	[KVK_OIN_STATUS] = { "status", NULL },
};

int kvk_oin_column_of(struct kvk_span name)
{
	for (int i = 0; i < KVK_OIN_COLUMNS; i++)
		for (size_t j = 0; columns[i][j] != NULL; j++)
			if (kvk_equal_nocase(name, kvk_span_of(columns[i][j])))
				return i;
	return -1;
}

static const char *text_of(const json_t *object, enum kvk_oin_column column)
{
	size_t count = 0;

	while (columns[column][count] != NULL)
		count++;
	return kvk_register_json_text(object, columns[column], count);
}

void kvk_oin_entry_read(const json_t *object, struct kvk_oin_entry *out)
{
	out->oin = text_of(object, KVK_OIN_NUMBER);
	out->kvk = text_of(object, KVK_OIN_KVK_NUMBER);
	out->name = text_of(object, KVK_OIN_NAME);
	out->status = text_of(object, KVK_OIN_STATUS);
}

/* What the word of the register for a status means. */
static enum kvk_register_state state_of(const char *status)
{
	static const struct {
		const char *word;
		enum kvk_register_state state;
	} words[] = {
		{ "Actief", KVK_REGISTER_ACTIVE },
		{ "Ingetrokken", KVK_REGISTER_INACTIVE },
		{ "Inactief", KVK_REGISTER_INACTIVE },
	};

	for (size_t i = 0; status != NULL && i < sizeof words / sizeof words[0]; i++)
		if (kvk_equal_nocase(kvk_span_of(status), kvk_span_of(words[i].word)))
			return words[i].state;
	return KVK_REGISTER_UNKNOWN;
}

static bool is_asked_for(
	const struct kvk_oin_entry *entry, const struct kvk_register_question *question)
{
	const char *number = question->by == KVK_REGISTER_BY_KVK ? entry->kvk : entry->oin;

	return number != NULL && strcmp(number, question->number) == 0;
}

/* Whether what an entry says counts for more than what is known so far. */
static bool counts_more(enum kvk_register_state state, enum kvk_register_state so_far)
{
	return so_far == KVK_REGISTER_NOT_ASKED ||
		(so_far != state && so_far != KVK_REGISTER_ACTIVE &&
			state != KVK_REGISTER_INACTIVE);
}

enum kvk_err kvk_oin_entry_take(const struct kvk_oin_entry *entry,
	const struct kvk_register_question *question, struct kvk_register_reply *out)
{
	const enum kvk_register_state state = state_of(entry->status);

	if (!is_asked_for(entry, question))
		return KVK_OK;
	if (counts_more(state, out->state)) {
		kvk_register_reply_unknown(out, KVK_REGISTER_WHY_NOT_EXPECTED);
		out->state = state;
		if (state != KVK_REGISTER_UNKNOWN)
			out->why = KVK_REGISTER_WHY_NONE;
	}
	return out->state == state ? kvk_register_reply_add(out, entry->name) : KVK_OK;
}

/* The list of an answer, and of one that the web site gives; NULL where there is none. */
static const json_t *list_of(const json_t *document)
{
	const json_t *list = json_object_get(document, "organisaties");

	return json_is_array(list) ? list : json_is_array(document) ? document : NULL;
}

static enum kvk_err take_list(const struct kvk_register_question *question, const json_t *list,
	struct kvk_register_reply *out)
{
	struct kvk_oin_entry entry;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < json_array_size(list); i++) {
		kvk_oin_entry_read(json_array_get(list, i), &entry);
		KVK_TRY(kvk_oin_entry_take(&entry, question, out));
	}
	if (json_array_size(list) == 0)
		out->state = KVK_REGISTER_NOT_FOUND;
out:
	return err;
}

static enum kvk_err take_document(const struct kvk_register_question *question,
	const json_t *document, struct kvk_register_reply *out)
{
	const json_t *list = list_of(document);
	struct kvk_oin_entry entry;
	enum kvk_err err = KVK_OK;

	if (list != NULL) {
		KVK_TRY(take_list(question, list, out));
	} else {
		kvk_oin_entry_read(document, &entry);
		KVK_TRY(kvk_oin_entry_take(&entry, question, out));
	}
	/* It has only entries of others: whatever it answers, it is not this question. */
	if (out->state == KVK_REGISTER_NOT_ASKED)
		kvk_register_reply_unknown(out, KVK_REGISTER_WHY_NOT_EXPECTED);
out:
	return err;
}

enum kvk_err kvk_oin_register_read(const struct kvk_register_question *question, unsigned status,
	struct kvk_span octets, struct kvk_register_reply *out)
{
	json_t *document = NULL;
	enum kvk_err err;

	out->status = status;
	if (status == 401 || status == 403) {
		kvk_register_reply_unknown(out, KVK_REGISTER_WHY_KEY_REFUSED);
		return KVK_OK;
	}
	err = kvk_register_json(octets, KVK_LIMIT_REGISTER_ANSWER, &document);
	if (err == KVK_ERR_MEMORY)
		return err;
	if (status == 200)
		KVK_TRY(take_document(question, document, out));
	else if (status == 404 && json_is_object(document))
		out->state = KVK_REGISTER_NOT_FOUND;
	else
		kvk_register_reply_unknown(out,
			status >= 500 ? KVK_REGISTER_WHY_TRY_LATER : KVK_REGISTER_WHY_NOT_EXPECTED);
	err = KVK_OK;
out:
	json_decref(document);
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FIELD_ROW(id, option, conf_type) [id] = { .name = option, .type = conf_type },

/* The answer file's schema is the list of fields; the row after the last has no name. */
static const struct kvk_conf_row schema[KVK_FIELD_COUNT + 1] = { KVK_FIELDS(FIELD_ROW) };

const char *kvk_field_name(enum kvk_field field)
{
	return field < KVK_FIELD_COUNT ? schema[field].name : "";
}

enum kvk_err kvk_answer_set(struct kvk_answers *answers, enum kvk_field field,
	enum kvk_given source, struct kvk_span text)
{
	char *copy;

	if (text.n > 0 && memchr(text.p, '\0', text.n) != NULL)
		return KVK_ERR_TEXT;
	if (answers->source[field] > source)
		return KVK_OK;
	copy = kvk_malloc(text.n + 1);
	if (copy == NULL)
		return KVK_ERR_MEMORY;
	if (text.n > 0)
		memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	kvk_free(answers->text[field]);
	answers->text[field] = copy;
	answers->source[field] = source;
	return KVK_OK;
}

const char *kvk_answer(const struct kvk_answers *answers, enum kvk_field field)
{
	return answers->text[field];
}

bool kvk_answer_is_true(const struct kvk_answers *answers, enum kvk_field field)
{
	return answers->text[field] != NULL && strcmp(answers->text[field], "true") == 0;
}

void kvk_answer_drop(struct kvk_answers *answers, enum kvk_field field)
{
	kvk_free(answers->text[field]);
	answers->text[field] = NULL;
	answers->source[field] = KVK_GIVEN_NONE;
}

void kvk_answers_free(struct kvk_answers *answers)
{
	if (answers == NULL)
		return;
	for (int i = 0; i < KVK_FIELD_COUNT; i++)
		kvk_answer_drop(answers, (enum kvk_field)i);
}

/* Takes one setting of the file over, as text. */
static enum kvk_err take(
	const struct kvk_conf *conf, enum kvk_field field, struct kvk_answers *answers)
{
	struct kvk_blob digits = { .p = NULL };
	const char *name = schema[field].name;
	struct kvk_span text;
	enum kvk_err err;

	if (schema[field].type == KVK_CONF_BOOLEAN) {
		text = kvk_span_of(kvk_conf_boolean(conf, name, false) ? "true" : "false");
	} else if (schema[field].type == KVK_CONF_INTEGER) {
		KVK_TRY(kvk_blob_append_format(&digits, "%lld", kvk_conf_integer(conf, name, 0)));
		text = kvk_span_of_blob(&digits);
	} else {
		text = kvk_span_of(kvk_conf_string(conf, name));
	}
	KVK_TRY(kvk_answer_set(answers, field, KVK_GIVEN_FILE, text));
out:
	kvk_blob_free(&digits);
	return err;
}

/* Takes over all that a file says. */
static enum kvk_err take_all(const struct kvk_conf *conf, struct kvk_answers *answers)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < KVK_FIELD_COUNT; i++)
		if (kvk_conf_has(conf, schema[i].name))
			KVK_TRY(take(conf, (enum kvk_field)i, answers));
out:
	return err;
}

enum kvk_err kvk_answers_read(const char *path, struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_conf_open(path, schema, 0, &conf, why));
	KVK_TRY(take_all(conf, answers));
out:
	kvk_conf_free(conf);
	return err;
}

enum kvk_err kvk_answers_parse(
	struct kvk_span text, const char *name, struct kvk_answers *answers, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_conf_parse(text, name, schema, &conf, why));
	KVK_TRY(take_all(conf, answers));
out:
	kvk_conf_free(conf);
	return err;
}

/* One answer, by the type that the file has for it. */
static enum kvk_err write_answer(
	const struct kvk_answers *answers, enum kvk_field field, struct kvk_blob *out)
{
	const char *text = answers->text[field], *name = schema[field].name;

	if (schema[field].type == KVK_CONF_BOOLEAN)
		return kvk_conf_write_boolean(out, name, kvk_answer_is_true(answers, field));
	if (schema[field].type == KVK_CONF_INTEGER)
		return kvk_conf_write_integer(out, name, strtoll(text, NULL, 10));
	return kvk_conf_write_string(out, name, text);
}

enum kvk_err kvk_answers_write(const struct kvk_answers *answers, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < KVK_FIELD_COUNT; i++)
		if (answers->source[i] >= KVK_GIVEN_FILE && i != KVK_FIELD_PASS_FD)
			KVK_TRY(write_answer(answers, (enum kvk_field)i, out));
out:
	return err;
}

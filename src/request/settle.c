/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/settle.h"

#include <stdarg.h>
#include <string.h>

#include "base/escape.h"

void kvk_settle_error(struct kvk_settling *s, enum kvk_err err)
{
	if (s->err == KVK_OK)
		s->err = err;
}

void kvk_settle_add(struct kvk_settling *s, enum kvk_review_kind kind, enum kvk_field field,
	const char *id, const char *format, ...)
{
	va_list args;

	if (s->err != KVK_OK)
		return;
	va_start(args, format);
	s->err = kvk_review_add(s->review, kind, field, id, format, args);
	va_end(args);
}

/* The words of a choice: "g4, g1, ev". */
static enum kvk_err list_words(const struct kvk_choice *choices, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (const struct kvk_choice *c = choices; c->word != NULL; c++)
		KVK_TRY(kvk_blob_append_format(out, "%s%s", c == choices ? "" : ", ", c->word));
out:
	return err;
}

int kvk_settle_choice(struct kvk_settling *s, enum kvk_field field,
	const struct kvk_choice *choices, int otherwise)
{
	const char *given = kvk_answer(s->answers, field);
	struct kvk_blob words = { .p = NULL };
	char safe[64];

	if (given == NULL)
		return otherwise;
	for (const struct kvk_choice *c = choices; c->word != NULL; c++)
		if (strcmp(c->word, given) == 0)
			return c->value;
	kvk_settle_error(s, list_words(choices, &words));
	kvk_settle_add(s, KVK_REVIEW_FINDING, field, "choice",
		_("'%s' is not a valid answer; choose one of %s"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(given)), kvk_blob_str(&words));
	kvk_blob_free(&words);
	return otherwise;
}

enum kvk_err kvk_settle_result(const struct kvk_settling *s, size_t before)
{
	if (s->err != KVK_OK)
		return s->err;
	return kvk_review_count(s->review, KVK_REVIEW_FINDING) > before ? KVK_ERR_REFUSED : KVK_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/sentence.h"

#include <string.h>

#include "base/ascii.h"

/* Lower case, one blank between words, no quotation marks, no points. */
static enum kvk_err normalise(struct kvk_span text, struct kvk_blob *out)
{
	bool blank = false;
	enum kvk_err err = KVK_OK;

	kvk_blob_clear(out);
	for (size_t i = 0; i < text.n; i++) {
		const uint8_t c = text.p[i];

		if (c == '"' || c == '.' || c == '\'')
			continue;
		if (kvk_is_space(c)) {
			blank = out->n > 0;
			continue;
		}
		if (blank)
			KVK_TRY(kvk_blob_append_byte(out, ' '));
		blank = false;
		KVK_TRY(kvk_blob_append_byte(out, kvk_to_lower(c)));
	}
out:
	return err;
}

static bool contains(const struct kvk_blob *text, const struct kvk_blob *part)
{
	return part->n > 0 && memmem(text->p, text->n, part->p, part->n) != NULL;
}

enum kvk_err kvk_sentence_find(struct kvk_span text, uint64_t *out)
{
	struct kvk_blob wanted = { 0 }, sentence = { 0 };
	uint64_t whole = 0, parts = 0;
	enum kvk_err err;

	KVK_TRY(normalise(text, &wanted));
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		KVK_TRY(normalise(kvk_span_of(kvk_rule(n)->portal), &sentence));
		if (contains(&wanted, &sentence))
			whole |= KVK_RULES_BIT(n);
		if (contains(&sentence, &wanted))
			parts |= KVK_RULES_BIT(n);
	}
	*out = whole != 0 ? whole : parts;
out:
	kvk_blob_free(&wanted);
	kvk_blob_free(&sentence);
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/sentence.h"

#include <string.h>

#include "base/ascii.h"

/* From this many letters on, a word may go on and be the same word. */
#define ALIKE 5
/* From this many letters on, a word may have a slip in it, and so many letters more. */
#define SLIP 6
#define ENDING 2

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

/* The same, but no word is only half in it. */
static bool contains_words(const struct kvk_blob *text, const struct kvk_blob *part)
{
	const uint8_t *end = text->p + text->n, *at = text->p;

	if (part->n == 0)
		return false;
	while ((at = memmem(at, (size_t)(end - at), part->p, part->n)) != NULL) {
		if ((at == text->p || !kvk_is_alnum(at[-1])) &&
			(at + part->n == end || !kvk_is_alnum(at[part->n])))
			return true;
		at++;
	}
	return false;
}

/* The normalised sentences, by number less one. */
struct sentences {
	struct kvk_blob at[KVK_RULE_COUNT];
};

static bool next_word(struct kvk_span *rest, struct kvk_span *word)
{
	size_t n = 0;

	while (rest->n > 0 && !kvk_is_alnum(rest->p[0]))
		*rest = (struct kvk_span){ rest->p + 1, rest->n - 1 };
	while (n < rest->n && kvk_is_alnum(rest->p[n]))
		n++;
	*word = (struct kvk_span){ rest->p, n };
	*rest = (struct kvk_span){ rest->p + n, rest->n - n };
	return n > 0;
}

/* Words that say nothing about which sentence it is. */
static bool is_common(struct kvk_span word)
{
	static const char *const words[] = { "a", "an", "and", "are", "as", "be", "been", "but",
		"by", "can", "certificate", "could", "does", "for", "has", "have", "in", "is",
		"isnt", "it", "no", "not", "of", "on", "one", "or", "our", "the", "there", "to",
		"was", "which", "while", "with" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (kvk_span_is(word, words[i]))
			return true;
	return false;
}

/* "expire" and "expired", "register" and "registered" count as the same. */
static bool same_word(struct kvk_span a, struct kvk_span b)
{
	const size_t n = a.n < b.n ? a.n : b.n;

	return (a.n == b.n || n >= ALIKE) && memcmp(a.p, b.p, n) == 0;
}

static struct kvk_span from(struct kvk_span word, size_t n)
{
	return n > word.n ? (struct kvk_span){ word.p, 0 } :
			    (struct kvk_span){ word.p + n, word.n - n };
}

/* Whether one goes on as the other does, but for an ending. */
static bool same_end(struct kvk_span a, struct kvk_span b)
{
	const size_t n = a.n < b.n ? a.n : b.n;

	return a.n + b.n - 2 * n <= ENDING && memcmp(a.p, b.p, n) == 0;
}

/* Whether they differ by one slip: a letter too many, too few or wrong, or two swapped. */
static bool is_slip(struct kvk_span a, struct kvk_span b)
{
	size_t n = 0;

	if (a.n < SLIP || b.n < SLIP)
		return false;
	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	a = from(a, n);
	b = from(b, n);
	return same_end(from(a, 1), b) || same_end(a, from(b, 1)) ||
		same_end(from(a, 1), from(b, 1)) ||
		(a.n > 1 && b.n > 1 && a.p[0] == b.p[1] && a.p[1] == b.p[0] &&
			same_end(from(a, 2), from(b, 2)));
}

static bool has_word(const struct kvk_blob *sentence, struct kvk_span word,
	bool (*same)(struct kvk_span a, struct kvk_span b))
{
	struct kvk_span rest = kvk_span_of_blob(sentence), other;

	while (next_word(&rest, &other))
		if (same(word, other))
			return true;
	return false;
}

/* Marks the sentences that have the word. Returns how many. */
static size_t find_word(const struct sentences *sentences, struct kvk_span word,
	bool (*same)(struct kvk_span a, struct kvk_span b), bool has[KVK_RULE_COUNT])
{
	size_t count = 0;

	for (size_t i = 0; i < KVK_RULE_COUNT; i++)
		count += has[i] = has_word(&sentences->at[i], word, same);
	return count;
}

/* Adds to the score of each sentence that has the word: more if few others have it. */
static void count_word(
	const struct sentences *sentences, struct kvk_span word, size_t scores[KVK_RULE_COUNT])
{
	bool has[KVK_RULE_COUNT];
	size_t count = find_word(sentences, word, same_word, has);

	if (count == 0)
		count = find_word(sentences, word, is_slip, has);
	for (size_t i = 0; i < KVK_RULE_COUNT; i++)
		scores[i] += has[i] ? KVK_RULE_COUNT / count : 0;
}

/* The sentences that share the most with a text, word by word. */
static uint64_t find_nearest(const struct sentences *sentences, const struct kvk_blob *wanted)
{
	struct kvk_span rest = kvk_span_of_blob(wanted), word;
	size_t scores[KVK_RULE_COUNT] = { 0 }, best = 1;
	uint64_t nearest = 0;

	while (next_word(&rest, &word))
		if (!is_common(word))
			count_word(sentences, word, scores);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		if (scores[n - 1] < best)
			continue;
		nearest = scores[n - 1] > best ? 0 : nearest;
		nearest |= KVK_RULES_BIT(n);
		best = scores[n - 1];
	}
	return nearest;
}

/* The rules that are explained with these words. */
static enum kvk_err find_explained(const struct kvk_blob *wanted, uint64_t *out)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_rule *rule = kvk_rule(n);
		const char *const texts[] = { rule->meaning, rule->cause, rule->remedy };

		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
			KVK_TRY(normalise(kvk_span_of(texts[i]), &text));
			if (contains_words(&text, wanted))
				*out |= KVK_RULES_BIT(n);
		}
	}
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_sentence_find(struct kvk_span text, uint64_t *out)
{
	struct sentences sentences = { 0 };
	struct kvk_blob wanted = { 0 };
	uint64_t whole = 0, words = 0, parts = 0;
	enum kvk_err err;

	KVK_TRY(normalise(text, &wanted));
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		struct kvk_blob *sentence = &sentences.at[n - 1];

		KVK_TRY(normalise(kvk_span_of(kvk_rule(n)->portal), sentence));
		if (contains(&wanted, sentence))
			whole |= KVK_RULES_BIT(n);
		if (contains_words(sentence, &wanted))
			words |= KVK_RULES_BIT(n);
		if (contains(sentence, &wanted))
			parts |= KVK_RULES_BIT(n);
	}
	*out = whole != 0 ? whole : words != 0 ? words : parts;
	if (*out == 0)
		*out = find_nearest(&sentences, &wanted);
	if (*out == 0)
		KVK_TRY(find_explained(&wanted, out));
out:
	kvk_blob_free(&wanted);
	for (size_t i = 0; i < KVK_RULE_COUNT; i++)
		kvk_blob_free(&sentences.at[i]);
	return err;
}

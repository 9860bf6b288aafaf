/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/word.h"

#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"

/* Words longer than this are not compared. */
#define WORD_MAX 64u

size_t kvk_word_index(const char *text, const char *const *words, size_t count)
{
	size_t i = 0;

	if (text == NULL)
		return count;
	while (i < count && strcmp(text, words[i]) != 0)
		i++;
	return i;
}

/* How many letters are to be put in, left out or replaced to come from one word to the other. */
static unsigned edit_distance(const char *a, size_t length_a, const char *b, size_t length_b)
{
	/* row[j]: the distance between the part of a that was read and the first j letters of b. */
	unsigned row[WORD_MAX + 1];

	for (size_t j = 0; j <= length_b; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= length_a; i++) {
		unsigned diagonal = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= length_b; j++) {
			unsigned best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[length_b];
}

bool kvk_nearer_word(const char *typed, const char *word, unsigned *distance)
{
	size_t length = strlen(typed), word_length = strlen(word);
	unsigned found = 0;

	if (length == 0 || length > WORD_MAX || word_length > WORD_MAX)
		return false;
	if (strncmp(word, typed, length) != 0)
		found = edit_distance(typed, length, word, word_length);
	if (found >= *distance || found > length / 3 + 1)
		return false;
	*distance = found;
	return true;
}

bool kvk_entry_name_valid(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > KVK_LIMIT_ENTRY_NAME || strstr(name, "..") != NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint8_t c = (uint8_t)name[i];
		bool letter = (c >= 'a' && c <= 'z') || kvk_is_digit(c);

		if (!letter && (i == 0 || (c != '.' && c != '-')))
			return false;
	}
	return true;
}

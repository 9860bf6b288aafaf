/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/fold.h"

#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "base/alloc.h"
#include "base/ascii.h"

static bool is_allocated(const struct kvk_fold *text)
{
	return text->p != text->room[0] && text->p != text->room[1];
}

void kvk_fold_start(struct kvk_fold *text)
{
	text->p = text->room[0];
	text->n = 0;
	text->size = KVK_FOLD_ROOM;
}

void kvk_fold_free(struct kvk_fold *text)
{
	if (is_allocated(text))
		kvk_free(text->p);
	kvk_fold_start(text);
}

enum kvk_err kvk_fold_append(struct kvk_fold *text, uint32_t c)
{
	if (text->n == text->size) {
		uint32_t *more = kvk_malloc(text->size * 2 * sizeof(*more));

		if (more == NULL)
			return KVK_ERR_MEMORY;
		memcpy(more, text->p, text->n * sizeof(*more));
		if (is_allocated(text))
			kvk_free(text->p);
		text->p = more;
		text->size *= 2;
	}
	text->p[text->n++] = c;
	return KVK_OK;
}

enum step { UPPER, LOWER, CASE, NFKD };

/* Writes into the room that is free; where that is too small, libunistring allocates memory. */
static enum kvk_err apply(struct kvk_fold *text, enum step step)
{
	uint32_t *room = text->room[text->p == text->room[0]], *p;
	size_t n = KVK_FOLD_ROOM;

	/* Without a language, here NULL, there are no Turkish rules, whatever the locale. */
	if (step == UPPER)
		p = u32_toupper(text->p, text->n, NULL, NULL, room, &n);
	else if (step == LOWER)
		p = u32_tolower(text->p, text->n, NULL, NULL, room, &n);
	else if (step == CASE)
		p = u32_casefold(text->p, text->n, NULL, NULL, room, &n);
	else
		p = u32_normalize(UNINORM_NFKD, text->p, text->n, room, &n);
	if (p == NULL)
		return KVK_ERR_MEMORY;
	if (is_allocated(text))
		kvk_free(text->p);
	text->p = p;
	text->n = n;
	text->size = p == room ? KVK_FOLD_ROOM : n;
	return KVK_OK;
}

/* Most texts are ASCII, which needs no tables; false for others. */
static bool fold_ascii(struct kvk_fold *text)
{
	uint32_t all = 0;

	for (size_t i = 0; i < text->n; i++)
		all |= text->p[i];
	if (all >= 0x80)
		return false;
	for (size_t i = 0; i < text->n; i++)
		text->p[i] = kvk_to_lower((uint8_t)text->p[i]);
	return true;
}

enum kvk_err kvk_fold(struct kvk_fold *text, bool java)
{
	enum kvk_err err = KVK_OK;

	if (fold_ascii(text))
		return KVK_OK;
	KVK_TRY(apply(text, java ? UPPER : CASE));
	if (java)
		KVK_TRY(apply(text, LOWER));
	KVK_TRY(apply(text, NFKD));
out:
	return err;
}

void kvk_fold_squeeze(struct kvk_fold *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->n; i++)
		if (text->p[i] != ' ' || (n > 0 && text->p[n - 1] != ' '))
			text->p[n++] = text->p[i];
	text->n = n > 0 && text->p[n - 1] == ' ' ? n - 1 : n;
}

bool kvk_fold_same(const struct kvk_fold *a, const struct kvk_fold *b)
{
	return a->n == b->n && memcmp(a->p, b->p, a->n * sizeof(*a->p)) == 0;
}

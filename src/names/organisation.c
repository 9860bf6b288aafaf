/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/organisation.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "names/fold.h"

/* Added to octets that are no characters: they are like themselves only. */
#define OTHER_OCTET 0x110000u
#define NO_BREAK_SPACE 0xa0u

/* A text that is read folded; one character may become several. */
struct reader {
	struct kvk_span rest;
	uint32_t folded[KVK_FOLD_MAX];
	unsigned count, place;
};

static uint32_t take(struct kvk_span *rest)
{
	struct kvk_span after = *rest;
	uint32_t c;

	/* a NUL within a name is no end of it */
	if (kvk_utf8_next(&after, &c) && c != 0) {
		*rest = after;
		return c;
	}
	c = OTHER_OCTET + *rest->p;
	rest->p++;
	rest->n--;
	return c;
}

static bool is_blank(uint32_t c)
{
	return c == NO_BREAK_SPACE || (c < 0x80 && kvk_is_space((uint8_t)c));
}

/* Takes blanks away; whether there were any. */
static bool skip_blanks(struct kvk_span *rest)
{
	struct kvk_span after = *rest;
	bool any = false;

	while (after.n > 0 && is_blank(take(&after))) {
		*rest = after;
		any = true;
	}
	return any;
}

/* The next folded character, 0 at the end; any run of blanks is one, those at the end are none. */
static uint32_t next(struct reader *r)
{
	uint32_t c;

	if (r->place < r->count)
		return r->folded[r->place++];
	if (skip_blanks(&r->rest))
		return r->rest.n > 0 ? ' ' : 0;
	if (r->rest.n == 0)
		return 0;
	c = take(&r->rest);
	if (c >= OTHER_OCTET)
		return c;
	r->count = kvk_fold(c, r->folded);
	r->place = 1;
	return r->folded[0];
}

bool kvk_organisation_same(struct kvk_span a, struct kvk_span b)
{
	struct reader left = { .rest = a }, right = { .rest = b };
	uint32_t one, other;

	skip_blanks(&left.rest);
	skip_blanks(&right.rest);
	do {
		one = next(&left);
		other = next(&right);
		if (one != other)
			return false;
	} while (one != 0);
	return true;
}

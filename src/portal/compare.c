/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/compare.h"

#include "base/text.h"

/* Takes the next character in lower case; any run of white space is one blank. */
static uint8_t next(struct kvk_span *text)
{
	uint8_t c = *text->p;

	if (kvk_is_space(c)) {
		while (text->n > 0 && kvk_is_space(*text->p)) {
			text->p++;
			text->n--;
		}
		return ' ';
	}
	text->p++;
	text->n--;
	return kvk_to_lower(c);
}

bool kvk_same_name(struct kvk_span a, struct kvk_span b)
{
	a = kvk_trim(a);
	b = kvk_trim(b);
	while (a.n > 0 && b.n > 0)
		if (next(&a) != next(&b))
			return false;
	return a.n == b.n;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/ascii.h"

bool kvk_all_digits(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!kvk_is_digit(text.p[i]))
			return false;
	return text.n > 0;
}

bool kvk_equal_nocase(struct kvk_span a, struct kvk_span b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (kvk_to_lower(a.p[i]) != kvk_to_lower(b.p[i]))
			return false;
	return true;
}

struct kvk_span kvk_trim(struct kvk_span text)
{
	while (text.n && kvk_is_space(text.p[0])) {
		text.p++;
		text.n--;
	}
	while (text.n && kvk_is_space(text.p[text.n - 1]))
		text.n--;
	return text;
}

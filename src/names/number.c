/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/number.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"

enum kvk_party kvk_party_of(const char *word)
{
	if (word == NULL)
		return KVK_PARTY_UNKNOWN;
	return strcmp(word, "government") == 0 ? KVK_PARTY_GOVERNMENT : KVK_PARTY_MARKET;
}

const char *kvk_number_resembles(struct kvk_span text)
{
	if (!kvk_all_digits(text))
		return NULL;
	switch (text.n) {
	case 7:
	case 18:
	case 19:
		return _("leading zeros may be missing");
	case 8:
		return _("a number of 8 digits is a KVK number");
	case 9:
		return _("a number of 9 digits is an RSIN");
	case 12:
		return _("a number of 12 digits is a branch number (vestigingsnummer)");
	case 20:
		return _("a number of 20 digits is an OIN or HRN");
	default:
		return NULL;
	}
}

enum kvk_err kvk_number_refuse(struct kvk_span text, const char *rule, struct kvk_error *why)
{
	char safe[64];
	const char *hint = kvk_number_resembles(text);

	kvk_escape_to(safe, sizeof safe, text);
	if (hint != NULL)
		return kvk_error_set(why, KVK_ERR_REFUSED, "'%s': %s; %s", safe, rule, hint);
	return kvk_error_set(why, KVK_ERR_REFUSED, "'%s': %s", safe, rule);
}

bool kvk_number_is_zero(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '0')
			return false;
	return true;
}

enum kvk_err kvk_number_read(
	struct kvk_span text, char out[static KVK_NUMBER_DIGITS + 1], struct kvk_error *why)
{
	if (text.n != KVK_NUMBER_DIGITS || !kvk_all_digits(text))
		return kvk_number_refuse(text, _("a KVK number has 8 digits"), why);
	if (kvk_number_is_zero(text))
		return kvk_number_refuse(text, _("a KVK number cannot consist of zeros only"), why);
	memcpy(out, text.p, text.n);
	out[text.n] = '\0';
	return KVK_OK;
}

bool kvk_number_is_rsin(struct kvk_span text)
{
	int sum = 0;

	if (text.n != KVK_RSIN_DIGITS || !kvk_all_digits(text) || kvk_number_is_zero(text))
		return false;
	for (int i = 0; i < KVK_RSIN_DIGITS; i++)
		sum += (text.p[i] - '0') * (i == KVK_RSIN_DIGITS - 1 ? -1 : KVK_RSIN_DIGITS - i);
	return sum % 11 == 0;
}

enum kvk_err kvk_number_of_identifier(struct kvk_span text, char out[static KVK_NUMBER_DIGITS + 1])
{
	static const char scheme[] = "NTRNL-";
	size_t n = strlen(scheme);

	if (text.n < n || memcmp(text.p, scheme, n) != 0)
		return KVK_ERR_REFUSED;
	return kvk_number_read((struct kvk_span){ text.p + n, text.n - n }, out, NULL);
}

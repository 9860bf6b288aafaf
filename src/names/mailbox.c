/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/mailbox.h"

#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
/* RFC 5322 3.2.3 atext, and the dot between atoms. */
#define LOCAL LETTERS DIGITS "!#$%&'*+-/=?^_`{|}~."
#define DOMAIN LETTERS DIGITS ".-"

static bool is_domain(const char *text)
{
	const size_t n = strlen(text);

	if (text[0] == '[')
		return n > 2 && text[n - 1] == ']' &&
			strspn(text + 1, LETTERS DIGITS ".:") == n - 2;
	return n > 0 && strspn(text, DOMAIN) == n && text[0] != '.' && text[0] != '-' &&
		strstr(text, "..") == NULL;
}

bool kvk_mailbox_valid(const char *text)
{
	const size_t local = strspn(text, LOCAL);

	return local > 0 && text[local] == '@' && strlen(text) <= KVK_MAILBOX_LENGTH &&
		text[0] != '-' && text[0] != '.' && text[local - 1] != '.' &&
		is_domain(text + local + 1);
}

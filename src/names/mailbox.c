/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/mailbox.h"

#include <string.h>

#include "base/ascii.h"
#include "base/format.h"
#include "base/limits.h"

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

static bool is_valid(struct kvk_span text)
{
	char address[KVK_MAILBOX_LENGTH + 1];

	if (text.n == 0 || text.n >= sizeof address || memchr(text.p, '\0', text.n) != NULL)
		return false;
	KVK_FORMAT(address, "%.*s", (int)text.n, (const char *)text.p);
	return kvk_mailbox_valid(address);
}

enum kvk_err kvk_mailbox_list(const char *text, struct kvk_blob *out, struct kvk_span *wrong)
{
	unsigned count = 0;
	enum kvk_err err = KVK_OK;

	for (size_t n = 0;; text += n + 1) {
		n = strcspn(text, ",");
		*wrong = kvk_trim((struct kvk_span){ (const uint8_t *)text, n });
		if (!is_valid(*wrong))
			return KVK_ERR_TEXT;
		if (++count > KVK_LIMIT_RECIPIENTS) {
			wrong->n = 0;
			return KVK_ERR_TEXT;
		}
		KVK_TRY(kvk_blob_append(out, *wrong));
		KVK_TRY(kvk_blob_append_byte(out, '\n'));
		if (text[n] == '\0')
			break;
	}
out:
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/content.h"

#include "base/ascii.h"

/* Octets that are looked at where the question is whether all of them are text. */
#define SAMPLE 512

/* A SEQUENCE: whole, or cut off. Any other tag, or length, is something else. */
static enum kvk_net_content look_at_der(struct kvk_span octets)
{
	size_t head = 2, length, more;

	if (octets.n < 2 || octets.p[0] != 0x30)
		return KVK_NET_CONTENT_OTHER;
	length = octets.p[1];
	if (length >= 0x80) {
		more = length - 0x80;
		if (more == 0 || more > 4)
			return KVK_NET_CONTENT_OTHER;
		head += more;
		if (octets.n < head)
			return KVK_NET_CONTENT_CUT;
		length = 0;
		for (size_t i = 0; i < more; i++)
			length = length << 8 | octets.p[2 + i];
	}
	return length > octets.n - head ? KVK_NET_CONTENT_CUT : KVK_NET_CONTENT_DER;
}

/* A text without the blanks, and the byte order mark, before it. */
static struct kvk_span without_start(struct kvk_span text)
{
	size_t start = kvk_span_starts(text, "\xef\xbb\xbf") ? 3 : 0;

	while (start < text.n && kvk_is_space(text.p[start]))
		start++;
	return (struct kvk_span){ text.p + start, text.n - start };
}

static bool is_text(struct kvk_span text)
{
	for (size_t i = 0; i < text.n && i < SAMPLE; i++)
		if (!kvk_is_print(text.p[i]) && !kvk_is_space(text.p[i]))
			return false;
	return text.n > 0;
}

enum kvk_net_content kvk_net_content_of(struct kvk_span octets)
{
	enum kvk_net_content content = look_at_der(octets);
	struct kvk_span text;

	if (content != KVK_NET_CONTENT_OTHER || octets.n == 0)
		return content;
	if (kvk_span_starts(octets, "\x1f\x8b"))
		return KVK_NET_CONTENT_GZIP;
	text = without_start(octets);
	if (kvk_span_starts(text, "-----BEGIN "))
		return memmem(text.p, text.n, "-----END ", strlen("-----END ")) != NULL ?
			KVK_NET_CONTENT_PEM :
			KVK_NET_CONTENT_CUT;
	if (kvk_span_starts(text, "<"))
		return KVK_NET_CONTENT_HTML;
	if (kvk_span_starts(text, "dn:") || kvk_span_starts(text, "version: "))
		return KVK_NET_CONTENT_LDIF;
	if (kvk_span_starts(text, "{") || kvk_span_starts(text, "["))
		return KVK_NET_CONTENT_JSON;
	return is_text(text) ? KVK_NET_CONTENT_TEXT : KVK_NET_CONTENT_OTHER;
}

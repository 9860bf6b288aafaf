/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/mail_text.h"

#include "base/encode.h"
#include "base/utf8.h"

/* Octets of a line without its end (RFC 5321 4.5.3.1.6, less a dot that is doubled). */
#define LINE_LIMIT 900u
/* Characters of a line of a header (RFC 5322 2.1.1). */
#define HEADER_LINE 78u
#define SUBJECT "Subject:"
/* Octets of UTF-8 in one encoded word, which has at most 75 characters (RFC 2047 2); and in the
 * first one, behind the name of the header. */
#define WORD_OCTETS 45u
#define FIRST_WORD_OCTETS 39u
/* Characters of a line of quoted-printable, with its "=" at the end. */
#define QUOTED_LINE 76u

/* Whether a text has nothing but printable ASCII, and line ends where it may have lines. */
static bool is_ascii(const char *text, bool lines)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text < 0x20 && (*text != '\n' || !lines)) ||
			(unsigned char)*text >= 0x7f)
			return false;
	return true;
}

/* "Mon, 30 Nov 2026 04:12:48 +0000"; the names are those of the standard, in every language. */
static enum kvk_err append_date(kvk_time at, struct kvk_blob *out)
{
	static const char days[][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	const int64_t day = kvk_time_days(0, at);
	struct kvk_civil civil;

	kvk_time_to_civil(at, &civil);
	return kvk_blob_append_format(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n",
		days[(day % 7 + 7) % 7], civil.day, months[civil.month - 1], civil.year, civil.hour,
		civil.minute, civil.second);
}

/* How many octets of whole characters fit in an encoded word of at most so many. */
static size_t word_length(struct kvk_span text, size_t limit)
{
	size_t n = text.n < limit ? text.n : limit;

	while (n > 1 && n < text.n && (text.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* Words of ASCII, in lines that are short enough, unless a single word is longer. */
static enum kvk_err append_folded(const char *text, struct kvk_blob *out)
{
	size_t column = strlen(SUBJECT);
	enum kvk_err err = KVK_OK;

	while (*text != '\0') {
		const size_t n = strcspn(text, " ");

		if (n > 0 && column + 1 + n > HEADER_LINE && column > strlen(SUBJECT)) {
			KVK_TRY(kvk_blob_append_text(out, "\r\n"));
			column = 0;
		}
		KVK_TRY(kvk_blob_append_format(out, " %.*s", (int)n, text));
		column += 1 + n;
		text += n + (text[n] == ' ');
	}
	KVK_TRY(kvk_blob_append_text(out, "\r\n"));
out:
	return err;
}

static enum kvk_err append_subject(const char *subject, struct kvk_blob *out)
{
	struct kvk_span rest = kvk_span_of(subject);
	size_t limit = FIRST_WORD_OCTETS;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, SUBJECT));
	if (is_ascii(subject, false))
		return append_folded(subject, out);
	for (; rest.n > 0; limit = WORD_OCTETS) {
		const size_t n = word_length(rest, limit);

		KVK_TRY(kvk_blob_append_text(out, " =?UTF-8?B?"));
		KVK_TRY(kvk_base64(out, (struct kvk_span){ rest.p, n }, 0));
		KVK_TRY(kvk_blob_append_text(out, "?=\r\n"));
		rest = (struct kvk_span){ rest.p + n, rest.n - n };
	}
out:
	return err;
}

/* All recipients, a line each. */
static enum kvk_err append_recipients(const char *lines, struct kvk_blob *out)
{
	const char *before = "To: ";
	enum kvk_err err = KVK_OK;

	while (*lines != '\0') {
		const size_t n = strcspn(lines, "\n");

		KVK_TRY(kvk_blob_append_format(out, "%s%.*s", before, (int)n, lines));
		before = ",\r\n ";
		lines += n + (lines[n] == '\n');
	}
	KVK_TRY(kvk_blob_append_text(out, "\r\n"));
out:
	return err;
}

static enum kvk_err append_headers(
	const char *from, const struct kvk_message *message, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(out, "From: kvkcsr <%s>\r\n", from));
	KVK_TRY(append_recipients(message->recipients, out));
	KVK_TRY(append_subject(message->subject, out));
	KVK_TRY(append_date(message->at, out));
	KVK_TRY(kvk_blob_append_format(
		out, "Message-ID: <%s%s>\r\n", message->key, strchr(from, '@')));
	KVK_TRY(kvk_blob_append_text(out,
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"));
out:
	return err;
}

/* Whether a text can go as it is: ASCII in lines that are short enough. */
static bool is_plain(const char *text)
{
	size_t n = 0;

	if (!is_ascii(text, true))
		return false;
	for (; *text != '\0'; text++) {
		n = *text == '\n' ? 0 : n + 1;
		if (n > LINE_LIMIT)
			return false;
	}
	return true;
}

static enum kvk_err append_plain(const char *text, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (; *text != '\0'; text++) {
		if (*text == '\n')
			KVK_TRY(kvk_blob_append_byte(out, '\r'));
		KVK_TRY(kvk_blob_append_byte(out, (uint8_t)*text));
	}
out:
	return err;
}

/* Appends one octet as it stands in quoted-printable; next is the octet after it. */
static enum kvk_err append_quoted_octet(
	uint8_t octet, uint8_t next, size_t *column, struct kvk_blob *out)
{
	const bool end = next == '\n' || next == '\0';
	const bool plain = octet >= 0x20 && octet < 0x7f && octet != '=' && !(octet == ' ' && end);
	const size_t width = plain ? 1 : 3;
	enum kvk_err err = KVK_OK;

	if (*column + width > QUOTED_LINE - 1) {
		KVK_TRY(kvk_blob_append_text(out, "=\r\n"));
		*column = 0;
	}
	*column += width;
	err = plain ? kvk_blob_append_byte(out, octet) :
		      kvk_blob_append_format(out, "=%02X", octet);
out:
	return err;
}

static enum kvk_err append_quoted(const char *text, struct kvk_blob *out)
{
	size_t column = 0;
	enum kvk_err err = KVK_OK;

	for (; *text != '\0'; text++) {
		if (*text != '\n') {
			KVK_TRY(append_quoted_octet(
				(uint8_t)text[0], (uint8_t)text[1], &column, out));
			continue;
		}
		KVK_TRY(kvk_blob_append_text(out, "\r\n"));
		column = 0;
	}
out:
	return err;
}

enum kvk_err kvk_mail_text(
	const char *from, const struct kvk_message *message, struct kvk_blob *out)
{
	const bool plain = is_plain(message->text);
	enum kvk_err err;

	KVK_TRY(append_headers(from, message, out));
	KVK_TRY(kvk_blob_append_format(
		out, "Content-Transfer-Encoding: %s\r\n\r\n", plain ? "7bit" : "quoted-printable"));
	err = plain ? append_plain(message->text, out) : append_quoted(message->text, out);
out:
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/guise.h"

#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"
#include "cert/kind.h"

/* How far a look at text goes that may be anywhere. */
#define LOOK 4096

#define BEGIN_MARK "-----BEGIN "

static bool begins(struct kvk_span file, const char *octets, size_t n)
{
	return file.n >= n && memcmp(file.p, octets, n) == 0;
}

/* Whether a word is in the first part of a text, letters of either case alike. */
static bool holds_nocase(struct kvk_span text, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = 0; i + n <= text.n && i < LOOK; i++)
		if (kvk_equal_nocase((struct kvk_span){ text.p + i, n }, kvk_span_of(word)))
			return true;
	return false;
}

/* Takes a line off the front; false at the end of the text. */
static bool take_line(struct kvk_span *text, struct kvk_span *line)
{
	size_t n = 0;

	if (text->n == 0)
		return false;
	while (n < text->n && text->p[n] != '\n' && text->p[n] != '\r')
		n++;
	*line = (struct kvk_span){ text->p, n };
	n += n + 1 < text->n && text->p[n] == '\r' && text->p[n + 1] == '\n';
	n += n < text->n;
	*text = kvk_span_at(*text, text->p + n);
	return true;
}

/* What tells itself by its first bytes. */
static enum kvk_guise by_magic(struct kvk_span file)
{
	static const struct {
		const char *octets;
		size_t n;
		enum kvk_guise guise;
	} rows[] = {
		{ "\xd0\xcf\x11\xe0", 4, KVK_GUISE_OLE },
		{ "\x78\x9f\x3e\x22", 4, KVK_GUISE_TNEF },
		{ "{\\rtf", 5, KVK_GUISE_RTF },
		{ "%PDF-", 5, KVK_GUISE_PDF },
		{ "\x89PNG", 4, KVK_GUISE_IMAGE },
		{ "\xff\xd8\xff", 3, KVK_GUISE_IMAGE },
		{ "GIF8", 4, KVK_GUISE_IMAGE },
		{ "7z\xbc\xaf", 4, KVK_GUISE_ARCHIVE },
		{ "Rar!", 4, KVK_GUISE_ARCHIVE },
		{ "\x1f\x8b", 2, KVK_GUISE_GZIP },
		{ "BZh", 3, KVK_GUISE_COMPRESSED },
		{ "\xfd"
		  "7zXZ",
			5, KVK_GUISE_COMPRESSED },
		{ "\x28\xb5\x2f\xfd", 4, KVK_GUISE_COMPRESSED },
		{ "\xfe\xed\xfe\xed", 4, KVK_GUISE_JKS },
		{ "\xce\xce\xce\xce", 4, KVK_GUISE_JKS },
		{ "\xff\xfe", 2, KVK_GUISE_UTF16 },
		{ "\xfe\xff", 2, KVK_GUISE_UTF16 },
		{ "-\0-\0", 4, KVK_GUISE_UTF16 },
		{ "\0-\0-", 4, KVK_GUISE_UTF16 },
		{ "-----BEGIN OPENSSH PRIVATE KEY", 30, KVK_GUISE_OPENSSH_KEY },
		{ "ssh-", 4, KVK_GUISE_OPENSSH_PUBLIC },
		{ "ecdsa-sha2-", 11, KVK_GUISE_OPENSSH_PUBLIC },
		{ "---- BEGIN SSH2 PUBLIC KEY", 26, KVK_GUISE_OPENSSH_PUBLIC },
		{ "PuTTY-User-Key-File", 19, KVK_GUISE_PUTTY },
		{ "-----BEGIN PGP ", 15, KVK_GUISE_PGP },
		{ "HTTP/", 5, KVK_GUISE_HTTP },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (begins(file, rows[i].octets, rows[i].n))
			return rows[i].guise;
	if (file.n > 262 && memcmp(file.p + 257, "ustar", 5) == 0)
		return KVK_GUISE_ARCHIVE;
	return KVK_GUISE_NONE;
}

/* A ZIP archive, which documents are as well. */
static enum kvk_guise by_zip(struct kvk_span file)
{
	if (!begins(file, "PK\3\4", 4) && !begins(file, "PK\5\6", 4))
		return KVK_GUISE_NONE;
	if (kvk_span_find(file, "word/") != NULL)
		return KVK_GUISE_WORD;
	if (kvk_span_find(file, "[Content_Types].xml") != NULL ||
		kvk_span_find(file, "application/vnd.oasis.opendocument") != NULL)
		return KVK_GUISE_OFFICE;
	return KVK_GUISE_ZIP;
}

static enum kvk_guise by_markup(struct kvk_span text)
{
	const struct kvk_span start = kvk_trim(text);

	if (holds_nocase(text, "<html") || holds_nocase(text, "<!doctype html") ||
		holds_nocase(text, "<head>") || holds_nocase(text, "<body"))
		return KVK_GUISE_HTML;
	return begins(start, "<", 1) ? KVK_GUISE_XML : KVK_GUISE_NONE;
}

/* Whether a line is a field of the head of a mail that everyday text does not have. */
static bool is_mail_field(struct kvk_span line)
{
	static const char *const names[] = { "MIME-Version:", "Received:", "Message-ID:",
		"Return-Path:", "Delivered-To:", "Content-Transfer-Encoding:" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const size_t n = strlen(names[i]);

		if (line.n >= n &&
			kvk_equal_nocase((struct kvk_span){ line.p, n }, kvk_span_of(names[i])))
			return true;
	}
	return false;
}

/* The head of a mail ends at the first empty line. */
static bool is_mail(struct kvk_span text)
{
	struct kvk_span line;

	while (take_line(&text, &line) && kvk_trim(line).n > 0)
		if (is_mail_field(line))
			return true;
	return false;
}

static bool is_ldif(struct kvk_span text)
{
	struct kvk_span line;
	bool named = false;

	while (take_line(&text, &line)) {
		named |= begins(line, "dn:", 3);
		if (named && kvk_span_find(line, ":: ") != NULL)
			return true;
	}
	return false;
}

/* The text of the line before a place. */
static struct kvk_span before(struct kvk_span text, const uint8_t *at)
{
	const uint8_t *p = at;

	while (p > text.p && p[-1] != '\n' && p[-1] != '\r')
		p--;
	return (struct kvk_span){ p, (size_t)(at - p) };
}

/* What is wrong with the first BEGIN line. */
static enum kvk_guise by_begin(struct kvk_span text, const uint8_t *at)
{
	const struct kvk_span prefix = before(text, at);
	const struct kvk_span rest = kvk_span_at(text, at + strlen(BEGIN_MARK));
	const uint8_t *dashes = kvk_span_find(rest, "-----");
	struct kvk_span line, tail = rest;

	if (kvk_trim(prefix).n > 0 && memchr(prefix.p, '>', prefix.n) != NULL)
		return KVK_GUISE_QUOTED;
	if (dashes != NULL && begins(kvk_span_at(rest, dashes + 5), "\\", 1))
		return KVK_GUISE_LITERAL_NEWLINE;
	if (take_line(&tail, &line) && kvk_span_find(line, "-----END ") != NULL)
		return KVK_GUISE_ONE_LINE;
	if (prefix.n > 0 && kvk_trim(prefix).n == 0)
		return KVK_GUISE_INDENTED;
	return kvk_guise_other_dashes(text, &line) > 0 ? KVK_GUISE_OTHER_DASHES : KVK_GUISE_NONE;
}

/* A BEGIN line whose hyphens are others, or not five. */
static enum kvk_guise by_other_begin(struct kvk_span text)
{
	const uint8_t *at;

	while ((at = kvk_span_find(text, "BEGIN ")) != NULL) {
		const struct kvk_span prefix = before(text, at);
		struct kvk_span line;

		text = kvk_span_at(text, at);
		take_line(&text, &line);
		if (kvk_span_find(prefix, "\xe2\x80") != NULL ||
			kvk_span_find(prefix, "\xe2\x88\x92") != NULL)
			return KVK_GUISE_DASHES;
		if (kvk_span_find(prefix, "-") != NULL)
			return KVK_GUISE_HYPHENS;
	}
	return KVK_GUISE_NONE;
}

/* Nothing but base64 that begins as DER does ("M" is the first digit of a SEQUENCE). */
static bool is_base64(struct kvk_span text)
{
	const struct kvk_span all = kvk_trim(text);

	if (all.n < 64 || all.p[0] != 'M')
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (!kvk_is_alnum(all.p[i]) && !kvk_is_space(all.p[i]) &&
			strchr("+/=", all.p[i]) == NULL)
			return false;
	return true;
}

/* What base64 is of, by its first digits. */
static enum kvk_guise by_base64(struct kvk_span text)
{
	struct kvk_blob digits = { 0 }, der = { 0 };
	bool certificate = false;

	if (!is_base64(text))
		return KVK_GUISE_NONE;
	for (size_t i = 0; i < text.n && digits.n < LOOK; i++)
		if (!kvk_is_space(text.p[i]) && kvk_blob_append_byte(&digits, text.p[i]) != KVK_OK)
			goto out;
	/* four digits are three bytes */
	if (kvk_unbase64((struct kvk_span){ digits.p, digits.n & ~(size_t)3 }, &der) == KVK_OK)
		certificate = kvk_kind_of_der(kvk_span_of_blob(&der)) == KVK_BLOCK_CERTIFICATE;
out:
	kvk_blob_free(&digits);
	kvk_blob_free(&der);
	return certificate ? KVK_GUISE_BASE64_CERTIFICATE : KVK_GUISE_BASE64;
}

unsigned kvk_guise_other_dashes(struct kvk_span file, struct kvk_span *line)
{
	unsigned number = 0;

	while (take_line(&file, line)) {
		number++;
		if (begins(*line, "-----", 5) && !begins(*line, "-----BEGIN ", 11) &&
			!begins(*line, "-----END ", 9))
			return number;
	}
	return 0;
}

bool kvk_guise_has_utf16_key(struct kvk_span file)
{
	static const char key[] = "P\0R\0I\0V\0A\0T\0E\0 \0K\0E\0Y";

	return file.n > 0 && memmem(file.p, file.n, key, sizeof key - 1) != NULL;
}

enum kvk_guise kvk_guise_of(struct kvk_span file)
{
	enum kvk_guise guise;
	const uint8_t *at;

	if (begins(file, "\xef\xbb\xbf", 3))
		file = kvk_span_at(file, file.p + 3);
	if (kvk_trim(file).n == 0)
		return KVK_GUISE_EMPTY;
	guise = by_magic(file);
	if (guise == KVK_GUISE_NONE)
		guise = by_zip(file);
	if (guise != KVK_GUISE_NONE || file.p[0] == 0x30 || memchr(file.p, 0, file.n) != NULL)
		return guise;
	if (is_mail(file))
		return KVK_GUISE_MAIL;
	if (is_ldif(file))
		return KVK_GUISE_LDIF;
	at = kvk_span_find(file, BEGIN_MARK);
	if (at != NULL)
		return by_begin(file, at);
	guise = by_markup(file);
	if (guise == KVK_GUISE_NONE)
		guise = by_other_begin(file);
	return guise == KVK_GUISE_NONE ? by_base64(file) : guise;
}

#define GUISE_TEXT(id, text, action) [id] = text,
#define GUISE_ACTION(id, text, action) [id] = action,

static const char *const actions[] = { KVK_GUISES(GUISE_ACTION) };

const char *kvk_guise_text(enum kvk_guise guise)
{
	static const char *const texts[] = { KVK_GUISES(GUISE_TEXT) };

	return texts[guise][0] != '\0' ? _(texts[guise]) : "";
}

/* Of a file that cannot become what is wanted: where that is. */
static const char *const instead[] = {
	[KVK_GUISE_FOR_CERTIFICATE] = N_("use the file with the certificate that the TSP sent"),
	[KVK_GUISE_FOR_REQUEST] = N_("use the file with the request; in PEM format it begins with "
				     "'-----BEGIN CERTIFICATE REQUEST-----'"),
	[KVK_GUISE_FOR_KEY] = N_("use the file with the private key; in PEM format it begins with "
				 "'-----BEGIN PRIVATE KEY-----'"),
	[KVK_GUISE_FOR_REVOCATION] =
		N_("use a revocation list (CRL) or an OCSP response of the CA"),
	[KVK_GUISE_FOR_ANYTHING] =
		N_("this key is for SSH; look for the file with the certificate or the request"),
};

/* Whether what is in it can serve for what is wanted. */
static bool is_of_use(enum kvk_guise guise, enum kvk_guise_wanted wanted)
{
	switch (guise) {
	case KVK_GUISE_OPENSSH_PUBLIC:
		return wanted == KVK_GUISE_FOR_KEY;
	case KVK_GUISE_OPENSSH_KEY:
	case KVK_GUISE_PUTTY:
		return wanted == KVK_GUISE_FOR_KEY || wanted == KVK_GUISE_FOR_ANYTHING;
	case KVK_GUISE_BASE64_CERTIFICATE:
		return wanted == KVK_GUISE_FOR_CERTIFICATE || wanted == KVK_GUISE_FOR_ANYTHING;
	default:
		return true;
	}
}

const char *kvk_guise_action_marked(enum kvk_guise guise, enum kvk_guise_wanted wanted)
{
	return is_of_use(guise, wanted) ? actions[guise] : instead[wanted];
}

const char *kvk_guise_action(enum kvk_guise guise, enum kvk_guise_wanted wanted)
{
	const char *action = kvk_guise_action_marked(guise, wanted);

	return action[0] != '\0' ? _(action) : "";
}

bool kvk_guise_is_salvageable(enum kvk_guise guise)
{
	switch (guise) {
	case KVK_GUISE_UTF16:
	case KVK_GUISE_MAIL:
	case KVK_GUISE_LDIF:
	case KVK_GUISE_QUOTED:
	case KVK_GUISE_INDENTED:
	case KVK_GUISE_LITERAL_NEWLINE:
	case KVK_GUISE_ONE_LINE:
	case KVK_GUISE_DASHES:
	case KVK_GUISE_HYPHENS:
	case KVK_GUISE_BASE64_CERTIFICATE:
	case KVK_GUISE_BASE64:
	case KVK_GUISE_OTHER_DASHES:
		return true;
	default:
		return false;
	}
}

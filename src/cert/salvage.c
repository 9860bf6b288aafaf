/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/salvage.h"

#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "cert/kind.h"
#include "cert/pem.h"
#include "der/reader.h"

/* Takes a line off the front, with its end. */
static struct kvk_span take_line(struct kvk_span *text)
{
	const uint8_t *end = memchr(text->p, '\n', text->n);
	const struct kvk_span line = { text->p,
		end != NULL ? (size_t)(end + 1 - text->p) : text->n };

	*text = kvk_span_from(*text, line.n);
	return line;
}

/* How many bytes at the front are a dash of some kind; 0: none. */
static size_t dash_at(struct kvk_span text)
{
	if (text.n > 0 && text.p[0] == '-')
		return 1;
	if (text.n < 3 || text.p[0] != 0xe2)
		return 0;
	if ((text.p[1] == 0x80 && text.p[2] >= 0x90 && text.p[2] <= 0x95) ||
		(text.p[1] == 0x88 && text.p[2] == 0x92))
		return 3;
	return 0;
}

/* The length of what looks like a blank or the mark of a quotation at the front. */
static size_t margin_at(struct kvk_span text)
{
	if (text.n > 0 && (text.p[0] == ' ' || text.p[0] == '\t' || text.p[0] == '>'))
		return 1;
	/* a no-break space, and the mark of a byte order or a space without width */
	if (text.n > 1 && text.p[0] == 0xc2 && text.p[1] == 0xa0)
		return 2;
	return text.n > 2 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static struct kvk_span skip_margin(struct kvk_span line)
{
	size_t n;

	while ((n = margin_at(line)) > 0)
		line = kvk_span_from(line, n);
	return line;
}

/* A BEGIN or END line: each run of dashes becomes five hyphens. */
static enum kvk_err append_mark(struct kvk_span line, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	while (line.n > 0) {
		size_t n = dash_at(line);

		if (n == 0) {
			KVK_TRY(kvk_blob_append_byte(out, line.p[0]));
			line = kvk_span_from(line, 1);
			continue;
		}
		while ((n = dash_at(line)) > 0)
			line = kvk_span_from(line, n);
		KVK_TRY(kvk_blob_append_text(out, "-----"));
	}
out:
	return err;
}

/* Margins go, and other lines that begin with dashes. */
static enum kvk_err append_lines(struct kvk_span text, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		const struct kvk_span line = skip_margin(take_line(&text));
		const bool is_mark = kvk_span_find(line, "BEGIN ") != NULL ||
			kvk_span_find(line, "END ") != NULL;

		if (is_mark)
			KVK_TRY(append_mark(line, out));
		else if (dash_at(line) == 0)
			KVK_TRY(kvk_blob_append(out, line));
	}
out:
	return err;
}

/* UTF-16 of either byte order becomes UTF-8; what is outside the first plane is left out. */
static enum kvk_err append_utf16(struct kvk_span file, struct kvk_blob *out)
{
	const bool big = file.n > 1 && (file.p[0] == 0 || file.p[0] == 0xfe);
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i + 1 < file.n; i += 2) {
		const uint32_t unit = big ? (uint32_t)file.p[i] << 8 | file.p[i + 1] :
					    (uint32_t)file.p[i + 1] << 8 | file.p[i];

		if (unit != 0xfeff && (unit < 0xd800 || unit > 0xdfff))
			KVK_TRY(kvk_utf8_append(out, unit));
	}
out:
	return err;
}

/* Each "\n" and "\r" that is written out becomes a line end. */
static enum kvk_err append_unescaped(struct kvk_span text, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		const bool escaped =
			text.n > 1 && text.p[0] == '\\' && (text.p[1] == 'n' || text.p[1] == 'r');

		KVK_TRY(kvk_blob_append_byte(out, escaped ? '\n' : text.p[0]));
		text = kvk_span_from(text, escaped ? 2 : 1);
	}
out:
	return err;
}

/* Quoted-printable: "=3D" is a byte, "=" at the end of a line joins it with the next one. */
static enum kvk_err append_unquoted(struct kvk_span text, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		size_t n = 1;

		if (text.p[0] != '=') {
			KVK_TRY(kvk_blob_append_byte(out, text.p[0]));
		} else if (text.n > 2 && kvk_is_hex(text.p[1]) && kvk_is_hex(text.p[2])) {
			KVK_TRY(kvk_unhex((struct kvk_span){ text.p + 1, 2 }, out));
			n = 3;
		} else {
			while (n < text.n && (text.p[n] == ' ' || text.p[n] == '\r'))
				n++;
			n += n < text.n && text.p[n] == '\n';
		}
		text = kvk_span_from(text, n);
	}
out:
	return err;
}

/* What base64 holds, as PEM: DER gets the label of what it is, text stays what it is. */
static enum kvk_err append_base64(struct kvk_span text, struct kvk_blob *out)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_unbase64(text, &bytes);
	struct kvk_span der = kvk_span_of_blob(&bytes);

	if (err != KVK_OK)
		goto out;
	if (kvk_span_find(der, "-----BEGIN ") != NULL)
		KVK_TRY(kvk_blob_append(out, der));
	while (der.n > 0 && der.p[0] == KVK_DER_SEQUENCE) {
		const size_t n = kvk_kind_extent(der);
		const enum kvk_block_kind kind = kvk_kind_of_der(der);

		if (n == 0 || n > der.n)
			break;
		if (kind == KVK_BLOCK_CERTIFICATE || kind == KVK_BLOCK_PKCS7)
			KVK_TRY(kvk_pem_write(out,
				kind == KVK_BLOCK_PKCS7 ? "PKCS7" : "CERTIFICATE",
				(struct kvk_span){ der.p, n }));
		der = kvk_span_from(der, n);
	}
out:
	if (bytes.p != NULL)
		kvk_wipe(bytes.p, bytes.n);
	kvk_blob_free(&bytes);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* Each run of lines of base64, which an attachment of a mail is. */
static enum kvk_err append_attachments(struct kvk_span text, struct kvk_blob *out)
{
	struct kvk_blob run = { 0 };
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		const struct kvk_span line = kvk_trim(take_line(&text));
		size_t n = 0;

		while (n < line.n && (kvk_is_alnum(line.p[n]) || strchr("+/=", line.p[n]) != NULL))
			n++;
		if (n == line.n && n > 0) {
			KVK_TRY(kvk_blob_append(&run, line));
			if (text.n > 0)
				continue;
		}
		if (run.n > 64)
			KVK_TRY(append_base64(kvk_span_of_blob(&run), out));
		kvk_blob_clear(&run);
	}
out:
	kvk_blob_free(&run);
	return err;
}

static enum kvk_err append_mail(struct kvk_span text, struct kvk_blob *out)
{
	struct kvk_blob plain = { 0 };
	enum kvk_err err = KVK_OK;

	if (kvk_span_find(text, "quoted-printable") != NULL)
		KVK_TRY(append_unquoted(text, &plain));
	else
		KVK_TRY(kvk_blob_append(&plain, text));
	KVK_TRY(append_lines(kvk_span_of_blob(&plain), out));
	KVK_TRY(kvk_blob_append_text(out, "\n"));
	if (kvk_span_find(text, "base64") != NULL)
		KVK_TRY(append_attachments(text, out));
out:
	kvk_blob_free(&plain);
	return err;
}

/* The values after "::", whose lines go on where the next one begins with a blank. */
static enum kvk_err append_ldif(struct kvk_span text, struct kvk_blob *out)
{
	struct kvk_blob value = { 0 };
	bool inside = false;
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		const struct kvk_span line = take_line(&text);
		const uint8_t *colons = memmem(line.p, line.n, ":: ", 3);

		if (line.n > 0 && line.p[0] == ' ') {
			if (inside)
				KVK_TRY(kvk_blob_append(&value, kvk_trim(line)));
			continue;
		}
		KVK_TRY(append_base64(kvk_span_of_blob(&value), out));
		kvk_blob_clear(&value);
		inside = colons != NULL;
		if (inside)
			KVK_TRY(kvk_blob_append(&value,
				kvk_trim(kvk_span_from(line, (size_t)(colons + 3 - line.p)))));
	}
	KVK_TRY(append_base64(kvk_span_of_blob(&value), out));
out:
	kvk_blob_free(&value);
	return err;
}

/* UTF-16 may hide one of the others. */
static enum kvk_err append_recoded(struct kvk_span file, struct kvk_blob *out)
{
	struct kvk_blob text = { 0 };
	enum kvk_guise guise;
	enum kvk_err err;

	KVK_TRY(append_utf16(file, &text));
	guise = kvk_guise_of(kvk_span_of_blob(&text));
	if (guise == KVK_GUISE_UTF16 || !kvk_guise_is_salvageable(guise))
		KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&text)));
	else
		KVK_TRY(kvk_salvage(kvk_span_of_blob(&text), guise, out));
out:
	if (text.p != NULL)
		kvk_wipe(text.p, text.n);
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_salvage(struct kvk_span file, enum kvk_guise guise, struct kvk_blob *out)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	switch (guise) {
	case KVK_GUISE_UTF16:
		return append_recoded(file, out);
	case KVK_GUISE_MAIL:
		return append_mail(file, out);
	case KVK_GUISE_LDIF:
		return append_ldif(file, out);
	case KVK_GUISE_BASE64_CERTIFICATE:
	case KVK_GUISE_BASE64:
		return append_base64(file, out);
	case KVK_GUISE_LITERAL_NEWLINE:
		KVK_TRY(append_unescaped(file, &text));
		KVK_TRY(append_lines(kvk_span_of_blob(&text), out));
		break;
	default:
		return append_lines(file, out);
	}
out:
	kvk_blob_free(&text);
	return err;
}

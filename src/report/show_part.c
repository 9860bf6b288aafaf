/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: the lines, and values that several parts show. */
#include "config.h"

#include "report/show_part.h"

#include <string.h>

#include "base/encode.h"
#include "crypto/scheme.h"
#include "names/oin.h"

/* How far rows are indented, and those of extensions. */
#define INDENT 2u
#define EXTENSION_INDENT 4u

/* Blanks that would be lost where a line is broken. */
static bool has_odd_blanks(const char *text)
{
	return text[0] == ' ' || strstr(text, "  ") != NULL ||
		(text[0] != '\0' && text[strlen(text) - 1] == ' ');
}

void kvk_show_end(struct kvk_shown *s, const char *label)
{
	const char *text = kvk_blob_str(&s->text);

	KVK_PAGE_TRY(&s->page, s->line.err);
	if (has_odd_blanks(text))
		kvk_rows_add_exact(&s->page, &s->rows, label, text);
	else
		kvk_rows_add(&s->page, &s->rows, label, text);
	kvk_blob_clear(&s->text);
}

void kvk_show_row(struct kvk_shown *s, const char *label, const char *text)
{
	kvk_rows_add(&s->page, &s->rows, label, text);
}

void kvk_show_next(struct kvk_shown *s)
{
	kvk_show_end(s, s->label);
	s->label = "";
}

void kvk_show_write(struct kvk_shown *s)
{
	kvk_rows_write(&s->page, &s->rows, INDENT);
}

void kvk_show_write_extensions(struct kvk_shown *s)
{
	kvk_rows_write(&s->page, &s->rows, EXTENSION_INDENT);
}

void kvk_show_between(struct kvk_shown *s, size_t i)
{
	if (i > 0)
		kvk_page_append_text(&s->line, ", ");
}

void kvk_show_cut(struct kvk_shown *s, size_t n)
{
	if (s->text.n <= n)
		return;
	s->text.n = n;
	s->text.p[n] = '\0';
}

void kvk_show_append_name(struct kvk_shown *s, const struct kvk_name *name)
{
	KVK_PAGE_TRY(&s->line, kvk_name_text(name, &s->text));
}

void kvk_show_append_bytes(struct kvk_shown *s, struct kvk_span bytes)
{
	const size_t shown = bytes.n < KVK_SHOW_HEX ? bytes.n : KVK_SHOW_HEX;
	const size_t group = bytes.n > 2 * KVK_SHOW_HEX_GROUP ? KVK_SHOW_HEX_GROUP : bytes.n;
	struct kvk_blob hex = { 0 };

	for (size_t i = 0; i < shown; i += group) {
		const size_t n = shown - i < group ? shown - i : group;

		if (i > 0)
			KVK_PAGE_TRY(&s->line, kvk_blob_append_byte(&hex, ' '));
		KVK_PAGE_TRY(&s->line, kvk_hex(&hex, (struct kvk_span){ bytes.p + i, n }, '\0'));
	}
	if (shown < bytes.n)
		kvk_page_append(&s->line,
			kvk_ngettext(
				"%s... (%zu byte in all)", "%s... (%zu bytes in all)", bytes.n),
			kvk_blob_str(&hex), bytes.n);
	else
		kvk_page_append_text(&s->line, kvk_blob_str(&hex));
	kvk_blob_free(&hex);
}

void kvk_show_append_time(struct kvk_shown *s, kvk_time t)
{
	kvk_page_append_time(&s->line, s->show->at, t);
}

void kvk_show_append_scheme(struct kvk_shown *s, struct kvk_span algorithm)
{
	const enum kvk_err err = kvk_scheme_describe(algorithm, &s->text);

	if (err == KVK_ERR_DER)
		kvk_show_append_bytes(s, algorithm);
	else
		KVK_PAGE_TRY(&s->line, err);
}

void kvk_show_append_key(struct kvk_shown *s, const struct kvk_key_info *key)
{
	struct kvk_blob text = { 0 };

	KVK_PAGE_TRY(&s->line, kvk_key_info_describe(key, &text));
	if (key->type == KVK_KEY_RSA && key->exponent != 0)
		kvk_page_append(&s->line, _("%s, exponent %llu"), kvk_blob_str(&text),
			(unsigned long long)key->exponent);
	else
		kvk_page_append_text(&s->line, kvk_blob_str(&text));
	kvk_blob_free(&text);
}

/* What the number in an attribute means; nothing where it is none that is known. */
static enum kvk_err describe_number(enum kvk_oid oid, struct kvk_span text, struct kvk_blob *out)
{
	char number[KVK_NUMBER_DIGITS + 1];
	struct kvk_oin oin;
	bool known = false;

	if (oid == KVK_OID_SERIAL_NUMBER && kvk_oin_read(text, &oin, NULL) == KVK_OK)
		return kvk_oin_describe(&oin, out);
	if (oid == KVK_OID_SERIAL_NUMBER)
		known = kvk_number_read(text, number, NULL) == KVK_OK;
	else if (oid == KVK_OID_ORGANIZATION_IDENTIFIER)
		known = kvk_number_of_identifier(text, number) == KVK_OK;
	return known ? kvk_blob_append_format(out, _("KVK number %s"), number) : KVK_OK;
}

static void append_meaning(struct kvk_shown *s, enum kvk_oid oid, struct kvk_span text)
{
	struct kvk_blob words = { 0 };

	KVK_PAGE_TRY(&s->line, describe_number(oid, text, &words));
	if (words.n > 0)
		kvk_page_append(&s->line, " (%s)", kvk_blob_str(&words));
	kvk_blob_free(&words);
}

static void append_attribute(struct kvk_shown *s, const struct kvk_attribute *a)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { 0 };
	const enum kvk_err err = kvk_attribute_text(a, &text);

	kvk_page_append(&s->line, "%s = ", kvk_oid_label(a->type, label));
	if (err == KVK_OK) {
		kvk_page_append_escaped(&s->line, kvk_span_of_blob(&text));
		append_meaning(s, a->oid, kvk_span_of_blob(&text));
	} else if (err == KVK_ERR_TEXT) {
		kvk_page_append_text(&s->line, "#");
		kvk_show_append_bytes(s, a->value_der);
	} else {
		KVK_PAGE_TRY(&s->line, err);
	}
	kvk_blob_free(&text);
}

void kvk_show_subject(struct kvk_shown *s, const struct kvk_name *subject)
{
	for (size_t i = 0; i < subject->count; i++) {
		append_attribute(s, &subject->attributes[i]);
		kvk_show_end(s, i == 0 ? _("subject") : "");
	}
	if (subject->count == 0)
		kvk_show_row(s, _("subject"), _("empty"));
}

void kvk_show_tolerated(struct kvk_shown *s, const struct kvk_der_log *log)
{
	for (int i = KVK_DER_OK + 1; i < KVK_DER_REMARK_COUNT; i++) {
		if (!(log->tolerated >> i & 1))
			continue;
		kvk_show_row(s, _("not strict DER"), kvk_der_remark_text((enum kvk_der_remark)i));
	}
}

void kvk_show_failure(struct kvk_shown *s, enum kvk_err err, const struct kvk_der_log *log)
{
	if (log->remark != KVK_DER_OK)
		kvk_page_append(&s->line, _("%s: %s, at byte %zu"), kvk_error_text(err),
			kvk_der_remark_text(log->remark), log->offset);
	else
		kvk_page_append_text(&s->line, kvk_error_text(err));
	kvk_show_end(s, _("cannot be read"));
}

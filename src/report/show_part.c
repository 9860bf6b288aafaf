/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: the lines, and values that several parts show. */
#include "config.h"

#include "report/show_part.h"

#include "crypto/scheme.h"
#include "names/oin.h"

/* Columns before a value, and before the value of an extension. */
#define VALUE 20
#define EXTENSION_VALUE 28

static void end_line(struct kvk_shown *s, unsigned indent, unsigned margin, const char *label)
{
	struct kvk_blob padded = { 0 };

	KVK_PAGE_TRY(&s->page, kvk_blob_format(&padded, "%*s%s", (int)margin, "", label));
	KVK_PAGE_TRY(&s->page, s->line.err);
	kvk_page_append_paragraph(&s->page, indent, kvk_blob_str(&padded), kvk_blob_str(&s->text));
	kvk_blob_clear(&s->text);
	kvk_blob_free(&padded);
}

/* The same without breaking the line, which would hide how many blanks there are. */
static void end_exact(struct kvk_shown *s, const char *label)
{
	KVK_PAGE_TRY(&s->page, s->line.err);
	kvk_page_append(&s->page, "  %-*s%s\n", VALUE - 2, label, kvk_blob_str(&s->text));
	kvk_blob_clear(&s->text);
}

void kvk_show_end(struct kvk_shown *s, const char *label)
{
	end_line(s, VALUE, 2, label);
}

void kvk_show_next(struct kvk_shown *s)
{
	end_line(s, EXTENSION_VALUE, 4, s->label);
	s->label = "";
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
	const struct kvk_span shown = { bytes.p, bytes.n < KVK_SHOW_HEX ? bytes.n : KVK_SHOW_HEX };

	kvk_page_append_hex(&s->line, shown);
	if (shown.n < bytes.n)
		kvk_page_append(&s->line, _("... (%zu bytes in all)"), bytes.n);
}

void kvk_show_append_time(struct kvk_shown *s, kvk_time t)
{
	char text[KVK_TIME_TEXT_SIZE];

	kvk_page_append(&s->line, "%s ", kvk_time_text(t, text));
	kvk_page_append_distance(&s->line, s->show->at, t);
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
	KVK_PAGE_TRY(&s->line, kvk_key_info_describe(key, &s->text));
	if (key->type == KVK_KEY_RSA && key->exponent != 0)
		kvk_page_append(&s->line, _(", exponent %llu"), (unsigned long long)key->exponent);
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
	return known ? kvk_blob_format(out, _("KVK number %s"), number) : KVK_OK;
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
		end_exact(s, i == 0 ? _("subject") : "");
	}
	if (subject->count == 0) {
		kvk_page_append_text(&s->line, _("empty"));
		kvk_show_end(s, _("subject"));
	}
}

void kvk_show_tolerated(struct kvk_shown *s, const struct kvk_der_log *log)
{
	for (int i = KVK_DER_OK + 1; i < KVK_DER_REMARK_COUNT; i++) {
		if (!(log->tolerated >> i & 1))
			continue;
		kvk_page_append_text(&s->line, kvk_der_remark_text((enum kvk_der_remark)i));
		kvk_show_end(s, _("not strict DER"));
	}
}

void kvk_show_failure(struct kvk_shown *s, enum kvk_err err, const struct kvk_der_log *log)
{
	kvk_page_append_text(&s->line, kvk_error_text(err));
	if (log->remark != KVK_DER_OK)
		kvk_page_append(&s->line, _(": %s, at byte %zu"), kvk_der_remark_text(log->remark),
			log->offset);
	kvk_show_end(s, _("cannot be read"));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/show.h"

#include <string.h>

#include "report/show_part.h"

/* What the portal's reader makes of the file, where it holds certificates. */
static const char *java_text(enum kvk_java_reading java)
{
	switch (java) {
	case KVK_JAVA_READS:
		return _("can read this file");
	case KVK_JAVA_FAILS:
		return _("cannot read this file (message 3)");
	case KVK_JAVA_NOTHING:
		return _("finds no certificate in this file (message 18)");
	case KVK_JAVA_UNSURE:
		return _("may be able to read this file; this program cannot");
	case KVK_JAVA_NOT_X509:
		break;
	}
	return _("does not recognise this as an X.509 certificate (message 12)");
}

/* Whether anybody could mean to upload the file: not where it is all CRLs, say. */
static bool is_delivery(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->kind != KVK_BLOCK_CRL && block->kind != KVK_BLOCK_OCSP &&
			block->kind != KVK_BLOCK_PUBLIC_KEY && block->kind != KVK_BLOCK_PARAMETERS)
			return true;
	}
	return contents->blocks.count == 0;
}

/* What was noticed of the file. What to do is below it once, where the summary has nothing. */
static void show_remarks(struct kvk_shown *s)
{
	const struct kvk_contents *contents = s->show->contents;
	const char *last = NULL;

	for (int i = 0; i < KVK_REMARK_COUNT; i++) {
		const char *advice = kvk_remark_advice_marked((enum kvk_remark)i);

		if (!(contents->remarks >> i & 1))
			continue;
		kvk_show_row(s, _("note"), kvk_remark_text((enum kvk_remark)i));
		if (contents->guise != KVK_GUISE_NONE || advice == NULL ||
			(last != NULL && strcmp(advice, last) == 0))
			continue;
		last = advice;
		kvk_show_row(s, _("do"), _(advice));
	}
}

static void show_head(struct kvk_shown *s)
{
	const struct kvk_contents *contents = s->show->contents;

	kvk_page_append_escaped(&s->page, kvk_span_of(s->show->file));
	kvk_page_append_text(&s->page, "\n");
	kvk_page_append(&s->line, kvk_ngettext("%s, %zu byte", "%s, %zu bytes", contents->size),
		kvk_contents_form_text(contents->form), contents->size);
	kvk_show_end(s, _("format"));
	kvk_page_append_hex(&s->line, (struct kvk_span){ contents->sha256, KVK_SHA256_SIZE });
	kvk_show_end(s, "SHA-256");
	if (!is_delivery(contents))
		return;
	kvk_show_row(s, _("KVK portal"), java_text(contents->java));
	show_remarks(s);
}

/* What a block is and where it is, on a line of its own. */
static void show_title(struct kvk_shown *s, const struct kvk_block *block)
{
	const bool secret = block->kind == KVK_BLOCK_KEY || block->kind == KVK_BLOCK_ENCRYPTED_KEY;

	const char *kind = kvk_kind_text(block->kind);

	if (block->in_pkcs7)
		kvk_page_append(&s->line, _("%s (in the list)"), kind);
	else if (block->line > 0)
		kvk_page_append(&s->line, _("%s (line %u)"), kind, block->line);
	else if (block->offset > 0)
		kvk_page_append(&s->line, _("%s (byte %zu)"), kind, block->offset);
	else
		kvk_page_append_text(&s->line, kind);
	kvk_page_append_text(&s->page, "\n");
	kvk_page_append_ink(
		&s->page, secret ? KVK_INK_BAD : KVK_INK_STRONG, kvk_blob_str(&s->text));
	kvk_page_append_text(&s->page, "\n");
	kvk_blob_clear(&s->text);
}

static void show_block(struct kvk_shown *s, const struct kvk_block *block)
{
	show_title(s, block);
	if (block->err != KVK_OK) {
		kvk_show_failure(s, block->err, &block->log);
		return;
	}
	switch (block->kind) {
	case KVK_BLOCK_CERTIFICATE:
		kvk_show_certificate(s, block->certificate);
		return;
	case KVK_BLOCK_CSR:
		kvk_show_csr(s, block->der);
		return;
	case KVK_BLOCK_CRL:
		kvk_show_crl(s, block->der);
		return;
	case KVK_BLOCK_OCSP:
		kvk_show_ocsp(s, block->der);
		return;
	case KVK_BLOCK_KEY:
	case KVK_BLOCK_ENCRYPTED_KEY:
		kvk_show_row(s, _("secret"), _("not shown; whoever has it can act in your name"));
		return;
	case KVK_BLOCK_PKCS12:
		kvk_show_row(s, _("not opened"),
			_("protected by a password, and usually holds a private key: do not upload "
			  "it"));
		return;
	default:
		return;
	}
}

enum kvk_err kvk_show_text(const struct kvk_show *show, struct kvk_blob *out)
{
	struct kvk_shown s = { .show = show, .page = { .out = out, .paper = show->paper } };

	s.line.out = &s.text;
	kvk_show_summary(&s);
	show_head(&s);
	kvk_show_write(&s);
	for (size_t i = 0; i < show->contents->blocks.count; i++) {
		show_block(&s, kvk_vec_at(&show->contents->blocks, i));
		kvk_show_write(&s);
	}
	kvk_blob_free(&s.text);
	return s.page.err;
}

bool kvk_show_has_anything(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->err != KVK_OK)
			continue;
		switch (block->kind) {
		case KVK_BLOCK_CERTIFICATE:
		case KVK_BLOCK_CSR:
		case KVK_BLOCK_CRL:
		case KVK_BLOCK_KEY:
		case KVK_BLOCK_ENCRYPTED_KEY:
			return true;
		default:
			break;
		}
	}
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/show.h"

#include "report/show_part.h"

/* What the portal's reader makes of the file, where it holds certificates. */
static const char *java_text(enum kvk_java_reading java)
{
	switch (java) {
	case KVK_JAVA_READS:
		return _("it can read this file");
	case KVK_JAVA_FAILS:
		return _("it cannot read this file (message 3)");
	case KVK_JAVA_NOTHING:
		return _("it finds no certificate in this file (message 18)");
	case KVK_JAVA_NOT_X509:
		break;
	}
	return _("it takes this for no X.509 certificate (message 12)");
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

static void show_head(struct kvk_shown *s)
{
	const struct kvk_contents *contents = s->show->contents;

	kvk_page_append_escaped(&s->page, kvk_span_of(s->show->file));
	kvk_page_append(&s->page, _(": %s, %zu bytes\n"), kvk_contents_form_text(contents->form),
		contents->size);
	kvk_page_append_hex(&s->line, (struct kvk_span){ contents->sha256, KVK_SHA256_SIZE });
	kvk_show_end(s, "SHA-256");
	if (!is_delivery(contents))
		return;
	kvk_page_append_text(&s->line, java_text(contents->java));
	kvk_show_end(s, _("KVK's portal"));
	for (int i = 0; i < KVK_REMARK_COUNT; i++) {
		if (!(contents->remarks >> i & 1))
			continue;
		kvk_page_append_text(&s->line, kvk_remark_text((enum kvk_remark)i));
		kvk_show_end(s, _("note"));
	}
}

/* What a block is and where it stands, on a line of its own. */
static void show_title(struct kvk_shown *s, const struct kvk_block *block)
{
	const bool secret = block->kind == KVK_BLOCK_KEY || block->kind == KVK_BLOCK_ENCRYPTED_KEY;

	kvk_page_append_text(&s->page, "\n");
	kvk_page_append_ink(
		&s->page, secret ? KVK_INK_BAD : KVK_INK_STRONG, kvk_kind_text(block->kind));
	if (block->in_pkcs7)
		kvk_page_append_text(&s->page, _(" (in the list)"));
	else if (block->line > 0)
		kvk_page_append(&s->page, _(" (line %u)"), block->line);
	else if (block->offset > 0)
		kvk_page_append(&s->page, _(" (byte %zu)"), block->offset);
	kvk_page_append_text(&s->page, "\n");
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
	case KVK_BLOCK_KEY:
	case KVK_BLOCK_ENCRYPTED_KEY:
		kvk_page_append_text(
			&s->line, _("it is not shown; who has it can act in your name"));
		kvk_show_end(s, _("secret"));
		return;
	case KVK_BLOCK_PKCS12:
		kvk_page_append_text(&s->line,
			_("it is locked with a password, and holds a private key as a rule: do not "
			  "upload it"));
		kvk_show_end(s, _("not opened"));
		return;
	default:
		return;
	}
}

enum kvk_err kvk_show_text(const struct kvk_show *show, struct kvk_blob *out)
{
	struct kvk_shown s = { .show = show, .page = { .out = out, .colour = show->colour } };

	s.line.out = &s.text;
	show_head(&s);
	for (size_t i = 0; i < show->contents->blocks.count; i++)
		show_block(&s, kvk_vec_at(&show->contents->blocks, i));
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

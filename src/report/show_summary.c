/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: what a file is, in six lines, before everything that is in it. */
#include "config.h"

#include "report/show_part.h"

#include "base/alloc.h"
#include "cert/crl.h"
#include "cert/csr.h"
#include "report/short_name.h"

/* The block that the file is about: a certificate of an organisation, else the first one. */
static const struct kvk_block *main_block(const struct kvk_contents *contents)
{
	const struct kvk_certificate *certificate;
	const struct kvk_block *block = NULL, *first = NULL;

	for (size_t i = 0; (certificate = kvk_contents_certificate(contents, i, &block)) != NULL;
		i++) {
		if (!certificate->ext.ca)
			return block;
		if (first == NULL)
			first = block;
	}
	return first != NULL ? first : kvk_vec_at(&contents->blocks, 0);
}

/* What the file is, and how much of it there is. */
static void add_what(struct kvk_shown *s, const char *what)
{
	const size_t count = s->show->contents->blocks.count;

	if (count > 1)
		/* Translators: the first is "certificate", "private key" or the like. */
		kvk_page_append(&s->line,
			kvk_ngettext(
				"%s, and %zu other item", "%s, and %zu other items", count - 1),
			what, count - 1);
	else
		kvk_page_append_text(&s->line, what);
	kvk_show_end(s, _("what"));
}

static void add_name(
	struct kvk_shown *s, const char *label, const struct kvk_name *name, bool organisation)
{
	KVK_PAGE_TRY(&s->line, kvk_short_name(name, organisation, s->line.out));
	kvk_show_end(s, label);
}

static void add_fingerprint(struct kvk_shown *s, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	kvk_page_append_hex(&s->line, (struct kvk_span){ sha256, KVK_SHA256_SIZE });
	kvk_show_end(s, _("fingerprint"));
}

static void summarise_certificate(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	add_what(s, cert->ext.ca ? _("certificate of a CA") : _("certificate"));
	add_name(s, _("for"), &cert->subject, true);
	add_name(s, _("from"), &cert->issuer, false);
	kvk_show_append_time(s, cert->not_after);
	kvk_show_end(s, _("until"));
	kvk_page_append_hex(&s->line, cert->serial);
	kvk_show_end(s, _("number"));
	add_fingerprint(s, cert->sha256);
}

static enum kvk_err summarise_request(struct kvk_shown *s, struct kvk_span der)
{
	struct kvk_csr *csr = kvk_calloc(1, sizeof *csr);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (csr == NULL)
		return err;
	KVK_TRY(kvk_csr_read(der, csr));
	add_what(s, _("certificate request (CSR), which goes to the TSP"));
	add_name(s, _("for"), &csr->subject, true);
	kvk_show_row(s, _("from"), _("nobody yet"));
	add_fingerprint(s, csr->spki_sha256);
	kvk_csr_free(csr);
out:
	kvk_free(csr);
	return err;
}

static enum kvk_err summarise_crl(struct kvk_shown *s, struct kvk_span der)
{
	struct kvk_crl *crl = kvk_calloc(1, sizeof *crl);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (crl == NULL)
		return err;
	KVK_TRY(kvk_crl_read(der, crl));
	add_what(s, kvk_kind_text(KVK_BLOCK_CRL));
	add_name(s, _("from"), &crl->issuer, false);
	if (crl->has_next_update) {
		kvk_show_append_time(s, crl->next_update);
		kvk_show_end(s, _("until"));
	}
	kvk_crl_free(crl);
out:
	kvk_free(crl);
	return err;
}

/* What cannot be read is reported below, where it is. */
static void summarise_block(struct kvk_shown *s, const struct kvk_block *block)
{
	enum kvk_err err = KVK_ERR_DER;

	if (block->certificate != NULL) {
		summarise_certificate(s, block->certificate);
		return;
	}
	if (block->kind == KVK_BLOCK_CSR && block->err == KVK_OK)
		err = summarise_request(s, block->der);
	else if (block->kind == KVK_BLOCK_CRL && block->err == KVK_OK)
		err = summarise_crl(s, block->der);
	if (err == KVK_ERR_MEMORY)
		KVK_PAGE_TRY(&s->page, err);
	else if (err != KVK_OK)
		add_what(s, kvk_kind_text(block->kind));
}

void kvk_show_summary(struct kvk_shown *s)
{
	const struct kvk_contents *contents = s->show->contents;
	const struct kvk_block *block = main_block(contents);

	if (contents->guise != KVK_GUISE_NONE) {
		kvk_show_row(s, _("what"), kvk_guise_text(contents->guise));
		kvk_show_row(s, _("do"), kvk_guise_action(contents->guise, KVK_GUISE_FOR_ANYTHING));
	} else if (block != NULL) {
		summarise_block(s, block);
	} else {
		kvk_show_row(s, _("what"), _("nothing that belongs to certificates"));
	}
	kvk_show_write(s);
	kvk_page_append_text(&s->page, "\n");
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: a request as text. */
#include "config.h"

#include "report/show_part.h"

#include "base/alloc.h"
#include "cert/csr.h"

static void show_signature(struct kvk_shown *s, const struct kvk_csr *csr)
{
	const enum kvk_err err = kvk_csr_verify(csr);

	kvk_show_append_scheme(s, csr->algorithm);
	if (err == KVK_OK)
		kvk_page_append(&s->line, " (%s)", _("verified: made with this key"));
	else
		kvk_page_append(&s->line, " (%s)", kvk_error_text(err));
	if (err == KVK_ERR_MEMORY)
		KVK_PAGE_TRY(&s->line, err);
	kvk_show_end(s, _("signed with"));
}

static void show_read(struct kvk_shown *s, const struct kvk_csr *csr)
{
	kvk_show_subject(s, &csr->subject);
	kvk_show_append_key(s, &csr->key);
	kvk_show_end(s, _("key"));
	show_signature(s, csr);
	kvk_page_append_hex(&s->line, (struct kvk_span){ csr->spki_sha256, KVK_SHA256_SIZE });
	kvk_show_end(s, _("SHA-256 of key"));
	if (csr->has_challenge_password) {
		kvk_show_row(s, _("password"), _("there is one, which TSPs do not use"));
	}
	if (csr->has_extensions)
		kvk_show_row(s, _("purpose"), kvk_show_purpose(&csr->ext));
	else
		kvk_show_row(s, _("requests"), _("nothing: there is no extension request"));
	kvk_show_tolerated(s, &csr->log);
	kvk_show_extensions(s, &csr->ext);
}

void kvk_show_csr(struct kvk_shown *s, struct kvk_span der)
{
	struct kvk_csr *csr = kvk_malloc(sizeof(*csr));
	enum kvk_err err;

	if (csr == NULL) {
		KVK_PAGE_TRY(&s->page, KVK_ERR_MEMORY);
		return;
	}
	err = kvk_csr_read(der, csr);
	if (err == KVK_OK)
		show_read(s, csr);
	else
		kvk_show_failure(s, err, &csr->log);
	kvk_csr_free(csr);
	kvk_free(csr);
}

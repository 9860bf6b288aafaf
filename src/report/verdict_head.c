/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: what was evaluated, at the head of the text. */
#include "config.h"

#include "report/verdict_text.h"

#include "cert/name.h"

/* Where the text of the head begins. */
#define HEAD 13

static void append_label(struct kvk_page *page, const char *label)
{
	kvk_page_append_padded(page, label, HEAD);
}

static void append_name(struct kvk_page *page, const struct kvk_name *name)
{
	KVK_PAGE_TRY(page, kvk_name_text(name, page->out));
}

/* The commonName, else the whole name: enough to know a CA by. */
static void append_short_name(struct kvk_page *page, const struct kvk_name *name)
{
	const struct kvk_attribute *cn = kvk_name_find(name, KVK_OID_CN, 0);
	struct kvk_blob text = { 0 };

	if (cn != NULL && kvk_attribute_text(cn, &text) == KVK_OK)
		kvk_page_append_escaped(page, kvk_span_of_blob(&text));
	else
		append_name(page, name);
	kvk_blob_free(&text);
}

static void append_file(struct kvk_page *page, const struct kvk_facts *facts, const char *file)
{
	const struct kvk_contents *contents = facts->contents;

	append_label(page, _("file"));
	kvk_page_append_escaped(page, kvk_span_of(file));
	kvk_page_append(page, _(" (%zu bytes, %s, "), contents->size,
		kvk_contents_form_text(contents->form));
	kvk_page_append(page,
		kvk_ngettext("%zu certificate)\n", "%zu certificates)\n", facts->certificate_count),
		facts->certificate_count);
	append_label(page, "SHA-256");
	kvk_page_append_hex(page, (struct kvk_span){ contents->sha256, KVK_SHA256_SIZE });
	kvk_page_append_text(page, "\n");
}

static void append_certificate(struct kvk_page *page, const struct kvk_facts *facts)
{
	const struct kvk_certificate *leaf = facts->leaf;
	char from[KVK_TIME_TEXT_SIZE], until[KVK_TIME_TEXT_SIZE];

	if (leaf == NULL)
		return;
	append_label(page, _("certificate"));
	append_name(page, &leaf->subject);
	kvk_page_append_text(page, "\n");
	append_label(page, "");
	kvk_page_append_text(page, "SHA-256 ");
	kvk_page_append_hex(page, (struct kvk_span){ leaf->sha256, KVK_SHA256_SIZE });
	kvk_page_append_text(page, "\n");
	append_label(page, _("valid"));
	kvk_page_append(page, _("from %s until %s "), kvk_time_text(leaf->not_before, from),
		kvk_time_text(leaf->not_after, until));
	kvk_page_append_distance(page, facts->asked->at, leaf->not_after);
	kvk_page_append_text(page, "\n");
}

static const char *source_text(enum kvk_source source)
{
	switch (source) {
	case KVK_SOURCE_UPLOAD:
		return _("in the file");
	case KVK_SOURCE_CHAIN:
		return _("given with --chain");
	case KVK_SOURCE_STORE:
		return _("from the store");
	case KVK_SOURCE_FETCHED:
		return _("fetched");
	}
	return "";
}

static void append_path(struct kvk_page *page, const struct kvk_facts *facts)
{
	const struct kvk_path *path = &facts->path;

	if (path->count == 0)
		return;
	for (size_t i = 1; i < path->count; i++) {
		append_label(page, i == 1 ? _("issued by") : "");
		append_short_name(page, &path->certs[i].certificate->subject);
		kvk_page_append(page, " (CA %zu, %s)\n", i, source_text(path->certs[i].source));
	}
	append_label(page, path->count == 1 ? _("issued by") : "");
	if (path->anchor != NULL) {
		append_short_name(page, &path->anchor->name);
		kvk_page_append(page, "%s\n", _(" (trust anchor)"));
	} else {
		append_short_name(page, &path->certs[path->count - 1].certificate->issuer);
		kvk_page_append(page, "%s\n", _(" (no trust anchor)"));
	}
}

static void append_anchors(struct kvk_page *page, const struct kvk_facts *facts)
{
	append_label(page, _("anchors"));
	if (facts->trust_replaced)
		kvk_page_append(page,
			kvk_ngettext("the trust anchors given: %zu certificate\n",
				"the trust anchors given: %zu certificates\n", facts->anchor_count),
			facts->anchor_count);
	else
		kvk_page_append(page,
			kvk_ngettext("%zu root that is known to this program, as of %s\n",
				"%zu roots that are known to this program, as of %s\n",
				facts->anchor_count),
			facts->anchor_count, facts->trust_date);
}

static void append_account(struct kvk_page *page, const struct kvk_facts *facts)
{
	const struct kvk_account *account = &facts->asked->account;

	append_label(page, _("account"));
	if (account->party == KVK_PARTY_GOVERNMENT)
		kvk_page_append_text(page, _("government body"));
	else if (account->party == KVK_PARTY_MARKET)
		kvk_page_append_text(page, _("market party (company)"));
	else if (account->kvk != NULL || account->oin != NULL)
		kvk_page_append_text(page, _("taken as that of a market party (company)"));
	else
		kvk_page_append_text(page, _("not given, taken as a market party (company)"));
	if (account->kvk != NULL) {
		kvk_page_append_text(page, _(", KVK number "));
		kvk_page_append_escaped(page, kvk_span_of(account->kvk));
	}
	if (account->oin != NULL) {
		kvk_page_append_text(page, _(", OIN "));
		kvk_page_append_escaped(page, kvk_span_of(account->oin));
	}
	kvk_page_append_text(page, "\n");
}

void kvk_verdict_append_head(struct kvk_page *page, const struct kvk_facts *facts, const char *file)
{
	char now[KVK_TIME_TEXT_SIZE];

	append_file(page, facts, file);
	append_certificate(page, facts);
	append_path(page, facts);
	append_label(page, _("judged"));
	kvk_page_append(page, _("for %s (UTC) by %s %s%s\n"), kvk_time_text(facts->asked->at, now),
		PACKAGE_NAME, PACKAGE_VERSION, facts->offline ? _(", without a network") : "");
	append_anchors(page, facts);
	append_account(page, facts);
}

void kvk_verdict_append_where(struct kvk_page *page, const struct kvk_facts *facts, int where)
{
	if (where == KVK_WHERE_FILE) {
		kvk_page_append_text(page, _("the file"));
	} else if (where == 0) {
		kvk_page_append_text(page, _("your certificate"));
	} else {
		kvk_page_append(page, "CA %d", where);
		if ((size_t)where < facts->path.count) {
			kvk_page_append_text(page, " (");
			append_short_name(page, &facts->path.certs[where].certificate->subject);
			kvk_page_append_text(page, ")");
		}
	}
}

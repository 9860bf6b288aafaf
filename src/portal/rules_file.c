/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

/* The remarks that can be why Java gives up, the most telling first. */
static const enum kvk_remark blame[] = {
	KVK_REMARK_BOM,
	KVK_REMARK_UTF16,
	KVK_REMARK_PRIVATE_KEY,
	KVK_REMARK_NO_END,
	KVK_REMARK_END_OTHER,
	KVK_REMARK_INDENTED,
	KVK_REMARK_BASE64,
	KVK_REMARK_TRUNCATED,
	KVK_REMARK_TRAILING,
	KVK_REMARK_CSR,
	KVK_REMARK_OTHER_BLOCK,
};

static const char *blamed(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < sizeof(blame) / sizeof(blame[0]); i++)
		if (contents->remarks & (1u << blame[i]))
			return kvk_remark_text(blame[i]);
	return NULL;
}

static const struct kvk_block *failed_block(const struct kvk_contents *contents)
{
	if (contents->failed_block < 0)
		return NULL;
	return kvk_vec_at(&contents->blocks, (size_t)contents->failed_block);
}

/* What stands in the place of a certificate. */
static void tell_kind(const struct kvk_contents *contents, struct kvk_finding *out)
{
	const struct kvk_block *block = failed_block(contents);

	if (block == NULL && contents->blocks.count > 0)
		block = kvk_vec_at(&contents->blocks, 0);
	if (contents->size == 0)
		KVK_FOUND(out, "%s", _("an empty file"));
	else if (block != NULL && block->kind == KVK_BLOCK_CSR)
		KVK_FOUND(out, _("%s, from which the TSP makes the certificate"),
			kvk_kind_text(block->kind));
	else if (block != NULL)
		KVK_FOUND(out, "%s", kvk_kind_text(block->kind));
	else if (contents->remarks & (1u << KVK_REMARK_UTF16))
		KVK_FOUND(out, "%s", kvk_remark_text(KVK_REMARK_UTF16));
	else if (contents->form == KVK_FORM_ZIP)
		KVK_FOUND(out, "%s", _("a ZIP archive"));
	else if (contents->form == KVK_FORM_PKCS12)
		KVK_FOUND(out, "%s", _("a PKCS#12 file (.p12, .pfx)"));
	else if (contents->form == KVK_FORM_TEXT)
		KVK_FOUND(out, "%s", _("text without a BEGIN CERTIFICATE line"));
	else
		KVK_FOUND(out, "%s", _("bytes that are no certificate"));
	KVK_WANTED(out, "%s", _("a certificate in PEM (text) or DER (binary)"));
}

/* Whether the portal gets a certificate out of the file; one message says why it does not. */
static bool is_read(const struct kvk_facts *facts)
{
	return facts->contents->java == KVK_JAVA_READS && facts->certificate_count > 0;
}

void kvk_check_readable(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_contents *contents = facts->contents;
	const struct kvk_block *block = failed_block(contents);
	const char *text = blamed(contents);

	if (contents->java != KVK_JAVA_FAILS) {
		if (!is_read(facts))
			kvk_skip(out, "needs-readable");
		return;
	}
	kvk_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
	if (block != NULL && block->log.remark != KVK_DER_OK)
		KVK_FOUND(out, _("block %d, line %u: %s (at byte %zu of it)%s%s"),
			contents->failed_block + 1, block->line,
			kvk_der_remark_text(block->log.remark), block->log.offset,
			text != NULL ? "; " : "", text != NULL ? text : "");
	else if (text != NULL && block != NULL && block->line > 0)
		KVK_FOUND(out, _("line %u: %s"), block->line, text);
	else if (text != NULL)
		KVK_FOUND(out, "%s", text);
	else if (block != NULL && block->certificate != NULL && block->line > 0)
		KVK_FOUND(out,
			_("line %u: in or behind this block stands what is no part of it; "
			  "BEGIN and END need lines of their own, and no other line may "
			  "have five dashes"),
			block->line);
	else
		tell_kind(contents, out);
	KVK_WANTED(out, "%s", _("only whole certificates, each in a block of its own"));
}

void kvk_check_any_certificate(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_contents *contents = facts->contents;

	if (contents->java != KVK_JAVA_NOTHING &&
		(contents->java != KVK_JAVA_READS || facts->certificate_count > 0)) {
		if (!is_read(facts))
			kvk_skip(out, "needs-readable");
		return;
	}
	kvk_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
	tell_kind(contents, out);
}

void kvk_check_x509(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->contents->java == KVK_JAVA_NOT_X509) {
		kvk_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		tell_kind(facts->contents, out);
		return;
	}
	if (!is_read(facts)) {
		kvk_skip(out, "needs-readable");
		return;
	}
	if (facts->leaf == NULL || facts->leaf->version == 3)
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	KVK_FOUND(out, _("X.509 version %u"), facts->leaf->version);
	KVK_WANTED(out, "%s", _("X.509 version 3"));
}

void kvk_check_one_leaf(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->leaf_count == 1)
		return;
	kvk_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
	if (facts->leaf_count == 0)
		KVK_FOUND(out,
			kvk_ngettext("%zu certificate, and it is of a CA",
				"%zu certificates, all of CAs", facts->certificate_count),
			facts->certificate_count);
	else
		KVK_FOUND(out, _("%zu client certificates"), facts->leaf_count);
	KVK_WANTED(out, "%s", _("one client certificate, and the CAs that issued it"));
}

void kvk_check_leaf_is_no_ca(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->leaf == NULL || !facts->leaf->ext.ca)
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	KVK_FOUND(out, "%s", _("basicConstraints says cA=TRUE: a certificate of a CA (an issuer)"));
	KVK_WANTED(out, "%s", _("the certificate of your own organisation"));
}

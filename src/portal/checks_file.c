/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/checks.h: what a file is from which the portal gets no certificate. */
#include "config.h"

#include "base/escape.h"
#include "portal/checks.h"

/* Characters of a line of the file that is shown. */
#define SHOWN_LINE 60

/* The remarks that can be why Java gives up, those that say most first. */
static const enum kvk_remark blame[] = { KVK_REMARK_BOM, KVK_REMARK_PRIVATE_KEY, KVK_REMARK_NO_END,
	KVK_REMARK_END_OTHER, KVK_REMARK_INDENTED, KVK_REMARK_BASE64, KVK_REMARK_TRUNCATED,
	KVK_REMARK_TRAILING, KVK_REMARK_CSR, KVK_REMARK_SIGNER, KVK_REMARK_OTHER_BLOCK };

/* What to blame, or NULL. */
static const enum kvk_remark *blamed(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < sizeof(blame) / sizeof(blame[0]); i++)
		if (contents->remarks & (1u << blame[i]))
			return &blame[i];
	return NULL;
}

/* The block at which Java gives up, or this program does, or NULL. */
static const struct kvk_block *bad_block(const struct kvk_contents *contents)
{
	if (contents->failed_block < 0)
		return NULL;
	return kvk_vec_at(&contents->blocks, (size_t)contents->failed_block);
}

/* The line that a mail program put there, with its text. */
static void describe_other_dashes(const struct kvk_contents *contents, struct kvk_finding *out)
{
	struct kvk_span line;
	char shown[SHOWN_LINE];
	const unsigned number = kvk_guise_other_dashes(kvk_span_of_blob(&contents->raw), &line);

	kvk_escape_to(shown, sizeof shown, line);
	KVK_FORMAT(out->found,
		_("line %u: '%s' begins with five dashes, which only BEGIN and END lines may"),
		number, shown);
}

/* What it is instead. False where nothing is known of it. */
static bool describe_guise(const struct kvk_contents *contents, struct kvk_finding *out)
{
	if (contents->guise == KVK_GUISE_NONE)
		return false;
	if (contents->guise == KVK_GUISE_OTHER_DASHES)
		describe_other_dashes(contents, out);
	else
		KVK_FORMAT(out->found, "%s", kvk_guise_text(contents->guise));
	out->hint = kvk_guise_action_marked(contents->guise, KVK_GUISE_FOR_CERTIFICATE);
	return true;
}

/* What helps with a block that is no certificate; NULL where the rule's own hint does. */
static const char *hint_for_kind(enum kvk_block_kind kind)
{
	switch (kind) {
	case KVK_BLOCK_CSR:
		return N_("use the file that the TSP sent back, not the one that you sent; in PEM "
			  "format it begins with '-----BEGIN CERTIFICATE-----'");
	case KVK_BLOCK_PKCS12:
		return N_("extract the certificates: 'openssl pkcs12 -in FILE -nokeys -out "
			  "delivery.pem'");
	case KVK_BLOCK_KEY:
	case KVK_BLOCK_ENCRYPTED_KEY:
		return N_("leave the private key where it is, and use the file with the "
			  "certificate");
	default:
		return NULL;
	}
}

void kvk_checks_kind_of_file(const struct kvk_contents *contents, struct kvk_finding *out)
{
	const struct kvk_block *block = bad_block(contents);

	KVK_FORMAT(out->wanted, "%s", _("a certificate in PEM (text) or DER (binary) format"));
	if (describe_guise(contents, out))
		return;
	if (block == NULL && contents->blocks.count > 0)
		block = kvk_vec_at(&contents->blocks, 0);
	if (block != NULL)
		out->hint = hint_for_kind(block->kind);
	if (block != NULL && block->kind == KVK_BLOCK_CSR)
		KVK_FORMAT(out->found, "%s",
			_("a certificate request (CSR): it goes to the TSP, which issues the "
			  "certificate"));
	else if (block != NULL)
		KVK_FORMAT(out->found, "%s", kvk_kind_text(block->kind));
	else if (contents->form == KVK_FORM_TEXT)
		KVK_FORMAT(out->found, "%s", _("text without a BEGIN CERTIFICATE line"));
	else
		KVK_FORMAT(out->found, "%s", _("not a certificate file"));
}

/* What was noticed of the file, or of the certificate at which Java gives up. */
static bool describe_damage(const struct kvk_contents *contents, struct kvk_finding *out)
{
	const struct kvk_block *block = bad_block(contents);
	const enum kvk_remark *known = blamed(contents);
	const bool in_pem = block != NULL && block->line > 0;

	if (known != NULL && in_pem)
		KVK_FORMAT(out->found, _("line %u: %s"), block->line, kvk_remark_text(*known));
	else if (known != NULL)
		KVK_FORMAT(out->found, "%s", kvk_remark_text(*known));
	else if (block != NULL && block->log.remark != KVK_DER_OK && in_pem)
		KVK_FORMAT(out->found,
			_("line %u: the certificate that begins here is damaged: %s (byte %zu)"),
			block->line, kvk_der_remark_text(block->log.remark), block->log.offset);
	else if (block != NULL && block->log.remark != KVK_DER_OK)
		KVK_FORMAT(out->found, _("the certificate is damaged: %s (byte %zu)"),
			kvk_der_remark_text(block->log.remark), block->log.offset);
	else if (block != NULL && block->certificate != NULL && in_pem)
		KVK_FORMAT(out->found,
			_("line %u: text on the same line as BEGIN or END, or another line with "
			  "five dashes; BEGIN and END each need their own line"),
			block->line);
	else
		return false;
	out->hint = known != NULL ? kvk_remark_advice_marked(*known) : NULL;
	return true;
}

void kvk_checks_bad_block(const struct kvk_contents *contents, struct kvk_finding *out)
{
	if (!describe_guise(contents, out) && !describe_damage(contents, out))
		kvk_checks_kind_of_file(contents, out);
	KVK_FORMAT(out->wanted, "%s", _("only complete certificates, each in its own block"));
}

void kvk_checks_large_block(const struct kvk_contents *contents, struct kvk_finding *out)
{
	const struct kvk_block *block = bad_block(contents);
	const char *text = block != NULL && block->log.remark != KVK_DER_OK ?
		kvk_der_remark_text(block->log.remark) :
		_("a certificate is larger than this program accepts");

	if (block != NULL && block->line > 0)
		KVK_FORMAT(out->found, _("line %u: %s"), block->line, text);
	else
		KVK_FORMAT(out->found, "%s", text);
}

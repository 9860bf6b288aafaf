/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: how the program was called, and what holds beside the file. */
#include "config.h"

#include <string.h>

#include "base/when.h"
#include "portal/rules.h"
#include "portal/warnings.h"

static enum kvk_err revocation_not_checked(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->asked->no_revocation && facts->certificate_count > 0)
		KVK_FORMAT(out->text, "%s", _("revocation was not checked (--no-revocation)"));
	return KVK_OK;
}

static enum kvk_err trust_replaced(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->trust_replaced)
		KVK_FORMAT(out->text, "%s",
			_("with the root certificates given with --trust, this says nothing about "
			  "the portal, which has its own"));
	return KVK_OK;
}

static enum kvk_err account_unknown(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_account *account = &facts->asked->account;
	struct kvk_finding number;
	enum kvk_err err = KVK_OK;

	kvk_finding_start(&number, &kvk_rule_kvk_number_mismatch);
	KVK_TRY(number.rule->check(facts, &number));
	if (number.why == KVK_WHY_NEEDS_OIN) {
		KVK_FORMAT(out->text, "%s",
			_("the number in the certificate was not compared: it is an OIN that is "
			  "not made from a KVK number, and your OIN is unknown"));
		out->hint = N_("add --oin NUMBER with the OIN of your account at the portal, or "
			       "set account.oin in the configuration ('kvkcsr config' names its "
			       "files)");
	} else if (number.why == KVK_WHY_NEEDS_KVK) {
		KVK_FORMAT(out->text, "%s",
			_("the number in the certificate was not compared: it is a KVK number, "
			  "and yours is unknown"));
		out->hint = N_("add --kvk NUMBER with the KVK number of your account at the "
			       "portal, or set account.kvk in the configuration ('kvkcsr config' "
			       "names its files)");
	} else if (account->kvk == NULL && account->oin == NULL) {
		KVK_FORMAT(out->text, "%s",
			_("the number in the certificate was not compared with your KVK number, "
			  "which is unknown"));
	}
out:
	return err;
}

static enum kvk_err key_mismatch(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->evidence->own_key == NULL ||
		memcmp(facts->evidence->own_key, facts->leaf->spki_sha256, KVK_SHA256_SIZE) == 0)
		return KVK_OK;
	if (facts->asked->key_of != NULL)
		KVK_FORMAT(out->text,
			_("the certificate has the name of the dossier '%s', but does not match "
			  "its "
			  "private key"),
			facts->asked->key_of);
	else
		KVK_FORMAT(out->text, "%s",
			facts->asked->key != NULL ?
				_("the certificate does not match the private key that you "
				  "supplied") :
				_("the certificate does not match the request that you supplied"));
	return KVK_OK;
}

/* RFC 5280 takes whatever is on a CRL for revoked; Java waits for the date of the entry. */
static enum kvk_err revocation_planned(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char date[KVK_WHEN_SIZE];

	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_revocation_answer *answer = &facts->certs[i - 1].status.answer;

		if (answer->state != KVK_REVOCATION_GOOD || !answer->planned)
			continue;
		kvk_when_day(answer->date, date);
		if (i == 1)
			KVK_FORMAT(out->text, _("the certificate will be revoked on %s"), date);
		else
			KVK_FORMAT(out->text,
				_("a CA certificate in the chain will be revoked on %s"), date);
	}
	return KVK_OK;
}

/* Said even where a revocation list decides: whoever handed the response in counts on it. */
static enum kvk_err ocsp_unusable(const struct kvk_facts *facts, struct kvk_warning *out)
{
	unsigned flaws = 0;

	for (size_t i = 0; i < facts->path.count; i++)
		flaws |= facts->certs[i].status.answer.flaws;
	for (unsigned flaw = 0; flaw < KVK_OCSP_FLAW_COUNT; flaw++)
		if ((flaws & KVK_OCSP_FLAW_BIT(flaw)) != 0 &&
			!kvk_warning_append(
				out, "; ", kvk_ocsp_flaw_text((enum kvk_ocsp_flaw)flaw)))
			break;
	return KVK_OK;
}

const struct kvk_warning_row kvk_warnings_run[] = {
	{
		.id = "revocation-not-checked",
		.check = revocation_not_checked,
		.hint = N_(
			"run the command again without --no-revocation before you upload the file"),
	},
	{
		.id = "trust-replaced",
		.check = trust_replaced,
		.hint = N_("run the command again without --trust to use the PKIoverheid roots"),
	},
	{
		.id = "account-unknown",
		.check = account_unknown,
		.hint = N_("add --kvk NUMBER (government bodies: --oin NUMBER) with the number of "
			   "your account at the portal, or set account.kvk or account.oin in the "
			   "configuration ('kvkcsr config' names its files)"),
		.leaf = true,
	},
	{
		.id = "revocation-planned",
		.check = revocation_planned,
		.hint = N_("the portal accepts it until then, but other programs may refuse it "
			   "now; ask the TSP why"),
		.leaf = true,
	},
	{
		.id = "ocsp-unusable",
		.check = ocsp_unusable,
		.hint = N_("get a new OCSP response, or leave it out: the revocation lists (CRLs) "
			   "are enough if there is one for each CA"),
		.leaf = true,
	},
	{
		.id = "key-mismatch",
		.check = key_mismatch,
		.hint = N_(
			"the portal would not notice, but you could not use the certificate: find "
			"the key that it was issued for, or ask the TSP which request it used"),
		.grave = true,
		.leaf = true,
	},
	{ .id = NULL },
};

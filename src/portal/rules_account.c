/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: the account and what it uploaded before. */
#include "config.h"

#include <string.h>

#include "base/encode.h"
#include "portal/checks.h"
#include "portal/rules.h"

/* The digits of an OIN that say of which register its number is. */
#define OIN_PREFIX 8u

/* account: the number that it should be, or NULL where any KVK number would do. */
static enum kvk_err mismatch(
	const struct kvk_identity *number, const char *account, struct kvk_finding *out)
{
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	if (account != NULL)
		KVK_FORMAT(out->wanted, _("the account's number, %s"), account);
	else
		KVK_FORMAT(out->wanted, "%s", _("the KVK number or HRN of the company"));
	return kvk_checks_found_number(number, out);
}

/* The same where the two are numbers of different registers: they may be of one organisation. */
static enum kvk_err other_kind(
	const struct kvk_identity *number, const char *account, struct kvk_finding *out)
{
	enum kvk_err err;

	KVK_TRY(mismatch(number, account, out));
	out->assumed = true;
out:
	return err;
}

/*
 * An OIN that is not made from a KVK number: right for a government body, and probably not for a
 * company.
 */
static enum kvk_err without_kvk_number(const struct kvk_account *account, const char *wanted,
	const struct kvk_identity *number, struct kvk_finding *out)
{
	enum kvk_err err;

	if (account->party == KVK_PARTY_MARKET)
		return other_kind(number, wanted, out);
	kvk_finding_unknown(out, KVK_WHY_NEEDS_PARTY);
	KVK_TRY(kvk_checks_found_number(number, out));
	out->hint = N_("if you are a government body, add --party government; if you are a "
		       "company, order a certificate with your KVK number");
out:
	return err;
}

/* The KVK number of the account: given, or read from its OIN. */
static const char *account_kvk(const struct kvk_account *account, struct kvk_identity *oin)
{
	if (account->kvk != NULL || account->oin == NULL)
		return account->kvk;
	kvk_identity_read(kvk_span_of(account->oin), oin);
	return oin->kvk[0] != '\0' ? oin->kvk : NULL;
}

static enum kvk_err compare_oins(const struct kvk_account *account,
	const struct kvk_identity *number, struct kvk_finding *out)
{
	if (strcmp(number->digits, account->oin) == 0)
		return KVK_OK;
	if (strncmp(number->digits, account->oin, OIN_PREFIX) != 0)
		return other_kind(number, account->oin, out);
	return mismatch(number, account->oin, out);
}

/* A company, or who it is is not known. */
static enum kvk_err check_market(const struct kvk_account *account,
	const struct kvk_identity *number, struct kvk_finding *out)
{
	struct kvk_identity oin;
	const char *kvk = account_kvk(account, &oin);

	/* whatever register it is of */
	if (account->oin != NULL && account->party != KVK_PARTY_MARKET &&
		strcmp(number->digits, account->oin) == 0)
		return KVK_OK;
	/* the number of an account may be such an OIN as well */
	if (number->kvk[0] == '\0' && kvk == NULL && account->oin != NULL &&
		account->party != KVK_PARTY_MARKET)
		return compare_oins(account, number, out);
	if (number->kvk[0] == '\0')
		return without_kvk_number(account, kvk, number, out);
	if (kvk != NULL)
		return strcmp(number->kvk, kvk) == 0 ? KVK_OK : mismatch(number, kvk, out);
	/* an account known by another OIN does not say its KVK number */
	kvk_finding_skip(out, account->oin != NULL ? KVK_WHY_NEEDS_KVK : KVK_WHY_NEEDS_ACCOUNT);
	return KVK_OK;
}

static enum kvk_err check_government(const struct kvk_account *account,
	const struct kvk_identity *number, struct kvk_finding *out)
{
	if (account->oin != NULL)
		return compare_oins(account, number, out);
	if (account->kvk == NULL) {
		kvk_finding_skip(out, KVK_WHY_NEEDS_ACCOUNT);
		return KVK_OK;
	}
	if (number->kvk[0] == '\0') {
		/* an OIN that is not made from a KVK number can only be compared with the OIN */
		kvk_finding_skip(out, KVK_WHY_NEEDS_OIN);
		return KVK_OK;
	}
	if (strcmp(number->kvk, account->kvk) != 0)
		return mismatch(number, account->kvk, out);
	return KVK_OK;
}

static enum kvk_err check_one_number(
	const struct kvk_facts *facts, const struct kvk_identity *number, struct kvk_finding *out)
{
	const struct kvk_account *account = &facts->asked->account;

	if (!kvk_checks_number_serves(facts, number)) {
		kvk_finding_skip(out, KVK_WHY_RULE_4);
		return KVK_OK;
	}
	return account->party == KVK_PARTY_GOVERNMENT ? check_government(account, number, out) :
							check_market(account, number, out);
}

static enum kvk_err check_number(const struct kvk_facts *facts, struct kvk_finding *out)
{
	return kvk_checks_each_number(facts, check_one_number, out);
}

const struct kvk_rule kvk_rule_kvk_number_mismatch = {
	.number = 14,
	.id = "kvk-number-mismatch",
	.portal = "The certificate's KVK number does not match our registered KVK "
		  "number.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_ACCOUNT,
	.place = 1,
	.since = "2026-11-22",
	.cite = "OIN-Stelsel (Logius); the portal's account",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_ACCOUNT,
	.check = check_number,
	.hint = N_("order a certificate with the number that your API subscription is registered "
		   "under, or ask KVK to change the account"),
	.meaning = N_("The number in the certificate does not belong to the organisation that has "
		      "the contract with KVK."),
	.cause = N_("Another company in the group ordered the certificate, a digit is wrong, or "
		    "the number is made from the RSIN (tax number) and so does not contain the KVK "
		    "number."),
	.remedy = N_("Compare the number with your KVK registration, and order the certificate for "
		     "the organisation that holds the account."),
	.letter = N_("Please issue the certificate with the number of the organisation that "
		     "ordered it in the subject attribute serialNumber. For a company this is "
		     "00000003, followed by its 8-digit KVK number and 0000; for a government body "
		     "it is its 20-digit OIN."),
	.reading = N_(
		"The portal does not publish whether it reads only serialNumber or "
		"organizationIdentifier as well. kvkcsr reads serialNumber. It expects a "
		"company's KVK number or HRN there, or the OIN of a government body's account. "
		"If the number is another kind of OIN and kvkcsr does not know whether you are a "
		"company or a government body, it leaves the result open."),
};

static enum kvk_err check_uploaded(const struct kvk_facts *facts, struct kvk_finding *out)
{
	struct kvk_blob hex = { 0 };
	enum kvk_err err;

	if (!kvk_checks_uploaded(facts))
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_TRY(kvk_hex(&hex, (struct kvk_span){ facts->leaf->sha256, KVK_SHA256_SIZE }, 0));
	KVK_FORMAT(out->found, _("the same SHA-256 fingerprint as an earlier upload: %s"),
		kvk_blob_str(&hex));
	KVK_FORMAT(out->wanted, "%s", _("a certificate that has not been uploaded before"));
out:
	kvk_blob_free(&hex);
	return err;
}

const struct kvk_rule kvk_rule_already_uploaded = {
	.number = 15,
	.id = "already-uploaded",
	.portal = "The certificate has already been uploaded before.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_ACCOUNT,
	.place = 2,
	.since = "2026-11-22",
	.cite = "the portal's account",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_HISTORY,
	.check = check_uploaded,
	.hint = N_("if this certificate is already in use, do nothing; otherwise upload the new "
		   "certificate"),
	.meaning = N_("This exact certificate is already in the portal."),
	.cause = N_("The old file was uploaded again at renewal, or someone else has already "
		    "uploaded this certificate."),
	.remedy = N_("Check in the portal which certificate is active. If it is this one, there is "
		     "nothing to do. Otherwise upload the new certificate, from the file that the "
		     "TSP sent most recently."),
	.letter = N_("The certificate that you sent is the one that we already use. Please send us "
		     "the renewed certificate."),
	.reading = N_("The portal does not publish how it compares certificates. kvkcsr treats two "
		      "certificates as the same if their SHA-256 fingerprints match, whatever the "
		      "file format. A portal that compares keys would also refuse a new "
		      "certificate for the same key; kvkcsr only warns about that."),
};

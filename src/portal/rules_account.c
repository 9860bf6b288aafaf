/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "portal/checks.h"
#include "names/organisation.h"
#include "names/identity.h"

#define SHOWN 128

static void mismatch(
	const struct kvk_identity *number, const char *account, struct kvk_finding *out)
{
	kvk_fail(out, 0, KVK_REASON_NONE);
	kvk_found_number(number, out);
	if (account != NULL)
		KVK_WANTED(out, _("the number of the account, %s"), account);
	else
		KVK_WANTED(out, "%s", _("the KVK number of the company, or its HRN"));
}

/* The KVK number of the account: given, or read from its OIN. */
static const char *account_kvk(const struct kvk_account *account, struct kvk_identity *oin)
{
	if (account->kvk != NULL || account->oin == NULL)
		return account->kvk;
	kvk_identity_read(kvk_span_of(account->oin), oin);
	return oin->kvk[0] != '\0' ? oin->kvk : NULL;
}

static void check_market(const struct kvk_account *account, const struct kvk_identity *number,
	struct kvk_finding *out)
{
	struct kvk_identity oin;
	const char *kvk = account_kvk(account, &oin);

	if (kvk != NULL) {
		if (strcmp(number->kvk, kvk) != 0)
			mismatch(number, kvk, out);
	} else if (number->kvk[0] != '\0') {
		/* an account known by another OIN does not say its KVK number */
		kvk_skip(out, account->oin != NULL ? "needs-kvk" : "needs-account");
	} else if (account->party == KVK_PARTY_MARKET) {
		/* a company is known by its KVK number, and the certificate does not hold one */
		mismatch(number, NULL, out);
	} else if (strcmp(number->digits, account->oin) != 0) {
		mismatch(number, account->oin, out);
	}
}

static void check_government(const struct kvk_account *account, const struct kvk_identity *number,
	struct kvk_finding *out)
{
	if (account->oin != NULL) {
		if (strcmp(number->digits, account->oin) != 0)
			mismatch(number, account->oin, out);
	} else if (number->kvk[0] == '\0') {
		/* an OIN that is not made from a KVK number can only be compared with the OIN */
		kvk_skip(out, "needs-oin");
	} else if (strcmp(number->kvk, account->kvk) != 0) {
		mismatch(number, account->kvk, out);
	}
}

void kvk_check_kvk_number(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const bool government = facts->account.party == KVK_PARTY_GOVERNMENT;
	struct kvk_identity number;

	out->err = kvk_identity_of_subject(facts->leaf, &number);
	if (out->err != KVK_OK)
		return;
	if (!kvk_number_serves(facts, &number))
		kvk_skip(out, "rule-4");
	else if (government)
		check_government(&facts->account, &number, out);
	else
		check_market(&facts->account, &number, out);
}

bool kvk_was_uploaded(const struct kvk_facts *facts)
{
	for (size_t i = 0; i < facts->uploaded_count; i++)
		if (memcmp(facts->uploaded[i], facts->leaf->sha256, KVK_SHA256_SIZE) == 0)
			return true;
	return false;
}

void kvk_check_uploaded_before(const struct kvk_facts *facts, struct kvk_finding *out)
{
	struct kvk_blob hex = { 0 };

	if (!kvk_was_uploaded(facts))
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	if (kvk_hex(&hex, (struct kvk_span){ facts->leaf->sha256, KVK_SHA256_SIZE }, 0) == KVK_OK)
		KVK_FOUND(out, _("SHA-256 %s, the same as an earlier upload"), kvk_blob_str(&hex));
	KVK_WANTED(out, "%s", _("a certificate that was not uploaded before"));
	kvk_blob_free(&hex);
}

/* Companies are looked up in the trade register; only government bodies have an OIN entry. */
static bool not_government(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->account.party == KVK_PARTY_GOVERNMENT)
		return false;
	kvk_skip(out, "not-government");
	return true;
}

void kvk_check_oin_known(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *answer = &facts->oin_register;

	if (not_government(facts, out))
		return;
	if (answer->asked == KVK_ASKED_NOT) {
		kvk_skip(out, answer->not_asked);
	} else if (answer->asked == KVK_ASKED_FAILED) {
		kvk_unknown(out, "service-down");
		KVK_FOUND(out, "%s", answer->trouble);
	} else if (answer->asked == KVK_ASKED_NOTHING) {
		kvk_fail(out, 0, KVK_REASON_NONE);
		KVK_FOUND(out, "%s", _("no entry in the OIN register"));
		KVK_WANTED(out, "%s", _("an organisation with the KVK number of the account"));
	}
}

static bool has_name(const struct kvk_register_answer *answer, struct kvk_span name)
{
	for (size_t i = 0; i < answer->name_count; i++)
		if (kvk_organisation_same(kvk_span_of(answer->names[i]), name))
			return true;
	return false;
}

static void check_entry(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *answer = &facts->oin_register;
	const struct kvk_attribute *o = kvk_name_find(&facts->leaf->subject, KVK_OID_O, 0);
	struct kvk_blob name = { 0 };
	const char *registered = answer->name_count > 0 ? answer->names[0] : "";
	char shown[SHOWN], wanted[SHOWN];

	if (o != NULL && kvk_attribute_text(o, &name) == KVK_ERR_MEMORY) {
		out->err = KVK_ERR_MEMORY;
		return;
	}
	if (!answer->active) {
		kvk_fail(out, 0, KVK_REASON_NONE);
		KVK_FOUND(out, "%s", _("an entry in the OIN register that is withdrawn"));
		KVK_WANTED(out, "%s", _("an entry with the status Actief"));
	} else if (!has_name(answer, kvk_span_of_blob(&name))) {
		kvk_fail(out, 0, KVK_REASON_NONE);
		KVK_FOUND(out, _("organisation '%s'"),
			kvk_escape_to(shown, sizeof(shown), kvk_span_of_blob(&name)));
		KVK_WANTED(out, _("the name in the OIN register, '%s'"),
			kvk_escape_to(wanted, sizeof(wanted), kvk_span_of(registered)));
	}
	kvk_blob_free(&name);
}

void kvk_check_oin_active(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (not_government(facts, out))
		return;
	switch (facts->oin_register.asked) {
	case KVK_ASKED_NOT:
		kvk_skip(out, facts->oin_register.not_asked);
		break;
	case KVK_ASKED_NOTHING:
		kvk_skip(out, "rule-25");
		break;
	case KVK_ASKED_FAILED:
		kvk_unknown(out, "service-down");
		break;
	case KVK_ASKED_FOUND:
		check_entry(facts, out);
		break;
	}
}

void kvk_check_services(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *company = &facts->company, *oin = &facts->oin_register;

	if (company->asked == KVK_ASKED_FAILED) {
		kvk_unknown(out, "service-down");
		KVK_FOUND(out, _("the KVK API: %s"), company->trouble);
	} else if (oin->asked == KVK_ASKED_FAILED) {
		kvk_unknown(out, "service-down");
		KVK_FOUND(out, _("the OIN register: %s"), oin->trouble);
	} else if (company->asked == KVK_ASKED_NOT && oin->asked == KVK_ASKED_NOT) {
		kvk_skip(out, company->not_asked);
	}
}

void kvk_check_company(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *company = &facts->company;

	switch (company->asked) {
	case KVK_ASKED_NOT:
		kvk_skip(out, company->not_asked);
		return;
	case KVK_ASKED_FAILED:
		kvk_unknown(out, "service-down");
		KVK_FOUND(out, "%s", company->trouble);
		return;
	case KVK_ASKED_FOUND:
		if (company->active)
			return;
		break;
	case KVK_ASKED_NOTHING:
		break;
	}
	kvk_fail(out, 0, KVK_REASON_NONE);
	KVK_FOUND(out, "%s",
		company->asked == KVK_ASKED_FOUND ?
			_("the registration in the trade register has ended") :
			_("the trade register does not know the KVK number"));
	KVK_WANTED(out, "%s", _("a company that is registered now"));
}

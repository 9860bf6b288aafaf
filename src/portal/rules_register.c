/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: the registers behind the portal. */
#include "config.h"

#include "base/escape.h"
#include "names/organisation.h"
#include "portal/checks.h"
#include "portal/rules.h"

/* Room for a name within a finding. */
#define SHOWN 128

/* Companies are looked up in the trade register; only government bodies have an OIN entry. */
static bool is_skipped(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->asked->account.party != KVK_PARTY_GOVERNMENT)
		kvk_finding_skip(out, KVK_WHY_NOT_GOVERNMENT);
	else if (facts->oin_register.asked == KVK_ASKED_NOT)
		kvk_finding_skip(out, facts->oin_register.not_asked);
	return out->result == KVK_RESULT_SKIPPED;
}

static enum kvk_err check_oin_known(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *answer = &facts->oin_register;

	if (is_skipped(facts, out))
		return KVK_OK;
	if (answer->asked == KVK_ASKED_FAILED) {
		kvk_finding_unknown(out, KVK_WHY_SERVICE_DOWN);
		KVK_FORMAT(out->found, "%s", answer->failure);
	} else if (answer->asked == KVK_ASKED_NOTHING) {
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
		KVK_FORMAT(out->found, "%s", _("no entry in the OIN register"));
		KVK_FORMAT(out->wanted, "%s", _("an organisation with the account's KVK number"));
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_oin_unknown = {
	.number = 25,
	.id = "oin-unknown",
	.portal = "The OIN register could not find an organisation based on the KVK "
		  "number.",
	.severity = KVK_SEVERITY_ACCOUNT,
	.stage = KVK_STAGE_SERVICE,
	.place = 3,
	.since = "2026-11-22",
	.cite = "OIN register (COR) of Logius",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_REGISTER,
	.check = check_oin_known,
	.hint = N_("look the number up at oinregister.logius.nl, and ask Logius to register your "
		   "organisation or to correct its entry"),
	.meaning = N_("The OIN register, which lists the identification numbers of government "
		      "bodies, has no organisation with this KVK number."),
	.cause = N_("The organisation is not registered, or is registered under a different KVK "
		    "number. Since 2025 the register lists only organisations with SubOINs, and "
		    "bodies with a public task that are not in the trade register. An ordinary "
		    "company is no longer listed: its number is looked up in the trade "
		    "register."),
	.remedy =
		N_("For a government body: look the number up at oinregister.logius.nl, and ask "
		   "Logius, which runs the register, to register the organisation or to correct "
		   "its entry. For a company: order a "
		   "certificate with the number that is made from the KVK number (00000003, the "
		   "KVK number, 0000); if the message persists, ask KVK to look the company up in "
		   "the trade register."),
	.letter = N_("Please tell us under which KVK number and name you found our OIN "
		     "in the OIN register."),
	.reading = N_("The portal does not publish how it decides. kvkcsr looks up government "
		      "bodies only, and not companies, in this register."),
};

/* The registered name that is nearest to another one, and how they differ. */
static enum kvk_err find_nearest(const struct kvk_register_answer *answer, struct kvk_span name,
	const char **nearest, enum kvk_name_difference *least)
{
	enum kvk_name_difference difference;
	enum kvk_err err = KVK_OK;

	*nearest = answer->name_count > 0 ? answer->names[0] : "";
	*least = KVK_NAME_OTHER;
	for (size_t i = 0; i < answer->name_count; i++) {
		KVK_TRY(kvk_organisation_compare(kvk_span_of(answer->names[i]), name, &difference));
		if (difference >= *least)
			continue;
		*nearest = answer->names[i];
		*least = difference;
	}
out:
	return err;
}

/* The name of the certificate, escaped, and how it differs from the registered one. */
static void found_name(
	const char *name, enum kvk_name_difference difference, struct kvk_finding *out)
{
	switch (difference) {
	case KVK_NAME_PUNCTUATION:
		KVK_FORMAT(out->found, _("organisation '%s' (only the punctuation differs)"), name);
		break;
	case KVK_NAME_DIACRITICS:
		KVK_FORMAT(out->found,
			_("organisation '%s' (only accents and other diacritics differ)"), name);
		break;
	case KVK_NAME_FORM:
		KVK_FORMAT(out->found, _("organisation '%s' (only the legal form differs)"), name);
		break;
	case KVK_NAME_SEVERAL:
		KVK_FORMAT(out->found,
			_("organisation '%s' (only punctuation, diacritics or legal form differ)"),
			name);
		break;
	case KVK_NAME_SAME:
	case KVK_NAME_OTHER:
		KVK_FORMAT(out->found, _("organisation '%s'"), name);
		break;
	}
}

static void other_name(const char *registered, struct kvk_span name,
	enum kvk_name_difference difference, struct kvk_finding *out)
{
	char shown[SHOWN];

	if (difference == KVK_NAME_OTHER)
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
	else
		kvk_finding_unknown(out, KVK_WHY_NAME_NEARLY);
	found_name(kvk_escape_to(shown, sizeof shown, name), difference, out);
	KVK_FORMAT(out->wanted, _("the name in the OIN register: '%s'"),
		kvk_escape_to(shown, sizeof shown, kvk_span_of(registered)));
}

static enum kvk_err check_entry(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *answer = &facts->oin_register;
	struct kvk_blob name = { 0 };
	enum kvk_name_difference difference;
	const char *nearest;
	enum kvk_err err;

	KVK_TRY(kvk_checks_organisation(facts->leaf, &name));
	KVK_TRY(find_nearest(answer, kvk_span_of_blob(&name), &nearest, &difference));
	if (!answer->active) {
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
		KVK_FORMAT(out->found, "%s", _("the entry in the OIN register has been withdrawn"));
		KVK_FORMAT(out->wanted, "%s", _("an entry with status 'Actief' (active)"));
	} else if (difference != KVK_NAME_SAME) {
		other_name(nearest, kvk_span_of_blob(&name), difference, out);
	}
out:
	kvk_blob_free(&name);
	return err;
}

static enum kvk_err check_oin_active(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (is_skipped(facts, out))
		return KVK_OK;
	switch (facts->oin_register.asked) {
	case KVK_ASKED_NOT:
		break;
	case KVK_ASKED_NOTHING:
		kvk_finding_skip(out, KVK_WHY_RULE_25);
		break;
	case KVK_ASKED_FAILED:
		kvk_finding_unknown(out, KVK_WHY_SERVICE_DOWN);
		break;
	case KVK_ASKED_FOUND:
		return check_entry(facts, out);
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_oin_inactive = {
	.number = 26,
	.id = "oin-inactive",
	.portal = "The OIN register could not find an active organisation with a "
		  "matching trade name.",
	.severity = KVK_SEVERITY_ACCOUNT,
	.stage = KVK_STAGE_SERVICE,
	.place = 4,
	.since = "2026-11-22",
	.cite = "OIN register (COR) of Logius",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_REGISTER,
	.check = check_oin_active,
	.hint = N_("compare the organisation (O) in the certificate with the OIN register, and ask "
		   "the TSP or Logius to correct whichever is wrong"),
	.meaning = N_("The organisation is in the OIN register, but its entry has been withdrawn "
		      "or has a name that differs from the one in the certificate."),
	.cause = N_("The organisation was merged or renamed, or the TSP spelled the name "
		    "differently. Since 2025 the register no longer lists ordinary companies."),
	.remedy =
		N_("Compare the organisation (O) in the certificate with the OIN register. Ask the "
		   "TSP or Logius to correct whichever is wrong. If you are a company, compare it "
		   "with the trade register instead."),
	.letter = N_("Please issue the certificate with our name in the subject attribute O "
		     "exactly as it is in the OIN register."),
	.reading = N_("kvkcsr ignores case and spacing when it compares names, and leaves the "
		      "result open "
		      "if they differ only in punctuation, diacritics or legal form. The portal "
		      "does not publish how it compares them."),
};

static enum kvk_err check_services(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *company = &facts->company, *oin = &facts->oin_register;

	if (company->asked == KVK_ASKED_FAILED) {
		kvk_finding_unknown(out, KVK_WHY_SERVICE_DOWN);
		KVK_FORMAT(out->found, _("the KVK API: %s"), company->failure);
	} else if (oin->asked == KVK_ASKED_FAILED) {
		kvk_finding_unknown(out, KVK_WHY_SERVICE_DOWN);
		KVK_FORMAT(out->found, _("the OIN register: %s"), oin->failure);
	} else if (company->asked == KVK_ASKED_NOT && oin->asked == KVK_ASKED_NOT) {
		kvk_finding_skip(out, company->not_asked);
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_try_later = {
	.number = 32,
	.id = "try-later",
	.portal = "Please try again later.",
	.severity = KVK_SEVERITY_WAIT,
	.stage = KVK_STAGE_SERVICE,
	.place = 2,
	.since = "2026-11-22",
	.cite = "the services behind the portal",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_REGISTER,
	.check = check_services,
	.hint = N_("try again in an hour; this says nothing about your certificate"),
	.meaning = N_("A service that the portal depends on does not respond."),
	.cause = N_("The trade register, the OIN register or the portal is down or under "
		    "maintenance, or the trade register is still processing a change of the "
		    "registration."),
	.remedy = N_("Try again in an hour. If the problem lasts longer than a day, contact KVK."),
	.letter = N_("You do not have to do anything about our certificate yet: KVK's portal "
		     "cannot check it at the moment, and we will try again."),
	.reading = N_("A service that responds to kvkcsr may still not respond to the portal, and "
		      "vice versa."),
};

static void no_company(const char *found, struct kvk_finding *out)
{
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, "%s", found);
	KVK_FORMAT(out->wanted, "%s", _("a company that is currently registered"));
}

static enum kvk_err check_company(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_register_answer *company = &facts->company;

	switch (company->asked) {
	case KVK_ASKED_NOT:
		kvk_finding_skip(out, company->not_asked);
		break;
	case KVK_ASKED_FAILED:
		kvk_finding_unknown(out, KVK_WHY_SERVICE_DOWN);
		KVK_FORMAT(out->found, "%s", company->failure);
		break;
	case KVK_ASKED_FOUND:
		if (!company->active)
			no_company(_("the registration in the trade register has ended"), out);
		break;
	case KVK_ASKED_NOTHING:
		no_company(_("the KVK number is not in the trade register"), out);
		break;
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_company_details = {
	.number = 33,
	.id = "company-details",
	.portal = "The details of the company based on the KVK number can not be "
		  "retrieved.",
	.severity = KVK_SEVERITY_ACCOUNT,
	.stage = KVK_STAGE_SERVICE,
	.place = 1,
	.since = "2026-11-22",
	.cite = "KVK API Zoeken",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_REGISTER,
	.check = check_company,
	.hint = N_("look the number up with 'kvkcsr lookup' or at kvk.nl; if it is wrong, order a "
		   "certificate with the correct one, otherwise contact KVK"),
	.meaning =
		N_("The trade register returns no details for the KVK number in the certificate."),
	.cause = N_("The number is wrong, the registration has ended, or the register is down. "
		    "Since 2025 companies are looked up here and not in the OIN register."),
	.remedy =
		N_("Look the number up with 'kvkcsr lookup' or at kvk.nl. If it is wrong, order a "
		   "certificate with the correct one. If it is right, contact KVK."),
	.letter = N_("Please issue the certificate with our current KVK number in the subject "
		     "attribute serialNumber."),
	.reading = N_("The portal does not publish which details it requires. kvkcsr reports this "
		      "message if the trade register does not know the number or the registration "
		      "has ended."),
};

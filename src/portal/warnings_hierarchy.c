/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: the hierarchy that the certificate comes from. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/when.h"
#include "portal/checks.h"
#include "portal/warnings.h"

/* Room for a name and a day within a warning. */
#define SHOWN 128

#define SHOWN 128

static bool is_word(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

static enum kvk_err trial_name(const struct kvk_facts *facts, struct kvk_warning *out)
{
	static const char *const kinds[] = { "TRIAL", "ACCEPTATIE", "TEST" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kvk_checks_has_generation(facts, kinds[i])) {
			KVK_FORMAT(out->text, _("the certificate comes from a test hierarchy (%s)"),
				kinds[i]);
			return KVK_OK;
		}
	return KVK_OK;
}

static enum kvk_err g1_ends(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char day[KVK_WHEN_SIZE];

	if (facts->g1_end != NULL && kvk_checks_has_generation(facts, "G1"))
		KVK_FORMAT(out->text,
			_("the G1 hierarchy of PKIoverheid ends on %s, and all its certificates "
			  "end with it"),
			kvk_when_date(facts->g1_end, day));
	return KVK_OK;
}

static enum kvk_err health_care_ca(const struct kvk_facts *facts, struct kvk_warning *out)
{
	for (size_t i = 0; i < facts->path.count; i++)
		if (is_word(facts->certs[i].known.tsp, "CIBG")) {
			KVK_FORMAT(out->text, "%s",
				_("issued by CIBG (UZI), which serves health care organisations "
				  "only"));
			return KVK_OK;
		}
	return KVK_OK;
}

static enum kvk_err withdrawn_ca(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char name[KVK_CHECKS_NAME];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->path.count; i++)
		if (is_word(facts->certs[i].known.status, "revoked")) {
			KVK_TRY(kvk_checks_cert_name(facts, i, name));
			KVK_FORMAT(out->text,
				_("the CA certificate '%s' in the chain is known to be withdrawn"),
				name);
			break;
		}
out:
	return err;
}

static enum kvk_err ev_client_auth(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char days[KVK_WARNING_TEXT] = "", item[SHOWN], day[KVK_WHEN_SIZE];

	if (!facts->leaf_ev_policy || facts->pkio == KVK_YES ||
		!kvk_extensions_have_eku(&facts->leaf->ext, KVK_OID_EKU_CLIENT_AUTH))
		return KVK_OK;
	for (size_t i = 0; i < facts->client_auth_end_count; i++) {
		const struct kvk_end *end = &facts->client_auth_ends[i];
		size_t n = strlen(days);

		/* an item of a list, such as "DigiCert on 1 March 2027" */
		kvk_format(item, sizeof(item), _("%s on %s"),
			end->of != NULL ? end->of : _("every public CA"),
			kvk_when_date(end->day, day));
		kvk_format(days + n, sizeof(days) - n, "%s%s", i > 0 ? ", " : "", item);
	}
	if (days[0] != '\0')
		KVK_FORMAT(out->text,
			_("public EV certificates will lose client authentication: %s"), days);
	return KVK_OK;
}

/* What was said of the account, else what the certificate says of its holder (EVG 7.1.4.2.3). */
static bool is_government(const struct kvk_facts *facts)
{
	const struct kvk_attribute *category =
		kvk_name_find(&facts->leaf->subject, KVK_OID_BUSINESS_CATEGORY, 0);

	if (facts->asked->account.party != KVK_PARTY_UNKNOWN)
		return facts->asked->account.party == KVK_PARTY_GOVERNMENT;
	return category != NULL &&
		kvk_equal_nocase(category->value, kvk_span_of("Government Entity"));
}

static enum kvk_err ev_government(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (is_government(facts) && facts->leaf_ev_policy && facts->pkio != KVK_YES)
		KVK_FORMAT(out->text, "%s",
			_("this is an EV certificate for a government body, but government bodies "
			  "have to use PKIoverheid"));
	return KVK_OK;
}

#define USE_PKIO N_("next time, order a PKIoverheid server certificate")

const struct kvk_warning_row kvk_warnings_hierarchy[] = {
	{
		.id = "trial-name",
		.check = trial_name,
		.hint = N_("order a production certificate; this one is for testing only"),
		.leaf = true,
	},
	{
		.id = "g1-ends",
		.check = g1_ends,
		.hint = N_("next time, order a certificate from the G4 hierarchy"),
		.leaf = true,
	},
	{
		.id = "health-care-ca",
		.check = health_care_ca,
		.hint = N_(
			"ask KVK whether it accepts UZI certificates, or order from another TSP"),
		.leaf = true,
	},
	{
		.id = "withdrawn-ca",
		.check = withdrawn_ca,
		.hint = N_("ask the TSP for a certificate from its current CA"),
		.leaf = true,
	},
	{
		.id = "ev-client-auth-ends",
		.check = ev_client_auth,
		.hint = USE_PKIO,
		.leaf = true,
	},
	{
		.id = "ev-for-government",
		.check = ev_government,
		.hint = USE_PKIO,
		.leaf = true,
	},
	{ .id = NULL },
};

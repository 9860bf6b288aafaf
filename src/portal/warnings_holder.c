/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: who the certificate is for, who issued it, and what it is for. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/when.h"
#include "names/organisation.h"
#include "portal/checks.h"
#include "portal/warnings.h"

/* Room for a name within a warning. */
#define SHOWN 128

static bool is_word(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

/* What the first certificate that is known says of its generation, the CAs first: they are certain.
 */
static bool has_generation(const struct kvk_facts *facts, const char *generation)
{
	if (facts->path.anchor != NULL && is_word(facts->path.anchor->generation, generation))
		return true;
	for (size_t i = 0; i < facts->path.count; i++)
		if (is_word(facts->certs[i].known.generation, generation))
			return true;
	return false;
}

static enum kvk_err trial_name(const struct kvk_facts *facts, struct kvk_warning *out)
{
	static const char *const kinds[] = { "TRIAL", "ACCEPTATIE", "TEST" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (has_generation(facts, kinds[i])) {
			KVK_FORMAT(out->text, _("the certificate comes from a test hierarchy (%s)"),
				kinds[i]);
			return KVK_OK;
		}
	return KVK_OK;
}

static enum kvk_err g1_ends(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char day[KVK_WHEN_SIZE];

	if (facts->g1_end != NULL && has_generation(facts, "G1"))
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
		!kvk_certificate_has_eku(facts->leaf, KVK_OID_EKU_CLIENT_AUTH))
		return KVK_OK;
	for (size_t i = 0; i < facts->client_auth_end_count; i++) {
		const struct kvk_end *end = &facts->client_auth_ends[i];
		size_t n = strlen(days);

		/* a list of such as "DigiCert on 1 March 2027" */
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

static enum kvk_err identifiers(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const char *account = facts->asked->account.kvk;
	struct kvk_identity number, organisation;
	enum kvk_err err;

	KVK_TRY(kvk_identity_of_subject(facts->leaf, &number));
	KVK_TRY(kvk_identity_of_organisation(facts->leaf, &organisation));
	if (organisation.kvk[0] == '\0')
		return KVK_OK;
	if (number.kvk[0] != '\0' && strcmp(number.kvk, organisation.kvk) != 0)
		KVK_FORMAT(out->text,
			_("serialNumber contains KVK number %s, but organizationIdentifier "
			  "contains %s"),
			number.kvk, organisation.kvk);
	else if (number.kvk[0] == '\0' && account != NULL && strcmp(account, organisation.kvk) != 0)
		KVK_FORMAT(out->text,
			_("organizationIdentifier contains KVK number %s, but the account has %s"),
			organisation.kvk, account);
out:
	return err;
}

/* Where the account is known, or said to be a company's, message 14 alone speaks of it. */
static enum kvk_err no_kvk_number(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_account *account = &facts->asked->account;
	char words[KVK_IDENTITY_WORDS];
	struct kvk_identity number;
	enum kvk_err err;

	if (account->party != KVK_PARTY_UNKNOWN || account->kvk != NULL || account->oin != NULL)
		return KVK_OK;
	KVK_TRY(kvk_identity_of_subject(facts->leaf, &number));
	if (number.kind != KVK_IDENTITY_OIN || number.kvk[0] != '\0' ||
		kvk_identity_is_test(&number))
		return KVK_OK;
	KVK_TRY(kvk_identity_words(&number, words));
	KVK_FORMAT(out->text,
		_("the portal identifies a company by its KVK number, which serialNumber '%s' does "
		  "not contain: %s"),
		number.shown, words);
out:
	return err;
}

static enum kvk_err not_server_policy(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char oid[KVK_LIMIT_OID_TEXT], list[SHOWN] = "";
	const struct kvk_extensions *ext = &facts->leaf->ext;

	if (!facts->leaf_pkio_policy || facts->leaf_server_policy)
		return KVK_OK;
	for (size_t i = 0; i < ext->policy_count; i++) {
		size_t n = strlen(list);

		kvk_format(list + n, sizeof(list) - n, "%s%s", i > 0 ? ", " : "",
			kvk_oid_text(ext->policies[i].oid, oid));
	}
	KVK_FORMAT(out->text,
		_("the certificate has a PKIoverheid policy that is not known to be for server "
		  "certificates (%s)"),
		list);
	return KVK_OK;
}

static enum kvk_err several_numbers(const struct kvk_facts *facts, struct kvk_warning *out)
{
	size_t count = kvk_name_count(&facts->leaf->subject, KVK_OID_SERIAL_NUMBER);

	if (count > 1)
		KVK_FORMAT(out->text,
			_("the subject has %zu serialNumbers, and KVK does not publish which one "
			  "the portal reads"),
			count);
	return KVK_OK;
}

static enum kvk_err test_oin(const struct kvk_facts *facts, struct kvk_warning *out)
{
	struct kvk_identity number;
	enum kvk_err err;

	KVK_TRY(kvk_identity_of_subject(facts->leaf, &number));
	if (kvk_identity_is_test(&number))
		KVK_FORMAT(out->text, _("serialNumber %s is a test OIN, which anyone may use"),
			number.digits);
out:
	return err;
}

static enum kvk_err trade_name(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const char *wanted = facts->asked->account.trade_name;
	char shown[SHOWN], wanted_shown[SHOWN];
	struct kvk_blob name = { 0 };
	enum kvk_err err;

	if (wanted == NULL)
		return KVK_OK;
	KVK_TRY(kvk_checks_organisation(facts->leaf, &name));
	if (!kvk_organisation_same(kvk_span_of_blob(&name), kvk_span_of(wanted)))
		KVK_FORMAT(out->text, _("the organisation in the certificate is '%s', not '%s'"),
			kvk_escape_to(shown, sizeof(shown), kvk_span_of_blob(&name)),
			kvk_escape_to(wanted_shown, sizeof(wanted_shown), kvk_span_of(wanted)));
out:
	kvk_blob_free(&name);
	return err;
}

/* A usage or name that only people have, for people; NULL where there is none. */
static const char *personal_mark(const struct kvk_certificate *leaf)
{
	static const struct {
		enum kvk_oid usage;
		const char *text;
	} usages[] = {
		{ KVK_OID_EKU_EMAIL,
			N_("this is a personal certificate: its purpose is mail "
			   "(emailProtection)") },
		{ KVK_OID_EKU_MS_DOCUMENT_SIGNING,
			N_("this is a personal certificate: its purpose is signing documents") },
		{ KVK_OID_EKU_SMARTCARD_LOGON,
			N_("this is a personal certificate: its purpose is logging on with a smart "
			   "card") },
	};

	for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++)
		if (kvk_certificate_has_eku(leaf, usages[i].usage))
			return _(usages[i].text);
	for (size_t i = 0; i < leaf->ext.san_count; i++)
		if (leaf->ext.sans[i].kind == KVK_GENERAL_EMAIL)
			return _("this is a personal certificate: its alternative name (SAN) is a "
				 "mail address");
	return NULL;
}

static enum kvk_err personal(const struct kvk_facts *facts, struct kvk_warning *out)
{
	static const enum kvk_oid personal_attributes[] = {
		KVK_OID_GIVEN_NAME,
		KVK_OID_SURNAME,
		KVK_OID_PSEUDONYM,
		KVK_OID_TITLE,
	};
	const struct kvk_name *subject = &facts->leaf->subject;
	const char *mark = personal_mark(facts->leaf);

	for (size_t i = 0; i < sizeof(personal_attributes) / sizeof(personal_attributes[0]); i++)
		if (kvk_name_find(subject, personal_attributes[i], 0) != NULL) {
			KVK_FORMAT(out->text,
				_("this is a personal certificate: its subject has the attribute "
				  "%s"),
				kvk_oid_name(personal_attributes[i]));
			return KVK_OK;
		}
	if (mark != NULL)
		KVK_FORMAT(out->text, "%s", mark);
	return KVK_OK;
}

static enum kvk_err client_only(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (kvk_certificate_has_eku(facts->leaf, KVK_OID_EKU_CLIENT_AUTH) &&
		!kvk_certificate_has_eku(facts->leaf, KVK_OID_EKU_SERVER_AUTH))
		KVK_FORMAT(out->text, "%s",
			_("the certificate is for clients only, but the portal asks for a server "
			  "certificate; it does not publish whether it accepts this one"));
	return KVK_OK;
}

/* Whether a DNS name is the repetition of one before it; of very many that does not matter. */
static bool stands_before(const struct kvk_extensions *ext, size_t n)
{
	for (size_t i = 0; n < KVK_LIMIT_NAME_REPEATS && i < n; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS &&
			kvk_equal_nocase(ext->sans[i].value, ext->sans[n].value))
			return true;
	return false;
}

static enum kvk_err many_dns_names(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;
	size_t count = 0;

	for (size_t i = 0; i < ext->san_count; i++)
		count += ext->sans[i].kind == KVK_GENERAL_DNS && !stands_before(ext, i);
	if (count > 1)
		KVK_FORMAT(out->text,
			_("the certificate has %zu domain names, but the portal asks for a single "
			  "one"),
			count);
	return KVK_OK;
}

static enum kvk_err expires_soon(const struct kvk_facts *facts, struct kvk_warning *out)
{
	int64_t days = kvk_time_days(facts->asked->at, facts->leaf->not_after);

	if (facts->asked->at > facts->leaf->not_after)
		return KVK_OK;
	if (days == 0)
		KVK_FORMAT(out->text, "%s", _("the certificate expires in less than a day"));
	else if (days < 30)
		KVK_FORMAT(out->text,
			kvk_ngettext("the certificate expires in %lld day",
				"the certificate expires in %lld days", (unsigned long)days),
			(long long)days);
	return KVK_OK;
}

/* The CA that issued the leaf: its name, escaped, and its period, as far as it is known. */
struct issuer {
	char name[KVK_CHECKS_NAME];
	kvk_time not_before, not_after;
};

static enum kvk_err find_issuer(const struct kvk_facts *facts, struct issuer *out)
{
	const struct kvk_anchor *anchor = facts->path.anchor;
	const struct kvk_certificate *certificate = facts->path.count > 1 ?
		facts->path.certs[1].certificate :
		anchor != NULL ? anchor->certificate :
				 NULL;
	enum kvk_err err;

	out->not_before = certificate != NULL ? certificate->not_before : INT64_MIN;
	out->not_after = certificate != NULL		 ? certificate->not_after :
		anchor != NULL && anchor->not_after != 0 ? anchor->not_after :
							   INT64_MAX;
	KVK_TRY(kvk_checks_cert_name(facts, 1, out->name));
	if (facts->path.count == 1 && anchor != NULL && anchor->label != NULL)
		kvk_escape_to(out->name, sizeof out->name, kvk_span_of(anchor->label));
out:
	return err;
}

/* Java accepts it, and the portal's page does not ask for it. */
static enum kvk_err outlives_issuer(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	struct issuer issuer;
	char mine[KVK_WHEN_SIZE], theirs[KVK_WHEN_SIZE];
	enum kvk_err err;

	KVK_TRY(find_issuer(facts, &issuer));
	if (leaf->not_after > issuer.not_after)
		KVK_FORMAT(out->text,
			_("the certificate ends on %s, but its issuing CA '%s' ends on %s, and the "
			  "certificate cannot be used after that"),
			kvk_when_moment(leaf->not_after, mine), issuer.name,
			kvk_when_moment(issuer.not_after, theirs));
	else if (leaf->not_before < issuer.not_before)
		KVK_FORMAT(out->text,
			_("the certificate starts on %s, before its issuing CA '%s', which starts "
			  "on %s"),
			kvk_when_moment(leaf->not_before, mine), issuer.name,
			kvk_when_moment(issuer.not_before, theirs));
out:
	return err;
}

#define USE_PKIO N_("next time, order a PKIoverheid server certificate")

const struct kvk_warning_row kvk_warnings_holder[] = {
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
	{
		.id = "identifiers-disagree",
		.check = identifiers,
		.hint = N_("ask the TSP which number is correct; the portal does not publish which "
			   "one it reads"),
		.leaf = true,
	},
	{
		.id = "several-serial-numbers",
		.check = several_numbers,
		.hint = N_(
			"ask the TSP for a certificate with a single serialNumber in its subject"),
		.leaf = true,
	},
	{
		.id = "no-kvk-number",
		.check = no_kvk_number,
		.hint = N_("if you are a government body, add --party government; if you are a "
			   "company, order a certificate with 00000003, your KVK number and 0000"),
		.leaf = true,
	},
	{
		.id = "test-oin",
		.check = test_oin,
		.hint = N_("order a certificate with your own number"),
		.leaf = true,
	},
	{
		.id = "trade-name-differs",
		.check = trade_name,
		.hint = N_("compare it with the trade register, and ask the TSP for a certificate "
			   "with the correct name"),
		.leaf = true,
	},
	{
		.id = "personal-certificate",
		.check = personal,
		.hint = N_("the portal asks for a server certificate"),
		.leaf = true,
	},
	{
		.id = "not-server-policy",
		.check = not_server_policy,
		.hint = N_("order the TSP's server certificate (Private TLS, SYS): the portal may "
			   "not accept one that is for persons, mail or authentication only"),
		.leaf = true,
	},
	{
		.id = "client-only",
		.check = client_only,
		.hint = N_("next time, order a server certificate, which has both serverAuth and "
			   "clientAuth"),
		.leaf = true,
	},
	{
		.id = "many-dns-names",
		.check = many_dns_names,
		.hint = N_("next time, order a certificate for one domain name"),
		.leaf = true,
	},
	{
		.id = "outlives-issuer",
		.check = outlives_issuer,
		.hint = N_(
			"Java accepts it, but other programs may not; ask the TSP whether it has "
			"a newer CA certificate"),
		.leaf = true,
	},
	{
		.id = "expires-soon",
		.check = expires_soon,
		.hint = N_("order the next one now; 'kvkcsr new --like OLD' creates the request"),
		.leaf = true,
	},
	{ .id = NULL },
};

/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: who the certificate is for, and what it is for. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "names/organisation.h"
#include "portal/checks.h"
#include "portal/warnings.h"

/* Room for a name within a warning. */
#define SHOWN 128

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
			kvk_ngettext("the subject has %zu serialNumber, and KVK does not publish "
				     "which one the portal reads",
				"the subject has %zu serialNumbers, and KVK does not publish which "
				"one the portal reads",
				count),
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
		if (kvk_extensions_have_eku(&leaf->ext, usages[i].usage))
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
	if (kvk_extensions_have_eku(&facts->leaf->ext, KVK_OID_EKU_CLIENT_AUTH) &&
		!kvk_extensions_have_eku(&facts->leaf->ext, KVK_OID_EKU_SERVER_AUTH))
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
			kvk_ngettext("the certificate has %zu domain name, but the portal asks for "
				     "a single one",
				"the certificate has %zu domain names, but the portal asks for a "
				"single one",
				count),
			count);
	return KVK_OK;
}

const struct kvk_warning_row kvk_warnings_holder[] = {
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
		.hint = N_(
			"next time, order a server certificate, which has both purposes, \"server "
			"authentication\" (serverAuth) and \"client authentication\" "
			"(clientAuth)"),
		.leaf = true,
	},
	{
		.id = "many-dns-names",
		.check = many_dns_names,
		.hint = N_("next time, order a certificate for one domain name"),
		.leaf = true,
	},
	{ .id = NULL },
};

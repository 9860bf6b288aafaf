/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "portal/checks.h"
#include "names/host.h"
#include "names/identity.h"

#define SHOWN 128

/* Appends the names of what a certificate may be used for. */
static void usage_text(const struct kvk_extensions *ext, char *text, size_t size)
{
	char oid[KVK_LIMIT_OID_TEXT];
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < ext->eku_count && used + 1 < size; i++) {
		kvk_format(text + used, size - used, "%s%s", i > 0 ? ", " : "",
			kvk_oid_label(ext->ekus[i], oid));
		used += strlen(text + used);
	}
}

bool kvk_number_serves(const struct kvk_facts *facts, const struct kvk_identity *number)
{
	const char *oin = facts->account.oin;

	/* a test OIN is nobody's; in practice certificates have one, and the account may */
	if (kvk_identity_is_test(number))
		return facts->certs[0].known.named_test ||
			(oin != NULL && strcmp(number->digits, oin) == 0);
	return number->kind == KVK_IDENTITY_OIN ||
		(number->kind == KVK_IDENTITY_KVK && facts->account.party != KVK_PARTY_GOVERNMENT);
}

void kvk_found_number(const struct kvk_identity *number, struct kvk_finding *out)
{
	char words[KVK_IDENTITY_WORDS];
	enum kvk_err err = kvk_identity_words(number, words);

	if (err != KVK_OK)
		out->err = err;
	else if (number->kind == KVK_IDENTITY_OTHER && !number->text)
		KVK_FOUND(out, "%s", _("a serialNumber that is no text"));
	else
		KVK_FOUND(out, _("serialNumber '%s'%s"), number->shown, words);
}

void kvk_check_subject_number(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const bool government = facts->account.party == KVK_PARTY_GOVERNMENT;
	struct kvk_identity number;

	out->err = kvk_identity_of_subject(facts->leaf, &number);
	if (out->err != KVK_OK)
		return;
	if (kvk_number_serves(facts, &number))
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	if (number.kind == KVK_IDENTITY_NONE)
		KVK_FOUND(out, "%s", _("the subject has no serialNumber"));
	else
		kvk_found_number(&number, out);
	if (government)
		KVK_WANTED(out, "%s", _("the OIN of the government body, 20 digits"));
	else
		KVK_WANTED(out, "%s",
			_("the KVK number (8 digits) or its HRN (00000003, the KVK "
			  "number, 0000)"));
}

/* Whether the certificate has this DNS name, also by a wildcard: that is message 31. */
static bool has_dns_name(const struct kvk_extensions *ext, struct kvk_span name)
{
	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS &&
			kvk_host_matches(ext->sans[i].value, name))
			return true;
	return false;
}

static void check_cn(const struct kvk_extensions *ext, struct kvk_span cn, struct kvk_finding *out)
{
	char shown[SHOWN];

	kvk_escape_to(shown, sizeof(shown), cn);
	if (!kvk_host_is_name(kvk_host_without_wildcard(cn))) {
		kvk_fail(out, 0, KVK_REASON_NONE);
		KVK_FOUND(out,
			cn.n > 0 ? _("commonName '%s', which is no domain name") :
				   _("an empty commonName%s"),
			shown);
		KVK_WANTED(out, "%s", _("one domain name as commonName, such as api.example.nl"));
	} else if (!has_dns_name(ext, cn)) {
		kvk_fail(out, 0, KVK_REASON_NONE);
		KVK_FOUND(out, _("commonName '%s', which is not among the subjectAltNames"), shown);
		KVK_WANTED(out, "%s", _("the same domain name in commonName and subjectAltName"));
	}
}

void kvk_check_subject_name(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	const struct kvk_attribute *cn = kvk_name_find(subject, KVK_OID_CN, 0);
	size_t count = kvk_name_count(subject, KVK_OID_CN);
	struct kvk_blob text = { 0 };
	enum kvk_err err = count == 1 ? kvk_attribute_text(cn, &text) : KVK_ERR_NOT_FOUND;

	if (err == KVK_OK)
		check_cn(&facts->leaf->ext, kvk_span_of_blob(&text), out);
	kvk_blob_free(&text);
	if (err == KVK_ERR_MEMORY)
		out->err = err;
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	if (subject->count == 0)
		KVK_FOUND(out, "%s", _("an empty subject"));
	else if (count == 0)
		KVK_FOUND(out, "%s", _("no commonName"));
	else if (count == 1)
		KVK_FOUND(out, "%s", _("a commonName that is no text"));
	else
		KVK_FOUND(out, _("%zu commonNames"), count);
	KVK_WANTED(out, "%s", _("one domain name as commonName, such as api.example.nl"));
}

void kvk_check_key_identifiers(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;

	if (ext->has_ski && ext->has_aki)
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	if (ext->has_aki)
		KVK_FOUND(out, "%s", _("no subjectKeyIdentifier (SKI)"));
	else if (ext->has_ski)
		KVK_FOUND(out, "%s", _("no authorityKeyIdentifier (AKI)"));
	else
		KVK_FOUND(out, "%s",
			_("neither subjectKeyIdentifier (SKI) nor authorityKeyIdentifier (AKI)"));
	KVK_WANTED(out, "%s", _("both extensions"));
}

void kvk_check_client_authentication(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;
	char usages[SHOWN];

	if (kvk_certificate_has_eku(facts->leaf, KVK_OID_EKU_CLIENT_AUTH))
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	usage_text(ext, usages, sizeof(usages));
	if (!ext->has_eku)
		KVK_FOUND(out, "%s", _("no extended key usage extension"));
	else
		KVK_FOUND(out, _("extended key usage: %s"), usages);
	KVK_WANTED(out, "%s", _("clientAuth (1.3.6.1.5.5.7.3.2) in the extended key usage"));
}

void kvk_check_ev(const struct kvk_facts *facts, struct kvk_finding *out)
{
	char oid[KVK_LIMIT_OID_TEXT], list[SHOWN] = "";
	size_t used = 0;

	if (facts->pkio == KVK_YES || facts->leaf_ev_policy)
		return;
	if (facts->leaf_pkio_policy && facts->pkio == KVK_UNSURE) {
		kvk_skip(out, "needs-path");
		return;
	}
	kvk_fail(out, 0, KVK_REASON_NONE);
	for (size_t i = 0; i < facts->leaf->ext.policy_count && used + 1 < sizeof(list); i++) {
		kvk_format(list + used, sizeof(list) - used, "%s%s", i > 0 ? ", " : "",
			kvk_oid_text(facts->leaf->ext.policies[i].oid, oid));
		used += strlen(list + used);
	}
	if (facts->leaf_pkio_policy)
		KVK_FOUND(
			out, _("a PKIoverheid policy (%s), but not under a PKIoverheid CA"), list);
	else
		KVK_FOUND(out,
			list[0] != '\0' ? _("certificate policies %s") :
					  _("no certificate policies%s"),
			list);
	KVK_WANTED(out, "%s", _("a PKIoverheid certificate, or an EV policy such as 2.23.140.1.1"));
}

void kvk_check_wildcard(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	struct kvk_blob text = { 0 };
	char shown[SHOWN];
	enum kvk_err err;
	bool found = false;

	for (size_t i = 0; !found && i < leaf->subject.count; i++) {
		if (leaf->subject.attributes[i].oid != KVK_OID_CN)
			continue;
		kvk_blob_clear(&text);
		err = kvk_attribute_text(&leaf->subject.attributes[i], &text);
		if (err == KVK_ERR_MEMORY)
			out->err = err;
		found = err == KVK_OK && text.n > 0 && memchr(text.p, '*', text.n) != NULL;
		if (found)
			kvk_escape_to(shown, sizeof(shown), kvk_span_of_blob(&text));
	}
	kvk_blob_free(&text);
	for (size_t i = 0; !found && i < leaf->ext.san_count; i++) {
		struct kvk_span san = leaf->ext.sans[i].value;

		found = leaf->ext.sans[i].kind == KVK_GENERAL_DNS && san.n > 0 &&
			memchr(san.p, '*', san.n) != NULL;
		if (found)
			kvk_escape_to(shown, sizeof(shown), san);
	}
	if (!found)
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	KVK_FOUND(out, "'%s'", shown);
	KVK_WANTED(out, "%s", _("domain names without '*'"));
}

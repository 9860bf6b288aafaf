/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/settle.h: the extensions that a request made elsewhere asks for. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "request/settle.h"

static void evaluate_usage(struct kvk_settling *s)
{
	const struct kvk_extensions *ext = &s->csr->ext;
	bool client = false;

	if (ext->has_basic_constraints && ext->ca)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_CSR, "asks-for-ca",
			_("the request is for a CA certificate (message 13)"));
	if (ext->has_key_usage && (ext->key_usage & KVK_KU_DIGITAL_SIGNATURE) == 0)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_CSR, "key-usage",
			_("the key usage does not include digitalSignature, which a client "
			  "requires"));
	if (ext->has_key_usage && (ext->key_usage & (KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN)) != 0)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_CSR, "key-usage-of-ca",
			_("the key usage is that of a CA (keyCertSign or cRLSign)"));
	for (size_t i = 0; i < ext->eku_count; i++)
		client = client || kvk_oid_is(ext->ekus[i], KVK_OID_EKU_CLIENT_AUTH);
	if (!ext->has_eku)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_CLIENT_ONLY, "eku-missing",
			_("the request does not ask for an extended key usage; ask the TSP for "
			  "client authentication, without which the portal shows message 19"));
	else if (!client)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_CLIENT_ONLY, "client-auth-missing",
			_("the extended key usage does not include client authentication (message "
			  "19)"));
}

/* One DNS name of the request, as it is understood. */
static struct kvk_domain evaluate_dns_name(struct kvk_settling *s, struct kvk_span name)
{
	struct kvk_domain domain = { .name = "" };
	struct kvk_error why = { "" };

	if (kvk_domain_read(name, s->order->practice, &domain, &why) != KVK_OK)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "dns-name", "%s", why.text);
	else if (!kvk_review_finds(s->review, KVK_FIELD_DOMAIN))
		kvk_evaluate_host(s, "dns-name", name, &domain);
	return domain;
}

static void evaluate_names(struct kvk_settling *s)
{
	const struct kvk_extensions *ext = &s->csr->ext;
	const char *wanted = s->order->domain.name;
	struct kvk_domain domain;
	bool found = false, others = false;
	size_t count = 0;

	for (size_t i = 0; i < ext->san_count; i++) {
		if (ext->sans[i].kind != KVK_GENERAL_DNS) {
			others = true;
			continue;
		}
		count++;
		domain = evaluate_dns_name(s, ext->sans[i].value);
		found = found || kvk_equal_nocase(kvk_span_of(domain.name), kvk_span_of(wanted));
	}
	if (others)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "other-san",
			_("the request asks for names other than host names (IP address, mail "
			  "address or URI), which PKIoverheid does not issue"));
	if (count == 0)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_DOMAIN, "san-missing",
			_("the request has no DNS name (SAN); the TSP will use the common name "
			  "(CN) or ask you about it"));
	else if (wanted[0] != '\0' && !found)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "san-differs",
			_("the DNS names (SAN) do not include the host name in the common name "
			  "(CN)"));
	if (count > 1)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_DOMAIN, "several-dns-names",
			_("the request has more than one DNS name, but KVK asks for a single "
			  "domain"));
}

void kvk_evaluate_extensions(struct kvk_settling *s)
{
	evaluate_usage(s);
	evaluate_names(s);
}

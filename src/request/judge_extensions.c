/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "request/judging.h"

static void fault(struct kvk_judging *j, enum kvk_field field, const char *id, const char *text)
{
	kvk_judging_note(j, KVK_NOTE_FAULT, field, id, text);
}

static void advise(struct kvk_judging *j, enum kvk_field field, const char *id, const char *text)
{
	kvk_judging_note(j, KVK_NOTE_ADVICE, field, id, text);
}

static void judge_usage(struct kvk_judging *j)
{
	const struct kvk_extensions *ext = &j->csr->ext;
	bool client = false;

	if (ext->has_basic_constraints && ext->ca)
		fault(j, KVK_FIELD_CSR, "asks-for-ca",
			_("it asks for the certificate of a CA (message 13)"));
	if (ext->has_key_usage && (ext->key_usage & KVK_KU_DIGITAL_SIGNATURE) == 0)
		fault(j, KVK_FIELD_CSR, "key-usage",
			_("its key usage lacks digitalSignature, which a client needs"));
	if (ext->has_key_usage && (ext->key_usage & (KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN)) != 0)
		fault(j, KVK_FIELD_CSR, "key-usage-of-ca",
			_("its key usage is that of a CA (keyCertSign or cRLSign)"));
	for (size_t i = 0; i < ext->eku_count; i++)
		client = client || kvk_oid_is(ext->ekus[i], KVK_OID_EKU_CLIENT_AUTH);
	if (!ext->has_eku)
		advise(j, KVK_FIELD_CLIENT_ONLY, "eku-missing",
			_("it asks for no extended key usage; ask the TSP for client "
			  "authentication, without which the portal gives message 19"));
	else if (!client)
		fault(j, KVK_FIELD_CLIENT_ONLY, "client-auth-missing",
			_("its extended key usage lacks client authentication (message 19)"));
}

/* One DNS name of the request. */
static void judge_dns_name(struct kvk_judging *j, struct kvk_span name)
{
	struct kvk_domain domain = { .name = "" };
	struct kvk_error why = { "" };

	if (kvk_domain_read(name, j->order->practice, &domain, &why) != KVK_OK)
		fault(j, KVK_FIELD_DOMAIN, "dns-name", why.text);
}

static void judge_names(struct kvk_judging *j)
{
	const struct kvk_extensions *ext = &j->csr->ext;
	const char *wanted = j->order->domain.name;
	bool found = false, others = false;
	size_t count = 0;

	for (size_t i = 0; i < ext->san_count; i++) {
		if (ext->sans[i].kind != KVK_GENERAL_DNS) {
			others = true;
			continue;
		}
		count++;
		judge_dns_name(j, ext->sans[i].value);
		found = found || kvk_equal_nocase(ext->sans[i].value, kvk_span_of(wanted));
	}
	if (others)
		fault(j, KVK_FIELD_DOMAIN, "other-san",
			_("it asks for names other than host names (IP address, mail, URI), which "
			  "PKIoverheid does not issue"));
	if (count == 0)
		advise(j, KVK_FIELD_DOMAIN, "san-missing",
			_("it asks for no DNS name (SAN); the TSP takes the CN, or asks back"));
	else if (wanted[0] != '\0' && !found)
		fault(j, KVK_FIELD_DOMAIN, "san-differs",
			_("its DNS names (SAN) do not hold the host name of the CN"));
	if (count > 1)
		advise(j, KVK_FIELD_DOMAIN, "several-dns-names",
			_("it asks for more than one DNS name, where KVK wants a single domain"));
}

void kvk_judge_extensions(struct kvk_judging *j)
{
	judge_usage(j);
	judge_names(j);
}

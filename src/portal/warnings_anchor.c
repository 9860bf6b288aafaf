/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of portal/warnings.h: the certificate of the anchor, of which Java looks at nothing but name
 * and key.
 */
#include "config.h"

#include "portal/warnings.h"

/* One thing that can be wrong with it. */
struct flaw {
	bool (*applies)(const struct kvk_facts *facts, const struct kvk_certificate *cert);
	const char *text;
};

static bool has_expired(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	return facts->asked->at > cert->not_after;
}

static bool is_early(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	return facts->asked->at < cert->not_before;
}

static bool is_no_ca(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)facts;
	return cert->version == 3 && !cert->ext.ca;
}

static bool lacks_usage(const struct kvk_certificate *cert, uint32_t usage)
{
	return cert->ext.has_key_usage && !(cert->ext.key_usage & usage);
}

static bool lacks_cert_sign(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)facts;
	return lacks_usage(cert, KVK_KU_KEY_CERT_SIGN);
}

static bool lacks_crl_sign(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)facts;
	return lacks_usage(cert, KVK_KU_CRL_SIGN);
}

static bool is_too_short(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	return cert->ext.has_path_length && facts->path.count > cert->ext.path_length + 1;
}

static bool is_for_others(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)facts;
	return cert->ext.has_eku && !kvk_extensions_have_eku(&cert->ext, KVK_OID_EKU_CLIENT_AUTH) &&
		!kvk_extensions_have_eku(&cert->ext, KVK_OID_ANY_EKU);
}

/* Whether the certificate brings this reason into a path that does not have it otherwise. */
static bool brings(const struct kvk_facts *facts, enum kvk_reason reason)
{
	for (size_t i = 0; i < facts->anchored.count; i++) {
		const struct kvk_path_failure *failure = &facts->anchored.failures[i];

		if (failure->reason == reason && !failure->undetermined &&
			!kvk_path_failure_known(&facts->strict, failure))
			return true;
	}
	return false;
}

static bool forbids_names(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)cert;
	return brings(facts, KVK_REASON_INVALID_NAME);
}

static bool forbids_policies(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)cert;
	return brings(facts, KVK_REASON_INVALID_POLICY);
}

static bool has_unknown(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	(void)cert;
	return brings(facts, KVK_REASON_UNRECOGNIZED_CRIT_EXT);
}

static const struct flaw flaws[] = {
	{ has_expired, N_("the trusted root certificate has expired") },
	{ is_early, N_("the trusted root certificate is not valid yet") },
	{ is_no_ca, N_("the trusted root certificate is not a CA certificate") },
	{ lacks_cert_sign,
		N_("the key usage of the trusted root certificate does not allow signing "
		   "certificates") },
	{ lacks_crl_sign,
		N_("the key usage of the trusted root certificate does not allow signing "
		   "revocation lists (CRLs)") },
	{ is_too_short,
		N_("the chain is longer than the trusted root certificate allows (path length)") },
	{ is_for_others,
		N_("the extended key usage of the trusted root certificate does not include "
		   "client authentication (clientAuth)") },
	{ forbids_names,
		N_("the name constraints of the trusted root certificate do not allow a name in "
		   "the chain") },
	{ forbids_policies,
		N_("the policy constraints of the trusted root certificate do not allow the "
		   "policies of the chain") },
	{ has_unknown,
		N_("the trusted root certificate has a critical extension that few programs "
		   "recognize") },
};

static enum kvk_err anchor_fault(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_anchor *anchor = facts->path.anchor;

	if (anchor == NULL || anchor->certificate == NULL)
		return KVK_OK;
	for (size_t i = 0; i < sizeof(flaws) / sizeof(flaws[0]); i++)
		if (flaws[i].applies(facts, anchor->certificate) &&
			!kvk_warning_append(out, "; ", _(flaws[i].text)))
			break;
	return KVK_OK;
}

const struct kvk_warning_row kvk_warnings_anchor[] = {
	{
		.id = "anchor-fault",
		.check = anchor_fault,
		.hint = N_("Java does not check this; ask the owner of this root certificate for a "
			   "new one"),
		.leaf = true,
	},
	{ .id = NULL },
};

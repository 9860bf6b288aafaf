/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CRL (RFC 5280 section 5), decoded up to its list of entries; the list is walked as a stream and
 * never held in memory as a tree. Whether a CRL may be used for a certificate is revocation/'s
 * business.
 */
#ifndef KVKCSR_CERT_CRL_H
#define KVKCSR_CERT_CRL_H

#include "cert/certificate.h"

struct kvk_crl {
	struct kvk_span der, tbs;
	unsigned version;
	struct kvk_span algorithm, tbs_algorithm;
	struct kvk_name issuer;
	kvk_time this_update, next_update;
	bool has_next_update;
	/* The contents of revokedCertificates; empty where absent. */
	struct kvk_span entries;
	struct kvk_span signature;
	/* Extensions. */
	size_t count;
	struct kvk_extension all[KVK_LIMIT_CRL_EXTENSIONS];
	bool has_number, has_delta_base;
	struct kvk_span number, delta_base;
	bool has_aki;
	struct kvk_span aki_key_id, aki_serial;
	/* IssuingDistributionPoint (5.2.5). */
	bool has_idp, only_user, only_ca, only_attribute, indirect, has_only_reasons;
	struct kvk_crl_point idp_point;
	uint32_t only_reasons;
	bool has_freshest_crl;
	/* An unknown critical extension: the CRL must not be used (5.2). */
	bool unknown_critical;
	struct kvk_der_log log;
};

/* CRLReason codes (5.3.1). */
enum kvk_crl_reason {
	KVK_REVOKED_UNSPECIFIED = 0,
	KVK_REVOKED_KEY_COMPROMISE = 1,
	KVK_REVOKED_CA_COMPROMISE = 2,
	KVK_REVOKED_AFFILIATION_CHANGED = 3,
	KVK_REVOKED_SUPERSEDED = 4,
	KVK_REVOKED_CESSATION = 5,
	KVK_REVOKED_HOLD = 6,
	KVK_REVOKED_REMOVE_FROM_CRL = 8,
	KVK_REVOKED_PRIVILEGE_WITHDRAWN = 9,
	KVK_REVOKED_AA_COMPROMISE = 10,
};

struct kvk_crl_entry {
	/* INTEGER content octets. */
	struct kvk_span serial;
	kvk_time date;
	bool has_reason;
	enum kvk_crl_reason reason;
	/* certificateIssuer: the GeneralNames contents, empty where absent. */
	struct kvk_span certificate_issuer;
	bool unknown_critical;
	/* A critical one that Java does not look at: any but reasonCode and certificateIssuer. */
	bool other_critical;
};

/*
 * Decodes a CRL but for its entries; free it with kvk_crl_free() where that succeeds. der outlives
 * *out. KVK_ERR_DER with out->log filled, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_crl_read(struct kvk_span der, struct kvk_crl *out);
/* Frees what a CRL owns, and not itself. Accepts NULL. */
void kvk_crl_free(struct kvk_crl *crl);
/*
 * Which of two CRLs is newer, by thisUpdate, then by cRLNumber (5.2.3): above 0 where it is a,
 * below where it is b, 0 where neither says.
 */
int kvk_crl_order(const struct kvk_crl *a, const struct kvk_crl *b);
/* Starts a walk over the entries. */
void kvk_crl_walk(const struct kvk_crl *crl, struct kvk_der_log *log, struct kvk_der *walk);
/* The next entry; *more is false at the end. KVK_ERR_DER. */
enum kvk_err kvk_crl_next(struct kvk_der *walk, struct kvk_crl_entry *out, bool *more);
/*
 * The reason that the contents of an ENUMERATED give; KVK_REVOKED_UNSPECIFIED for a number that the
 * RFC does not have.
 */
enum kvk_crl_reason kvk_crl_reason_of(struct kvk_span code);
/* The word of the RFC for a reason code: "keyCompromise"; static. */
const char *kvk_crl_reason_name(enum kvk_crl_reason reason);

#endif

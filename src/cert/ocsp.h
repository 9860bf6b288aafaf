/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An OCSP response (RFC 6960 section 4.2), decoded up to its list of single responses, which is
 * walked. Whether it may be believed is revocation/'s business.
 */
#ifndef KVKCSR_CERT_OCSP_H
#define KVKCSR_CERT_OCSP_H

#include "cert/certificate.h"
#include "cert/crl.h"

/* OCSPResponseStatus 0: there are answers; 3: there will be some later. */
#define KVK_OCSP_SUCCESSFUL 0
#define KVK_OCSP_TRY_LATER 3

struct kvk_ocsp {
	struct kvk_span der;
	/* OCSPResponseStatus; unless successful, nothing below is filled. */
	unsigned status;
	/* The signed part (ResponseData), whole, and how it is signed. */
	struct kvk_span data, algorithm, signature;
	/* The responder, by its name (whole) or by the SHA-1 of its key; the other one is empty. */
	struct kvk_span responder_name, responder_key;
	kvk_time produced_at;
	/* The contents of responses, and of the certificates that came along. */
	struct kvk_span responses, certificates;
	/* The contents of the nonce extension, empty where absent. */
	struct kvk_span nonce;
	/* The nonce is critical; an extension that is not known is. */
	bool critical_nonce, unknown_critical;
	struct kvk_der_log log;
};

enum kvk_ocsp_status { KVK_OCSP_GOOD, KVK_OCSP_REVOKED, KVK_OCSP_UNKNOWN };

/* One SingleResponse. */
struct kvk_ocsp_single {
	/* CertID. */
	enum kvk_oid hash;
	struct kvk_span issuer_name_hash, issuer_key_hash;
	/* INTEGER content octets. */
	struct kvk_span serial;
	enum kvk_ocsp_status status;
	kvk_time revoked_at;
	bool has_reason;
	enum kvk_crl_reason reason;
	kvk_time this_update, next_update;
	bool has_next_update;
	bool unknown_critical;
};

/*
 * Decodes a response. der outlives *out. KVK_ERR_DER with out->log filled (also for a response that
 * is not of the basic type), KVK_ERR_LIMIT above KVK_LIMIT_OCSP.
 */
enum kvk_err kvk_ocsp_read(struct kvk_span der, struct kvk_ocsp *out);
/* Starts a walk over the single responses. */
void kvk_ocsp_walk(const struct kvk_ocsp *ocsp, struct kvk_der_log *log, struct kvk_der *walk);
/* The next one; *more is false at the end. KVK_ERR_DER. */
enum kvk_err kvk_ocsp_next(struct kvk_der *walk, struct kvk_ocsp_single *out, bool *more);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who signed a CRL, and whether he may (RFC 5280 6.3.3 (f), (g)). Only revocation/ includes this
 * header.
 */
#ifndef KVKCSR_REVOCATION_CRL_SIGNER_H
#define KVKCSR_REVOCATION_CRL_SIGNER_H

#include "revocation/answer.h"
#include "revocation/crl_input.h"
#include "revocation/crl_scope.h"

/*
 * Certificates whose status waits for that of the signer of a CRL; they are not asked for again.
 */
struct kvk_crl_outer {
	const struct kvk_certificate *certificate;
	const struct kvk_crl_outer *next;
	/* Shared by all of them. */
	struct kvk_crl_budget *budget;
	/* kvk_crl_status() within these. */
	enum kvk_err (*find_status)(const struct kvk_crl_input *in,
		const struct kvk_crl_outer *outer, struct kvk_revocation_answer *out);
};

/*
 * Looks for the key that signed a CRL: that of the certificate's issuer, else one of the pool with
 * a valid path to the same anchor. *out is KVK_WHY_DETERMINED and *key the key where there is one.
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_crl_signer_find(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_crl *crl, struct kvk_span *key, enum kvk_revocation_why *out);
/* Whether a certificate may sign CRLs: its key usage, where there is one, says so. */
bool kvk_crl_signer_may_sign(const struct kvk_certificate *c);
/*
 * Whether a certificate has a valid path to one of these anchors, and none of that path is revoked
 * (6.3.3 (f)): *out is KVK_WHY_DETERMINED, and *parent the key from which its key inherits its
 * parameters. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_crl_signer_path(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_certificate *signer, const struct kvk_anchor *anchors, size_t anchor_count,
	struct kvk_span *parent, enum kvk_revocation_why *out);
/* Whether a key signed a CRL: *out is KVK_WHY_DETERMINED. KVK_ERR_MEMORY. */
enum kvk_err kvk_crl_signer_verify(const struct kvk_crl_input *in, const struct kvk_crl *crl,
	struct kvk_span key, struct kvk_span parent, enum kvk_revocation_why *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom an OCSP answer is about, and who may give it. Used by ocsp_status.c only.
 */
#ifndef KVKCSR_REVOCATION_OCSP_RESPONDER_H
#define KVKCSR_REVOCATION_OCSP_RESPONDER_H

#include "revocation/ocsp_status.h"

/* Whether an entry's CertID names the certificate: issuer name and key by hash, and the serial
 * number. */
enum kvk_err kvk_ocsp_is_about(
	const struct kvk_ocsp_input *input, const struct kvk_ocsp_single *single, bool *same);
/* Whether the answer was signed by the issuer, or by a responder that the issuer named (4.2.2.2).
 */
enum kvk_err kvk_ocsp_is_authorised(
	const struct kvk_ocsp_input *input, const struct kvk_ocsp *ocsp, bool *authorised);

#endif

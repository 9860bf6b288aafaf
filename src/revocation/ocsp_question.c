/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/ocsp_question.h"

#include "cert/ocsp_request.h"
#include "revocation/ocsp_responder.h"

enum kvk_err kvk_ocsp_question(const struct kvk_ocsp_input *input, struct kvk_blob *out)
{
	const struct kvk_span spki =
		input->issuer != NULL ? input->issuer->spki : input->anchor->spki;
	struct kvk_span bits;
	enum kvk_err err;

	KVK_TRY(kvk_ocsp_key_bits(spki, &bits));
	KVK_TRY(kvk_ocsp_request_write(
		input->certificate->issuer.der, bits, input->certificate->serial, out));
out:
	return err;
}

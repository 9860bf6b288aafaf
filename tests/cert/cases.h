/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates and CRLs, most of them wrong in one way, with what the decoder has to say of each.
 * The fuzz corpora are made from the same list.
 */
#ifndef KVKCSR_TESTS_CERT_CASES_H
#define KVKCSR_TESTS_CERT_CASES_H

#include "der/reader.h"

struct cert_case {
	const char *name;
	/* For made_of(). */
	const char *der;
	enum kvk_err err;
	enum kvk_der_remark remark;
	/* The one deviation that is let pass, or KVK_DER_OK. */
	enum kvk_der_remark tolerated;
};

/* Both end with a row without a name. */
extern const struct cert_case certificate_cases[];
extern const struct cert_case crl_cases[];

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests as other programs make them, right and wrong, for the tests of their evaluation.
 */
#ifndef KVKCSR_TESTS_REQUEST_ELSEWHERE_H
#define KVKCSR_TESTS_REQUEST_ELSEWHERE_H

#include "cert/certificate.h"
#include "crypto/key.h"

/* A request as some other program makes it. */
struct help_elsewhere {
	struct {
		enum kvk_oid oid;
		const char *value;
	} subject[8];
	const char *dns[4];
	bool ip, no_eku, no_client, ca, challenge;
	uint32_t key_usage;
	const struct kvk_signing *signing;
	const char *key;
};

/* Writes and signs it; *out is the request in DER. Stops the test where that fails. */
void help_write_request(const struct help_elsewhere *e, struct kvk_blob *out);

#endif

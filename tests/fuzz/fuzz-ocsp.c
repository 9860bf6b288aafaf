/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads any bytes as an OCSP answer and walks its entries: the walk ends, and what it returns is in
 * the input.
 */
#include "config.h"

#include "cert/ocsp.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kvk_span all;

static void check_span(struct kvk_span part)
{
	check(part.n == 0 || (part.p >= all.p && part.p + part.n <= all.p + all.n));
}

static void check_entries(const struct kvk_ocsp *ocsp)
{
	struct kvk_der_log log = { 0 };
	struct kvk_ocsp_single single;
	struct kvk_der walk;
	size_t entries = 0;
	bool more = true;

	kvk_ocsp_walk(ocsp, &log, &walk);
	for (; kvk_ocsp_next(&walk, &single, &more) == KVK_OK && more; entries++) {
		check_span(single.issuer_name_hash);
		check_span(single.issuer_key_hash);
		check_span(single.serial);
		check(single.serial.n > 0 && single.status <= KVK_OCSP_UNKNOWN);
		check(!single.has_reason || kvk_crl_reason_name(single.reason) != NULL);
	}
	check(entries <= all.n / 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kvk_ocsp ocsp;
	enum kvk_err err;

	all = (struct kvk_span){ data, size };
	err = kvk_ocsp_read(all, &ocsp);
	if (err != KVK_OK) {
		check(err == KVK_ERR_LIMIT || ocsp.log.remark != KVK_DER_OK);
		check(ocsp.log.offset <= size);
		return 0;
	}
	if (ocsp.status != KVK_OCSP_SUCCESSFUL)
		return 0;
	check_span(ocsp.data);
	check_span(ocsp.algorithm);
	check_span(ocsp.signature);
	check_span(ocsp.responder_name);
	check_span(ocsp.responder_key);
	check_span(ocsp.certificates);
	check_span(ocsp.nonce);
	check_entries(&ocsp);
	return 0;
}

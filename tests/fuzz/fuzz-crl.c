/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads any bytes as a CRL and walks its entries: the walk ends, and what it returns is in the
 * input.
 */
#include "config.h"

#include <stdlib.h>

#include "cert/crl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool condition)
{
	if (!condition)
		abort();
}

static bool lies_in(struct kvk_span part, struct kvk_span all)
{
	return part.n == 0 || (part.p >= all.p && part.p + part.n <= all.p + all.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct kvk_span all = { data, size };
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	static struct kvk_crl crl;
	struct kvk_der walk;
	size_t entries = 0;
	bool more = true;

	if (kvk_crl_read(all, &crl) != KVK_OK) {
		check(crl.log.remark != KVK_DER_OK && crl.log.offset <= size);
		return 0;
	}
	check(crl.version == 1 || crl.version == 2);
	check(crl.count <= KVK_LIMIT_EXTENSIONS && lies_in(crl.entries, all));
	check(lies_in(crl.idp_point.full_name, all) && lies_in(crl.idp_point.uri, all));
	kvk_crl_walk(&crl, &log, &walk);
	for (; kvk_crl_next(&walk, &entry, &more) == KVK_OK && more; entries++) {
		check(entry.serial.n > 0 && lies_in(entry.serial, crl.entries));
		check(lies_in(entry.certificate_issuer, crl.entries));
		check(kvk_crl_reason_name(entry.reason) != NULL);
	}
	check(entries <= size / 4);
	kvk_crl_free(&crl);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/java.h: parameters of RSASSA-PSS (sun.security.rsa.PSSParameters). */
#include "config.h"

#include <string.h>

#include "cert/java.h"
#include "der/reader.h"

/* AlgorithmIdentifier ::= SEQUENCE { and what follows the OID, empty where that is NULL. */
static enum kvk_err read_algorithm(
	struct kvk_der *der, struct kvk_span *oid, struct kvk_span *parameters)
{
	struct kvk_der algorithm;
	struct kvk_der_value value;
	enum kvk_err err;

	*parameters = (struct kvk_span){ 0 };
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &algorithm));
	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&algorithm, oid));
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	if (kvk_der_at_end(&algorithm))
		return KVK_OK;
	KVK_TRY(kvk_der_any(&algorithm, &value));
	KVK_TRY(kvk_der_finish(&algorithm));
	if (value.tag != KVK_DER_NULL)
		*parameters = value.whole;
out:
	return err;
}

/* The hashes that MGF1ParameterSpec knows: SHA-1, and those of SHA-2 and SHA-3 without SHAKE. */
static bool is_mask_hash(struct kvk_span oid)
{
	/* 2.16.840.1.101.3.4.2, and after it 1 to 10 */
	static const uint8_t nist[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02 };
	enum { FIRST = 1, LAST = 10 };

	if (kvk_oid_is(oid, KVK_OID_SHA1))
		return true;
	return oid.n == sizeof(nist) + 1 && memcmp(oid.p, nist, sizeof(nist)) == 0 &&
		oid.p[sizeof(nist)] >= FIRST && oid.p[sizeof(nist)] <= LAST;
}

/* maskGenAlgorithm [1] MaskGenAlgorithm -- of MGF1 alone, with a hash */
static bool reads_mask(struct kvk_der *der)
{
	struct kvk_der_log log = { 0 };
	struct kvk_span oid, parameters, ignored;
	struct kvk_der inner;

	if (read_algorithm(der, &oid, &parameters) != KVK_OK ||
		!kvk_oid_is(oid, KVK_OID_RSA_MGF1) || parameters.n == 0)
		return false;
	kvk_der_start(&inner, parameters, true, &log);
	return read_algorithm(&inner, &oid, &ignored) == KVK_OK && is_mask_hash(oid);
}

/* One member by the number of its tag; what follows its value does not count. */
static bool reads_member(const struct kvk_der *list, const struct kvk_der_value *value)
{
	struct kvk_span oid, parameters;
	struct kvk_der der;
	uint64_t number;

	if (kvk_der_into(list, value->content, &der) != KVK_OK)
		return false;
	switch (value->tag) {
	case KVK_DER_CONTEXT_CONSTRUCTED(0):
		/* hashAlgorithm [0] HashAlgorithm -- of any name */
		return read_algorithm(&der, &oid, &parameters) == KVK_OK;
	case KVK_DER_CONTEXT_CONSTRUCTED(1):
		return reads_mask(&der);
	case KVK_DER_CONTEXT_CONSTRUCTED(2):
		/* saltLength [2] INTEGER */
		return kvk_der_uint(&der, KVK_DER_INTEGER, INT32_MAX, &number) == KVK_OK;
	case KVK_DER_CONTEXT_CONSTRUCTED(3):
		/* trailerField [3] INTEGER */
		return kvk_der_uint(&der, KVK_DER_INTEGER, 1, &number) == KVK_OK && number == 1;
	default:
		return false;
	}
}

bool kvk_java_reads_pss(struct kvk_span parameters)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der_value value;
	struct kvk_der start, list;

	kvk_der_start(&start, parameters, true, &log);
	/* RSASSA-PSS-params ::= SEQUENCE { */
	if (kvk_der_enter(&start, KVK_DER_SEQUENCE, &list) != KVK_OK)
		return false;
	while (!kvk_der_at_end(&list))
		if (kvk_der_any(&list, &value) != KVK_OK || !reads_member(&list, &value))
			return false;
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/crl.h"

#include <string.h>

#include "cert/crl_extensions.h"
#include "cert/signed.h"

/* version Version OPTIONAL, -- where only v2 (1) may be written out */
static enum kvk_err read_version(struct kvk_der *tbs, struct kvk_crl *out)
{
	const uint8_t *at = tbs->rest.p;
	uint64_t number;
	enum kvk_err err;

	out->version = 1;
	if (kvk_der_peek(tbs) != KVK_DER_INTEGER)
		return KVK_OK;
	KVK_TRY(kvk_der_uint(tbs, KVK_DER_INTEGER, 1, &number));
	if (number != 1)
		return kvk_der_fail(tbs, KVK_DER_RANGE, at);
	out->version = 2;
out:
	return err;
}

static enum kvk_err read_updates(struct kvk_der *tbs, struct kvk_crl *out)
{
	enum kvk_err err;

	/* thisUpdate Time, */
	KVK_TRY(kvk_der_time(tbs, &out->this_update));
	/* nextUpdate Time OPTIONAL, */
	out->has_next_update = kvk_der_is_time(kvk_der_peek(tbs));
	if (out->has_next_update)
		KVK_TRY(kvk_der_time(tbs, &out->next_update));
out:
	return err;
}

static enum kvk_err read_rest(struct kvk_der *tbs, struct kvk_crl *out)
{
	const uint8_t *at;
	struct kvk_der explicit_tag, list;
	bool present;
	enum kvk_err err;

	/* revokedCertificates SEQUENCE OF SEQUENCE { ... } OPTIONAL, */
	if (kvk_der_peek(tbs) == KVK_DER_SEQUENCE)
		KVK_TRY(kvk_der_read(tbs, KVK_DER_SEQUENCE, &out->entries));
	at = tbs->rest.p;
	/* crlExtensions [0] EXPLICIT Extensions OPTIONAL -- v2 } */
	KVK_TRY(kvk_der_enter_optional(
		tbs, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &explicit_tag));
	if (!present)
		return kvk_der_finish(tbs);
	/* Java does not mind */
	if (out->version == 1)
		KVK_TRY(kvk_der_tolerate(tbs, KVK_DER_CONTENT, at));
	/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
	KVK_TRY(kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &list));
	KVK_TRY(kvk_crl_extensions_read(&list, out));
	KVK_TRY(kvk_der_finish(&explicit_tag));
	KVK_TRY(kvk_der_finish(tbs));
out:
	return err;
}

/* TBSCertList ::= SEQUENCE { */
static enum kvk_err read_tbs(struct kvk_der *tbs, struct kvk_crl *out)
{
	enum kvk_err err;

	KVK_TRY(read_version(tbs, out));
	/* signature AlgorithmIdentifier, */
	KVK_TRY(kvk_signed_algorithm(tbs, out->algorithm, &out->tbs_algorithm));
	/* issuer Name, */
	KVK_TRY(kvk_signed_issuer(tbs, &out->issuer));
	KVK_TRY(read_updates(tbs, out));
	KVK_TRY(read_rest(tbs, out));
out:
	return err;
}

enum kvk_err kvk_crl_read(struct kvk_span der, struct kvk_crl *out)
{
	struct kvk_signed parts;
	enum kvk_err err;

	memset(out, 0, sizeof(*out));
	out->der = der;
	/* CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue } */
	KVK_TRY(kvk_signed_read(der, &out->log, &parts));
	out->tbs = parts.part;
	out->algorithm = parts.algorithm;
	out->signature = parts.signature;
	KVK_TRY(read_tbs(&parts.inner, out));
out:
	if (err != KVK_OK)
		kvk_crl_free(out);
	return err;
}

void kvk_crl_free(struct kvk_crl *crl)
{
	if (crl != NULL)
		kvk_name_free(&crl->issuer);
}

int kvk_crl_order(const struct kvk_crl *a, const struct kvk_crl *b)
{
	if (a->this_update != b->this_update)
		return a->this_update > b->this_update ? 1 : -1;
	if (a->has_number != b->has_number)
		return a->has_number ? 1 : -1;
	return a->has_number ? kvk_der_integer_compare(a->number, b->number) : 0;
}

void kvk_crl_walk(const struct kvk_crl *crl, struct kvk_der_log *log, struct kvk_der *walk)
{
	kvk_der_start(walk, crl->entries, true, log);
}

enum kvk_err kvk_crl_next(struct kvk_der *walk, struct kvk_crl_entry *out, bool *more)
{
	struct kvk_der one;
	enum kvk_err err;

	*more = !kvk_der_at_end(walk);
	if (!*more)
		return KVK_OK;
	memset(out, 0, sizeof(*out));
	/* revokedCertificates SEQUENCE OF SEQUENCE { */
	KVK_TRY(kvk_der_enter(walk, KVK_DER_SEQUENCE, &one));
	/* userCertificate CertificateSerialNumber, -- ::= INTEGER */
	KVK_TRY(kvk_der_integer(&one, &out->serial));
	/* revocationDate Time, */
	KVK_TRY(kvk_der_time(&one, &out->date));
	if (kvk_der_at_end(&one))
		return KVK_OK;
	/* crlEntryExtensions Extensions OPTIONAL -- v2 } */
	KVK_TRY(kvk_crl_entry_extensions_read(&one, out));
	KVK_TRY(kvk_der_finish(&one));
out:
	return err;
}

enum kvk_crl_reason kvk_crl_reason_of(struct kvk_span code)
{
	enum { UNUSED = 7 };

	if (code.n != 1 || code.p[0] == UNUSED || code.p[0] > KVK_REVOKED_AA_COMPROMISE)
		return KVK_REVOKED_UNSPECIFIED;
	return (enum kvk_crl_reason)code.p[0];
}

const char *kvk_crl_reason_name(enum kvk_crl_reason reason)
{
	static const char *const names[] = {
		[KVK_REVOKED_UNSPECIFIED] = "unspecified",
		[KVK_REVOKED_KEY_COMPROMISE] = "keyCompromise",
		[KVK_REVOKED_CA_COMPROMISE] = "cACompromise",
		[KVK_REVOKED_AFFILIATION_CHANGED] = "affiliationChanged",
		[KVK_REVOKED_SUPERSEDED] = "superseded",
		[KVK_REVOKED_CESSATION] = "cessationOfOperation",
		[KVK_REVOKED_HOLD] = "certificateHold",
		[KVK_REVOKED_REMOVE_FROM_CRL] = "removeFromCRL",
		[KVK_REVOKED_PRIVILEGE_WITHDRAWN] = "privilegeWithdrawn",
		[KVK_REVOKED_AA_COMPROMISE] = "aACompromise",
	};
	const size_t i = (size_t)reason;

	return i < sizeof(names) / sizeof(names[0]) && names[i] != NULL ? names[i] : names[0];
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/ocsp_responder.h"

#include <string.h>

#include "base/alloc.h"
#include "crypto/scheme.h"
#include "path/signatures.h"

/* The certificates of one answer that are tried as responder. */
#define RESPONDERS 8

static struct kvk_span issuer_spki(const struct kvk_ocsp_input *in)
{
	return in->issuer != NULL ? in->issuer->spki : in->anchor->spki;
}

static const struct kvk_name *issuer_name(const struct kvk_ocsp_input *in)
{
	return in->issuer != NULL ? &in->issuer->subject : &in->anchor->name;
}

/* The contents of the BIT STRING of a SubjectPublicKeyInfo: what key hashes are made of. */
static enum kvk_err key_bits(struct kvk_span spki, struct kvk_span *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der start;
	struct kvk_der info;
	struct kvk_span algorithm;
	unsigned unused;
	enum kvk_err err;

	kvk_der_start(&start, spki, true, &log);
	err = kvk_der_enter(&start, KVK_DER_SEQUENCE, &info);
	if (err == KVK_OK)
		err = kvk_der_read(&info, KVK_DER_SEQUENCE, &algorithm);
	return err == KVK_OK ? kvk_der_bit_string(&info, out, &unused) : err;
}

static enum kvk_err hash_is(
	enum kvk_hash hash, struct kvk_span bytes, struct kvk_span wanted, bool *same)
{
	uint8_t value[KVK_HASH_SIZE_MAX];
	enum kvk_err err = kvk_hash_bytes(hash, bytes, value);

	*same = err == KVK_OK &&
		kvk_span_equal((struct kvk_span){ value, kvk_hash_size(hash) }, wanted);
	return err;
}

enum kvk_err kvk_ocsp_is_about(
	const struct kvk_ocsp_input *input, const struct kvk_ocsp_single *single, bool *same)
{
	enum kvk_hash hash = kvk_hash_of(single->hash);
	struct kvk_span bits;
	enum kvk_err err;

	*same = false;
	if (hash == KVK_HASH_NONE || !kvk_span_equal(single->serial, input->certificate->serial))
		return KVK_OK;
	/* The name as the certificate has it: that is what a client hashes. */
	err = hash_is(hash, input->certificate->issuer.der, single->issuer_name_hash, same);
	if (err != KVK_OK || !*same)
		return err;
	if (key_bits(issuer_spki(input), &bits) != KVK_OK) {
		*same = false;
		return KVK_OK;
	}
	return hash_is(hash, bits, single->issuer_key_hash, same);
}

/* Whether a key or name is the responder that the answer claims to come from. */
static enum kvk_err is_responder(
	const struct kvk_ocsp *ocsp, const struct kvk_name *name, struct kvk_span spki, bool *same)
{
	struct kvk_name claimed;
	struct kvk_span bits;

	*same = false;
	if (ocsp->responder_name.n > 0) {
		*same = kvk_name_parse(ocsp->responder_name, true, &claimed) == KVK_OK &&
			kvk_name_equal(&claimed, name, KVK_NAMES_RFC5280);
		return KVK_OK;
	}
	if (key_bits(spki, &bits) != KVK_OK)
		return KVK_OK;
	return hash_is(KVK_HASH_SHA1, bits, ocsp->responder_key, same);
}

static enum kvk_err verifies(const struct kvk_ocsp_input *in, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature, bool *good)
{
	const struct kvk_span no_parent = { NULL, 0 };
	enum kvk_link link = KVK_LINK_BAD;
	enum kvk_err err = kvk_signature_check(
		in->signatures, spki, no_parent, algorithm, data, signature, &link);

	*good = err == KVK_OK && link == KVK_LINK_GOOD;
	return err;
}

/* A responder's own certificate, where a CRL at hand speaks of it; one with nocheck is never asked
 * for. */
static enum kvk_err is_revoked(
	const struct kvk_ocsp_input *in, const struct kvk_certificate *responder, bool *revoked)
{
	const struct kvk_crl_input crl = {
		.certificate = responder,
		.issuer = in->issuer,
		.anchor = in->anchor,
		.crls = in->crls,
		.crl_count = in->crl_count,
		.at = in->at,
		.manner = in->manner,
		.signatures = in->signatures,
	};
	struct kvk_revocation_answer answer;
	enum kvk_err err;

	*revoked = false;
	if (responder->ext.has_ocsp_nocheck)
		return KVK_OK;
	err = kvk_crl_status(&crl, &answer);
	if (err != KVK_OK)
		return err;
	/* Java does not ask; the RFC wants to know. */
	*revoked = answer.state == KVK_REVOCATION_REVOKED ||
		(answer.state == KVK_REVOCATION_UNDETERMINED && in->manner == KVK_MANNER_RFC5280);
	return KVK_OK;
}

/* A delegated responder: issued directly by the issuer, with the exact EKU, valid now. */
static enum kvk_err may_respond(
	const struct kvk_ocsp_input *in, const struct kvk_certificate *responder, bool *fine)
{
	bool revoked = false;
	enum kvk_err err = KVK_OK;

	*fine = kvk_certificate_has_eku(responder, KVK_OID_EKU_OCSP_SIGNING) &&
		responder->not_before <= in->at && in->at <= responder->not_after &&
		kvk_name_equal(&responder->issuer, issuer_name(in), KVK_NAMES_RFC5280);
	if (*fine)
		err = verifies(in, issuer_spki(in), responder->algorithm, responder->tbs,
			responder->signature, fine);
	if (err != KVK_OK || !*fine)
		return err;
	err = is_revoked(in, responder, &revoked);
	*fine = err == KVK_OK && !revoked;
	return err;
}

/* Tries one certificate that came with the answer. */
static enum kvk_err try_delegate(const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp,
	struct kvk_span der, struct kvk_certificate *responder, bool *authorised)
{
	bool fine = false;
	enum kvk_err err = kvk_certificate_read(der, responder);

	if (err == KVK_ERR_MEMORY || err == KVK_ERR_CRYPTO)
		return err;
	if (err != KVK_OK)
		return KVK_OK;
	err = is_responder(ocsp, &responder->subject, responder->spki, &fine);
	if (err == KVK_OK && fine)
		err = may_respond(in, responder, &fine);
	if (err == KVK_OK && fine)
		err = verifies(in, responder->spki, ocsp->algorithm, ocsp->data, ocsp->signature,
			authorised);
	return err;
}

static enum kvk_err try_delegates(
	const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp, bool *authorised)
{
	struct kvk_certificate *responder = kvk_malloc(sizeof *responder);
	struct kvk_der_log log = { 0 };
	struct kvk_der_value value;
	struct kvk_der walk;
	enum kvk_err err = responder != NULL ? KVK_OK : KVK_ERR_MEMORY;

	kvk_der_start(&walk, ocsp->certificates, true, &log);
	for (unsigned i = 0;
		err == KVK_OK && !*authorised && i < RESPONDERS && !kvk_der_at_end(&walk); i++) {
		if (kvk_der_any(&walk, &value) != KVK_OK)
			break;
		err = try_delegate(in, ocsp, value.whole, responder, authorised);
	}
	kvk_free(responder);
	return err;
}

enum kvk_err kvk_ocsp_is_authorised(
	const struct kvk_ocsp_input *input, const struct kvk_ocsp *ocsp, bool *authorised)
{
	bool is_issuer = false;
	enum kvk_err err = is_responder(ocsp, issuer_name(input), issuer_spki(input), &is_issuer);

	*authorised = false;
	if (err != KVK_OK)
		return err;
	if (is_issuer)
		err = verifies(input, issuer_spki(input), ocsp->algorithm, ocsp->data,
			ocsp->signature, authorised);
	return err != KVK_OK || *authorised ? err : try_delegates(input, ocsp, authorised);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/ocsp_responder.h"

#include "base/alloc.h"
#include "crypto/scheme.h"
#include "path/validate.h"
#include "revocation/crl_status.h"

static struct kvk_span issuer_spki(const struct kvk_ocsp_input *in)
{
	return in->issuer != NULL ? in->issuer->spki : in->anchor->spki;
}

static const struct kvk_name *issuer_name(const struct kvk_ocsp_input *in)
{
	return in->issuer != NULL ? &in->issuer->subject : &in->anchor->name;
}

enum kvk_err kvk_ocsp_key_bits(struct kvk_span spki, struct kvk_span *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der start, info;
	struct kvk_span algorithm;
	unsigned unused;
	enum kvk_err err;

	kvk_der_start(&start, spki, true, &log);
	/* SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING } */
	KVK_TRY(kvk_der_enter(&start, KVK_DER_SEQUENCE, &info));
	KVK_TRY(kvk_der_read(&info, KVK_DER_SEQUENCE, &algorithm));
	KVK_TRY(kvk_der_bit_string(&info, out, &unused));
out:
	return err;
}

/*
 * The hashes of the issuer's name, as the certificate has it (to Java: as the issuer has it), and
 * of the issuer's key.
 */
static enum kvk_err work_out(
	const struct kvk_ocsp_input *in, enum kvk_hash hash, struct kvk_ocsp_hashes *out)
{
	const struct kvk_name *name =
		in->manner == KVK_MANNER_JAVA ? issuer_name(in) : &in->certificate->issuer;
	struct kvk_span bits = { 0 };
	enum kvk_err err;

	if (out->known[hash])
		return KVK_OK;
	KVK_TRY(kvk_hash_bytes(hash, name->der, out->name[hash]));
	/* a key that cannot be read was read before, so this does not happen */
	if (kvk_ocsp_key_bits(issuer_spki(in), &bits) == KVK_OK)
		KVK_TRY(kvk_hash_bytes(hash, bits, out->key[hash]));
	out->known[hash] = true;
out:
	return err;
}

enum kvk_err kvk_ocsp_is_about(const struct kvk_ocsp_input *input, struct kvk_ocsp_hashes *hashes,
	const struct kvk_ocsp_single *single, bool *same)
{
	enum kvk_hash hash = kvk_hash_of(single->hash);
	size_t size = kvk_hash_size(hash);
	enum kvk_err err;

	*same = false;
	if (hash == KVK_HASH_NONE || !kvk_span_equal(single->serial, input->certificate->serial))
		return KVK_OK;
	KVK_TRY(work_out(input, hash, hashes));
	*same = kvk_span_equal(
			single->issuer_name_hash, (struct kvk_span){ hashes->name[hash], size }) &&
		kvk_span_equal(
			single->issuer_key_hash, (struct kvk_span){ hashes->key[hash], size });
out:
	return err;
}

static enum kvk_err hash_is(
	enum kvk_hash hash, struct kvk_span bytes, struct kvk_span wanted, bool *same)
{
	uint8_t value[KVK_HASH_SIZE_MAX];
	enum kvk_err err;

	KVK_TRY(kvk_hash_bytes(hash, bytes, value));
	*same = kvk_span_equal((struct kvk_span){ value, kvk_hash_size(hash) }, wanted);
out:
	return err;
}

/* Whether a key or name is the responder that the answer claims to come from. */
static enum kvk_err is_responder(
	const struct kvk_ocsp *ocsp, const struct kvk_name *name, struct kvk_span spki, bool *same)
{
	struct kvk_name claimed;
	struct kvk_span bits;

	*same = false;
	if (ocsp->responder_name.n > 0) {
		enum kvk_err err = kvk_name_parse(ocsp->responder_name, true, &claimed);

		if (err != KVK_OK)
			return err == KVK_ERR_MEMORY ? err : KVK_OK;
		*same = kvk_name_equal(&claimed, name, KVK_MANNER_RFC5280);
		kvk_name_free(&claimed);
		return KVK_OK;
	}
	if (kvk_ocsp_key_bits(spki, &bits) != KVK_OK)
		return KVK_OK;
	return hash_is(KVK_HASH_SHA1, bits, ocsp->responder_key, same);
}

/* Whether Java refuses to look at a signature of this algorithm. */
static bool is_disabled(const struct kvk_ocsp_input *in, struct kvk_span algorithm)
{
	struct kvk_scheme scheme;

	return in->manner == KVK_MANNER_JAVA && kvk_scheme_read(algorithm, &scheme) == KVK_OK &&
		kvk_signature_is_disabled(&scheme);
}

/* Whether a key signed the answer. */
static enum kvk_err check_signature(const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp,
	struct kvk_span spki, struct kvk_span parent, enum kvk_revocation_why *out)
{
	enum kvk_link link = KVK_LINK_BAD;
	enum kvk_err err;

	*out = KVK_WHY_OCSP;
	if (is_disabled(in, ocsp->algorithm))
		return KVK_OK;
	KVK_TRY(kvk_signature_check(
		in->signatures, spki, parent, ocsp->algorithm, ocsp->data, ocsp->signature, &link));
	if (link == KVK_LINK_GOOD)
		*out = KVK_WHY_DETERMINED;
	else if (link == KVK_LINK_EXHAUSTED)
		*out = KVK_WHY_BUDGET;
out:
	return err;
}

/*
 * A responder's own certificate, where an available CRL covers it; one with nocheck is never asked
 * for.
 */
static enum kvk_err check_status(const struct kvk_ocsp_input *in,
	const struct kvk_certificate *responder, enum kvk_revocation_why *out)
{
	const struct kvk_crl_input crl = {
		.certificate = responder,
		.issuer = in->issuer,
		.anchor = in->anchor,
		.issuer_parent_spki = in->issuer_parent_spki,
		.crls = in->crls,
		.crl_count = in->crl_count,
		.at = in->at,
		/* Java does not ask, and so has no manner of its own here */
		.manner = KVK_MANNER_RFC5280,
		.signatures = in->signatures,
	};
	struct kvk_revocation_answer answer;
	enum kvk_err err;

	*out = KVK_WHY_DETERMINED;
	if (responder->ext.has_ocsp_nocheck)
		return KVK_OK;
	KVK_TRY(kvk_crl_status(&crl, &answer));
	/* Java does not ask; the RFC wants to know. */
	if (answer.state == KVK_REVOCATION_REVOKED ||
		(answer.state == KVK_REVOCATION_UNDETERMINED && in->manner == KVK_MANNER_RFC5280))
		*out = answer.why == KVK_WHY_BUDGET ? KVK_WHY_BUDGET : KVK_WHY_OCSP;
out:
	return err;
}

/* Whether the extensions of a certificate let its key sign OCSP answers. */
static bool may_sign(const struct kvk_ocsp_input *in, const struct kvk_extensions *e)
{
	const uint32_t signing = KVK_KU_DIGITAL_SIGNATURE | KVK_KU_NON_REPUDIATION;

	/* Java does not look at keyUsage; RFC 5280 4.2.1.3 says what a key may sign */
	return in->manner == KVK_MANNER_JAVA || !e->has_key_usage || (e->key_usage & signing) != 0;
}

/* Whether a failure of a responder's certificate counts: Java looks at its dates and signature. */
static bool counts(const struct kvk_ocsp_input *in, const struct kvk_path_failure *failure)
{
	if (in->manner != KVK_MANNER_JAVA)
		return true;
	return !failure->beyond_java && failure->reason != KVK_REASON_UNRECOGNIZED_CRIT_EXT &&
		failure->reason != KVK_REASON_INVALID_KEY_USAGE &&
		failure->reason != KVK_REASON_INVALID_POLICY;
}

/* What a report about a responder's certificate means. */
static enum kvk_revocation_why evaluate(
	const struct kvk_ocsp_input *in, const struct kvk_path_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		if (counts(in, &report->failures[i]))
			return report->exhausted ? KVK_WHY_BUDGET : KVK_WHY_OCSP;
	}
	return KVK_WHY_DETERMINED;
}

/*
 * That the issuer itself issued it, and that it is good now: a path of one certificate below the
 * issuer.
 */
static enum kvk_err check_issued(const struct kvk_ocsp_input *in,
	const struct kvk_certificate *responder, enum kvk_revocation_why *out)
{
	struct kvk_anchor issuer = {
		.name = *issuer_name(in),
		.spki = issuer_spki(in),
		.parent_spki = in->issuer_parent_spki,
	};
	struct kvk_path path = { .count = 1, .anchor = &issuer };
	const struct kvk_path_input input = {
		.at = in->at, .manner = in->manner, .signatures = in->signatures
	};
	struct kvk_path_report report;
	enum kvk_err err;

	path.certs[0].certificate = responder;
	*out = KVK_WHY_OCSP;
	if (kvk_key_info_read(issuer.spki, &issuer.key) != KVK_OK)
		return KVK_OK;
	KVK_TRY(kvk_path_validate(&path, &input, &report));
	*out = evaluate(in, &report);
out:
	return err;
}

/* A delegated responder: issued directly by the issuer, with the exact EKU, good now. */
static enum kvk_err may_respond(const struct kvk_ocsp_input *in,
	const struct kvk_certificate *responder, enum kvk_revocation_why *out)
{
	enum kvk_err err;

	*out = KVK_WHY_OCSP;
	if (!kvk_extensions_have_eku(&responder->ext, KVK_OID_EKU_OCSP_SIGNING) ||
		!may_sign(in, &responder->ext))
		return KVK_OK;
	KVK_TRY(check_issued(in, responder, out));
	if (*out == KVK_WHY_DETERMINED)
		KVK_TRY(check_status(in, responder, out));
out:
	return err;
}

/* Tries one certificate that came with the answer. */
static enum kvk_err try_delegate(const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp,
	struct kvk_span der, struct kvk_certificate *responder, enum kvk_revocation_why *out)
{
	struct kvk_span none = { 0 };
	bool claimed = false;
	enum kvk_err err = kvk_certificate_read(der, responder);

	if (err != KVK_OK)
		return err == KVK_ERR_MEMORY || err == KVK_ERR_CRYPTO ? err : KVK_OK;
	KVK_TRY(is_responder(ocsp, &responder->subject, responder->spki, &claimed));
	if (!claimed)
		goto out;
	KVK_TRY(may_respond(in, responder, out));
	if (*out == KVK_WHY_DETERMINED)
		KVK_TRY(check_signature(in, ocsp, responder->spki, none, out));
out:
	kvk_certificate_free(responder);
	return err;
}

/* certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL: what the SEQUENCE holds. */
static enum kvk_err try_delegates(
	const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp, enum kvk_revocation_why *out)
{
	struct kvk_certificate *responder = kvk_malloc(sizeof *responder);
	struct kvk_der_log log = { 0 };
	struct kvk_der_value value;
	struct kvk_der walk;
	enum kvk_err err = KVK_OK;

	if (responder == NULL)
		return KVK_ERR_MEMORY;
	kvk_der_start(&walk, ocsp->certificates, true, &log);
	for (unsigned i = 0; *out == KVK_WHY_OCSP && !kvk_der_at_end(&walk); i++) {
		if (i == KVK_LIMIT_RESPONDERS) {
			*out = KVK_WHY_BUDGET;
			break;
		}
		if (kvk_der_any(&walk, &value) != KVK_OK)
			break;
		KVK_TRY(try_delegate(in, ocsp, value.whole, responder, out));
	}
out:
	kvk_free(responder);
	return err;
}

enum kvk_err kvk_ocsp_responder_check(const struct kvk_ocsp_input *input,
	const struct kvk_ocsp *ocsp, enum kvk_revocation_why *out)
{
	const struct kvk_span spki = issuer_spki(input);
	bool is_issuer = false;
	enum kvk_err err;

	*out = KVK_WHY_OCSP;
	KVK_TRY(is_responder(ocsp, issuer_name(input), spki, &is_issuer));
	if (is_issuer)
		KVK_TRY(check_signature(input, ocsp, spki, input->issuer_parent_spki, out));
	if (*out == KVK_WHY_OCSP)
		KVK_TRY(try_delegates(input, ocsp, out));
out:
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/ocsp.h"

#include <string.h>

#include "cert/extension.h"

/*
 * Extensions under an explicit tag. The nonce is the only one that is known; where it is critical,
 * Java throws the response away as for any other.
 */
static enum kvk_err read_extensions(
	struct kvk_der *der, unsigned tag, struct kvk_ocsp *response, bool *unknown_critical)
{
	struct kvk_extension extension;
	struct kvk_der explicit_tag, list;
	bool present;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter_optional(der, tag, &present, &explicit_tag));
	if (!present)
		return KVK_OK;
	/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
	KVK_TRY(kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &list));
	while (!kvk_der_at_end(&list)) {
		KVK_TRY(kvk_extension_read(&list, &extension));
		if (extension.oid == KVK_OID_EXT_OCSP_NONCE && response != NULL) {
			response->nonce = extension.value;
			response->critical_nonce = extension.critical;
		} else if (extension.critical) {
			*unknown_critical = true;
		}
	}
	KVK_TRY(kvk_der_finish(&explicit_tag));
out:
	return err;
}

static enum kvk_err read_responder(struct kvk_der *der, struct kvk_ocsp *out)
{
	struct kvk_der choice;
	struct kvk_der_value name;
	enum kvk_err err;

	/* ResponderID ::= CHOICE { */
	if (kvk_der_peek(der) == KVK_DER_CONTEXT_CONSTRUCTED(1)) {
		/* byName [1] Name, */
		KVK_TRY(kvk_der_enter(der, KVK_DER_CONTEXT_CONSTRUCTED(1), &choice));
		KVK_TRY(kvk_der_expect(&choice, KVK_DER_SEQUENCE, &name));
		out->responder_name = name.whole;
	} else {
		/* byKey [2] KeyHash } -- KeyHash ::= OCTET STRING */
		KVK_TRY(kvk_der_enter(der, KVK_DER_CONTEXT_CONSTRUCTED(2), &choice));
		KVK_TRY(kvk_der_octet_string(&choice, &out->responder_key));
	}
	KVK_TRY(kvk_der_finish(&choice));
out:
	return err;
}

static enum kvk_err read_version(struct kvk_der *der)
{
	struct kvk_der version;
	struct kvk_span number;
	bool present;
	enum kvk_err err;

	/*
	 * version [0] EXPLICIT Version DEFAULT v1, -- Version ::= INTEGER { v1(0) }; another one
	 * takes back no revocation
	 */
	KVK_TRY(kvk_der_enter_optional(der, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &version));
	if (!present)
		return KVK_OK;
	KVK_TRY(kvk_der_integer(&version, &number));
	KVK_TRY(kvk_der_finish(&version));
out:
	return err;
}

/* ResponseData ::= SEQUENCE { */
static enum kvk_err read_data(
	const struct kvk_der *basic, struct kvk_span content, struct kvk_ocsp *out)
{
	struct kvk_der data;
	enum kvk_err err;

	KVK_TRY(kvk_der_into(basic, content, &data));
	KVK_TRY(read_version(&data));
	/* responderID ResponderID, */
	KVK_TRY(read_responder(&data, out));
	/* producedAt GeneralizedTime, */
	KVK_TRY(kvk_der_generalized_time(&data, &out->produced_at));
	/* responses SEQUENCE OF SingleResponse, */
	KVK_TRY(kvk_der_read(&data, KVK_DER_SEQUENCE, &out->responses));
	/* responseExtensions [1] EXPLICIT Extensions OPTIONAL } */
	KVK_TRY(read_extensions(
		&data, KVK_DER_CONTEXT_CONSTRUCTED(1), out, &out->unknown_critical));
	KVK_TRY(kvk_der_finish(&data));
out:
	return err;
}

static enum kvk_err read_certificates(struct kvk_der *basic, struct kvk_ocsp *out)
{
	struct kvk_der explicit_tag;
	bool present;
	enum kvk_err err;

	/* certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL } */
	KVK_TRY(kvk_der_enter_optional(
		basic, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &explicit_tag));
	if (!present)
		return KVK_OK;
	KVK_TRY(kvk_der_read(&explicit_tag, KVK_DER_SEQUENCE, &out->certificates));
	KVK_TRY(kvk_der_finish(&explicit_tag));
out:
	return err;
}

static enum kvk_err read_basic(struct kvk_der *outer, struct kvk_ocsp *out)
{
	struct kvk_der basic;
	struct kvk_der_value value;
	unsigned unused;
	enum kvk_err err;

	/* BasicOCSPResponse ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(outer, KVK_DER_SEQUENCE, &basic));
	/* tbsResponseData ResponseData, */
	KVK_TRY(kvk_der_expect(&basic, KVK_DER_SEQUENCE, &value));
	out->data = value.whole;
	KVK_TRY(read_data(&basic, value.content, out));
	/* signatureAlgorithm AlgorithmIdentifier, */
	KVK_TRY(kvk_der_expect(&basic, KVK_DER_SEQUENCE, &value));
	out->algorithm = value.whole;
	/* signature BIT STRING, */
	KVK_TRY(kvk_der_bit_string(&basic, &out->signature, &unused));
	if (unused != 0)
		return kvk_der_fail(&basic, KVK_DER_BAD_BIT_STRING, out->signature.p);
	KVK_TRY(read_certificates(&basic, out));
	KVK_TRY(kvk_der_finish(&basic));
out:
	return err;
}

static enum kvk_err read_bytes(struct kvk_der *response, struct kvk_ocsp *out)
{
	struct kvk_der explicit_tag, bytes, inner;
	struct kvk_span type, content;
	enum kvk_err err;

	/* responseBytes [0] EXPLICIT ResponseBytes OPTIONAL } */
	KVK_TRY(kvk_der_enter(response, KVK_DER_CONTEXT_CONSTRUCTED(0), &explicit_tag));
	/* ResponseBytes ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &bytes));
	/* responseType OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&bytes, &type));
	if (!kvk_oid_is(type, KVK_OID_OCSP_BASIC))
		return kvk_der_fail(&bytes, KVK_DER_CONTENT, type.p);
	/* response OCTET STRING } */
	KVK_TRY(kvk_der_octet_string(&bytes, &content));
	KVK_TRY(kvk_der_into(&bytes, content, &inner));
	KVK_TRY(read_basic(&inner, out));
	KVK_TRY(kvk_der_finish(&inner));
	KVK_TRY(kvk_der_finish(&bytes));
	KVK_TRY(kvk_der_finish(&explicit_tag));
out:
	return err;
}

enum kvk_err kvk_ocsp_read(struct kvk_span der, struct kvk_ocsp *out)
{
	struct kvk_der start, response;
	uint64_t status;
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	if (der.n > KVK_LIMIT_OCSP)
		return KVK_ERR_LIMIT;
	out->der = der;
	kvk_der_start(&start, der, true, &out->log);
	/* OCSPResponse ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&start, KVK_DER_SEQUENCE, &response));
	KVK_TRY(kvk_der_finish(&start));
	/* responseStatus OCSPResponseStatus, -- ::= ENUMERATED { successful (0), ..., (6) } */
	KVK_TRY(kvk_der_uint(&response, KVK_DER_ENUMERATED, 6, &status));
	out->status = (unsigned)status;
	if (out->status == KVK_OCSP_SUCCESSFUL)
		KVK_TRY(read_bytes(&response, out));
	KVK_TRY(kvk_der_finish(&response));
out:
	return err;
}

void kvk_ocsp_walk(const struct kvk_ocsp *ocsp, struct kvk_der_log *log, struct kvk_der *walk)
{
	kvk_der_start(walk, ocsp->responses, true, log);
}

/* The OID of the hash; its parameters may be anything. */
static enum kvk_err read_hash(struct kvk_der *id, enum kvk_oid *out)
{
	struct kvk_der algorithm;
	struct kvk_der_value parameters;
	struct kvk_span oid;
	enum kvk_err err;

	/* AlgorithmIdentifier ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(id, KVK_DER_SEQUENCE, &algorithm));
	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&algorithm, &oid));
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	if (!kvk_der_at_end(&algorithm))
		KVK_TRY(kvk_der_any(&algorithm, &parameters));
	KVK_TRY(kvk_der_finish(&algorithm));
	*out = kvk_oid_find(oid);
out:
	return err;
}

static enum kvk_err read_cert_id(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_der id;
	enum kvk_err err;

	/* CertID ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(single, KVK_DER_SEQUENCE, &id));
	/* hashAlgorithm AlgorithmIdentifier, */
	KVK_TRY(read_hash(&id, &out->hash));
	/* issuerNameHash OCTET STRING, */
	KVK_TRY(kvk_der_octet_string(&id, &out->issuer_name_hash));
	/* issuerKeyHash OCTET STRING, */
	KVK_TRY(kvk_der_octet_string(&id, &out->issuer_key_hash));
	/* serialNumber CertificateSerialNumber } -- ::= INTEGER */
	KVK_TRY(kvk_der_integer(&id, &out->serial));
	KVK_TRY(kvk_der_finish(&id));
out:
	return err;
}

/* A number that the RFC does not have says no more than "unspecified" (and revoked all the same).
 */
static enum kvk_err read_reason(struct kvk_der *explicit_tag, enum kvk_crl_reason *out)
{
	struct kvk_span code;
	enum kvk_err err;

	/* CRLReason ::= ENUMERATED { unspecified (0), ..., aACompromise (10) } -- 7 is not used */
	KVK_TRY(kvk_der_read(explicit_tag, KVK_DER_ENUMERATED, &code));
	if (code.n == 0)
		return kvk_der_fail(explicit_tag, KVK_DER_CONTENT, code.p);
	*out = kvk_crl_reason_of(code);
	KVK_TRY(kvk_der_finish(explicit_tag));
out:
	return err;
}

static enum kvk_err read_revoked(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_der revoked, reason;
	enum kvk_err err;

	out->status = KVK_OCSP_REVOKED;
	/* RevokedInfo ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(single, KVK_DER_CONTEXT_CONSTRUCTED(1), &revoked));
	/* revocationTime GeneralizedTime, */
	KVK_TRY(kvk_der_generalized_time(&revoked, &out->revoked_at));
	/* revocationReason [0] EXPLICIT CRLReason OPTIONAL } */
	KVK_TRY(kvk_der_enter_optional(
		&revoked, KVK_DER_CONTEXT_CONSTRUCTED(0), &out->has_reason, &reason));
	if (out->has_reason)
		KVK_TRY(read_reason(&reason, &out->reason));
	KVK_TRY(kvk_der_finish(&revoked));
out:
	return err;
}

static enum kvk_err read_status(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	const unsigned good = KVK_DER_CONTEXT(0), unknown = KVK_DER_CONTEXT(2);
	const unsigned tag = kvk_der_peek(single);
	struct kvk_span content;
	enum kvk_err err;

	/* CertStatus ::= CHOICE { */
	/* revoked [1] IMPLICIT RevokedInfo, */
	if (tag == KVK_DER_CONTEXT_CONSTRUCTED(1))
		return read_revoked(single, out);
	/* good [0] IMPLICIT NULL, */
	/* unknown [2] IMPLICIT UnknownInfo } -- UnknownInfo ::= NULL */
	out->status = tag == good ? KVK_OCSP_GOOD : KVK_OCSP_UNKNOWN;
	KVK_TRY(kvk_der_read(single, tag == good ? good : unknown, &content));
	if (content.n != 0)
		return kvk_der_fail(single, KVK_DER_BAD_NULL, content.p);
out:
	return err;
}

static enum kvk_err read_times(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_der next_update;
	enum kvk_err err;

	/* thisUpdate GeneralizedTime, */
	KVK_TRY(kvk_der_generalized_time(single, &out->this_update));
	/* nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, */
	KVK_TRY(kvk_der_enter_optional(
		single, KVK_DER_CONTEXT_CONSTRUCTED(0), &out->has_next_update, &next_update));
	if (!out->has_next_update)
		return KVK_OK;
	KVK_TRY(kvk_der_generalized_time(&next_update, &out->next_update));
	KVK_TRY(kvk_der_finish(&next_update));
out:
	return err;
}

enum kvk_err kvk_ocsp_next(struct kvk_der *walk, struct kvk_ocsp_single *out, bool *more)
{
	struct kvk_der single;
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	*more = !kvk_der_at_end(walk);
	if (!*more)
		return KVK_OK;
	/* SingleResponse ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(walk, KVK_DER_SEQUENCE, &single));
	/* certID CertID, */
	KVK_TRY(read_cert_id(&single, out));
	/* certStatus CertStatus, */
	KVK_TRY(read_status(&single, out));
	KVK_TRY(read_times(&single, out));
	/* singleExtensions [1] EXPLICIT Extensions OPTIONAL } */
	KVK_TRY(read_extensions(
		&single, KVK_DER_CONTEXT_CONSTRUCTED(1), NULL, &out->unknown_critical));
	KVK_TRY(kvk_der_finish(&single));
out:
	return err;
}

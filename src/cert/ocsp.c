/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/ocsp.h"

#include <string.h>

#include "cert/extensions.h"

/* Extensions under an explicit tag; the nonce is the only one that is known. */
static enum kvk_err read_extensions(
	struct kvk_der *der, unsigned tag, struct kvk_span *nonce, bool *unknown_critical)
{
	struct kvk_der explicit_tag;
	struct kvk_der list;
	bool present;
	enum kvk_err err = kvk_der_enter_optional(der, tag, &present, &explicit_tag);

	if (err != KVK_OK || !present)
		return err;
	err = kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &list);
	while (err == KVK_OK && !kvk_der_at_end(&list)) {
		struct kvk_extension extension;

		err = kvk_extension_read(&list, &extension);
		if (err != KVK_OK)
			return err;
		if (extension.oid == KVK_OID_EXT_OCSP_NONCE && nonce != NULL)
			*nonce = extension.value;
		else if (extension.critical)
			*unknown_critical = true;
	}
	return err == KVK_OK ? kvk_der_finish(&explicit_tag) : err;
}

/* ResponderID ::= CHOICE { byName [1] Name, byKey [2] KeyHash } */
static enum kvk_err read_responder(struct kvk_der *der, struct kvk_ocsp *out)
{
	struct kvk_der choice;
	struct kvk_der_value name;
	enum kvk_err err;

	if (kvk_der_peek(der) == KVK_DER_CONTEXT_CONSTRUCTED(1)) {
		err = kvk_der_enter(der, KVK_DER_CONTEXT_CONSTRUCTED(1), &choice);
		if (err == KVK_OK)
			err = kvk_der_expect(&choice, KVK_DER_SEQUENCE, &name);
		if (err == KVK_OK)
			out->responder_name = name.whole;
	} else {
		err = kvk_der_enter(der, KVK_DER_CONTEXT_CONSTRUCTED(2), &choice);
		if (err == KVK_OK)
			err = kvk_der_octet_string(&choice, &out->responder_key);
	}
	return err == KVK_OK ? kvk_der_finish(&choice) : err;
}

/* version [0] EXPLICIT INTEGER DEFAULT v1: only v1 exists. */
static enum kvk_err read_version(struct kvk_der *der)
{
	struct kvk_der version;
	uint64_t number = 0;
	bool present;
	enum kvk_err err =
		kvk_der_enter_optional(der, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &version);

	if (err != KVK_OK || !present)
		return err;
	err = kvk_der_uint(&version, KVK_DER_INTEGER, 0, &number);
	return err == KVK_OK ? kvk_der_finish(&version) : err;
}

static enum kvk_err read_data(
	const struct kvk_der *basic, struct kvk_span content, struct kvk_ocsp *out)
{
	struct kvk_der data;
	struct kvk_der_value responses;
	enum kvk_err err = kvk_der_into(basic, content, &data);

	if (err == KVK_OK)
		err = read_version(&data);
	if (err == KVK_OK)
		err = read_responder(&data, out);
	if (err == KVK_OK)
		err = kvk_der_generalized_time(&data, &out->produced_at);
	if (err == KVK_OK)
		err = kvk_der_expect(&data, KVK_DER_SEQUENCE, &responses);
	if (err != KVK_OK)
		return err;
	out->responses = responses.content;
	err = read_extensions(
		&data, KVK_DER_CONTEXT_CONSTRUCTED(1), &out->nonce, &out->unknown_critical);
	return err == KVK_OK ? kvk_der_finish(&data) : err;
}

/* certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL */
static enum kvk_err read_certificates(struct kvk_der *basic, struct kvk_ocsp *out)
{
	struct kvk_der explicit_tag;
	bool present;
	enum kvk_err err = kvk_der_enter_optional(
		basic, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &explicit_tag);

	if (err != KVK_OK || !present)
		return err;
	err = kvk_der_read(&explicit_tag, KVK_DER_SEQUENCE, &out->certificates);
	return err == KVK_OK ? kvk_der_finish(&explicit_tag) : err;
}

/* BasicOCSPResponse */
static enum kvk_err read_basic(struct kvk_der *outer, struct kvk_ocsp *out)
{
	struct kvk_der basic;
	struct kvk_der_value value;
	unsigned unused = 0;
	enum kvk_err err = kvk_der_enter(outer, KVK_DER_SEQUENCE, &basic);

	if (err == KVK_OK)
		err = kvk_der_expect(&basic, KVK_DER_SEQUENCE, &value);
	if (err != KVK_OK)
		return err;
	out->data = value.whole;
	err = read_data(&basic, value.content, out);
	if (err == KVK_OK)
		err = kvk_der_expect(&basic, KVK_DER_SEQUENCE, &value);
	if (err != KVK_OK)
		return err;
	out->algorithm = value.whole;
	err = kvk_der_bit_string(&basic, &out->signature, &unused);
	if (err == KVK_OK && unused != 0)
		err = kvk_der_fail(&basic, KVK_DER_BAD_BIT_STRING, out->signature.p);
	if (err == KVK_OK)
		err = read_certificates(&basic, out);
	return err == KVK_OK ? kvk_der_finish(&basic) : err;
}

/* ResponseBytes: the type, and the response in an OCTET STRING. */
static enum kvk_err read_bytes(struct kvk_der *response, struct kvk_ocsp *out)
{
	struct kvk_der explicit_tag;
	struct kvk_der bytes;
	struct kvk_der inner;
	struct kvk_span type;
	struct kvk_span content;
	enum kvk_err err = kvk_der_enter(response, KVK_DER_CONTEXT_CONSTRUCTED(0), &explicit_tag);

	if (err == KVK_OK)
		err = kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &bytes);
	if (err == KVK_OK)
		err = kvk_der_oid(&bytes, &type);
	if (err == KVK_OK && !kvk_oid_is(type, KVK_OID_OCSP_BASIC))
		err = kvk_der_fail(&bytes, KVK_DER_CONTENT, type.p);
	if (err == KVK_OK)
		err = kvk_der_octet_string(&bytes, &content);
	if (err == KVK_OK)
		err = kvk_der_into(&bytes, content, &inner);
	if (err == KVK_OK)
		err = read_basic(&inner, out);
	if (err == KVK_OK)
		err = kvk_der_finish(&inner);
	if (err == KVK_OK)
		err = kvk_der_finish(&bytes);
	return err == KVK_OK ? kvk_der_finish(&explicit_tag) : err;
}

enum kvk_err kvk_ocsp_read(struct kvk_span der, struct kvk_ocsp *out)
{
	struct kvk_der start;
	struct kvk_der response;
	uint64_t status = 0;
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	if (der.n > KVK_LIMIT_OCSP)
		return KVK_ERR_LIMIT;
	out->der = der;
	kvk_der_start(&start, der, true, &out->log);
	err = kvk_der_enter(&start, KVK_DER_SEQUENCE, &response);
	if (err == KVK_OK)
		err = kvk_der_finish(&start);
	if (err == KVK_OK)
		err = kvk_der_uint(&response, KVK_DER_ENUMERATED, 6, &status);
	out->status = (unsigned)status;
	if (err == KVK_OK && status == KVK_OCSP_SUCCESSFUL)
		err = read_bytes(&response, out);
	return err == KVK_OK ? kvk_der_finish(&response) : err;
}

void kvk_ocsp_walk(const struct kvk_ocsp *ocsp, struct kvk_der_log *log, struct kvk_der *walk)
{
	kvk_der_start(walk, ocsp->responses, true, log);
}

/* CertID (RFC 6960 4.1.1) */
static enum kvk_err read_cert_id(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_der id;
	struct kvk_der algorithm;
	struct kvk_der_value parameters;
	struct kvk_span hash;
	enum kvk_err err = kvk_der_enter(single, KVK_DER_SEQUENCE, &id);

	if (err == KVK_OK)
		err = kvk_der_enter(&id, KVK_DER_SEQUENCE, &algorithm);
	if (err == KVK_OK)
		err = kvk_der_oid(&algorithm, &hash);
	if (err == KVK_OK && !kvk_der_at_end(&algorithm))
		err = kvk_der_any(&algorithm, &parameters);
	if (err == KVK_OK)
		err = kvk_der_finish(&algorithm);
	if (err == KVK_OK)
		err = kvk_der_octet_string(&id, &out->issuer_name_hash);
	if (err == KVK_OK)
		err = kvk_der_octet_string(&id, &out->issuer_key_hash);
	if (err == KVK_OK)
		err = kvk_der_integer(&id, &out->serial);
	if (err != KVK_OK)
		return err;
	out->hash = kvk_oid_find(hash);
	return kvk_der_finish(&id);
}

/* revoked [1] IMPLICIT RevokedInfo */
static enum kvk_err read_revoked(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_der revoked;
	struct kvk_der reason;
	uint64_t code = 0;
	enum kvk_err err = kvk_der_enter(single, KVK_DER_CONTEXT_CONSTRUCTED(1), &revoked);

	out->status = KVK_OCSP_REVOKED;
	if (err == KVK_OK)
		err = kvk_der_generalized_time(&revoked, &out->revoked_at);
	if (err == KVK_OK)
		err = kvk_der_enter_optional(
			&revoked, KVK_DER_CONTEXT_CONSTRUCTED(0), &out->has_reason, &reason);
	if (err == KVK_OK && out->has_reason)
		err = kvk_der_uint(&reason, KVK_DER_ENUMERATED, KVK_REVOKED_AA_COMPROMISE, &code);
	if (err == KVK_OK && out->has_reason)
		err = kvk_der_finish(&reason);
	out->reason = (enum kvk_crl_reason)code;
	return err == KVK_OK ? kvk_der_finish(&revoked) : err;
}

static enum kvk_err read_status(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_span content;
	unsigned tag = kvk_der_peek(single);
	enum kvk_err err;

	if (tag == KVK_DER_CONTEXT_CONSTRUCTED(1))
		return read_revoked(single, out);
	out->status = tag == KVK_DER_CONTEXT(0) ? KVK_OCSP_GOOD : KVK_OCSP_UNKNOWN;
	err = kvk_der_read(single,
		tag == KVK_DER_CONTEXT(0) ? KVK_DER_CONTEXT(0) : KVK_DER_CONTEXT(2), &content);
	if (err == KVK_OK && content.n != 0)
		err = kvk_der_fail(single, KVK_DER_BAD_NULL, content.p);
	return err;
}

static enum kvk_err read_times(struct kvk_der *single, struct kvk_ocsp_single *out)
{
	struct kvk_der next_update;
	enum kvk_err err = kvk_der_generalized_time(single, &out->this_update);

	if (err == KVK_OK)
		err = kvk_der_enter_optional(single, KVK_DER_CONTEXT_CONSTRUCTED(0),
			&out->has_next_update, &next_update);
	if (err == KVK_OK && out->has_next_update)
		err = kvk_der_generalized_time(&next_update, &out->next_update);
	if (err == KVK_OK && out->has_next_update)
		err = kvk_der_finish(&next_update);
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
	err = kvk_der_enter(walk, KVK_DER_SEQUENCE, &single);
	if (err == KVK_OK)
		err = read_cert_id(&single, out);
	if (err == KVK_OK)
		err = read_status(&single, out);
	if (err == KVK_OK)
		err = read_times(&single, out);
	if (err == KVK_OK)
		err = read_extensions(
			&single, KVK_DER_CONTEXT_CONSTRUCTED(1), NULL, &out->unknown_critical);
	return err == KVK_OK ? kvk_der_finish(&single) : err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/scheme.h"

#include "der/reader.h"

/* A salt cannot be longer than the largest modulus; what is beyond does not verify anyway. */
#define SALT_MAX 65535u

/* What is in the parameters of an algorithm where all is as its RFC has it. */
enum parameters { PARAMETERS_NULL, PARAMETERS_ABSENT };

static const struct algorithm {
	enum kvk_oid oid;
	enum kvk_key_type key;
	enum kvk_hash hash;
	enum parameters parameters;
} algorithms[] = {
	{ KVK_OID_RSA_MD2, KVK_KEY_RSA, KVK_HASH_NONE, PARAMETERS_NULL },
	{ KVK_OID_RSA_MD4, KVK_KEY_RSA, KVK_HASH_NONE, PARAMETERS_NULL },
	{ KVK_OID_RSA_MD5, KVK_KEY_RSA, KVK_HASH_MD5, PARAMETERS_NULL },
	{ KVK_OID_RSA_SHA1, KVK_KEY_RSA, KVK_HASH_SHA1, PARAMETERS_NULL },
	{ KVK_OID_RSA_SHA224, KVK_KEY_RSA, KVK_HASH_SHA224, PARAMETERS_NULL },
	{ KVK_OID_RSA_SHA256, KVK_KEY_RSA, KVK_HASH_SHA256, PARAMETERS_NULL },
	{ KVK_OID_RSA_SHA384, KVK_KEY_RSA, KVK_HASH_SHA384, PARAMETERS_NULL },
	{ KVK_OID_RSA_SHA512, KVK_KEY_RSA, KVK_HASH_SHA512, PARAMETERS_NULL },
	{ KVK_OID_ECDSA_SHA1, KVK_KEY_ECDSA, KVK_HASH_SHA1, PARAMETERS_ABSENT },
	{ KVK_OID_ECDSA_SHA224, KVK_KEY_ECDSA, KVK_HASH_SHA224, PARAMETERS_ABSENT },
	{ KVK_OID_ECDSA_SHA256, KVK_KEY_ECDSA, KVK_HASH_SHA256, PARAMETERS_ABSENT },
	{ KVK_OID_ECDSA_SHA384, KVK_KEY_ECDSA, KVK_HASH_SHA384, PARAMETERS_ABSENT },
	{ KVK_OID_ECDSA_SHA512, KVK_KEY_ECDSA, KVK_HASH_SHA512, PARAMETERS_ABSENT },
	{ KVK_OID_DSA_SHA1, KVK_KEY_DSA, KVK_HASH_SHA1, PARAMETERS_ABSENT },
	{ KVK_OID_DSA_SHA224, KVK_KEY_DSA, KVK_HASH_SHA224, PARAMETERS_ABSENT },
	{ KVK_OID_DSA_SHA256, KVK_KEY_DSA, KVK_HASH_SHA256, PARAMETERS_ABSENT },
	{ KVK_OID_ED25519, KVK_KEY_ED25519, KVK_HASH_NONE, PARAMETERS_ABSENT },
	{ KVK_OID_ED448, KVK_KEY_ED448, KVK_HASH_NONE, PARAMETERS_ABSENT },
};

enum kvk_hash kvk_hash_of(enum kvk_oid oid)
{
	switch (oid) {
	case KVK_OID_MD5:
		return KVK_HASH_MD5;
	case KVK_OID_SHA1:
		return KVK_HASH_SHA1;
	case KVK_OID_SHA224:
		return KVK_HASH_SHA224;
	case KVK_OID_SHA256:
		return KVK_HASH_SHA256;
	case KVK_OID_SHA384:
		return KVK_HASH_SHA384;
	case KVK_OID_SHA512:
		return KVK_HASH_SHA512;
	default:
		return KVK_HASH_NONE;
	}
}

/* The AlgorithmIdentifier of a hash: parameters NULL or absent (RFC 4055 2.1 takes both). */
static enum kvk_err read_hash(struct kvk_der *der, enum kvk_hash *out)
{
	struct kvk_der algorithm;
	struct kvk_span oid;
	enum kvk_err err;

	/* HashAlgorithm ::= AlgorithmIdentifier -- ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &algorithm));
	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&algorithm, &oid));
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	if (!kvk_der_at_end(&algorithm))
		KVK_TRY(kvk_der_null(&algorithm));
	KVK_TRY(kvk_der_finish(&algorithm));
	*out = kvk_hash_of(kvk_oid_find(oid));
out:
	return err;
}

/* The mask generation function; one that is not MGF1 leaves KVK_HASH_NONE. */
static enum kvk_err read_mgf(struct kvk_der *der, enum kvk_hash *out)
{
	struct kvk_der_value ignored;
	struct kvk_der algorithm;
	struct kvk_span oid;
	enum kvk_err err;

	*out = KVK_HASH_NONE;
	/* MaskGenAlgorithm ::= AlgorithmIdentifier -- ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &algorithm));
	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&algorithm, &oid));
	/* parameters ANY DEFINED BY algorithm OPTIONAL } -- of MGF1 a HashAlgorithm */
	if (kvk_oid_is(oid, KVK_OID_RSA_MGF1))
		KVK_TRY(read_hash(&algorithm, out));
	else if (!kvk_der_at_end(&algorithm))
		KVK_TRY(kvk_der_any(&algorithm, &ignored));
	KVK_TRY(kvk_der_finish(&algorithm));
out:
	return err;
}

static enum kvk_err read_pss_hashes(struct kvk_der *der, struct kvk_scheme *out)
{
	struct kvk_der inner;
	enum kvk_err err;
	bool present;

	/* hashAlgorithm [0] HashAlgorithm DEFAULT sha1Identifier, */
	KVK_TRY(kvk_der_enter_optional(der, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &inner));
	if (present) {
		KVK_TRY(read_hash(&inner, &out->hash));
		KVK_TRY(kvk_der_finish(&inner));
		out->sloppy |= out->hash == KVK_HASH_SHA1;
	}
	/* maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier, */
	KVK_TRY(kvk_der_enter_optional(der, KVK_DER_CONTEXT_CONSTRUCTED(1), &present, &inner));
	if (present) {
		KVK_TRY(read_mgf(&inner, &out->mgf_hash));
		KVK_TRY(kvk_der_finish(&inner));
		out->sloppy |= out->mgf_hash == KVK_HASH_SHA1;
	}
out:
	return err;
}

/* An explicitly tagged number with a default that DER wants left out. */
static enum kvk_err read_pss_number(
	struct kvk_der *der, unsigned tag, struct kvk_scheme *out, unsigned *number)
{
	unsigned by_default = *number;
	struct kvk_der inner;
	enum kvk_err err;
	uint64_t value;
	bool present;

	KVK_TRY(kvk_der_enter_optional(der, tag, &present, &inner));
	if (!present)
		return KVK_OK;
	KVK_TRY(kvk_der_uint(&inner, KVK_DER_INTEGER, SALT_MAX, &value));
	KVK_TRY(kvk_der_finish(&inner));
	*number = (unsigned)value;
	out->sloppy |= value == by_default;
out:
	return err;
}

static enum kvk_err read_pss(struct kvk_der *parent, struct kvk_scheme *out)
{
	struct kvk_der der;
	enum kvk_err err;

	out->pss = true;
	out->hash = KVK_HASH_SHA1;
	out->mgf_hash = KVK_HASH_SHA1;
	out->salt = 20;
	out->trailer = 1;
	/* RSASSA-PSS-params ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(parent, KVK_DER_SEQUENCE, &der));
	KVK_TRY(read_pss_hashes(&der, out));
	/* saltLength [2] INTEGER DEFAULT 20, */
	KVK_TRY(read_pss_number(&der, KVK_DER_CONTEXT_CONSTRUCTED(2), out, &out->salt));
	/* trailerField [3] INTEGER DEFAULT 1 } */
	KVK_TRY(read_pss_number(&der, KVK_DER_CONTEXT_CONSTRUCTED(3), out, &out->trailer));
	KVK_TRY(kvk_der_finish(&der));
out:
	return err;
}

enum kvk_err kvk_pss_read(struct kvk_span parameters, struct kvk_scheme *out)
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der der;
	enum kvk_err err;

	kvk_der_start(&der, parameters, false, &log);
	KVK_TRY(read_pss(&der, out));
	KVK_TRY(kvk_der_finish(&der));
out:
	return err;
}

/* What follows the OID. Where NULL and nothing are mixed up the meaning is still clear. */
static enum kvk_err read_parameters(
	struct kvk_der *der, enum parameters want, struct kvk_scheme *out)
{
	bool absent = kvk_der_at_end(der);

	out->sloppy = absent != (want == PARAMETERS_ABSENT);
	return absent ? KVK_OK : kvk_der_null(der);
}

static enum kvk_err read_known(struct kvk_der *der, struct kvk_scheme *out)
{
	struct kvk_der_value ignored;
	size_t i;

	if (out->oid == KVK_OID_RSA_PSS) {
		out->key = KVK_KEY_RSA;
		out->pss = true;
		if (kvk_der_at_end(der))
			return KVK_OK;
		/* As good as none. */
		out->sloppy = kvk_der_peek(der) == KVK_DER_NULL;
		return out->sloppy ? kvk_der_null(der) : read_pss(der, out);
	}
	for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
		if (algorithms[i].oid != out->oid)
			continue;
		out->key = algorithms[i].key;
		out->hash = algorithms[i].hash;
		return read_parameters(der, algorithms[i].parameters, out);
	}
	return kvk_der_at_end(der) ? KVK_OK : kvk_der_any(der, &ignored);
}

static enum kvk_err read_scheme(
	struct kvk_span algorithm, struct kvk_scheme *out, struct kvk_span *oid)
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der der, inner;
	enum kvk_err err;

	*out = (struct kvk_scheme){ .key = KVK_KEY_OTHER };
	kvk_der_start(&der, algorithm, false, &log);
	/* AlgorithmIdentifier ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&der, KVK_DER_SEQUENCE, &inner));
	KVK_TRY(kvk_der_finish(&der));
	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&inner, oid));
	out->oid = kvk_oid_find(*oid);
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	KVK_TRY(read_known(&inner, out));
	KVK_TRY(kvk_der_finish(&inner));
out:
	return err;
}

enum kvk_err kvk_scheme_read(struct kvk_span algorithm, struct kvk_scheme *out)
{
	struct kvk_span oid;

	return read_scheme(algorithm, out, &oid);
}

static enum kvk_err describe_pss(const struct kvk_scheme *scheme, struct kvk_blob *out)
{
	const char *hash = kvk_hash_name(scheme->hash);

	if (scheme->hash == KVK_HASH_NONE)
		return kvk_blob_append_text(out, _("RSASSA-PSS with unknown parameters"));
	if (scheme->mgf_hash == scheme->hash)
		return kvk_blob_append_format(
			out, _("RSASSA-PSS with %s, salt %u"), hash, scheme->salt);
	if (scheme->mgf_hash == KVK_HASH_NONE)
		return kvk_blob_append_format(
			out, _("RSASSA-PSS with %s, unknown mask, salt %u"), hash, scheme->salt);
	return kvk_blob_append_format(out, _("RSASSA-PSS with %s, MGF1 over %s, salt %u"), hash,
		kvk_hash_name(scheme->mgf_hash), scheme->salt);
}

/* The same with another trailer than the one of RFC 4055, which is not named. */
static enum kvk_err describe_pss_trailer(const struct kvk_scheme *scheme, struct kvk_blob *out)
{
	const char *hash = kvk_hash_name(scheme->hash);

	if (scheme->mgf_hash == scheme->hash)
		return kvk_blob_append_format(out, _("RSASSA-PSS with %s, salt %u, trailer %u"),
			hash, scheme->salt, scheme->trailer);
	if (scheme->mgf_hash == KVK_HASH_NONE)
		return kvk_blob_append_format(out,
			_("RSASSA-PSS with %s, unknown mask, salt %u, trailer %u"), hash,
			scheme->salt, scheme->trailer);
	return kvk_blob_append_format(out,
		_("RSASSA-PSS with %s, MGF1 over %s, salt %u, trailer %u"), hash,
		kvk_hash_name(scheme->mgf_hash), scheme->salt, scheme->trailer);
}

enum kvk_err kvk_scheme_describe(struct kvk_span algorithm, struct kvk_blob *out)
{
	char text[KVK_LIMIT_OID_TEXT];
	struct kvk_scheme scheme;
	struct kvk_span oid;
	enum kvk_err err;

	KVK_TRY(read_scheme(algorithm, &scheme, &oid));
	if (scheme.pss)
		return scheme.hash == KVK_HASH_NONE || scheme.trailer == 1 ?
			describe_pss(&scheme, out) :
			describe_pss_trailer(&scheme, out);
	KVK_TRY(kvk_blob_append_text(out, kvk_oid_label(oid, text)));
out:
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key_info.h"

#include <string.h>

#include "der/reader.h"

static const struct {
	enum kvk_oid oid;
	unsigned bits;
	const char *name;
} curves[] = {
	{ KVK_OID_CURVE_P192, 192, "P-192" },
	{ KVK_OID_CURVE_P224, 224, "P-224" },
	{ KVK_OID_CURVE_P256, 256, "P-256" },
	{ KVK_OID_CURVE_P384, 384, "P-384" },
	{ KVK_OID_CURVE_P521, 521, "P-521" },
};

#define CURVES (sizeof(curves) / sizeof(curves[0]))

/*
 * The size of their field is all that is known here of the other curves that have names (X9.62,
 * SEC 2, RFC 5639). Java 17 knows just these and the ones above.
 */
static const struct {
	const char *oid;
	unsigned bits;
} sizes[] = {
	{ "1.2.840.10045.3.0.5", 191 },
	{ "1.2.840.10045.3.0.6", 191 },
	{ "1.2.840.10045.3.0.7", 191 },
	{ "1.2.840.10045.3.0.11", 239 },
	{ "1.2.840.10045.3.0.12", 239 },
	{ "1.2.840.10045.3.0.13", 239 },
	{ "1.2.840.10045.3.0.18", 359 },
	{ "1.2.840.10045.3.0.20", 431 },
	{ "1.2.840.10045.3.1.2", 192 },
	{ "1.2.840.10045.3.1.3", 192 },
	{ "1.2.840.10045.3.1.4", 239 },
	{ "1.2.840.10045.3.1.5", 239 },
	{ "1.2.840.10045.3.1.6", 239 },
	{ "1.3.36.3.3.2.8.1.1.1", 160 },
	{ "1.3.36.3.3.2.8.1.1.3", 192 },
	{ "1.3.36.3.3.2.8.1.1.5", 224 },
	{ "1.3.36.3.3.2.8.1.1.7", 256 },
	{ "1.3.36.3.3.2.8.1.1.9", 320 },
	{ "1.3.36.3.3.2.8.1.1.11", 384 },
	{ "1.3.36.3.3.2.8.1.1.13", 512 },
	{ "1.3.132.0.1", 163 },
	{ "1.3.132.0.2", 163 },
	{ "1.3.132.0.3", 239 },
	{ "1.3.132.0.4", 113 },
	{ "1.3.132.0.5", 113 },
	{ "1.3.132.0.6", 112 },
	{ "1.3.132.0.7", 112 },
	{ "1.3.132.0.8", 160 },
	{ "1.3.132.0.9", 160 },
	{ "1.3.132.0.10", 256 },
	{ "1.3.132.0.15", 163 },
	{ "1.3.132.0.16", 283 },
	{ "1.3.132.0.17", 283 },
	{ "1.3.132.0.22", 131 },
	{ "1.3.132.0.23", 131 },
	{ "1.3.132.0.24", 193 },
	{ "1.3.132.0.25", 193 },
	{ "1.3.132.0.26", 233 },
	{ "1.3.132.0.27", 233 },
	{ "1.3.132.0.28", 128 },
	{ "1.3.132.0.29", 128 },
	{ "1.3.132.0.30", 160 },
	{ "1.3.132.0.31", 192 },
	{ "1.3.132.0.32", 224 },
	{ "1.3.132.0.36", 409 },
	{ "1.3.132.0.37", 409 },
	{ "1.3.132.0.38", 571 },
	{ "1.3.132.0.39", 571 },
};

static unsigned size_of_curve(struct kvk_span oid)
{
	char text[KVK_LIMIT_OID_TEXT];

	kvk_oid_text(oid, text);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		if (strcmp(sizes[i].oid, text) == 0)
			return sizes[i].bits;
	return 0;
}

/* Reads an INTEGER that may not be negative, without its leading zero. */
static enum kvk_err read_magnitude(struct kvk_der *der, struct kvk_span *out, unsigned *bits)
{
	struct kvk_span n;
	enum kvk_err err;
	uint8_t top;

	KVK_TRY(kvk_der_integer(der, &n));
	if (n.n == 0 || n.p[0] & 0x80)
		return kvk_der_fail(der, KVK_DER_NEGATIVE, n.p);
	while (n.n > 0 && n.p[0] == 0) {
		n.p++;
		n.n--;
	}
	*out = n;
	*bits = 0;
	if (n.n == 0)
		return KVK_OK;
	*bits = (unsigned)(n.n - 1) * 8;
	for (top = n.p[0]; top; top >>= 1)
		*bits += 1;
out:
	return err;
}

static enum kvk_err read_rsa(
	const struct kvk_der *der, struct kvk_span key, struct kvk_key_info *out)
{
	struct kvk_der outer, inner;
	struct kvk_span exponent;
	enum kvk_err err;
	size_t i;

	KVK_TRY(kvk_der_into(der, key, &outer));
	/* RSAPublicKey ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&outer, KVK_DER_SEQUENCE, &inner));
	KVK_TRY(kvk_der_finish(&outer));
	/* modulus INTEGER, */
	KVK_TRY(read_magnitude(&inner, &out->modulus, &out->bits));
	/* publicExponent INTEGER } */
	KVK_TRY(read_magnitude(&inner, &exponent, &out->exponent_bits));
	KVK_TRY(kvk_der_finish(&inner));
	if (exponent.n > sizeof(out->exponent))
		return KVK_OK;
	for (i = 0; i < exponent.n; i++)
		out->exponent = out->exponent << 8 | exponent.p[i];
out:
	return err;
}

/* The parameters of an RSA key: NULL. Java, and nobody else, takes nothing or anything. */
static enum kvk_err read_rsa_parameters(struct kvk_der *algorithm, struct kvk_key_info *out)
{
	struct kvk_der_value value;
	enum kvk_err err;

	if (out->type == KVK_KEY_RSA && kvk_der_peek(algorithm) == KVK_DER_NULL)
		return kvk_der_null(algorithm);
	out->odd_parameters = out->type == KVK_KEY_RSA;
	if (kvk_der_at_end(algorithm))
		return KVK_OK;
	KVK_TRY(kvk_der_any(algorithm, &value));
	if (out->type == KVK_KEY_RSA_PSS)
		out->pss_parameters = value.whole;
out:
	return err;
}

/* Other than by name a curve may be described whole (RFC 3279 2.3.5); then it stays unknown. */
static enum kvk_err read_curve(struct kvk_der *algorithm, struct kvk_key_info *out)
{
	struct kvk_der_value ignored;
	struct kvk_span oid;
	enum kvk_err err;
	size_t i;

	if (kvk_der_at_end(algorithm))
		return KVK_OK;
	if (kvk_der_peek(algorithm) != KVK_DER_OID)
		return kvk_der_any(algorithm, &ignored);
	/* ECParameters ::= CHOICE { namedCurve OBJECT IDENTIFIER } */
	KVK_TRY(kvk_der_oid(algorithm, &oid));
	for (i = 0; i < CURVES; i++) {
		if (!kvk_oid_is(oid, curves[i].oid))
			continue;
		out->curve = curves[i].oid;
		out->bits = curves[i].bits;
	}
	if (out->bits == 0)
		out->bits = size_of_curve(oid);
out:
	return err;
}

static enum kvk_err read_dsa_parameters(struct kvk_der *algorithm, struct kvk_key_info *out)
{
	struct kvk_span number;
	struct kvk_der inner;
	enum kvk_err err;
	unsigned bits;

	out->inherits_parameters = kvk_der_peek(algorithm) != KVK_DER_SEQUENCE;
	if (kvk_der_at_end(algorithm))
		return KVK_OK;
	if (out->inherits_parameters)
		return kvk_der_null(algorithm);
	/* Dss-Parms ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(algorithm, KVK_DER_SEQUENCE, &inner));
	/* p INTEGER, */
	KVK_TRY(read_magnitude(&inner, &number, &out->bits));
	/* q INTEGER, */
	KVK_TRY(read_magnitude(&inner, &number, &out->subgroup_bits));
	/* g INTEGER } */
	KVK_TRY(read_magnitude(&inner, &number, &bits));
	KVK_TRY(kvk_der_finish(&inner));
out:
	return err;
}

static enum kvk_key_type type_of_oid(struct kvk_span oid)
{
	switch (kvk_oid_find(oid)) {
	case KVK_OID_RSA:
		return KVK_KEY_RSA;
	case KVK_OID_RSA_PSS:
		return KVK_KEY_RSA_PSS;
	case KVK_OID_EC_PUBLIC_KEY:
		return KVK_KEY_ECDSA;
	case KVK_OID_ED25519:
		return KVK_KEY_ED25519;
	case KVK_OID_ED448:
		return KVK_KEY_ED448;
	case KVK_OID_DSA:
		return KVK_KEY_DSA;
	default:
		return KVK_KEY_OTHER;
	}
}

static enum kvk_err read_algorithm(struct kvk_der *algorithm, struct kvk_key_info *out)
{
	struct kvk_der_value ignored;
	struct kvk_span oid;
	enum kvk_err err;

	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(algorithm, &oid));
	out->type = type_of_oid(oid);
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	switch (out->type) {
	case KVK_KEY_RSA:
	case KVK_KEY_RSA_PSS:
		return read_rsa_parameters(algorithm, out);
	case KVK_KEY_ECDSA:
		return read_curve(algorithm, out);
	case KVK_KEY_DSA:
		return read_dsa_parameters(algorithm, out);
	case KVK_KEY_ED25519:
	case KVK_KEY_ED448:
		out->bits = out->type == KVK_KEY_ED25519 ? 256 : 456;
		return KVK_OK;
	case KVK_KEY_OTHER:
		break;
	}
	if (!kvk_der_at_end(algorithm))
		KVK_TRY(kvk_der_any(algorithm, &ignored));
out:
	return err;
}

enum kvk_err kvk_key_info_read(struct kvk_span spki, struct kvk_key_info *out)
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der der, inner, algorithm;
	struct kvk_span key;
	enum kvk_err err;
	unsigned unused;

	*out = (struct kvk_key_info){ .type = KVK_KEY_OTHER };
	kvk_der_start(&der, spki, false, &log);
	/* SubjectPublicKeyInfo ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&der, KVK_DER_SEQUENCE, &inner));
	KVK_TRY(kvk_der_finish(&der));
	/* algorithm AlgorithmIdentifier, -- ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&inner, KVK_DER_SEQUENCE, &algorithm));
	KVK_TRY(read_algorithm(&algorithm, out));
	KVK_TRY(kvk_der_finish(&algorithm));
	/* subjectPublicKey BIT STRING } */
	KVK_TRY(kvk_der_bit_string(&inner, &key, &unused));
	KVK_TRY(kvk_der_finish(&inner));
	if (out->type == KVK_KEY_RSA || out->type == KVK_KEY_RSA_PSS)
		KVK_TRY(read_rsa(&inner, key, out));
out:
	return err;
}

static const char *curve_name(enum kvk_oid curve)
{
	size_t i;

	for (i = 0; i < CURVES; i++) {
		if (curves[i].oid == curve)
			return curves[i].name;
	}
	return kvk_oid_name(curve);
}

enum kvk_err kvk_key_info_describe(const struct kvk_key_info *info, struct kvk_blob *out)
{
	switch (info->type) {
	case KVK_KEY_RSA:
		return kvk_blob_append_format(out, "RSA %u", info->bits);
	case KVK_KEY_RSA_PSS:
		return kvk_blob_append_format(out, "RSASSA-PSS %u", info->bits);
	case KVK_KEY_ECDSA:
		if (info->curve != KVK_OID_UNKNOWN)
			return kvk_blob_append_format(out, "ECDSA %s", curve_name(info->curve));
		if (info->bits == 0)
			return kvk_blob_append_text(out, _("ECDSA (other curve)"));
		return kvk_blob_append_format(out, _("ECDSA %u (other curve)"), info->bits);
	case KVK_KEY_ED25519:
		return kvk_blob_append_text(out, "Ed25519");
	case KVK_KEY_ED448:
		return kvk_blob_append_text(out, "Ed448");
	case KVK_KEY_DSA:
		if (info->inherits_parameters)
			return kvk_blob_append_text(out, "DSA");
		return kvk_blob_append_format(out, "DSA %u", info->bits);
	case KVK_KEY_OTHER:
		break;
	}
	return kvk_blob_append_text(out, _("of an unknown type"));
}

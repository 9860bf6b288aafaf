/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/key_why.h"

#include "base/escape.h"
#include "base/secret.h"
#include "cert/guise.h"
#include "cert/kind.h"
#include "cert/pem.h"
#include "der/oid.h"
#include "der/reader.h"

/* The tag of the parameters in an EC key of SEC 1. */
#define PARAMETERS 0xa0u

/* One file. */
struct looking {
	/* Its name, for the shell. */
	const char *path;
	enum kvk_err err;
	struct kvk_error *why;
};

/* id-scrypt (RFC 7914), as it stands in the head of an encrypted key. */
static bool is_scrypt(struct kvk_span der)
{
	static const uint8_t oid[] = { 0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04,
		0x0b };

	return der.n > 0 && memmem(der.p, der.n, oid, sizeof oid) != NULL;
}

/*
 * The algorithm of a key that is not encrypted, and the tag and the contents of its parameters: of
 * PKCS#8, or of an EC key of SEC 1, which has parameters alone.
 */
static bool read_algorithm(
	struct kvk_span der, enum kvk_oid *algorithm, struct kvk_der_value *parameters)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der outer, key, inner;
	struct kvk_der_value skipped;
	struct kvk_span oid;

	*parameters = (struct kvk_der_value){ 0 };
	kvk_der_start(&outer, der, false, &log);
	if (kvk_der_enter(&outer, KVK_DER_SEQUENCE, &key) != KVK_OK ||
		kvk_der_expect(&key, KVK_DER_INTEGER, &skipped) != KVK_OK)
		return false;
	if (kvk_der_peek(&key) == KVK_DER_SEQUENCE) {
		if (kvk_der_enter(&key, KVK_DER_SEQUENCE, &inner) != KVK_OK ||
			kvk_der_oid(&inner, &oid) != KVK_OK)
			return false;
		*algorithm = kvk_oid_find(oid);
		return kvk_der_at_end(&inner) || kvk_der_any(&inner, parameters) == KVK_OK;
	}
	*algorithm = KVK_OID_EC_PUBLIC_KEY;
	return kvk_der_expect(&key, KVK_DER_OCTET_STRING, &skipped) == KVK_OK &&
		kvk_der_peek(&key) == PARAMETERS &&
		kvk_der_enter(&key, PARAMETERS, &inner) == KVK_OK &&
		kvk_der_any(&inner, parameters) == KVK_OK;
}

/* The name of a curve, or its number. */
static const char *curve_name(struct kvk_span oid, char text[static KVK_LIMIT_OID_TEXT])
{
	static const uint8_t brainpool[] = { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01 };
	static const uint8_t koblitz[] = { 0x2b, 0x81, 0x04, 0x00, 0x0a };

	if (oid.n == sizeof brainpool + 1 && memcmp(oid.p, brainpool, sizeof brainpool) == 0)
		return "Brainpool";
	if (oid.n == sizeof koblitz && memcmp(oid.p, koblitz, sizeof koblitz) == 0)
		return "secp256k1";
	return kvk_oid_text(oid, text);
}

static bool is_nist(struct kvk_span curve)
{
	return kvk_oid_is(curve, KVK_OID_CURVE_P256) || kvk_oid_is(curve, KVK_OID_CURVE_P384) ||
		kvk_oid_is(curve, KVK_OID_CURVE_P521);
}

/* An EC key whose curve is written out, or is none that a TSP takes. */
static enum kvk_err look_at_curve(const struct looking *l, const struct kvk_der_value *curve)
{
	char text[KVK_LIMIT_OID_TEXT];

	if (curve->tag == KVK_DER_SEQUENCE)
		return kvk_error_set(l->why, l->err,
			_("key: an EC key with explicit parameters instead of the name of its "
			  "curve, which no TSP accepts; name the curve: 'openssl ec -in %s "
			  "-param_enc named_curve -out key.pem'"),
			l->path);
	if (curve->tag == KVK_DER_OID && !is_nist(curve->content))
		return kvk_error_set(l->why, l->err,
			_("key: an EC key on a curve that no TSP accepts (%s); run the command "
			  "without --key, which makes a new key"),
			curve_name(curve->content, text));
	return KVK_OK;
}

static enum kvk_err look_at_plain(const struct looking *l, struct kvk_span der)
{
	enum kvk_oid algorithm;
	struct kvk_der_value parameters;

	if (!read_algorithm(der, &algorithm, &parameters))
		return KVK_OK;
	return algorithm == KVK_OID_EC_PUBLIC_KEY ? look_at_curve(l, &parameters) : KVK_OK;
}

static enum kvk_err look_at_der(const struct looking *l, struct kvk_span der)
{
	switch (kvk_kind_of_der(der)) {
	case KVK_BLOCK_PKCS12:
		return kvk_error_set(l->why, l->err,
			_("key: a PKCS#12 file (.p12, .pfx); extract the key: 'openssl pkcs12 -in "
			  "%s -nocerts -out key.pem'"),
			l->path);
	case KVK_BLOCK_PUBLIC_KEY:
	case KVK_BLOCK_CERTIFICATE:
	case KVK_BLOCK_CSR:
		return kvk_error_set(l->why, l->err,
			_("key: the file contains no private key, but something else: %s"),
			kvk_kind_text(kvk_kind_of_der(der)));
	case KVK_BLOCK_ENCRYPTED_KEY:
		if (!is_scrypt(der))
			return KVK_OK;
		return kvk_error_set(l->why, l->err,
			_("key: it is encrypted with scrypt, which kvkcsr cannot decrypt; "
			  "convert it: 'openssl pkcs8 -in %s -topk8 -v2 aes-256-cbc -out "
			  "key.pem'"),
			l->path);
	default:
		return look_at_plain(l, der);
	}
}

/* Behind the parameters of a curve comes the key. */
static enum kvk_err look_at_block(const struct looking *l, const struct kvk_pem_block *block)
{
	struct kvk_blob der = { 0 };
	enum kvk_err err;

	if (kvk_kind_of_label(block->label) == KVK_BLOCK_PARAMETERS)
		return KVK_OK;
	KVK_TRY(kvk_pem_decode(block, &der));
	KVK_TRY(look_at_der(l, kvk_span_of_blob(&der)));
out:
	if (der.p != NULL)
		kvk_wipe(der.p, der.n);
	kvk_blob_free(&der);
	return err == KVK_ERR_PEM ? KVK_OK : err;
}

/* The first block that tells something. */
static enum kvk_err look_at_pem(const struct looking *l, struct kvk_span file)
{
	struct kvk_span rest = file;
	struct kvk_pem_block block;
	unsigned line = 1;
	enum kvk_err err = KVK_OK;

	while (kvk_pem_next(file, &rest, &line, &block))
		KVK_TRY(look_at_block(l, &block));
out:
	return err;
}

static enum kvk_err look(const struct looking *l, struct kvk_span file)
{
	const enum kvk_guise guise = kvk_guise_of(file);

	if (guise != KVK_GUISE_NONE)
		return kvk_error_set(l->why, l->err, _("key: %s; %s"), kvk_guise_text(guise),
			kvk_guise_action(guise, KVK_GUISE_FOR_KEY));
	if (file.n > 0 && file.p[0] == KVK_DER_SEQUENCE)
		return look_at_der(l, file);
	return look_at_pem(l, file);
}

enum kvk_err kvk_key_why(
	struct kvk_span file, const char *path, enum kvk_err err, struct kvk_error *why)
{
	struct kvk_blob word = { 0 };
	struct looking l = { .err = err, .why = why };
	enum kvk_err result = kvk_escape_shell(&word, kvk_span_of(path));

	l.path = kvk_blob_str(&word);
	if (result == KVK_OK)
		result = look(&l, file);
	kvk_blob_free(&word);
	return result;
}

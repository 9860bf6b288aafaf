/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: the key of the leaf, and letters that look like others. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "portal/checks.h"
#include "portal/warnings.h"

/* Room for a name within a warning. */
#define SHOWN 128

static bool is_rsa(const struct kvk_certificate *cert)
{
	return cert->key.type == KVK_KEY_RSA || cert->key.type == KVK_KEY_RSA_PSS;
}

/* From 2048 to 3071 bits; below 2048 message 1 speaks. */
static enum kvk_err rsa_below_3072(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_certificate *leaf = facts->leaf;

	if (!is_rsa(leaf) || leaf->key.bits < 2048 || leaf->key.bits >= 3072)
		return KVK_OK;
	if (kvk_checks_has_generation(facts, "G1"))
		KVK_FORMAT(out->text,
			kvk_ngettext("the RSA key has %u bit, which is enough for G1; your next "
				     "certificate, under G4, requires 3072",
				"the RSA key has %u bits, which is enough for G1; your next "
				"certificate, under G4, requires 3072",
				leaf->key.bits),
			leaf->key.bits);
	else
		KVK_FORMAT(out->text,
			kvk_ngettext("the RSA key has %u bit; G4 requires 3072, which is the "
				     "better choice for three years",
				"the RSA key has %u bits; G4 requires 3072, which is the better "
				"choice for three years",
				leaf->key.bits),
			leaf->key.bits);
	return KVK_OK;
}

static enum kvk_err exponent(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (is_rsa(facts->leaf) && facts->leaf->key.exponent != 65537)
		KVK_FORMAT(out->text, "%s", _("the RSA key has an exponent other than 65537"));
	return KVK_OK;
}

static enum kvk_err weak_curve(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->leaf->key.type == KVK_KEY_ECDSA && facts->leaf->key.curve == KVK_OID_UNKNOWN)
		KVK_FORMAT(out->text, "%s",
			_("the ECDSA key is on a curve other than P-256, P-384 or P-521, which few "
			  "programs support"));
	else if (facts->leaf->key.type == KVK_KEY_ECDSA && facts->leaf->key.bits < 256)
		KVK_FORMAT(out->text,
			kvk_ngettext("the ECDSA key has only %u bit",
				"the ECDSA key has only %u bits", facts->leaf->key.bits),
			facts->leaf->key.bits);
	return KVK_OK;
}

static enum kvk_err pkio_key_type(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->pkio == KVK_YES && !is_rsa(facts->leaf))
		KVK_FORMAT(out->text, "%s",
			_("PKIoverheid has a profile for RSA keys only, and this key is of another "
			  "type"));
	return KVK_OK;
}

/* A renewal of PKIoverheid takes a new key pair; of the very same certificate 15 speaks. */
static enum kvk_err key_reused(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (kvk_checks_uploaded(facts))
		return KVK_OK;
	for (size_t i = 0; i < facts->evidence->uploaded_key_count; i++)
		if (memcmp(facts->evidence->uploaded_keys[i], facts->leaf->spki_sha256,
			    KVK_SHA256_SIZE) == 0) {
			KVK_FORMAT(out->text, "%s",
				_("the certificate has the same key as one that was uploaded "
				  "before; PKIoverheid requires a new key pair at each renewal"));
			return KVK_OK;
		}
	return KVK_OK;
}

/* The same of the certificate that the dossier has; where it was uploaded, that says more. */
static enum kvk_err same_key(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_case *asked = facts->asked;
	const struct kvk_certificate *leaf = facts->leaf;
	struct kvk_warning reused = { .text = "" };
	enum kvk_err err = KVK_OK;

	if (asked->before == NULL || memcmp(asked->before, leaf->sha256, KVK_SHA256_SIZE) == 0 ||
		memcmp(asked->before_key, leaf->spki_sha256, KVK_SHA256_SIZE) != 0)
		return KVK_OK;
	KVK_TRY(key_reused(facts, &reused));
	if (reused.text[0] == '\0')
		KVK_FORMAT(out->text, "%s",
			_("the certificate has the same key as the one before it, so the old key "
			  "stays in use; PKIoverheid requires a new key pair at each renewal"));
out:
	return err;
}

/*
 * Letters of other scripts, and Latin ones in disguise, that look like plain Latin ones (Unicode
 * TR 39). The trade register writes none of them.
 */
static bool is_look_alike(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x131, 0x131 }, /* i without a dot */
		{ 0x138, 0x138 }, /* kra */
		{ 0x17f, 0x17f }, /* long s */
		{ 0x1c0, 0x1c3 }, /* clicks, which look like signs */
		{ 0x250, 0x2ff }, /* phonetic signs, modifying letters */
		{ 0x370, 0x58f }, /* Greek, Cyrillic, Armenian */
		{ 0x13a0, 0x13ff }, /* Cherokee */
		{ 0x1d00, 0x1dbf }, /* phonetic signs */
		{ 0x1f00, 0x1fff }, /* Greek */
		{ 0x2100, 0x218f }, /* letters as symbols, Roman numerals */
		{ 0x2460, 0x24ff }, /* in circles */
		{ 0x2c80, 0x2dff }, /* Coptic, Cyrillic */
		{ 0xa4d0, 0xa4ff }, /* Lisu */
		{ 0xa640, 0xa69f }, /* Cyrillic */
		{ 0xab30, 0xabbf }, /* phonetic signs, Cherokee */
		{ 0xfb00, 0xfb06 }, /* two letters as one */
		{ 0xff01, 0xff5e }, /* full width */
		{ 0x10280, 0x1044f }, /* Lycian, Gothic, Deseret and others */
		{ 0x1d400, 0x1d7ff }, /* for mathematics */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]) && c >= ranges[i].first; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

static bool has_look_alike(struct kvk_span text)
{
	uint32_t c;

	while (text.n > 0 && kvk_utf8_next(&text, &c))
		if (is_look_alike(c))
			return true;
	return false;
}

/* Warns of letters in an attribute that are not what they look like. */
static enum kvk_err look_at_attribute(
	const struct kvk_attribute *attribute, struct kvk_warning *out)
{
	char oid[KVK_LIMIT_OID_TEXT], shown[SHOWN];
	struct kvk_blob text = { 0 };
	enum kvk_err err = kvk_attribute_text(attribute, &text);
	bool risky;

	/* what is no text counts as empty */
	if (err == KVK_ERR_MEMORY)
		goto out;
	err = KVK_OK;
	risky = kvk_text_is_risky(kvk_span_of_blob(&text));
	if (!risky && !has_look_alike(kvk_span_of_blob(&text)))
		goto out;
	kvk_escape_to(shown, sizeof(shown), kvk_span_of_blob(&text));
	KVK_FORMAT(out->text,
		risky ? _("%s contains invisible, reordering or control characters: '%s'") :
			_("%s contains letters of other scripts that look like Latin letters: "
			  "'%s'"),
		kvk_oid_label(attribute->type, oid), shown);
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err risky_name(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < subject->count && out->text[0] == '\0'; i++)
		KVK_TRY(look_at_attribute(&subject->attributes[i], out));
out:
	return err;
}

/* A label in A-form ("xn--") stands for letters that may look like others. */
static enum kvk_err international_name(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;
	char shown[SHOWN];

	for (size_t i = 0; i < ext->san_count && out->text[0] == '\0'; i++) {
		struct kvk_span name = ext->sans[i].value, prefix;

		if (ext->sans[i].kind != KVK_GENERAL_DNS)
			continue;
		kvk_escape_to(shown, sizeof(shown), name);
		for (size_t at = 0; at + 4 <= name.n; at++) {
			prefix = (struct kvk_span){ name.p + at, 4 };
			if ((at == 0 || name.p[at - 1] == '.') &&
				kvk_equal_nocase(prefix, kvk_span_of("xn--")))
				KVK_FORMAT(out->text,
					_("'%s' contains letters other than a to z in encoded form "
					  "(xn--)"),
					shown);
		}
		if (kvk_text_is_risky(name) || name.n == 0)
			KVK_FORMAT(out->text,
				_("an alternative name (SAN) is not a domain name: '%s'"), shown);
	}
	return KVK_OK;
}

#define NEW_KEY N_("make the next key with 'kvkcsr new', which uses RSA with at least 3072 bits")

const struct kvk_warning_row kvk_warnings_key[] = {
	{
		.id = "rsa-below-3072",
		.check = rsa_below_3072,
		.hint = NEW_KEY,
		.leaf = true,
	},
	{
		.id = "unusual-exponent",
		.check = exponent,
		.hint = NEW_KEY,
		.leaf = true,
	},
	{
		.id = "weak-curve",
		.check = weak_curve,
		.hint = NEW_KEY,
		.leaf = true,
	},
	{
		.id = "unusual-key-type",
		.check = pkio_key_type,
		.hint = NEW_KEY,
		.leaf = true,
	},
	{
		.id = "key-reused",
		.check = key_reused,
		.hint = N_("next time, make a new key; 'kvkcsr new' does this"),
		.leaf = true,
	},
	{
		.id = "same-key",
		.check = same_key,
		.hint = N_("next time, begin with 'kvkcsr renew NAME', which makes a new key and a "
			   "request for it"),
		.leaf = true,
	},
	{
		.id = "risky-name",
		.check = risky_name,
		.hint = N_("ask the TSP for a certificate with the name exactly as it is in the "
			   "trade register"),
		.leaf = true,
	},
	{
		.id = "international-name",
		.check = international_name,
		.hint = N_("make sure that this is the domain name you meant"),
		.leaf = true,
	},
	{ .id = NULL },
};

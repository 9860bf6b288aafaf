/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "portal/checks.h"
#include "portal/opinions.h"

#define SHOWN 128

static bool is_rsa(const struct kvk_certificate *cert)
{
	return cert->key.type == KVK_KEY_RSA || cert->key.type == KVK_KEY_RSA_PSS;
}

/* From 2048 to 3071 bits; below 2048 message 1 speaks. */
static enum kvk_err rsa_below_3072(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_certificate *leaf = facts->leaf;

	if (is_rsa(leaf) && leaf->key.bits >= 2048 && leaf->key.bits < 3072)
		KVK_WARN(out, _("an RSA key of %u bits; G4 asks for 3072, and that is the better "
			"choice for three years"), leaf->key.bits);
	return KVK_OK;
}

static enum kvk_err exponent(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (is_rsa(facts->leaf) && facts->leaf->key.exponent != 65537)
		KVK_WARN(out, "%s", _("the RSA key has another exponent than 65537"));
	return KVK_OK;
}

static enum kvk_err weak_curve(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->leaf->key.type == KVK_KEY_ECDSA && facts->leaf->key.bits < 256)
		KVK_WARN(out, _("an ECDSA key of %u bits, which is short"), facts->leaf->key.bits);
	return KVK_OK;
}

static enum kvk_err pkio_key_type(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->pkio == KVK_YES && !is_rsa(facts->leaf))
		KVK_WARN(out, "%s", _("PKIoverheid has no profile for keys other than RSA"));
	return KVK_OK;
}

static bool is_latin(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f);
}

/* Scripts with letters that look like Latin ones (Unicode TR 39), and full-width Latin. */
static bool is_look_alike(uint32_t c)
{
	return (c >= 0x370 && c <= 0x58f) || (c >= 0x13a0 && c <= 0x13ff) ||
		(c >= 0x1f00 && c <= 0x1fff) || (c >= 0xff01 && c <= 0xff5e) ||
		(c >= 0x1d400 && c <= 0x1d7ff);
}

static bool mixes_scripts(struct kvk_span text)
{
	bool latin = false, other = false;
	uint32_t c;

	while (text.n > 0 && kvk_utf8_next(&text, &c)) {
		latin |= is_latin(c);
		other |= is_look_alike(c);
	}
	return latin && other;
}

static enum kvk_err risky_name(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;
	char oid[KVK_LIMIT_OID_TEXT], shown[SHOWN];

	for (size_t i = 0; i < subject->count && out->text[0] == '\0'; i++) {
		const struct kvk_attribute *attribute = &subject->attributes[i];

		kvk_blob_clear(&text);
		err = kvk_attribute_text(attribute, &text);
		if (err == KVK_ERR_MEMORY)
			break;
		err = KVK_OK;
		kvk_escape_to(shown, sizeof(shown), kvk_span_of_blob(&text));
		if (kvk_text_is_risky(kvk_span_of_blob(&text)))
			KVK_WARN(out, _("invisible, reordering or control characters in %s: '%s'"),
				kvk_oid_label(attribute->type, oid), shown);
		else if (mixes_scripts(kvk_span_of_blob(&text)))
			KVK_WARN(out, _("letters of several scripts that look alike in %s: '%s'"),
				kvk_oid_label(attribute->type, oid), shown);
	}
	kvk_blob_free(&text);
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
				KVK_WARN(out, _("'%s' stands for letters other than a to "
					"z"), shown);
		}
		if (kvk_text_is_risky(name) || name.n == 0)
			KVK_WARN(out, _("a subjectAltName that is no domain name: '%s'"), shown);
	}
	return KVK_OK;
}

#define NEW_KEY N_("make the next key with 'kvkcsr new', which takes RSA of 3072 bits or more")

const struct kvk_opinion kvk_opinions_key[] = {
	{ "rsa-below-3072", rsa_below_3072, NEW_KEY, false, true },
	{ "unusual-exponent", exponent, NEW_KEY, false, true },
	{ "weak-curve", weak_curve, NEW_KEY, false, true },
	{ "unusual-key-type", pkio_key_type, NEW_KEY, false, true },
	{ "risky-name", risky_name,
	  N_("ask the TSP for a certificate with the name as the trade register writes it"), false,
	  true },
	{ "international-name", international_name,
	  N_("make sure that it is the domain name you mean"), false, true },
	{ NULL, NULL, NULL, false, false },
};

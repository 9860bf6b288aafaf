/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/kind.h"

#include <string.h>

#include "der/oid.h"
#include "der/reader.h"

/* The tags at the start of a SEQUENCE, and the contents after them, cut where the data ends. */
#define LOOK 5
struct look {
	unsigned count;
	uint8_t tag[LOOK];
	struct kvk_span content[LOOK];
};

/* The length octets of the first value: how many octets are before its contents; 0: none. */
static size_t read_length(struct kvk_span input, size_t *length)
{
	size_t octets = 0;

	if (input.n < 2)
		return 0;
	*length = input.p[1];
	if (*length > 0x80) {
		octets = *length & 0x7f;
		if (octets > 4 || input.n < 2 + octets)
			return 0;
		*length = 0;
		for (size_t i = 0; i < octets; i++)
			*length = *length << 8 | input.p[2 + i];
	}
	return 2 + octets;
}

size_t kvk_kind_extent(struct kvk_span input)
{
	size_t length;
	const size_t before = read_length(input, &length);

	return before == 0 ? 0 : before + length;
}

/* Takes one value from the front, as far as it is there. False where there is none. */
static bool take(struct kvk_span *rest, uint8_t *tag, struct kvk_span *content)
{
	size_t n, length;
	const size_t before = read_length(*rest, &length);

	if (before == 0)
		return false;
	*tag = rest->p[0];
	n = rest->n - before;
	if (rest->p[1] == 0x80)
		length = n;
	*content = (struct kvk_span){ rest->p + before, length < n ? length : n };
	rest->p = content->p + content->n;
	rest->n = n - content->n;
	return true;
}

static struct look look_into(struct kvk_span content)
{
	struct look out = { 0 };

	while (out.count < LOOK && take(&content, &out.tag[out.count], &out.content[out.count]))
		out.count++;
	return out;
}

/* Whether the tags begin with these; text is a list of octets. */
static bool tags_are(const struct look *look, const char *tags)
{
	const size_t n = strlen(tags);

	return look->count >= n && memcmp(look->tag, tags, n) == 0;
}

/* SEQUENCE { signed part, ... }: certificate, request, CRL or attribute certificate. */
static enum kvk_block_kind kind_of_signed(struct kvk_span part)
{
	const struct look in = look_into(part);

	if (tags_are(&in, "\xa0\x02\x30") || tags_are(&in, "\x02\x30\x30\x30\x30"))
		return KVK_BLOCK_CERTIFICATE;
	if (tags_are(&in, "\x02\x30\x30\xa0"))
		return KVK_BLOCK_CSR;
	if (tags_are(&in, "\x02\x30\x30") && in.count == 3)
		return KVK_BLOCK_CSR;
	if (tags_are(&in, "\x02\x30\x30") && kvk_der_is_time(in.tag[3]))
		return KVK_BLOCK_CRL;
	if (tags_are(&in, "\x30\x30") && in.count > 2 && kvk_der_is_time(in.tag[2]))
		return KVK_BLOCK_CRL;
	if (tags_are(&in, "\x02\x30\xa0\x30\x02") || tags_are(&in, "\x02\x30\x30\x30\x02"))
		return KVK_BLOCK_ATTRIBUTE_CERTIFICATE;
	return tags_are(&in, "\xa0") ? KVK_BLOCK_CERTIFICATE : KVK_BLOCK_OTHER;
}

/* SEQUENCE { INTEGER, ... }: keys and PKCS#12. */
static enum kvk_block_kind kind_of_numbered(const struct look *top)
{
	struct look in;

	if (tags_are(top, "\x02\x30\x04") || tags_are(top, "\x02\x02\x02\x02") ||
		tags_are(top, "\x02\x04"))
		return KVK_BLOCK_KEY;
	if (!tags_are(top, "\x02\x30"))
		return tags_are(top, "\x02\x02") ? KVK_BLOCK_PUBLIC_KEY : KVK_BLOCK_OTHER;
	in = look_into(top->content[1]);
	if (tags_are(&in, "\x06\xa0"))
		return KVK_BLOCK_PKCS12;
	return KVK_BLOCK_OTHER;
}

/* SEQUENCE { SEQUENCE, ... }: signed things, public keys and encrypted keys. */
static enum kvk_block_kind kind_of_nested(const struct look *top)
{
	const struct look in = look_into(top->content[0]);

	if (tags_are(&in, "\x06")) {
		if (tags_are(top, "\x30\x03"))
			return KVK_BLOCK_PUBLIC_KEY;
		return tags_are(top, "\x30\x04") ? KVK_BLOCK_ENCRYPTED_KEY : KVK_BLOCK_OTHER;
	}
	return kind_of_signed(top->content[0]);
}

enum kvk_block_kind kvk_kind_of_der(struct kvk_span der)
{
	struct kvk_span content;
	struct look top;
	uint8_t tag;

	if (!take(&der, &tag, &content))
		return KVK_BLOCK_OTHER;
	if (tag == KVK_DER_OID)
		return KVK_BLOCK_PARAMETERS;
	if (tag != KVK_DER_SEQUENCE)
		return KVK_BLOCK_OTHER;
	top = look_into(content);
	if (tags_are(&top, "\x30"))
		return kind_of_nested(&top);
	if (tags_are(&top, "\x02"))
		return kind_of_numbered(&top);
	if (tags_are(&top, "\x06\xa0"))
		return kvk_oid_is(top.content[0], KVK_OID_PKCS7_SIGNED) ? KVK_BLOCK_PKCS7 :
									  KVK_BLOCK_OTHER;
	/* One that reports an error has its status alone (RFC 6960 4.2.1). */
	if (tags_are(&top, "\x0a\xa0") || (tags_are(&top, "\x0a") && top.count == 1))
		return KVK_BLOCK_OCSP;
	return KVK_BLOCK_OTHER;
}

enum kvk_block_kind kvk_kind_of_label(struct kvk_span label)
{
	static const struct {
		const char *label;
		enum kvk_block_kind kind;
	} labels[] = {
		{ "CERTIFICATE", KVK_BLOCK_CERTIFICATE },
		{ "X509 CERTIFICATE", KVK_BLOCK_CERTIFICATE },
		{ "TRUSTED CERTIFICATE", KVK_BLOCK_CERTIFICATE },
		{ "CERTIFICATE REQUEST", KVK_BLOCK_CSR },
		{ "NEW CERTIFICATE REQUEST", KVK_BLOCK_CSR },
		{ "X509 CRL", KVK_BLOCK_CRL },
		{ "CRL", KVK_BLOCK_CRL },
		{ "PRIVATE KEY", KVK_BLOCK_KEY },
		{ "RSA PRIVATE KEY", KVK_BLOCK_KEY },
		{ "EC PRIVATE KEY", KVK_BLOCK_KEY },
		{ "DSA PRIVATE KEY", KVK_BLOCK_KEY },
		{ "OPENSSH PRIVATE KEY", KVK_BLOCK_KEY },
		{ "ANY PRIVATE KEY", KVK_BLOCK_KEY },
		{ "ENCRYPTED PRIVATE KEY", KVK_BLOCK_ENCRYPTED_KEY },
		{ "PUBLIC KEY", KVK_BLOCK_PUBLIC_KEY },
		{ "RSA PUBLIC KEY", KVK_BLOCK_PUBLIC_KEY },
		{ "PKCS7", KVK_BLOCK_PKCS7 },
		{ "CMS", KVK_BLOCK_PKCS7 },
		{ "PKCS12", KVK_BLOCK_PKCS12 },
		{ "ATTRIBUTE CERTIFICATE", KVK_BLOCK_ATTRIBUTE_CERTIFICATE },
		{ "EC PARAMETERS", KVK_BLOCK_PARAMETERS },
		{ "DH PARAMETERS", KVK_BLOCK_PARAMETERS },
	};
	const struct kvk_span key = kvk_span_of("PRIVATE KEY");

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (kvk_span_is(label, labels[i].label))
			return labels[i].kind;
	/* A kind of key that nobody told us of is still a key. */
	if (label.n >= key.n && memmem(label.p, label.n, key.p, key.n) != NULL)
		return KVK_BLOCK_KEY;
	return KVK_BLOCK_OTHER;
}

bool kvk_kind_is_secret(enum kvk_block_kind kind)
{
	return kind == KVK_BLOCK_KEY || kind == KVK_BLOCK_ENCRYPTED_KEY;
}

const char *kvk_kind_text(enum kvk_block_kind kind)
{
	switch (kind) {
	case KVK_BLOCK_CERTIFICATE:
		return _("certificate");
	case KVK_BLOCK_CSR:
		return _("certificate request (CSR)");
	case KVK_BLOCK_CRL:
		return _("certificate revocation list (CRL)");
	case KVK_BLOCK_KEY:
		return _("private key");
	case KVK_BLOCK_ENCRYPTED_KEY:
		return _("encrypted private key");
	case KVK_BLOCK_PUBLIC_KEY:
		return _("public key");
	case KVK_BLOCK_PKCS7:
		return _("PKCS#7 (a bundle of certificates)");
	case KVK_BLOCK_PKCS12:
		return _("PKCS#12 (private key and certificates, .p12 or .pfx)");
	case KVK_BLOCK_ATTRIBUTE_CERTIFICATE:
		return _("attribute certificate");
	case KVK_BLOCK_PARAMETERS:
		return _("key parameters");
	case KVK_BLOCK_OCSP:
		return _("OCSP response");
	case KVK_BLOCK_OTHER:
		break;
	}
	return _("unknown content");
}

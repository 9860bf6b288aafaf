/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/compose.h"

#include <stdio.h>

#include "cert/certificate.h"

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

/* Usually a few, now and then far too many. */
static unsigned some(struct choices *c)
{
	unsigned n = choose(c, 16);

	return n == 15 ? choose(c, 256) : n == 14 ? 70 : n % 5 + 1;
}

static void put_policy(struct kvk_der_writer *w, struct choices *c)
{
	static const char *const policies[] = { "1.2.3.1", "1.2.3.2", "1.2.3.3", "1.2.3.4",
		"2.16.528.1.1003.1.2.44.15.35.17", "2.16.528.1.1003.1.2.8.6", "2.23.140.1.1",
		"2.16.528.1.1003.1.2.99.1", "2.16.528.1.1003.1.2.5.7" };
	unsigned which = choose(c, 32);
	char made[32];

	if (which == 31) {
		snprintf(made, sizeof(made), "1.2.4.%u.%u", choose(c, 256), choose(c, 256));
		kvk_der_put_oid_text(w, made);
	} else if (which >= COUNT(policies)) {
		kvk_der_put_oid(w, KVK_OID_ANY_POLICY);
	} else {
		kvk_der_put_oid_text(w, policies[which]);
	}
}

static void policies(struct kvk_der_writer *w, struct choices *c)
{
	unsigned n = some(c);

	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < n; i++) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		put_policy(w, c);
		if (choose(c, 8) == 7) {
			kvk_der_open(w, KVK_DER_SEQUENCE);
			kvk_der_open(w, KVK_DER_SEQUENCE);
			kvk_der_put_oid(w, KVK_OID_POLICY_CPS);
			kvk_der_put(w, KVK_DER_IA5_STRING, choose_bytes(c, 20));
			kvk_der_close(w);
			kvk_der_close(w);
		}
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void mappings(struct kvk_der_writer *w, struct choices *c)
{
	unsigned n = some(c);

	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < n; i++) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		put_policy(w, c);
		put_policy(w, c);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void policy_constraints(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < 2; i++) {
		uint8_t skip = (uint8_t)choose(c, 8);

		if (skip < 6)
			kvk_der_put(w, KVK_DER_CONTEXT(i), (struct kvk_span){ &skip, 1 });
	}
	kvk_der_close(w);
}

static void name_constraints(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < 2; i++) {
		unsigned n = choose(c, 4) ? some(c) : 0;

		if (n == 0)
			continue;
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(i));
		for (; n > 0; n--) {
			kvk_der_open(w, KVK_DER_SEQUENCE);
			compose_general_names(w, c, 1);
			if (choose(c, 16) == 15)
				kvk_der_put(w, KVK_DER_CONTEXT(0), choose_bytes(c, 2));
			kvk_der_close(w);
		}
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void alt_names(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned n = some(c); n > 0; n--)
		compose_general_names(w, c, 1);
	kvk_der_close(w);
}

static void ekus(struct kvk_der_writer *w, struct choices *c)
{
	static const enum kvk_oid usages[] = { KVK_OID_EKU_CLIENT_AUTH, KVK_OID_EKU_SERVER_AUTH,
		KVK_OID_ANY_EKU, KVK_OID_EKU_OCSP_SIGNING, KVK_OID_EKU_EMAIL };

	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned n = some(c); n > 0; n--) {
		unsigned which = choose(c, COUNT(usages) + 1);

		if (which < COUNT(usages))
			kvk_der_put_oid(w, usages[which]);
		else
			kvk_der_put_oid_text(w, "1.3.6.1.5.5.7.3.9.1");
	}
	kvk_der_close(w);
}

static void points(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned n = some(c); n > 0; n--) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		if (choose(c, 8) < 6) {
			kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
			kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
			compose_general_names(w, c, 2);
			kvk_der_close(w);
			kvk_der_close(w);
		}
		if (choose(c, 4) == 3)
			kvk_der_put(w, KVK_DER_CONTEXT(1), kvk_span_of("\x06\x60"));
		if (choose(c, 4) == 3) {
			kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(2));
			compose_general_names(w, c, 2);
			kvk_der_close(w);
		}
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void access_places(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (unsigned n = some(c); n > 0; n--) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(w, choose(c, 2) ? KVK_OID_AD_OCSP : KVK_OID_AD_CA_ISSUERS);
		compose_general_names(w, c, 1);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void basic_constraints(struct kvk_der_writer *w, struct choices *c)
{
	unsigned kind = choose(c, 8);

	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (kind > 0)
		kvk_der_put_boolean(w, true);
	if (kind > 3)
		kvk_der_put_uint(w, kind - 4);
	kvk_der_close(w);
}

static void key_identifier(struct kvk_der_writer *w, struct choices *c, bool authority)
{
	uint8_t id = (uint8_t)choose(c, 16);

	if (!authority) {
		kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ &id, 1 });
		return;
	}
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put(w, KVK_DER_CONTEXT(0), (struct kvk_span){ &id, 1 });
	if (choose(c, 8) == 7) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
		compose_general_names(w, c, 1);
		kvk_der_close(w);
		kvk_der_put(w, KVK_DER_CONTEXT(2), choose_bytes(c, 4));
	}
	kvk_der_close(w);
}

static const enum kvk_oid kinds[] = { KVK_OID_EXT_BASIC_CONSTRAINTS, KVK_OID_EXT_KEY_USAGE,
	KVK_OID_EXT_EKU, KVK_OID_EXT_POLICIES, KVK_OID_EXT_POLICY_MAPPINGS,
	KVK_OID_EXT_POLICY_CONSTRAINTS, KVK_OID_EXT_INHIBIT_ANY_POLICY,
	KVK_OID_EXT_NAME_CONSTRAINTS, KVK_OID_EXT_SAN, KVK_OID_EXT_SKI, KVK_OID_EXT_AKI,
	KVK_OID_EXT_CRL_POINTS, KVK_OID_EXT_AIA, KVK_OID_EXT_FRESHEST_CRL,
	KVK_OID_EXT_ISSUER_ALT_NAME, KVK_OID_EXT_OCSP_NOCHECK, KVK_OID_EXT_QC_STATEMENTS,
	KVK_OID_EXT_TLS_FEATURE, KVK_OID_EXT_CT_POISON, KVK_OID_EXT_NETSCAPE_CERT_TYPE };

static void contents(struct kvk_der_writer *w, struct choices *c, enum kvk_oid kind)
{
	switch (kind) {
	case KVK_OID_EXT_BASIC_CONSTRAINTS:
		basic_constraints(w, c);
		break;
	case KVK_OID_EXT_KEY_USAGE:
		kvk_der_put_named_bits(w, choose(c, 256) | choose(c, 2) << 8);
		break;
	case KVK_OID_EXT_EKU:
		ekus(w, c);
		break;
	case KVK_OID_EXT_POLICIES:
		policies(w, c);
		break;
	case KVK_OID_EXT_POLICY_MAPPINGS:
		mappings(w, c);
		break;
	case KVK_OID_EXT_POLICY_CONSTRAINTS:
		policy_constraints(w, c);
		break;
	case KVK_OID_EXT_INHIBIT_ANY_POLICY:
		kvk_der_put_uint(w, choose(c, 5));
		break;
	case KVK_OID_EXT_NAME_CONSTRAINTS:
		name_constraints(w, c);
		break;
	case KVK_OID_EXT_SAN:
	case KVK_OID_EXT_ISSUER_ALT_NAME:
		alt_names(w, c);
		break;
	case KVK_OID_EXT_SKI:
	case KVK_OID_EXT_AKI:
		key_identifier(w, c, kind == KVK_OID_EXT_AKI);
		break;
	case KVK_OID_EXT_CRL_POINTS:
	case KVK_OID_EXT_FRESHEST_CRL:
		points(w, c);
		break;
	case KVK_OID_EXT_AIA:
		access_places(w, c);
		break;
	case KVK_OID_EXT_OCSP_NOCHECK:
		kvk_der_put_null(w);
		break;
	default:
		kvk_der_put_raw(w, choose_bytes(c, 30));
	}
}

static void open_extension(struct kvk_der_writer *w, enum kvk_oid kind, bool critical)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, kind);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
}

static void close_extension(struct kvk_der_writer *w)
{
	kvk_der_close(w);
	kvk_der_close(w);
}

/* What a CA, or a leaf, has. */
static void usual(struct kvk_der_writer *w, bool ca)
{
	static const uint8_t leaf_name[] = "\x30\x10\x82\x0e"
					   "api.example.nl";

	open_extension(w, KVK_OID_EXT_KEY_USAGE, true);
	kvk_der_put_named_bits(w,
		ca ? KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN :
		     KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT);
	close_extension(w);
	if (ca) {
		open_extension(w, KVK_OID_EXT_BASIC_CONSTRAINTS, true);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_boolean(w, true);
		kvk_der_close(w);
	} else {
		open_extension(w, KVK_OID_EXT_SAN, false);
		kvk_der_put_raw(w, (struct kvk_span){ leaf_name, sizeof(leaf_name) - 1 });
		close_extension(w);
		open_extension(w, KVK_OID_EXT_EKU, false);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(w, KVK_OID_EKU_CLIENT_AUTH);
		kvk_der_close(w);
	}
	close_extension(w);
}

void compose_extensions(struct kvk_der_writer *w, struct choices *c)
{
	unsigned profile = choose(c, 4);

	if (profile < 2)
		usual(w, profile == 1);
	for (unsigned n = choose(c, 12); n > 0; n--) {
		unsigned which = choose(c, 128);
		enum kvk_oid kind = kinds[(which & 31) % COUNT(kinds)];

		open_extension(w, kind, (which & 32) != 0);
		if ((which & 64) != 0 && choose(c, 4) == 3)
			kvk_der_put_raw(w, choose_bytes(c, 40));
		else
			contents(w, c, kind);
		close_extension(w);
	}
}

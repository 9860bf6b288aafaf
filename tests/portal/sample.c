/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

#include <assert.h>
#include <string.h>

/* sha256WithRSAEncryption with its NULL. */
static const uint8_t rsa_sha256[] = {
	0x30,
	0x0d,
	0x06,
	0x09,
	0x2a,
	0x86,
	0x48,
	0x86,
	0xf7,
	0x0d,
	0x01,
	0x01,
	0x0b,
	0x05,
	0x00,
};

static const struct kvk_end client_auth_ends[] = {
	{ "A CA", "2027-02-10" },
	{ NULL, "2027-03-15" },
};

static const uint8_t serial[] = { 0x11, 0x22, 0x33 };
static const uint8_t identifier[] = { 1, 2, 3, 4 };

kvk_time sample_time(const char *text)
{
	kvk_time t = 0;

	assert(kvk_time_parse(text, &t) == KVK_OK);
	return t;
}

void sample_add_attribute(struct kvk_name *name, enum kvk_oid oid, const char *text)
{
	name->attributes[name->count] = (struct kvk_attribute){
		.oid = oid,
		.type = kvk_oid_octets(oid),
		.tag = oid == KVK_OID_SERIAL_NUMBER ? KVK_DER_PRINTABLE_STRING :
						      KVK_DER_UTF8_STRING,
		.value = kvk_span_of(text),
		.rdn = (unsigned)name->count,
	};
	name->count++;
}

void sample_drop_attribute(struct kvk_name *name, enum kvk_oid oid)
{
	size_t kept = 0;

	for (size_t i = 0; i < name->count; i++)
		if (name->attributes[i].oid != oid)
			name->attributes[kept++] = name->attributes[i];
	name->count = kept;
}

void sample_attribute(struct kvk_name *name, enum kvk_oid oid, const char *text)
{
	sample_drop_attribute(name, oid);
	sample_add_attribute(name, oid, text);
}

/* The encoding of a name is never read here; it only has to differ from name to name. */
static void make_name(struct kvk_name *name, const char *cn)
{
	name->der = kvk_span_of(cn);
	name->count = 0;
	sample_add_attribute(name, KVK_OID_CN, cn);
}

static void extension(struct kvk_extensions *ext, enum kvk_oid oid, bool critical)
{
	ext->all[ext->count++] = (struct kvk_extension){
		.oid = oid,
		.type = kvk_oid_octets(oid),
		.critical = critical,
	};
}

static void make_certificate(struct sample *s, struct kvk_certificate *cert, const char *cn,
	const char *issuer, uint8_t mark)
{
	*cert = (struct kvk_certificate){
		.version = 3,
		.serial = { serial, sizeof serial },
		.algorithm = { rsa_sha256, sizeof rsa_sha256 },
		.tbs_algorithm = { rsa_sha256, sizeof rsa_sha256 },
		.not_before = sample_time("2025-01-01T00:00:00Z"),
		.not_after = sample_time("2030-01-01T00:00:00Z"),
		.key = { .type = KVK_KEY_RSA, .bits = 4096, .exponent = 65537 },
	};
	lists_use(&s->lists[mark - 1], cert);
	make_name(&cert->subject, cn);
	make_name(&cert->issuer, issuer);
	memset(cert->sha256, mark, sizeof cert->sha256);
	memset(cert->spki_sha256, mark + 100, sizeof cert->spki_sha256);
	cert->ext.has_ski = cert->ext.has_aki = cert->ext.has_key_usage = true;
	cert->ext.ski = (struct kvk_span){ identifier, sizeof identifier };
	cert->ext.aki_key_id = cert->ext.ski;
	extension(&cert->ext, KVK_OID_EXT_BASIC_CONSTRAINTS, true);
	cert->ext.has_basic_constraints = true;
	extension(&cert->ext, KVK_OID_EXT_SKI, false);
	extension(&cert->ext, KVK_OID_EXT_AKI, false);
}

static void make_ca(struct sample *s, struct kvk_certificate *cert, const char *cn,
	const char *issuer, uint8_t mark)
{
	make_certificate(s, cert, cn, issuer, mark);
	cert->ext.ca = true;
	cert->ext.key_usage = KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN;
}

static void make_leaf(struct sample *s)
{
	static const uint8_t pkio[] = { 0x60, 0x84, 0x10, 0x01, 0x87, 0x6b, 0x01, 0x02 };
	struct kvk_certificate *leaf = &s->leaf;

	make_certificate(s, leaf, "api.voorbeeld.nl", "TSP CA", 1);
	sample_add_attribute(&leaf->subject, KVK_OID_O, SAMPLE_O);
	sample_add_attribute(&leaf->subject, KVK_OID_SERIAL_NUMBER, SAMPLE_HRN);
	sample_add_attribute(&leaf->subject, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-" SAMPLE_KVK);
	leaf->not_before = sample_time("2026-06-01T00:00:00Z");
	leaf->not_after = sample_time("2029-05-31T23:59:59Z");
	leaf->key.bits = 3072;
	leaf->ext.key_usage = KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT;
	leaf->ext.has_eku = true;
	leaf->ext.eku_count = 2;
	leaf->ext.ekus[0] = kvk_oid_octets(KVK_OID_EKU_SERVER_AUTH);
	leaf->ext.ekus[1] = kvk_oid_octets(KVK_OID_EKU_CLIENT_AUTH);
	leaf->ext.has_policies = true;
	leaf->ext.policy_count = 1;
	leaf->ext.policies[0].oid = (struct kvk_span){ pkio, sizeof pkio };
	sample_dns(s, "api.voorbeeld.nl", NULL);
}

/* Nothing was imported. */
static const struct kvk_trust no_imports;

static void make_facts(struct sample *s)
{
	struct kvk_facts *facts = &s->facts;
	const struct kvk_certificate *const all[] = { &s->leaf, &s->tsp, &s->intermediate };

	s->asked = (struct kvk_case){
		.at = sample_time("2026-11-22T12:00:00Z"),
		.account = { .kvk = SAMPLE_KVK, .party = KVK_PARTY_MARKET },
	};
	s->evidence = (struct kvk_evidence){
		.trust = &no_imports,
		.history_known = true,
		.uploaded = s->uploaded,
		.uploaded_count = 2,
	};
	*facts = (struct kvk_facts){
		.contents = &s->contents,
		.name = "delivery.pem",
		.asked = &s->asked,
		.evidence = &s->evidence,
		.certificate_count = 3,
		.leaf_count = 1,
		.leaf = &s->leaf,
		.anchor_count = 2,
		.trust_date = "2026-11-22",
		.leaf_pkio_policy = true,
		.leaf_server_policy = true,
		.pkio = KVK_YES,
		.g1_end = "2028-11-12",
		.client_auth_ends = client_auth_ends,
		.client_auth_end_count = 2,
	};
	for (size_t i = 0; i < 3; i++) {
		facts->certificates[i] = all[i];
		facts->path.certs[i].certificate = all[i];
	}
	facts->path.count = 3;
	facts->path.anchor = &s->anchor;
	facts->path.proven = true;
	facts->company = (struct kvk_register_answer){
		.asked = KVK_ASKED_FOUND,
		.failure = "",
		.active = true,
		.name_count = 1,
		.names = { SAMPLE_O },
	};
	facts->oin_register = facts->company;
}

void sample_make(struct sample *s)
{
	memset(s, 0, sizeof *s);
	s->contents.form = KVK_FORM_PEM;
	s->contents.java = KVK_JAVA_READS;
	s->contents.failed_block = -1;
	s->contents.size = 5000;
	make_leaf(s);
	make_ca(s, &s->tsp, "TSP CA", "Intermediate CA", 2);
	make_ca(s, &s->intermediate, "Intermediate CA", "Root CA", 3);
	make_ca(s, &s->root, "Root CA", "Root CA", 4);
	make_ca(s, &s->other, "Strange CA", "Strange CA", 5);
	s->anchor.name = s->root.subject;
	s->anchor.generation = "G4";
	memset(s->uploaded[0], 0xaa, KVK_SHA256_SIZE);
	memset(s->uploaded[1], 0xbb, KVK_SHA256_SIZE);
	memcpy(s->own_key, s->leaf.spki_sha256, KVK_SHA256_SIZE);
	make_facts(s);
}

void sample_government(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_OIN);
	s->asked.account.party = KVK_PARTY_GOVERNMENT;
	s->asked.account.oin = SAMPLE_OIN;
}

void sample_ev(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
	sample_drop_attribute(&s->leaf.subject, KVK_OID_ORGANIZATION_IDENTIFIER);
	s->leaf.ext.policies[0].oid = kvk_oid_octets(KVK_OID_POLICY_EV);
	s->anchor.generation = NULL;
	s->facts.leaf_pkio_policy = false;
	s->facts.leaf_ev_policy = true;
	s->facts.pkio = KVK_NO;
	s->facts.has_public_anchors = true;
}

void sample_dns(struct sample *s, const char *a, const char *b)
{
	struct kvk_extensions *ext = &s->leaf.ext;

	ext->has_san = true;
	ext->san_count = b != NULL ? 2 : 1;
	ext->sans[0] = (struct kvk_general_name){ KVK_GENERAL_DNS, kvk_span_of(a) };
	if (b != NULL)
		ext->sans[1] = (struct kvk_general_name){ KVK_GENERAL_DNS, kvk_span_of(b) };
}

void sample_add_general(struct sample *s, enum kvk_general_kind kind, const char *text)
{
	struct kvk_extensions *ext = &s->leaf.ext;

	ext->sans[ext->san_count++] = (struct kvk_general_name){ kind, kvk_span_of(text) };
}

static struct kvk_path_failure *add_failure(struct sample *s, enum kvk_reason reason, size_t step)
{
	struct kvk_path_failure *failure = &s->facts.report.failures[s->facts.report.count++];

	*failure = (struct kvk_path_failure){ .reason = reason, .cert = step, .field = "field" };
	strcpy(failure->found, "what was found");
	return failure;
}

void sample_failure(struct sample *s, enum kvk_reason reason, size_t step)
{
	add_failure(s, reason, step);
}

void sample_open_failure(struct sample *s, enum kvk_reason reason, size_t step)
{
	add_failure(s, reason, step)->undetermined = true;
}

void sample_no_anchor(struct sample *s)
{
	s->facts.path.anchor = NULL;
	s->facts.path.proven = false;
	s->facts.pkio = KVK_UNSURE;
}

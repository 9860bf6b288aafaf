/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/path/fake.h"

/* SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING of 32 octets }, without the octets. */
static const uint8_t spki_head[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03,
	0x21, 0x00 };

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	(void)context;
	(void)algorithm;
	(void)data;
	if (signature.p[0] == FAKE_UNHANDLED)
		return KVK_ERR_ALGORITHM;
	return spki.p[spki.n - 1] == signature.p[0] ? KVK_OK : KVK_ERR_SIGNATURE;
}

static void put_key(uint8_t out[FAKE_SPKI], unsigned key)
{
	memset(out, (int)key, FAKE_SPKI);
	memcpy(out, spki_head, sizeof(spki_head));
}

struct kvk_span fake_name(struct fake *f, const char *cn)
{
	struct kvk_der_writer w = { 0 };

	assert_true(f->name_count < FAKE_NAMES);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (int i = 0; i < 2; i++) {
		kvk_der_open(&w, KVK_DER_SET);
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, i == 0 ? KVK_OID_C : KVK_OID_CN);
		kvk_der_put_text(&w, i == 0 ? "NL" : cn);
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &f->names[f->name_count]), KVK_OK);
	return kvk_span_of_blob(&f->names[f->name_count++]);
}

struct kvk_span fake_spki(struct fake *f, unsigned key)
{
	assert_true(f->key_count < FAKE_MAX);
	put_key(f->keys[f->key_count], key);
	return (struct kvk_span){ .p = f->keys[f->key_count++], .n = FAKE_SPKI };
}

void fake_start(struct fake *f)
{
	f->signatures = (struct kvk_signatures){ .verify = verify, .budget = KVK_LIMIT_SIGNATURES };
	f->anchor.label = "Root";
	assert_int_equal(kvk_name_parse(fake_name(f, "Root"), false, &f->anchor.name), KVK_OK);
	f->anchor.spki = fake_spki(f, 1);
	assert_int_equal(kvk_key_info_read(f->anchor.spki, &f->anchor.key), KVK_OK);
}

void fake_free(struct fake *f)
{
	kvk_name_free(&f->anchor.name);
	for (size_t i = 0; i < f->name_count; i++)
		kvk_blob_free(&f->names[i]);
}

/* Reads a name into the room that is there, so that a test can add to it. */
static void take_name(struct kvk_span der, struct kvk_name *out)
{
	struct kvk_name read;

	assert_int_equal(kvk_name_parse(der, false, &read), KVK_OK);
	out->der = read.der;
	out->count = read.count;
	memcpy(out->attributes, read.attributes, read.count * sizeof(*read.attributes));
	kvk_name_free(&read);
}

struct kvk_certificate *fake_leaf(
	struct fake *f, const char *subject, const char *issuer, unsigned key, unsigned signer)
{
	struct fake_certificate *fake = &f->all[f->count];
	struct kvk_certificate *c = &fake->certificate;

	assert_true(f->count < FAKE_MAX);
	f->count++;
	lists_use(&fake->lists, c);
	put_key(fake->spki, key);
	fake->signature[0] = (uint8_t)signer;
	fake->serial[0] = (uint8_t)f->count;
	take_name(fake_name(f, subject), &c->subject);
	take_name(fake_name(f, issuer), &c->issuer);
	c->version = 3;
	c->tbs = (struct kvk_span){ .p = fake->tbs, .n = 1 };
	c->signature = (struct kvk_span){ .p = fake->signature, .n = 1 };
	c->serial = (struct kvk_span){ .p = fake->serial, .n = 1 };
	c->spki = (struct kvk_span){ .p = fake->spki, .n = FAKE_SPKI };
	assert_int_equal(kvk_key_info_read(c->spki, &c->key), KVK_OK);
	c->not_before = FAKE_NOW - 365 * KVK_DAY;
	c->not_after = FAKE_NOW + 365 * KVK_DAY;
	c->sha256[0] = (uint8_t)f->count;
	return c;
}

void fake_sign(struct fake *f, struct kvk_certificate *c, unsigned signer)
{
	for (size_t i = 0; i < f->count; i++) {
		if (&f->all[i].certificate == c)
			f->all[i].signature[0] = (uint8_t)signer;
	}
	f->signatures.remembered = 0;
}

void fake_offer(struct fake *f, const struct kvk_certificate *c)
{
	assert_true(f->pool_count < FAKE_MAX);
	f->pool[f->pool_count++] =
		(struct kvk_candidate){ .certificate = c, .source = KVK_SOURCE_UPLOAD };
}

struct kvk_certificate *fake_ca(
	struct fake *f, const char *subject, const char *issuer, unsigned key, unsigned signer)
{
	struct kvk_certificate *c = fake_leaf(f, subject, issuer, key, signer);

	c->ext.has_basic_constraints = true;
	c->ext.ca = true;
	c->ext.has_key_usage = true;
	c->ext.key_usage = KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN;
	fake_offer(f, c);
	return c;
}

void fake_build(struct fake *f, const struct kvk_certificate *leaf, enum kvk_manner manner,
	struct kvk_path *out)
{
	const struct kvk_build_input in = {
		.leaf = leaf,
		.candidates = f->pool,
		.candidate_count = f->pool_count,
		.anchors = &f->anchor,
		.anchor_count = 1,
		.at = FAKE_NOW,
		.signatures = &f->signatures,
		.manner = manner,
	};

	assert_int_equal(kvk_path_build(&in, out), KVK_OK);
}

void fake_validate(struct fake *f, const struct kvk_certificate *leaf, enum kvk_manner manner,
	struct kvk_path_report *out)
{
	const struct kvk_path_input in = {
		.at = FAKE_NOW, .manner = manner, .signatures = &f->signatures
	};
	struct kvk_path path;

	fake_build(f, leaf, manner, &path);
	assert_int_equal(kvk_path_validate(&path, &in, out), KVK_OK);
}

size_t fake_failures(const struct kvk_path_report *report, enum kvk_reason reason, size_t cert)
{
	size_t n = 0;

	for (size_t i = 0; i < report->count; i++)
		n += report->failures[i].reason == reason && report->failures[i].cert == cert;
	return n;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 5280 6.1.3(a)(1), 6.1.4(d) to (f): DSA keys that inherit their parameters, over any number of
 * certificates, for paths and for CRLs.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "revocation/crl_status.h"
#include "tests/path/fake.h"

enum { KEYS = 8 };

static struct fake f;
static struct kvk_blob keys[KEYS];
static size_t key_count;
static struct kvk_certificate *leaf, *tsp, *intermediate;

/* A DSA key of this number, with parameters or without. */
static struct kvk_span dsa(unsigned number, bool parameters)
{
	struct kvk_der_writer w = { 0 };

	assert_true(key_count < KEYS);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_DSA);
	if (parameters) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_uint(&w, 23);
		kvk_der_put_uint(&w, 11);
		kvk_der_put_uint(&w, 4);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	kvk_der_open_bits(&w);
	kvk_der_put_uint(&w, number);
	kvk_der_close(&w);
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &keys[key_count]), KVK_OK);
	return kvk_span_of_blob(&keys[key_count++]);
}

static void set_key(struct kvk_certificate *c, struct kvk_span spki)
{
	c->spki = spki;
	assert_int_equal(kvk_key_info_read(spki, &c->key), KVK_OK);
}

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	key_count = 0;
	fake_start(&f);
	f.anchor.spki = dsa(1, true);
	assert_int_equal(kvk_key_info_read(f.anchor.spki, &f.anchor.key), KVK_OK);
	leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Intermediate", 3, 2);
	intermediate = fake_ca(&f, "Intermediate", "Root", 2, 1);
	set_key(intermediate, dsa(2, false));
	set_key(tsp, dsa(3, false));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < KEYS; i++)
		kvk_blob_free(&keys[i]);
	fake_free(&f);
	return 0;
}

static void test_path(void **state)
{
	struct kvk_path_report report;
	struct kvk_path path;

	(void)state;
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		fake_build(&f, leaf, (enum kvk_manner)m, &path);
		assert_int_equal(path.count, 3);
		assert_ptr_equal(path.anchor, &f.anchor);
	}
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 0);
	assert_true(kvk_span_equal(kvk_path_parent_spki(&path, 1), f.anchor.spki));
	assert_true(kvk_span_equal(kvk_path_parent_spki(&path, 2), f.anchor.spki));
	assert_int_equal(kvk_path_parent_spki(&path, 3).n, 0);
	/* a key of another kind in between: nothing is left to inherit */
	set_key(intermediate, fake_spki(&f, 2));
	f.signatures.remembered = 0;
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 1);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_SIGNATURE, 0), 1);
	assert_true(report.failures[0].undetermined);
}

/* A CRL as far as it is looked at, signed with this key. */
static struct kvk_crl make_crl(const struct kvk_certificate *issuer, const uint8_t *signer)
{
	static const uint8_t algorithm[] = { 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70 };

	return (struct kvk_crl){
		.version = 2,
		.issuer = issuer->subject,
		.this_update = FAKE_NOW - KVK_DAY,
		.next_update = FAKE_NOW + KVK_DAY,
		.has_next_update = true,
		.algorithm = { algorithm, sizeof(algorithm) },
		.tbs = { signer, 1 },
		.signature = { signer, 1 },
	};
}

static enum kvk_revocation ask(const struct kvk_crl *crls, size_t n, struct kvk_span parent)
{
	struct kvk_crl_candidate candidates[2] = { { .crl = &crls[0] }, { .crl = &crls[n - 1] } };
	const struct kvk_crl_input in = {
		.certificate = leaf,
		.issuer = tsp,
		.anchor = &f.anchor,
		.crls = candidates,
		.crl_count = n,
		.at = FAKE_NOW,
		.signatures = &f.signatures,
		.pool = f.pool,
		.pool_count = f.pool_count,
		.issuer_parent_spki = parent,
	};
	struct kvk_revocation_answer answer;

	f.signatures.remembered = 0;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	return answer.state;
}

/* The issuer's key, and the key of another signer, whose parameters are on its own path. */
static void test_crl(void **state)
{
	static const uint8_t three[] = { 3 }, seven[] = { 7 }, one[] = { 1 };
	struct kvk_crl crls[2] = { make_crl(tsp, three), make_crl(tsp, three) };
	struct kvk_certificate *signer;
	const struct kvk_span none = { 0 };

	(void)state;
	f.pool_count = 0;
	assert_int_equal(ask(crls, 1, f.anchor.spki), KVK_REVOCATION_GOOD);
	assert_int_equal(ask(crls, 1, none), KVK_REVOCATION_UNDETERMINED);
	signer = fake_ca(&f, "Tsp", "Root", 7, 1);
	set_key(signer, dsa(7, false));
	crls[0] = make_crl(tsp, seven);
	assert_int_equal(ask(crls, 1, f.anchor.spki), KVK_REVOCATION_UNDETERMINED);
	crls[1] = make_crl(tsp, one);
	crls[1].issuer = f.anchor.name;
	assert_int_equal(ask(crls, 2, f.anchor.spki), KVK_REVOCATION_GOOD);
	crls[0] = make_crl(tsp, one);
	assert_int_equal(ask(crls, 2, f.anchor.spki), KVK_REVOCATION_UNDETERMINED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_path, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_crl, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

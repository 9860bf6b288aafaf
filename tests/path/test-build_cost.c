/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates that are made to keep the builder busy: names that are equal, but never octet for
 * octet, and as long as names are folded, so that every certificate may be the issuer of every
 * other. Half of the 50 milliseconds may go here.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/path/fake.h"
#include "tests/support/cost.h"

/* As many as are considered: an upload, what came with it, what was fetched. */
enum { POOL = 96, ATTRIBUTES = LISTS_ATTRIBUTES };

static struct kvk_certificate certificates[POOL + 1];
static uint8_t spkis[POOL + 1][FAKE_SPKI], octets[POOL + 1];
static struct kvk_blob names[POOL + 1][2];
static struct kvk_candidate pool[POOL];
/* Anchors whose name differs in the last attribute only: none is the issuer of any certificate. */
static struct kvk_anchor anchors[KVK_LIMIT_ANCHORS];
static struct kvk_blob anchor_names[KVK_LIMIT_ANCHORS];
static struct fake f;
static enum kvk_err answer;

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	(void)context;
	(void)spki;
	(void)algorithm;
	(void)data;
	(void)signature;
	return answer;
}

/* One of many ways to write one name; the last attribute says which. */
static struct kvk_span slow_name(struct kvk_blob *out, unsigned way, const char *end)
{
	struct kvk_der_writer w = { 0 };
	char text[32];

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < ATTRIBUTES; i++) {
		bool upper = way < 4 ? way % 2 : (way >> i % 8 & 1) != 0;

		snprintf(text, sizeof(text), "%s",
			upper ? "\xc3\x84\xc3\x84\xc3\x84 \xc3\x84  x" :
				"\xc3\xa4\xc3\xa4\xc3\xa4  \xc3\xa4 X");
		kvk_der_open(&w, KVK_DER_SET);
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, i + 1 < ATTRIBUTES ? KVK_OID_OU : KVK_OID_CN);
		kvk_der_put(&w, KVK_DER_UTF8_STRING, kvk_span_of(i + 1 < ATTRIBUTES ? text : end));
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
	assert_true(out->n <= KVK_LIMIT_NAME_FOLD);
	return kvk_span_of_blob(out);
}

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	f.signatures.verify = verify;
	for (unsigned i = 0; i <= POOL; i++) {
		struct kvk_certificate *c = &certificates[i];

		memset(c, 0, sizeof(*c));
		assert_int_equal(
			kvk_name_parse(slow_name(&names[i][0], i, "same"), false, &c->subject),
			KVK_OK);
		assert_int_equal(
			kvk_name_parse(slow_name(&names[i][1], 255 - i, "Same"), false, &c->issuer),
			KVK_OK);
		memcpy(spkis[i], f.anchor.spki.p, FAKE_SPKI);
		spkis[i][FAKE_SPKI - 1] = (uint8_t)(i + 2);
		c->version = 3;
		c->tbs = c->signature = c->serial = (struct kvk_span){ &octets[i], 1 };
		c->spki = (struct kvk_span){ spkis[i], FAKE_SPKI };
		assert_int_equal(kvk_key_info_read(c->spki, &c->key), KVK_OK);
		c->not_before = FAKE_NOW - KVK_DAY;
		c->not_after = FAKE_NOW + KVK_DAY;
		c->sha256[0] = (uint8_t)i;
		c->ext.has_basic_constraints = c->ext.ca = i > 0;
		if (i > 0)
			pool[i - 1].certificate = c;
	}
	for (unsigned i = 0; i < KVK_LIMIT_ANCHORS; i++) {
		anchors[i] = f.anchor;
		assert_int_equal(kvk_name_parse(slow_name(&anchor_names[i], i, "other"), false,
					 &anchors[i].name),
			KVK_OK);
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (unsigned i = 0; i <= POOL; i++) {
		kvk_name_free(&certificates[i].subject);
		kvk_name_free(&certificates[i].issuer);
		kvk_blob_free(&names[i][0]);
		kvk_blob_free(&names[i][1]);
	}
	for (unsigned i = 0; i < KVK_LIMIT_ANCHORS; i++) {
		kvk_name_free(&anchors[i].name);
		kvk_blob_free(&anchor_names[i]);
	}
	fake_free(&f);
	return 0;
}

struct building {
	struct kvk_build_input in;
	struct kvk_path path;
};

static void build(void *context)
{
	struct building *b = context;

	f.signatures.checked = f.signatures.remembered = 0;
	assert_int_equal(kvk_path_build(&b->in, &b->path), KVK_OK);
}

static void build_in_time(enum kvk_manner manner, size_t anchor_count)
{
	struct building b = {
		.in = {
			.leaf = &certificates[0],
			.candidates = pool,
			.candidate_count = POOL,
			.anchors = anchor_count > 0 ? anchors : &f.anchor,
			.anchor_count = anchor_count > 0 ? anchor_count : 1,
			.at = FAKE_NOW,
			.signatures = &f.signatures,
			.manner = manner,
		},
	};
	const double ms = cost_of(build, &b);

	print_message("%.1f ms, %u signatures\n", ms, f.signatures.checked);
	assert_true(ms < cost_limit(25));
	if (anchor_count > 0)
		return;
	assert_true(b.path.exhausted);
	assert_null(b.path.anchor);
	assert_true(b.path.count > 1);
	assert_int_equal(f.signatures.checked, KVK_LIMIT_SIGNATURES);
}

static void test_bad_signatures(void **state)
{
	(void)state;
	answer = KVK_ERR_SIGNATURE;
	build_in_time(KVK_MANNER_RFC5280, 0);
	build_in_time(KVK_MANNER_JAVA, 0);
}

static void test_good_signatures(void **state)
{
	(void)state;
	answer = KVK_OK;
	build_in_time(KVK_MANNER_RFC5280, 0);
	build_in_time(KVK_MANNER_JAVA, 0);
}

/* Each certificate is compared with all anchors, and is the issuer of none. */
static void test_many_anchors(void **state)
{
	(void)state;
	answer = KVK_ERR_SIGNATURE;
	build_in_time(KVK_MANNER_RFC5280, KVK_LIMIT_ANCHORS);
	build_in_time(KVK_MANNER_JAVA, KVK_LIMIT_ANCHORS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_bad_signatures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_many_anchors, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_good_signatures, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

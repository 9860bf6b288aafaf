/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/revocation/crls.h"
#include "tests/support/crl_issue.h"

/* What a reader says apart from why it cannot say: good, good with a date to come, revoked. */
enum { GOOD = -1, PLANNED = -2, REVOKED = -3 };

/* An entry: whom it is about, when (0: a day ago) and why (0: no reason). */
struct entry {
	enum { NOBODY, LEAF, ANOTHER } who;
	bool now;
	kvk_time ago;
	int reason;
};

/* An extension that nobody knows. */
enum unknown { NONE, UNCRITICAL, CRITICAL };

struct list {
	/* Who issued it, and whose key signed it: the TSP and its own where not set. */
	const char *issuer;
	unsigned key;
	/* issuingDistributionPoint, where one of these is set (kvk_crl_idp()). */
	const char *point;
	unsigned kinds, reasons;
	enum unknown unknown;
	struct entry entry;
	/* How much older than a day it is, and its cRLNumber (0: none). */
	kvk_time age;
	uint64_t number;
	/* It cannot be read as a CRL. */
	bool unreadable;
};

struct row {
	const char *what;
	/* How many CRLs there are, and which. */
	size_t n;
	struct list lists[3];
	/* The leaf has basicConstraints, or is even a CA; its distribution points, and the reasons
	 * of the first one. */
	bool constraints, ca;
	const char *points[2];
	uint32_t reasons;
	/* What the readers say: one of the above, or KVK_WHY_*. */
	int rfc, java;
	/* The CRL that decided, with 1 for the first; 0: none, or it does not matter. */
	int by;
};

static const struct row rows[] = {
	{ .what = "no CRL", .rfc = KVK_WHY_NO_CRL, .java = KVK_WHY_NO_CRL },
	{ .what = "not on it",
		.n = 1,
		.lists = { { .entry = { .who = ANOTHER } } },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "on it",
		.n = 1,
		.lists = { { .entry = { .who = LEAF,
				     .ago = KVK_HOUR,
				     .reason = KVK_REVOKED_KEY_COMPROMISE } } },
		.rfc = REVOKED,
		.java = REVOKED,
		.by = 1 },

	{ .what = "nobody else speaks for the TSP",
		.n = 1,
		.lists = { { .issuer = "Other" } },
		.rfc = KVK_WHY_NO_CRL,
		.java = KVK_WHY_NO_CRL },
	{ .what = "nor does another key",
		.n = 2,
		.lists = { { .issuer = "Other" }, { .key = 9 } },
		.rfc = KVK_WHY_CRL_SIGNATURE,
		.java = KVK_WHY_CRL_SIGNATURE,
		.by = 2 },
	{ .what = "names have no case",
		.n = 3,
		.lists = { { .issuer = "Other" }, { .key = 9 }, { .issuer = "tsp" } },
		.rfc = GOOD,
		.java = GOOD },

	/* Measured with Java 17; removeFromCRL has no meaning in a complete CRL. */
	{ .what = "an entry counts from its date on",
		.n = 1,
		.lists = { { .entry = { .who = LEAF, .now = true } } },
		.rfc = REVOKED,
		.java = PLANNED },
	{ .what = "removeFromCRL",
		.n = 1,
		.lists = { { .entry = { .who = LEAF,
				     .ago = KVK_SECOND,
				     .reason = KVK_REVOKED_REMOVE_FROM_CRL } } },
		.rfc = GOOD,
		.java = REVOKED },
	{ .what = "certificateHold",
		.n = 1,
		.lists = { { .entry = { .who = LEAF,
				     .ago = KVK_SECOND,
				     .reason = KVK_REVOKED_HOLD } } },
		.rfc = REVOKED,
		.java = REVOKED },

	/* Nobody knows which of two that are just as new came last: Java takes either. */
	{ .what = "the first of two of one date",
		.n = 2,
		.lists = { { .entry = { .who = LEAF, .ago = KVK_HOUR } }, { .key = 0 } },
		.rfc = REVOKED,
		.java = REVOKED,
		.by = 1 },
	{ .what = "the second of two of one date",
		.n = 2,
		.lists = { { .key = 0 }, { .entry = { .who = LEAF, .ago = KVK_HOUR } } },
		.rfc = REVOKED,
		.java = REVOKED,
		.by = 2 },
	{ .what = "the second of one date and number",
		.n = 2,
		.lists = { { .number = 7 },
			{ .number = 7, .entry = { .who = LEAF, .ago = KVK_HOUR } } },
		.rfc = REVOKED,
		.java = REVOKED,
		.by = 2 },
	{ .what = "one of one date without a number",
		.n = 2,
		.lists = { { .number = 7 }, { .entry = { .who = LEAF, .ago = KVK_HOUR } } },
		.rfc = REVOKED,
		.java = REVOKED,
		.by = 2 },
	{ .what = "the one of the higher number first",
		.n = 2,
		.lists = { { .number = 128 },
			{ .number = 127, .entry = { .who = LEAF, .ago = KVK_HOUR } } },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "the one of the higher number last",
		.n = 2,
		.lists = { { .number = 255, .entry = { .who = LEAF, .ago = KVK_HOUR } },
			{ .number = 256 } },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "a date before a number",
		.n = 2,
		.lists = { { .number = 9,
				   .age = KVK_HOUR,
				   .entry = { .who = LEAF, .ago = KVK_HOUR } },
			{ .number = 8 } },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "one of one date that another key signed",
		.n = 2,
		.lists = { { .key = 0 }, { .key = 9, .entry = { .who = LEAF, .ago = KVK_HOUR } } },
		.rfc = GOOD,
		.java = GOOD },

	{ .what = "a critical extension that nobody knows",
		.n = 1,
		.lists = { { .unknown = CRITICAL, .entry = { .who = LEAF } } },
		.rfc = KVK_WHY_CRL_CRITICAL,
		.java = KVK_WHY_CRL_CRITICAL },
	{ .what = "one that is not critical",
		.n = 1,
		.lists = { { .unknown = UNCRITICAL } },
		.rfc = GOOD,
		.java = GOOD },

	{ .what = "of users: a user",
		.n = 1,
		.lists = { { .kinds = 1 } },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "of users: a CA",
		.n = 1,
		.lists = { { .kinds = 1 } },
		.ca = true,
		.rfc = KVK_WHY_CRL_SCOPE,
		.java = KVK_WHY_CRL_SCOPE },
	{ .what = "of CAs: a CA",
		.n = 1,
		.lists = { { .kinds = 2 } },
		.ca = true,
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "of CAs: a user",
		.n = 1,
		.lists = { { .kinds = 2 } },
		.constraints = true,
		.rfc = KVK_WHY_CRL_SCOPE,
		.java = KVK_WHY_CRL_SCOPE },
	{ .what = "of attribute certificates",
		.n = 1,
		.lists = { { .kinds = 5 } },
		.rfc = KVK_WHY_CRL_SCOPE,
		.java = KVK_WHY_CRL_SCOPE },

	{ .what = "the CRL is of a part; of which is the certificate?",
		.n = 1,
		.lists = { { .point = "http://crl.example/a" } },
		.rfc = KVK_WHY_CRL_SCOPE,
		.java = KVK_WHY_CRL_SCOPE },
	{ .what = "of another part",
		.n = 1,
		.lists = { { .point = "http://crl.example/a" } },
		.points = { "http://crl.example/b" },
		.rfc = KVK_WHY_CRL_SCOPE,
		.java = KVK_WHY_CRL_SCOPE },
	{ .what = "of that part, too; scheme and host have no case",
		.n = 1,
		.lists = { { .point = "http://crl.example/a" } },
		.points = { "http://crl.example/b", "HTTP://CRL.example/a" },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "the path has a case",
		.n = 1,
		.lists = { { .point = "http://crl.example/a" } },
		.points = { "http://crl.example/b", "http://crl.example/A" },
		.rfc = KVK_WHY_CRL_SCOPE,
		.java = KVK_WHY_CRL_SCOPE },
	{ .what = "a complete CRL serves every point",
		.n = 1,
		.points = { "http://crl.example/b", "http://crl.example/A" },
		.rfc = GOOD,
		.java = GOOD },
	/* The RFC then asks the point that is implied, Java does not. */
	{ .what = "a point for some reasons leaves the others open",
		.n = 1,
		.points = { "http://crl.example/a" },
		.reasons = 0x02,
		.rfc = GOOD,
		.java = KVK_WHY_CRL_REASONS },

	/* Measured: Java counts the unused bit too, so parts never make a whole. */
	{ .what = "some reasons",
		.n = 1,
		.lists = { { .reasons = 0x06 } },
		.rfc = KVK_WHY_CRL_REASONS,
		.java = KVK_WHY_CRL_REASONS },
	{ .what = "reasons add up",
		.n = 2,
		.lists = { { .reasons = 0x06 }, { .reasons = 0x1f8 } },
		.rfc = GOOD,
		.java = KVK_WHY_CRL_REASONS },
	{ .what = "revoked for one reason is revoked",
		.n = 2,
		.lists = { { .reasons = 0x06 },
			{ .reasons = 0x1f8,
				.entry = { .who = LEAF, .reason = KVK_REVOKED_SUPERSEDED } } },
		.rfc = REVOKED,
		.java = KVK_WHY_CRL_REASONS },

	{ .what = "the newest is asked: it stands last",
		.n = 3,
		.lists = { { .age = KVK_DAY,
				   .entry = { .who = LEAF,
					   .ago = 2 * KVK_DAY,
					   .reason = KVK_REVOKED_HOLD } },
			{ 0 }, { .unreadable = true } },
		.rfc = GOOD,
		.java = GOOD },
	{ .what = "the newest is asked: it revokes",
		.n = 2,
		.lists = { { .age = 2 * KVK_DAY },
			{ .entry = { .who = LEAF,
				  .ago = 2 * KVK_DAY,
				  .reason = KVK_REVOKED_HOLD } } },
		.rfc = REVOKED,
		.java = REVOKED,
		.by = 2 },
	{ .what = "a CRL that cannot be read",
		.n = 1,
		.lists = { { .unreadable = true } },
		.rfc = KVK_WHY_CRL_UNREADABLE,
		.java = KVK_WHY_CRL_UNREADABLE,
		.by = 1 },
};

static kvk_time date_of(const struct entry *entry)
{
	return entry->now ? FAKE_NOW : FAKE_NOW - (entry->ago > 0 ? entry->ago : KVK_DAY);
}

static void make_list(const struct list *list)
{
	const struct entry *entry = &list->entry;

	if (list->unreadable) {
		crls[count++].crl = NULL;
		return;
	}
	issue.this_update -= list->age;
	if (list->number > 0)
		kvk_crl_number(&issue, list->number);
	if (list->point != NULL || list->kinds > 0 || list->reasons > 0)
		kvk_crl_idp(&issue, list->point, list->kinds, list->reasons);
	if (list->unknown != NONE)
		kvk_crl_extension(
			&issue, "1.2.3.4", list->unknown == CRITICAL, kvk_span_of("\x05\x00"));
	if (entry->who != NOBODY)
		kvk_crl_revoke(&issue, entry->who == LEAF ? leaf->serial : kvk_span_of("\x63"),
			date_of(entry), entry->reason > 0 ? entry->reason : -1);
	finish(list->issuer != NULL ? list->issuer : "Tsp", list->key > 0 ? list->key : 3);
}

static void make_leaf(const struct row *row)
{
	leaf->ext.has_basic_constraints = row->constraints || row->ca;
	leaf->ext.ca = row->ca;
	for (size_t i = 0; i < 2 && row->points[i] != NULL; i++)
		give_point(leaf)->full_name = uri(row->points[i]);
	leaf->ext.crl_points[0].has_reasons = row->reasons > 0;
	leaf->ext.crl_points[0].reasons = row->reasons;
}

static void check_row(const struct row *row, enum kvk_manner manner, int wanted)
{
	const struct entry *entry = row->by > 0 ? &row->lists[row->by - 1].entry : NULL;

	if (wanted == REVOKED)
		expect_revoked((int)manner);
	else if (wanted == GOOD || wanted == PLANNED)
		expect_good((int)manner);
	else
		expect_open((int)manner, (enum kvk_revocation_why)wanted);
	assert_int_equal(answer.planned, wanted == PLANNED);
	if (wanted == PLANNED)
		assert_int_equal(answer.date, FAKE_NOW);
	if (wanted == KVK_WHY_NO_CRL)
		assert_int_equal(answer.crl, -1);
	if (entry == NULL)
		return;
	assert_int_equal(answer.crl, row->by - 1);
	if (wanted == REVOKED) {
		assert_true(answer.date == date_of(entry));
		assert_int_equal(answer.has_reason, entry->reason > 0);
		assert_int_equal(answer.reason, entry->reason);
	}
}

static void test_rows(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].what);
		set_up(state);
		for (size_t n = 0; n < rows[i].n; n++)
			make_list(&rows[i].lists[n]);
		make_leaf(&rows[i]);
		check_row(&rows[i], KVK_MANNER_RFC5280, rows[i].rfc);
		check_row(&rows[i], KVK_MANNER_JAVA, rows[i].java);
		tear_down(state);
	}
}

/* Serial numbers are octets: no prefix, no sign, no leading zero. */
static void test_serials(void **state)
{
	static const struct {
		size_t n;
		uint8_t octets[5];
		bool same;
	} serials[] = {
		{ 2, { 0x00, 0x80 }, false },
		{ 4, { 0x00, 0x80, 0x01, 0x00 }, false },
		{ 2, { 0x80, 0x01 }, false },
		{ 3, { 0x00, 0x80, 0x01 }, true },
		/* written with octets too many it is the same number, to Java too */
		{ 5, { 0x00, 0x00, 0x00, 0x80, 0x01 }, true },
	};
	const struct kvk_span mine = { .p = serials[3].octets, .n = serials[3].n };

	for (size_t i = 0; i < sizeof(serials) / sizeof(serials[0]); i++) {
		set_up(state);
		leaf->serial = mine;
		/* after all those before it that are others */
		for (size_t n = 0; n <= i; n++) {
			const struct kvk_span serial = { serials[n].octets, serials[n].n };

			if (n == i || !serials[n].same)
				kvk_crl_revoke(&issue, serial, 0, -1);
		}
		finish("Tsp", 3);
		if (serials[i].same)
			expect_revoked(BOTH);
		else
			expect_good(BOTH);
		tear_down(state);
	}
}

static void test_signature_open(void **state)
{
	(void)state;
	finish("Tsp", FAKE_UNHANDLED);
	expect_open(BOTH, KVK_WHY_CRL_ALGORITHM);
	f.signatures.remembered = 0;
	f.signatures.budget = f.signatures.checked;
	expect_open(BOTH, KVK_WHY_BUDGET);
}

static void test_may_sign(void **state)
{
	(void)state;
	finish("Tsp", 3);
	tsp->ext.key_usage = KVK_KU_KEY_CERT_SIGN;
	expect_open(BOTH, KVK_WHY_CRL_SIGN);
	tsp->ext.has_key_usage = false;
	expect_good(KVK_MANNER_RFC5280);
}

/* Of an anchor name and key count, and to the RFC its key usage. */
static void test_anchor_signs(void **state)
{
	struct kvk_certificate *root = fake_ca(&f, "Root", "Root", 1, 1);
	struct kvk_crl_input in;

	(void)state;
	finish("Root", 1);
	in = input_of(tsp, NULL);
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, KVK_REVOCATION_GOOD);
	f.anchor.certificate = root;
	root->ext.key_usage = KVK_KU_KEY_CERT_SIGN;
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		in.manner = (enum kvk_manner)m;
		assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
		assert_int_equal(answer.state == KVK_REVOCATION_GOOD, in.manner == KVK_MANNER_JAVA);
	}
	root->ext.has_key_usage = false;
	in.manner = KVK_MANNER_RFC5280;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, KVK_REVOCATION_GOOD);
	in.anchor = NULL;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, KVK_REVOCATION_UNDETERMINED);
}

static void test_times(void **state)
{
	static const struct {
		kvk_time this_update, next_update;
		int rfc, java;
	} times[] = {
		{ 0, 0, KVK_WHY_DETERMINED, KVK_WHY_DETERMINED },
		{ 1, KVK_HOUR, KVK_WHY_CRL_EARLY, KVK_WHY_DETERMINED },
		{ 15 * KVK_MINUTE, KVK_HOUR, KVK_WHY_CRL_EARLY, KVK_WHY_DETERMINED },
		{ 15 * KVK_MINUTE + 1, KVK_HOUR, KVK_WHY_CRL_EARLY, KVK_WHY_CRL_EARLY },
		{ -KVK_DAY, -1, KVK_WHY_CRL_STALE, KVK_WHY_DETERMINED },
		{ -KVK_DAY, -15 * KVK_MINUTE, KVK_WHY_CRL_STALE, KVK_WHY_DETERMINED },
		{ -KVK_DAY, -15 * KVK_MINUTE - 1, KVK_WHY_CRL_STALE, KVK_WHY_CRL_STALE },
	};
	struct kvk_crl *crl = finish("Tsp", 3);

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		crl->this_update = FAKE_NOW + times[i].this_update;
		crl->next_update = FAKE_NOW + times[i].next_update;
		ask(KVK_MANNER_RFC5280);
		assert_int_equal(answer.why, times[i].rfc);
		ask(KVK_MANNER_JAVA);
		assert_int_equal(answer.why, times[i].java);
	}
	crl->next_update = FAKE_NOW + KVK_DAY;
	crl->this_update = FAKE_NOW - KVK_DAY;
	crl->has_next_update = false;
	expect_open(BOTH, KVK_WHY_CRL_STALE);
}

/* A name relative to the issuer's, on both sides. */
static void test_relative_name(void **state)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_blob rdn = { 0 };
	struct kvk_crl *crl;

	(void)state;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_CN);
	kvk_der_put_text(&w, "part");
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &rdn), KVK_OK);
	kvk_crl_idp(&issue, NULL, 1, 0);
	crl = finish("Tsp", 3);
	crl->idp_point.relative_name = kvk_span_of_blob(&rdn);
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	give_point(leaf)->relative_name = kvk_span_of_blob(&rdn);
	expect_good(BOTH);
	kvk_blob_free(&rdn);
}

/* Entries that end in the middle say nothing about what they do not hold. */
static void test_cut_off(void **state)
{
	(void)state;
	crls[count++].crl = NULL;
	revoke_leaf(0, -1);
	finish("Tsp", 3)->entries.n--;
	expect_open(BOTH, KVK_WHY_CRL_UNREADABLE);
}

static void test_words(void **state)
{
	(void)state;
	for (int i = 0; i < KVK_REVOCATION_WHY_COUNT; i++) {
		assert_non_null(kvk_revocation_why_id((enum kvk_revocation_why)i));
		assert_true(kvk_revocation_why_text((enum kvk_revocation_why)i)[0] != '\0');
	}
	assert_string_equal(kvk_revocation_why_id(KVK_WHY_CRL_SIGNER), "crl-signer");
	assert_string_equal(kvk_revocation_why_id(KVK_REVOCATION_WHY_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_serials),
		TEST(test_signature_open),
		TEST(test_may_sign),
		TEST(test_anchor_signs),
		TEST(test_times),
		TEST(test_relative_name),
		TEST(test_cut_off),
		TEST(test_words),
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}

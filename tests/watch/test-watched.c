/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/word.h"
#include "crypto/hash.h"
#include "cert/pem.h"
#include "watch/watched.h"
#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"

static void assert_leaf(const struct kvk_watched *watched, const struct delivery *made)
{
	uint8_t sha256[KVK_SHA256_SIZE];

	assert_int_equal(kvk_sha256(kvk_span_of_blob(&made->leaf), sha256), KVK_OK);
	assert_true(watched->certificate.present);
	assert_memory_equal(watched->certificate.sha256, sha256, KVK_SHA256_SIZE);
	assert_string_equal(watched->name, "api.example.nl");
	assert_true(watched->certificate.holder.known);
	assert_string_equal(watched->certificate.holder.cn, "api.example.nl");
	assert_string_equal(watched->certificate.holder.number, "00000003687501100000");
	/* 2027-12-24T10:59:59Z: a second before 397 days after the practice hour. */
	assert_int_equal(
		watched->certificate.not_after, DELIVERY_NOW - KVK_HOUR + 397 * KVK_DAY - 1000);
}

static void the_leaf_is_watched_wherever_it_stands(void **state)
{
	const struct delivery_options options = { 0 };
	struct delivery made = { 0 };
	struct kvk_watched watched;
	struct kvk_blob pem = { 0 };

	(void)state;
	assert_int_equal(delivery_make(&options, &made), KVK_OK);
	put("der", kvk_span_of_blob(&made.leaf));
	assert_int_equal(kvk_watched_read(below("der"), NULL, &watched), KVK_OK);
	assert_leaf(&watched, &made);
	put("pem", kvk_span_of_blob(&made.upload));
	assert_int_equal(kvk_watched_read(below("pem"), NULL, &watched), KVK_OK);
	assert_leaf(&watched, &made);
	assert_int_equal(kvk_blob_append(&pem, kvk_span_of_blob(&made.chain_pem)), KVK_OK);
	assert_int_equal(kvk_blob_append(&pem, kvk_span_of_blob(&made.upload)), KVK_OK);
	put("last", kvk_span_of_blob(&pem));
	assert_int_equal(kvk_watched_read(below("last"), NULL, &watched), KVK_OK);
	assert_leaf(&watched, &made);
	/* CAs alone: the first. */
	put("cas", kvk_span_of_blob(&made.chain_pem));
	assert_int_equal(kvk_watched_read(below("cas"), NULL, &watched), KVK_OK);
	assert_string_equal(watched.name, "kvkcsr-practice-tsp-ca-g4-shape");
	assert_true(watched.certificate.holder.known);
	assert_string_equal(watched.certificate.holder.cn, "");
	kvk_blob_free(&pem);
	delivery_free(&made);
}

/* Appends DER as PEM, with one character of the base64 changed where it is to be damaged. */
static void append_pem(struct kvk_blob *out, struct kvk_span der, bool damaged)
{
	const size_t before = out->n;

	assert_int_equal(kvk_pem_write(out, "CERTIFICATE", der), KVK_OK);
	if (damaged)
		out->p[before + 100] = '!';
}

/* Two deliveries of one TSP, and a file made of their certificates. */
struct files {
	struct delivery old, new;
	struct kvk_blob pem;
};

static void begin_file(struct files *f)
{
	const struct delivery_options later = { .now = DELIVERY_NOW + KVK_DAY };
	const struct delivery_options now = { 0 };

	memset(f, 0, sizeof *f);
	assert_int_equal(delivery_make(&now, &f->old), KVK_OK);
	assert_int_equal(delivery_make(&later, &f->new), KVK_OK);
}

static enum kvk_err read_back(
	struct files *f, const struct kvk_entry_certificate *known, struct kvk_watched *out)
{
	put("file", kvk_span_of_blob(&f->pem));
	kvk_blob_clear(&f->pem);
	return kvk_watched_read(below("file"), known, out);
}

static void end_file(struct files *f)
{
	kvk_blob_free(&f->pem);
	delivery_free(&f->old);
	delivery_free(&f->new);
}

/* An end certificate that is damaged or gone is never "renewed" by a CA of the file. */
static void a_ca_never_takes_the_place_of_a_leaf(void **state)
{
	struct kvk_watched first, next;
	struct files f;

	(void)state;
	begin_file(&f);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.leaf), true);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.ca[KVK_PRACTICE_TSP]), false);
	assert_int_equal(read_back(&f, NULL, &first), KVK_ERR_FORMAT);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.leaf), false);
	assert_int_equal(read_back(&f, NULL, &first), KVK_OK);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.ca[KVK_PRACTICE_TSP]), false);
	assert_int_equal(read_back(&f, &first.certificate, &next), KVK_ERR_FORMAT);
	/* One that was a CA from the start stays one. */
	append_pem(&f.pem, kvk_span_of_blob(&f.old.ca[KVK_PRACTICE_TSP]), false);
	assert_int_equal(read_back(&f, NULL, &first), KVK_OK);
	assert_true(first.certificate.ca);
	append_pem(&f.pem, kvk_span_of_blob(&f.new.ca[KVK_PRACTICE_TSP]), false);
	assert_int_equal(read_back(&f, &first.certificate, &next), KVK_OK);
	end_file(&f);
}

/* The entries of a file: the same certificate stays, a later one renews, and the rest is new. */
static void certificates_are_matched_whatever_their_order(void **state)
{
	const struct delivery_options somebody = { .domain = "other.example.nl" };
	const struct kvk_entry_certificate *known[2];
	struct kvk_watched_file before, after;
	struct delivery other = { 0 };
	size_t match[2];
	struct files f;

	(void)state;
	begin_file(&f);
	assert_int_equal(delivery_make(&somebody, &other), KVK_OK);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.leaf), false);
	append_pem(&f.pem, kvk_span_of_blob(&other.leaf), false);
	assert_int_equal(kvk_watched_file_read(&f.pem, &before), KVK_OK);
	assert_int_equal(before.ends, 2);
	for (size_t i = 0; i < 2; i++)
		known[i] = &kvk_watched_at(&before, i)->certificate;
	for (int turned = 0; turned < 2; turned++) {
		append_pem(&f.pem, kvk_span_of_blob(turned ? &f.new.leaf : &other.leaf), false);
		append_pem(&f.pem, kvk_span_of_blob(turned ? &other.leaf : &f.new.leaf), false);
		append_pem(&f.pem, kvk_span_of_blob(&other.leaf), false);
		append_pem(&f.pem, kvk_span_of_blob(&f.old.ca[KVK_PRACTICE_TSP]), false);
		assert_int_equal(kvk_watched_file_read(&f.pem, &after), KVK_OK);
		assert_int_equal(after.ends, 2);
		assert_int_equal(after.list.count, 3);
		kvk_watched_match(&after, known, 2, match);
		for (size_t i = 0; i < 2; i++) {
			assert_int_not_equal(match[i], KVK_WATCHED_NONE);
			assert_string_equal(kvk_watched_at(&after, match[i])->certificate.holder.cn,
				known[i]->holder.cn);
		}
		kvk_watched_file_free(&after);
	}
	/* What is gone has no match, and nobody else's takes its place. */
	append_pem(&f.pem, kvk_span_of_blob(&other.leaf), false);
	assert_int_equal(kvk_watched_file_read(&f.pem, &after), KVK_OK);
	kvk_watched_match(&after, known, 2, match);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
			match[i] == 0, strcmp(known[i]->holder.cn, "other.example.nl") == 0);
	kvk_watched_file_free(&after);
	kvk_watched_file_free(&before);
	delivery_free(&other);
	end_file(&f);
}

/* Which of two is damaged cannot be known: only the one that was watched is sure. */
static void a_damaged_one_may_be_the_one_that_counts(void **state)
{
	struct kvk_watched first, next;
	struct files f;

	(void)state;
	begin_file(&f);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.leaf), false);
	assert_int_equal(read_back(&f, NULL, &first), KVK_OK);
	append_pem(&f.pem, kvk_span_of_blob(&f.new.leaf), false);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.leaf), true);
	assert_int_equal(read_back(&f, &first.certificate, &next), KVK_ERR_FORMAT);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.leaf), false);
	append_pem(&f.pem, kvk_span_of_blob(&f.old.ca[KVK_PRACTICE_TSP]), true);
	assert_int_equal(read_back(&f, &first.certificate, &next), KVK_OK);
	end_file(&f);
}

static void of_two_of_one_name_the_later_counts(void **state)
{
	struct kvk_watched watched;
	struct files f;

	(void)state;
	begin_file(&f);
	for (int i = 0; i < 2; i++) {
		append_pem(&f.pem, kvk_span_of_blob(i == 0 ? &f.old.leaf : &f.new.leaf), false);
		append_pem(&f.pem, kvk_span_of_blob(i == 0 ? &f.new.leaf : &f.old.leaf), false);
		assert_int_equal(read_back(&f, NULL, &watched), KVK_OK);
		assert_true(watched.certificate.not_after > DELIVERY_NOW + 397 * KVK_DAY);
	}
	end_file(&f);
}

/* The CAs of a practice delivery outlive its leaf, so that a leaf of many years ends after one. */
static void the_earliest_end_on_the_path_counts(void **state)
{
	const struct delivery_options long_one = { .days = 365 * 30 };
	struct delivery made = { 0 };
	struct kvk_watched watched;
	struct kvk_blob pem = { 0 };

	(void)state;
	assert_int_equal(delivery_make(&long_one, &made), KVK_OK);
	put("file", kvk_span_of_blob(&made.leaf));
	assert_int_equal(kvk_watched_read(below("file"), NULL, &watched), KVK_OK);
	assert_string_equal(watched.certificate.ends_by, KVK_ENDS_BY_LEAF);
	assert_int_equal(watched.certificate.ends, watched.certificate.not_after);
	append_pem(&pem, kvk_span_of_blob(&made.leaf), false);
	append_pem(&pem, kvk_span_of_blob(&made.ca[KVK_PRACTICE_TSP]), false);
	put("file", kvk_span_of_blob(&pem));
	assert_int_equal(kvk_watched_read(below("file"), NULL, &watched), KVK_OK);
	assert_string_equal(watched.certificate.ends_by, "KVKCSR PRACTICE TSP CA - G4 shape");
	assert_true(watched.certificate.ends < watched.certificate.not_after);
	kvk_blob_free(&pem);
	delivery_free(&made);
}

static void what_is_no_certificate_is_an_error(void **state)
{
	struct kvk_watched watched;

	(void)state;
	assert_int_equal(kvk_watched_read(below("none"), NULL, &watched), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_watched_read(scratch, NULL, &watched), KVK_ERR_NOT_REGULAR);
	assert_int_equal(mkfifo(below("pipe"), 0600), 0);
	assert_int_equal(kvk_watched_read(below("pipe"), NULL, &watched), KVK_ERR_NOT_REGULAR);
	put_text("empty", "");
	assert_int_equal(kvk_watched_read(below("empty"), NULL, &watched), KVK_ERR_FORMAT);
	put_text("text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
	assert_int_equal(kvk_watched_read(below("text"), NULL, &watched), KVK_ERR_FORMAT);
	assert_false(watched.certificate.present);
}

static bool is_damaged(const void *p, size_t n)
{
	struct kvk_watched_file file = KVK_WATCHED_FILE_INIT;
	struct kvk_blob bytes = { 0 };
	bool damaged;

	assert_int_equal(kvk_blob_append(&bytes, (struct kvk_span){ p, n }), KVK_OK);
	assert_int_equal(kvk_watched_file_read(&bytes, &file), KVK_OK);
	damaged = file.damaged;
	kvk_watched_file_free(&file);
	kvk_blob_free(&bytes);
	return damaged;
}

/* Wherever a certificate in DER is cut off it is damaged; a text that begins with "0" is not. */
static void what_is_cut_off_is_told_from_a_text(void **state)
{
	struct kvk_span der;
	struct files f;

	(void)state;
	assert_false(is_damaged("01\n", 3));
	assert_false(is_damaged("0", 1));
	assert_false(is_damaged("000102030405\n", 13));
	begin_file(&f);
	der = kvk_span_of_blob(&f.old.leaf);
	assert_false(is_damaged(der.p, der.n));
	for (size_t n = 5; n < der.n; n++)
		assert_true(is_damaged(der.p, n));
	end_file(&f);
}

static bool has_key(const char *p, size_t n)
{
	struct kvk_blob bytes = { 0 };
	bool found;

	assert_int_equal(
		kvk_blob_append(&bytes, (struct kvk_span){ (const uint8_t *)p, n }), KVK_OK);
	found = kvk_watched_has_key(&bytes);
	kvk_blob_free(&bytes);
	return found;
}

#define HAS_KEY(text) has_key(text, sizeof(text) - 1)

static void a_key_is_known_by_how_it_begins(void **state)
{
	(void)state;
	/* SEC 1, PKCS#8 of an elliptic curve and of Ed25519, PKCS#1, PKCS#8 of RSA. */
	assert_true(HAS_KEY("\x30\x77\x02\x01\x01\x04\x20"));
	assert_true(HAS_KEY("\x30\x81\x87\x02\x01\x00\x30\x13"));
	assert_true(HAS_KEY("\x30\x2e\x02\x01\x00\x30\x05"));
	assert_true(HAS_KEY("\x30\x82\x04\xa4\x02\x01\x00\x02\x82"));
	assert_true(HAS_KEY("\x30\x82\x04\xbe\x02\x01\x00\x30\x0d"));
	assert_true(HAS_KEY("x\n-----BEGIN EC PRIVATE KEY-----\n"));
	/* PKCS#12, a signature, a public key, a certificate, and what is cut off. */
	assert_false(HAS_KEY("\x30\x82\x04\xa4\x02\x01\x03\x30\x82"));
	assert_false(HAS_KEY("\x30\x44\x02\x20\x01\x02\x03"));
	assert_false(HAS_KEY("\x30\x82\x01\x0a\x02\x82\x01\x01\x00"));
	assert_false(HAS_KEY("\x30\x82\x04\xa4\x30\x82\x01\x01\x00"));
	assert_false(HAS_KEY("\x30\x77\x02\x01\x01"));
	assert_false(HAS_KEY("\x30\xff\x02\x01\x01"));
	assert_false(HAS_KEY("\x30"));
	assert_false(HAS_KEY(""));
}

static void a_file_that_is_too_large_is_not_read(void **state)
{
	static uint8_t large[KVK_LIMIT_FILE + 1];
	struct kvk_watched watched;

	(void)state;
	put("large", (struct kvk_span){ large, sizeof large });
	assert_int_equal(kvk_watched_read(below("large"), NULL, &watched), KVK_ERR_LIMIT);
}

static void names_are_made_of_any_text(void **state)
{
	static const struct {
		const char *text, *name;
	} cases[] = {
		{ "api.example.nl", "api.example.nl" },
		{ "*.Example.NL", "example.nl" },
		{ "Voorbeeld B.V.", "voorbeeld-b.v" },
		{ "a..b", "a.b" },
		{ "a. .b", "a.-b" },
		{ "-.-", "" },
		{ "../../etc/passwd", "etcpasswd" },
		{ "\xc3\xa9t\xc3\xa9 1", "t-1" },
		{ "a\033[2Jb", "a2jb" },
		{ "", "" },
	};
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	char all[3] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		kvk_watched_name(cases[i].text, name);
		assert_string_equal(name, cases[i].name);
	}
	/* Whatever comes in, what comes out is a name or nothing. */
	for (unsigned i = 0; i < 65536; i++) {
		all[0] = (char)(i >> 8);
		all[1] = (char)i;
		kvk_watched_name(all, name);
		assert_true(name[0] == '\0' || kvk_entry_name_valid(name));
	}
	kvk_watched_name("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", name);
	assert_int_equal(strlen(name), 63);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(the_leaf_is_watched_wherever_it_stands),
		TEST(a_ca_never_takes_the_place_of_a_leaf),
		TEST(certificates_are_matched_whatever_their_order),
		TEST(a_damaged_one_may_be_the_one_that_counts),
		TEST(of_two_of_one_name_the_later_counts),
		TEST(the_earliest_end_on_the_path_counts),
		TEST(what_is_no_certificate_is_an_error),
		TEST(what_is_cut_off_is_told_from_a_text),
		TEST(a_key_is_known_by_how_it_begins),
		TEST(a_file_that_is_too_large_is_not_read),
		TEST(names_are_made_of_any_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

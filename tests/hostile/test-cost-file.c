/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that are made to cost time before a certificate is even found in them, or in reading one
 * (H22): each is evaluated completely within 50 ms, and none is accepted.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cert/pem.h"
#include "der/writer.h"
#include "tests/hostile/measure.h"

static struct measure w;

static int tear_down(void **state)
{
	(void)state;
	measure_free(&w);
	return 0;
}

/* A file of a mebibyte that repeats one piece. */
static void fill(const char *piece)
{
	const struct kvk_span bytes = kvk_span_of(piece);

	while (w.file.n + bytes.n <= KVK_LIMIT_FILE)
		assert_int_equal(kvk_blob_append(&w.file, bytes), KVK_OK);
}

static void files_full_of_beginnings(void **state)
{
	static const char *const pieces[] = { "-----BEGIN CERTIFICATE-----\n", "-----BEGIN ",
		"-----BEGIN A-----\nAAAA\n-----END A-----\n", "-----", "-", "\n", "\r", " ",
		"-----BEGIN A-----\nA: b\n\n", "0", "-----BEGIN CERTIFICATE-----\nMIIB" };

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		fill(pieces[i]);
		measure_refused(&w);
		measure_free(&w);
	}
}

/* A file of a mebibyte of good certificates, and one leaf too many. */
static void a_file_full_of_certificates(void **state)
{
	struct kvk_blob der = { 0 };

	(void)state;
	for (unsigned i = 0; w.file.n < KVK_LIMIT_FILE - 4096; i++) {
		struct kvk_issue issue;

		if (der.n == 0 || i < 300) {
			measure_leaf(&issue, "api.example.nl");
			measure_key(&issue, i);
			measure_sign(&issue, "Elsewhere", &der);
		}
		assert_int_equal(
			kvk_pem_write(&w.file, "CERTIFICATE", kvk_span_of_blob(&der)), KVK_OK);
	}
	kvk_blob_free(&der);
	measure_trust(&w, "Elsewhere");
	measure_refused(&w);
}

/* DER and BER as deep as a file can be, and as broad. */
static void deep_and_broad_encodings(void **state)
{
	static const uint8_t pieces[][4] = { { 0x30, 0x80, 0x30, 0x80 }, { 0x24, 0x80, 0x24, 0x80 },
		{ 0x30, 0x00, 0x30, 0x00 }, { 0x31, 0x02, 0x05, 0x00 },
		{ 0x02, 0x01, 0x01, 0x05 } };
	static const uint8_t head[] = { 0x30, 0x83, 0x0f, 0xff, 0xf0 };

	(void)state;
	for (size_t i = 0; i < 2 * (sizeof(pieces) / sizeof(pieces[0])); i++) {
		if (i % 2)
			assert_int_equal(
				kvk_blob_append(&w.file, (struct kvk_span){ head, sizeof(head) }),
				KVK_OK);
		while (w.file.n + 4 <= KVK_LIMIT_FILE)
			assert_int_equal(
				kvk_blob_append(&w.file, (struct kvk_span){ pieces[i / 2], 4 }),
				KVK_OK);
		measure_refused(&w);
		measure_free(&w);
	}
}

/* One certificate with as many small values as 64 KiB hold, in a subject, a name and a policy. */
static void a_certificate_of_crumbs(void **state)
{
	static const char *const oids[] = { "2.5.29.17", "2.5.29.32", "2.5.29.37", "2.5.29.30",
		"2.5.29.31", "1.3.6.1.5.5.7.1.1", "1.2.3" };

	(void)state;
	for (size_t i = 0; i < sizeof(oids) / sizeof(oids[0]); i++) {
		struct kvk_der_writer writer = { 0 };
		struct kvk_blob value = { 0 }, der = { 0 };
		struct kvk_issue issue;

		kvk_der_open(&writer, KVK_DER_SEQUENCE);
		for (unsigned n = 0; n < 15000; n++)
			kvk_der_put(&writer, 0x82, kvk_span_of("a."));
		kvk_der_close(&writer);
		assert_int_equal(kvk_der_write_done(&writer, &value), KVK_OK);
		kvk_der_writer_free(&writer);
		measure_leaf(&issue, "api.example.nl");
		kvk_issue_extension(&issue, oids[i], i % 2 == 1, kvk_span_of_blob(&value));
		measure_sign(&issue, "Elsewhere", &der);
		measure_add(&w, &der);
		kvk_blob_free(&value);
		measure_trust(&w, "Elsewhere");
		measure_refused(&w);
		measure_free(&w);
	}
}

#define CASE(function) cmocka_unit_test_teardown(function, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(files_full_of_beginnings),
		CASE(a_file_full_of_certificates),
		CASE(deep_and_broad_encodings),
		CASE(a_certificate_of_crumbs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

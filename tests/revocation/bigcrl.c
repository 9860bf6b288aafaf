/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bigcrl DIR ENTRIES: a practice delivery whose TSP's CRL has that many entries, none of them the
 * leaf; in revoked.crl the leaf is the last one. For the test and the benchmark of large CRLs.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "cert/certificate.h"
#include "der/writer.h"
#include "practice/practice.h"
#include "tests/support/crl_issue.h"
#include "tests/support/tsp.h"

#define SERIAL 16
/* 2026-11-22T12:00:00Z */
#define NOW ((kvk_time)1795348800 * KVK_SECOND)

static void check(enum kvk_err err, const char *what)
{
	if (err == KVK_OK)
		return;
	fprintf(stderr, "bigcrl: %s: %s\n", what, kvk_error_name(err));
	exit(1);
}

/* One revokedCertificates entry: SEQUENCE { INTEGER, UTCTime }. */
static void append_entry(struct kvk_blob *out, struct kvk_span serial)
{
	static const char time[] = "\x17\x0d"
				   "261001000000Z";

	check(kvk_blob_append_byte(out, 0x30), "memory");
	check(kvk_blob_append_byte(out, (uint8_t)(2 + serial.n + sizeof time - 1)), "memory");
	check(kvk_blob_append_byte(out, 0x02), "memory");
	check(kvk_blob_append_byte(out, (uint8_t)serial.n), "memory");
	check(kvk_blob_append(out, serial), "memory");
	check(kvk_blob_append_text(out, time), "memory");
}

static void append_entries(struct kvk_blob *out, unsigned long count)
{
	uint8_t serial[SERIAL] = { 0x40 };

	for (unsigned long i = 0; i < count; i++) {
		for (unsigned b = 0; b < 4; b++)
			serial[SERIAL - 1 - b] = (uint8_t)(i >> (8 * b));
		append_entry(out, (struct kvk_span){ serial, SERIAL });
	}
}

static void make_tbs(const struct kvk_practice *tsp, struct kvk_span entries,
	struct kvk_span algorithm, struct kvk_blob *out)
{
	struct kvk_der_writer w = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 1);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_raw(&w, kvk_practice_name(tsp, KVK_PRACTICE_TSP));
	kvk_der_put_time(&w, NOW - KVK_HOUR);
	kvk_der_put_time(&w, NOW + KVK_DAY);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, entries);
	kvk_der_close(&w);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_EXT_CRL_NUMBER);
	kvk_der_open(&w, KVK_DER_OCTET_STRING);
	kvk_der_put_uint(&w, 7);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	check(kvk_der_write_done(&w, out), "CRL");
}

static void write_crl(const struct kvk_practice *tsp, struct kvk_span entries, const char *path)
{
	const struct kvk_signing *signing = kvk_practice_signing(tsp, KVK_PRACTICE_TSP);
	struct kvk_der_writer w = { 0 };
	struct kvk_blob algorithm = { 0 };
	struct kvk_blob signature = { 0 };
	struct kvk_blob tbs = { 0 };
	struct kvk_blob crl = { 0 };

	check(kvk_signing_algorithm(signing, &algorithm), "algorithm");
	make_tbs(tsp, entries, kvk_span_of_blob(&algorithm), &tbs);
	check(kvk_key_sign(kvk_practice_key(tsp, KVK_PRACTICE_TSP), signing, kvk_span_of_blob(&tbs),
		      &signature),
		"signature");
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, kvk_span_of_blob(&tbs));
	kvk_der_put_raw(&w, kvk_span_of_blob(&algorithm));
	kvk_der_put_bits(&w, kvk_span_of_blob(&signature));
	kvk_der_close(&w);
	check(kvk_der_write_done(&w, &crl), "CRL");
	check(kvk_file_create(path, 0644, kvk_span_of_blob(&crl)), path);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&signature);
	kvk_blob_free(&tbs);
	kvk_blob_free(&crl);
}

/* The leaf; its serial number is kept for the CRL that revokes it. */
static void make_leaf(struct kvk_practice *tsp, struct kvk_blob *leaf, struct kvk_blob *serial)
{
	struct kvk_blob spki = { 0 };
	struct kvk_key *key = NULL;
	struct kvk_issue issue;

	check(kvk_key_generate(KVK_KEY_RSA, 2048, &key), "key");
	check(kvk_key_spki(key, &spki), "key");
	kvk_issue_start(&issue);
	check(kvk_practice_leaf(
		      tsp, &(struct kvk_practice_leaf){ .spki = kvk_span_of_blob(&spki) }, &issue),
		"leaf");
	check(kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, leaf), "leaf");
	check(kvk_blob_append(serial, kvk_span_of_blob(&issue.serial)), "serial");
	kvk_issue_free(&issue);
	kvk_blob_free(&spki);
	kvk_key_free(key);
}

static void write_pems(struct kvk_practice *tsp, struct kvk_span leaf)
{
	struct kvk_blob pem = { 0 };
	struct kvk_crl_issue crl;
	struct kvk_blob der = { 0 };

	check(kvk_practice_chain_pem(tsp, leaf, false, &pem), "delivery");
	check(kvk_file_create("delivery.pem", 0644, kvk_span_of_blob(&pem)), "delivery.pem");
	kvk_blob_clear(&pem);
	check(kvk_practice_pem(
		      "CERTIFICATE", kvk_practice_certificate(tsp, KVK_PRACTICE_ROOT), &pem),
		"root");
	check(kvk_file_create("root.pem", 0644, kvk_span_of_blob(&pem)), "root.pem");
	kvk_blob_clear(&pem);
	for (int level = KVK_PRACTICE_ROOT; level < KVK_PRACTICE_TSP; level++) {
		kvk_crl_issue_start(&crl);
		check(kvk_practice_crl(tsp, (enum kvk_practice_level)level, &crl), "CRL");
		check(kvk_practice_crl_sign(tsp, (enum kvk_practice_level)level, &crl, &der),
			"CRL");
		check(kvk_practice_pem("X509 CRL", kvk_span_of_blob(&der), &pem), "CRL");
		kvk_crl_issue_free(&crl);
	}
	check(kvk_file_create("cas.crl", 0644, kvk_span_of_blob(&pem)), "cas.crl");
	kvk_blob_free(&der);
	kvk_blob_free(&pem);
}

int main(int argc, char **argv)
{
	struct kvk_practice_options options = { .now = NOW, .rsa_bits = 2048 };
	struct kvk_blob entries = { 0 };
	struct kvk_blob serial = { 0 };
	struct kvk_blob leaf = { 0 };
	struct kvk_practice *tsp = NULL;

	if (argc != 3 || kvk_dir_make(argv[1], 0755) != KVK_OK || chdir(argv[1]) != 0) {
		fprintf(stderr, "usage: bigcrl DIR ENTRIES\n");
		return 64;
	}
	check(kvk_practice_new(&options, &tsp), "practice TSP");
	make_leaf(tsp, &leaf, &serial);
	write_pems(tsp, kvk_span_of_blob(&leaf));
	append_entries(&entries, strtoul(argv[2], NULL, 10));
	write_crl(tsp, kvk_span_of_blob(&entries), "tsp.crl");
	append_entry(&entries, kvk_span_of_blob(&serial));
	write_crl(tsp, kvk_span_of_blob(&entries), "revoked.crl");
	kvk_practice_free(tsp);
	kvk_blob_free(&entries);
	kvk_blob_free(&serial);
	kvk_blob_free(&leaf);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make-chains DIR N [DUE]: the files of the benchmarks. N deliveries (leaf of RSA 2048, then its
 * CA) below DIR/chains, root.pem, ca.pem and crls.pem next to them. Root and CA have new keys of
 * RSA 4096. Each has a name of its own, and the first DUE of them end after 250 days.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"
#include "practice/practice.h"
#include "tests/support/crl_issue.h"
#include "tests/support/shapes.h"

/* 2026-11-22T12:00:00Z. */
#define NOW ((kvk_time)1795348800 * KVK_SECOND)
#define DUE_DAYS 250

/* What the files are made from. */
struct bench {
	const char *folder;
	struct kvk_practice *tsp;
	struct kvk_blob spki, ca_pem, path, out;
};

static enum kvk_err make_tsp(struct bench *b)
{
	struct kvk_practice_options options = { .profile = shape_profile(KVK_PRACTICE_G1),
		.now = NOW };
	struct kvk_key *leaf = NULL;
	enum kvk_err err = kvk_key_generate(KVK_KEY_RSA, 2048, &leaf);

	if (err == KVK_OK)
		err = kvk_key_spki(leaf, &b->spki);
	kvk_key_free(leaf);
	if (err == KVK_OK)
		err = kvk_key_generate(KVK_KEY_RSA, 4096, &options.keys[KVK_PRACTICE_ROOT]);
	if (err == KVK_OK)
		err = kvk_key_generate(KVK_KEY_RSA, 4096, &options.keys[KVK_PRACTICE_INTERMEDIATE]);
	/* not used by the benchmark, and needed by the practice TSP */
	if (err == KVK_OK)
		err = kvk_key_generate(KVK_KEY_RSA, 2048, &options.keys[KVK_PRACTICE_TSP]);
	return err == KVK_OK ? kvk_practice_new(&options, &b->tsp) : err;
}

static enum kvk_err put(struct bench *b, const char *name, struct kvk_span bytes)
{
	enum kvk_err err = kvk_path_join(&b->path, b->folder, name);

	return err == KVK_OK ? kvk_file_replace(kvk_blob_str(&b->path), 0644, bytes) : err;
}

static enum kvk_err put_crls(struct bench *b)
{
	struct kvk_blob der = { 0 };
	enum kvk_err err = KVK_OK;

	kvk_blob_clear(&b->out);
	for (int level = KVK_PRACTICE_ROOT; err == KVK_OK && level < KVK_PRACTICE_TSP; level++) {
		struct kvk_crl_issue crl;

		err = kvk_practice_crl(b->tsp, (enum kvk_practice_level)level, &crl);
		if (err == KVK_OK)
			err = kvk_practice_crl_sign(
				b->tsp, (enum kvk_practice_level)level, &crl, &der);
		if (err == KVK_OK)
			err = kvk_practice_pem("X509 CRL", kvk_span_of_blob(&der), &b->out);
		kvk_crl_issue_free(&crl);
	}
	kvk_blob_free(&der);
	return err == KVK_OK ? put(b, "crls.pem", kvk_span_of_blob(&b->out)) : err;
}

static enum kvk_err put_cas(struct bench *b)
{
	enum kvk_err err;

	kvk_blob_clear(&b->out);
	err = kvk_practice_pem(
		"CERTIFICATE", kvk_practice_certificate(b->tsp, KVK_PRACTICE_ROOT), &b->out);
	if (err == KVK_OK)
		err = put(b, "root.pem", kvk_span_of_blob(&b->out));
	if (err == KVK_OK)
		err = kvk_practice_pem("CERTIFICATE",
			kvk_practice_certificate(b->tsp, KVK_PRACTICE_INTERMEDIATE), &b->ca_pem);
	return err == KVK_OK ? put(b, "ca.pem", kvk_span_of_blob(&b->ca_pem)) : err;
}

/* days: 0 for as many as are usual. */
static enum kvk_err put_leaf(struct bench *b, unsigned number, unsigned days)
{
	char domain[32];
	const struct kvk_practice_leaf wanted = {
		.spki = kvk_span_of_blob(&b->spki), .domain = domain, .days = days
	};
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;
	char name[32];
	enum kvk_err err;

	snprintf(domain, sizeof domain, "api%05u.example.nl", number);
	err = kvk_practice_leaf(b->tsp, &wanted, &issue);

	if (err == KVK_OK) {
		kvk_issue_aki(&issue, kvk_practice_key_id(b->tsp, KVK_PRACTICE_INTERMEDIATE));
		err = kvk_practice_sign(b->tsp, KVK_PRACTICE_INTERMEDIATE, &issue, &der);
	}
	kvk_blob_clear(&b->out);
	if (err == KVK_OK)
		err = kvk_practice_pem("CERTIFICATE", kvk_span_of_blob(&der), &b->out);
	if (err == KVK_OK)
		err = kvk_blob_append(&b->out, kvk_span_of_blob(&b->ca_pem));
	snprintf(name, sizeof name, "chains/%05u.pem", number);
	if (err == KVK_OK)
		err = put(b, name, kvk_span_of_blob(&b->out));
	kvk_issue_free(&issue);
	kvk_blob_free(&der);
	return err;
}

int main(int argc, char **argv)
{
	const bool good = argc == 3 || argc == 4;
	struct bench bench = { .folder = good ? argv[1] : NULL };
	unsigned long count = good ? strtoul(argv[2], NULL, 10) : 0;
	unsigned long due = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	enum kvk_err err;

	if (count == 0 || count > 99999) {
		fputs("usage: make-chains DIR N [DUE]\n", stderr);
		return 64;
	}
	err = make_tsp(&bench);
	if (err == KVK_OK)
		err = kvk_path_join(&bench.path, bench.folder, "chains");
	if (err == KVK_OK)
		err = kvk_dir_make(kvk_blob_str(&bench.path), 0755);
	if (err == KVK_OK)
		err = put_cas(&bench);
	if (err == KVK_OK)
		err = put_crls(&bench);
	for (unsigned i = 0; err == KVK_OK && i < count; i++)
		err = put_leaf(&bench, i, i < due ? DUE_DAYS : 0);
	if (err != KVK_OK)
		fprintf(stderr, "make-chains: %s\n", kvk_error_text(err));
	kvk_practice_free(bench.tsp);
	kvk_blob_free(&bench.spki);
	kvk_blob_free(&bench.ca_pem);
	kvk_blob_free(&bench.path);
	kvk_blob_free(&bench.out);
	return err == KVK_OK ? 0 : 70;
}

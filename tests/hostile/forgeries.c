/* SPDX-License-Identifier: Apache-2.0 */
/*
 * forgeries DIR: writes a folder for each text of forgeries-places.c. In it: certificates below a
 * root and a TSP CA whose names hold the text as well, with the text in one place each; root.pem,
 * crls.pem; requests; and the text itself (text). Beside them key.pem, the key of all of them.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/path.h"
#include "cert/certificate.h"
#include "cert/pem.h"
#include "crypto/key.h"
#include "crypto/scheme.h"
#include "tests/support/crl_issue.h"
#include "tests/crypto/keys.h"
#include "tests/hostile/forgeries.h"
#include "tests/practice/delivery.h"
#include "tests/support/issue_odd.h"

/* One folder that is being written. */
struct folder {
	const char *path;
	const struct payload *payload;
	struct kvk_key *key;
	struct kvk_blob spki;
	struct kvk_blob root_name, tsp_name, tsp_pem;
	unsigned count;
};

static void check(enum kvk_err err, const char *what)
{
	if (err == KVK_OK)
		return;
	fprintf(stderr, "forgeries: %s: %s\n", what, kvk_error_text(err));
	exit(1);
}

static void put_file(const struct folder *f, const char *name, mode_t mode, struct kvk_span bytes)
{
	struct kvk_blob path = { 0 };
	int fd;

	check(kvk_path_join(&path, f->path, name), name);
	fd = open(kvk_blob_str(&path), O_WRONLY | O_CREAT | O_EXCL, mode);
	if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n || close(fd) != 0) {
		perror(name);
		exit(1);
	}
	kvk_blob_free(&path);
}

static void start(const struct folder *f, struct kvk_issue *issue)
{
	uint8_t serial[] = { 1, 2, 3, (uint8_t)(f->count >> 8), (uint8_t)f->count };

	kvk_issue_start(issue);
	kvk_issue_serial(issue, (struct kvk_span){ serial, sizeof(serial) });
	kvk_issue_spki(issue, kvk_span_of_blob(&f->spki));
	issue->not_before = DELIVERY_NOW - 10 * KVK_DAY;
	issue->not_after = DELIVERY_NOW + 50 * KVK_DAY;
	issue->signing = &kvk_signing_ecdsa_sha256;
}

/* A CA whose name says what it is, and the text. */
static void make_ca(struct folder *f, const char *name, struct kvk_span issuer,
	struct kvk_blob *subject, struct kvk_blob *pem)
{
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	start(f, &issue);
	kvk_issue_name(&issue, KVK_OID_C, "NL");
	kvk_issue_name_raw(&issue, "2.5.4.10", KVK_DER_UTF8_STRING, f->payload->bytes);
	kvk_issue_name(&issue, KVK_OID_CN, name);
	kvk_issue_basic_constraints(&issue, true, -1);
	if (strcmp(name, "TSP") == 0)
		put_general_extension(&issue, 2, 9, f->payload->bytes);
	check(kvk_issue_subject_der(&issue, subject), name);
	check(kvk_issue_sign(
		      &issue, issuer.n > 0 ? issuer : kvk_span_of_blob(subject), f->key, &der),
		name);
	check(kvk_pem_write(pem, "CERTIFICATE", kvk_span_of_blob(&der)), name);
	kvk_issue_free(&issue);
	kvk_blob_free(&der);
}

/* A leaf with what the portal asks for; what is then changed in it is the matter of each file. */
static void start_leaf(struct folder *f, struct kvk_issue *issue)
{
	start(f, issue);
	kvk_issue_name(issue, KVK_OID_C, "NL");
	kvk_issue_name(issue, KVK_OID_O, "Voorbeeld B.V.");
	kvk_issue_name(issue, KVK_OID_SERIAL_NUMBER, "00000003687501100000");
	kvk_issue_name(issue, KVK_OID_CN, "api.example.nl");
	kvk_issue_dns(issue, (const char *[]){ "api.example.nl", NULL });
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE);
	kvk_issue_eku(issue, (const char *[]){ "1.3.6.1.5.5.7.3.2", NULL });
}

/* Signs it, and writes it with the TSP CA. The name of the file ends in the text. */
static void finish(struct folder *f, struct kvk_issue *issue, const char *place)
{
	struct kvk_blob der = { 0 }, pem = { 0 }, name = { 0 };

	check(kvk_issue_sign(issue, kvk_span_of_blob(&f->tsp_name), f->key, &der), place);
	check(kvk_pem_write(&pem, "CERTIFICATE", kvk_span_of_blob(&der)), place);
	check(kvk_blob_append(&pem, kvk_span_of_blob(&f->tsp_pem)), place);
	check(kvk_blob_append_format(&name, "%03u-%s-", f->count, place), place);
	for (size_t i = 0; i < f->payload->bytes.n; i++)
		if (f->payload->bytes.p[i] != 0 && f->payload->bytes.p[i] != '/')
			check(kvk_blob_append_byte(&name, f->payload->bytes.p[i]), place);
	check(kvk_blob_append_text(&name, ".pem"), place);
	put_file(f, kvk_blob_str(&name), 0644, kvk_span_of_blob(&pem));
	f->count++;
	kvk_issue_free(issue);
	kvk_blob_free(&name);
	kvk_blob_free(&pem);
	kvk_blob_free(&der);
}

/* The string types that a name may be written in, and two that it may not. */
static const unsigned tags[] = { KVK_DER_UTF8_STRING, KVK_DER_PRINTABLE_STRING,
	KVK_DER_TELETEX_STRING, KVK_DER_IA5_STRING, KVK_DER_BMP_STRING, KVK_DER_UNIVERSAL_STRING,
	KVK_DER_NUMERIC_STRING, 0x1a, KVK_DER_OCTET_STRING, KVK_DER_INTEGER };

static void make_leaves(struct folder *f)
{
	struct kvk_issue issue;

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		start_leaf(f, &issue);
		kvk_issue_name_raw(&issue, "2.5.4.10", tags[i], f->payload->bytes);
		kvk_issue_name_raw(&issue, "2.5.4.5", tags[i], f->payload->bytes);
		kvk_issue_name_raw(&issue, "2.5.4.3", tags[i], f->payload->bytes);
		finish(f, &issue, "string");
	}
	for (unsigned place = 0; place < GENERAL_PLACES; place++)
		for (unsigned kind = 0; kind < GENERAL_KINDS; kind++) {
			start_leaf(f, &issue);
			put_general_extension(&issue, place, kind, f->payload->bytes);
			finish(f, &issue, general_place(place));
		}
	for (const struct place *place = places; place->name != NULL; place++) {
		start_leaf(f, &issue);
		place->put(&issue, f->payload->bytes);
		finish(f, &issue, place->name);
	}
}

static void make_crls(struct folder *f)
{
	struct kvk_blob der = { 0 }, pem = { 0 };
	struct kvk_crl_issue crl;

	for (unsigned i = 0; i < 4; i++) {
		kvk_crl_issue_start(&crl);
		crl.this_update = DELIVERY_NOW - KVK_DAY;
		crl.next_update = DELIVERY_NOW + KVK_DAY;
		crl.signing = &kvk_signing_ecdsa_sha256;
		if (i == 1)
			kvk_crl_extension(&crl, "1.2.3.4", false, f->payload->bytes);
		if (i == 2)
			kvk_crl_idp(&crl, "http://a.nl/\n\033[2JFORGED", 0, 0);
		if (i == 3)
			kvk_crl_extension(&crl, "1.2.3.4", true, f->payload->bytes);
		if (f->payload->bytes.n > 0)
			kvk_crl_revoke(&crl, f->payload->bytes, DELIVERY_NOW - KVK_DAY, 1);
		check(kvk_crl_sign(&crl, kvk_span_of_blob(i == 0 ? &f->root_name : &f->tsp_name),
			      f->key, &der),
			"crl");
		check(kvk_pem_write(&pem, "X509 CRL", kvk_span_of_blob(&der)), "crl");
		kvk_crl_issue_free(&crl);
	}
	put_file(f, "crls", 0644, kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	kvk_blob_free(&der);
}

static void close_many(struct kvk_der_writer *w, unsigned n)
{
	while (n-- > 0)
		kvk_der_close(w);
}

static void open_many(struct kvk_der_writer *w, const unsigned *which)
{
	for (; *which != 0; which++)
		kvk_der_open(w, *which);
}

/* What a request asks for: names, and attributes that a person may have typed. */
static void write_asked(const struct folder *f, unsigned tag, unsigned kind, struct kvk_blob *out)
{
	static const char *const oids[] = { "2.5.4.10", "2.5.4.3", "2.5.4.5" };
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 0);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < 3; i++) {
		open_many(&w, (unsigned[]){ KVK_DER_SET, KVK_DER_SEQUENCE, 0 });
		kvk_der_put_oid_text(&w, oids[i]);
		kvk_der_put(&w, tag, f->payload->bytes);
		close_many(&w, 2);
	}
	kvk_der_close(&w);
	kvk_der_put_raw(&w, kvk_span_of_blob(&f->spki));
	open_many(&w, (unsigned[]){ KVK_DER_CONTEXT_CONSTRUCTED(0), KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid(&w, KVK_OID_PKCS9_CHALLENGE_PASSWORD);
	kvk_der_open(&w, KVK_DER_SET);
	kvk_der_put(&w, tag, f->payload->bytes);
	close_many(&w, 2);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_PKCS9_EXTENSION_REQUEST);
	open_many(&w, (unsigned[]){ KVK_DER_SET, KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid(&w, KVK_OID_EXT_SAN);
	open_many(&w, (unsigned[]){ KVK_DER_OCTET_STRING, KVK_DER_SEQUENCE, 0 });
	put_general(&w, kind, f->payload->bytes);
	close_many(&w, 8);
	check(kvk_der_write_done(&w, out), "request");
}

static void make_request(const struct folder *f, unsigned tag, unsigned kind)
{
	struct kvk_blob info = { 0 }, algorithm = { 0 }, signature = { 0 }, der = { 0 },
			pem = { 0 };
	struct kvk_der_writer w = { .depth = 0 };
	char name[32];

	write_asked(f, tag, kind, &info);
	check(kvk_signing_algorithm(&kvk_signing_ecdsa_sha256, &algorithm), "request");
	check(kvk_key_sign(f->key, &kvk_signing_ecdsa_sha256, kvk_span_of_blob(&info), &signature),
		"request");
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, kvk_span_of_blob(&info));
	kvk_der_put_raw(&w, kvk_span_of_blob(&algorithm));
	kvk_der_put_bits(&w, kvk_span_of_blob(&signature));
	kvk_der_close(&w);
	check(kvk_der_write_done(&w, &der), "request");
	check(kvk_pem_write(&pem, "CERTIFICATE REQUEST", kvk_span_of_blob(&der)), "request");
	snprintf(name, sizeof(name), "request-%u-%u", tag, kind);
	put_file(f, name, 0644, kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	kvk_blob_free(&der);
	kvk_blob_free(&signature);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&info);
}

/* PEM that says in its labels, headers and between its blocks what it likes. */
static void make_odd_pem(const struct folder *f)
{
	static const char *const pieces[] = { "-----BEGIN ", "-----\n", ": ", "\n\nAAAA\n-----END ",
		"-----\n", "-----BEGIN CERTIFICATE-----\n", "\n-----END CERTIFICATE-----\n" };
	struct kvk_blob pem = { 0 };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		check(kvk_blob_append_text(&pem, pieces[i]), "pem");
		check(kvk_blob_append(&pem, f->payload->bytes), "pem");
	}
	put_file(f, "odd", 0644, kvk_span_of_blob(&pem));
	put_file(f, "text", 0644, f->payload->bytes);
	kvk_blob_free(&pem);
}

static void make_folder(struct folder *f)
{
	struct kvk_blob root = { 0 };

	check(kvk_dir_make(f->path, 0755), f->path);
	make_ca(f, "Root", (struct kvk_span){ 0 }, &f->root_name, &root);
	make_ca(f, "TSP", kvk_span_of_blob(&f->root_name), &f->tsp_name, &f->tsp_pem);
	put_file(f, "root", 0644, kvk_span_of_blob(&root));
	make_leaves(f);
	make_crls(f);
	make_odd_pem(f);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		make_request(f, tags[i], (unsigned)i);
	kvk_blob_free(&root);
	kvk_blob_free(&f->root_name);
	kvk_blob_free(&f->tsp_name);
	kvk_blob_free(&f->tsp_pem);
}

int main(int argc, char **argv)
{
	struct folder f = { 0 };

	if (argc != 2)
		return 64;
	check(kvk_dir_make(argv[1], 0755), argv[1]);
	check(kvk_key_read(kvk_span_of(KVK_TEST_P256), NULL, &f.key), "key");
	check(kvk_key_spki(f.key, &f.spki), "key");
	f.path = argv[1];
	put_file(&f, "key.pem", 0600, kvk_span_of(KVK_TEST_P256));
	for (const struct payload *p = payloads; p->name != NULL; p++) {
		struct kvk_blob path = { 0 };

		check(kvk_path_join(&path, argv[1], p->name), p->name);
		f.path = kvk_blob_str(&path);
		f.payload = p;
		f.count = 0;
		make_folder(&f);
		puts(p->name);
		kvk_blob_free(&path);
	}
	kvk_blob_free(&f.spki);
	kvk_key_free(f.key);
	return 0;
}

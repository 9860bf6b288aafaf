/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mkpki DIR [OPTION]... [--FAULT]...: makes a folder with a delivery for tests, by default a good
 * one.
 *
 * --shape g4|g1|ev  --now TIME  --domain NAME  --kvk NUMBER  --oin NUMBER  --organisation TEXT
 * --days N  --san NAME (repeatable)  --csr FILE (DER)
 * --site URL: what the addresses of CRLs and CA certificates begin with, with its last slash; then
 *     www/ holds the files (DER) that are to be found there
 * --ocsp URL: the OCSP address of the leaf
 * --crl-address URL (repeatable): where the CRL of the leaf is, in this order
 *
 * and any fault of faults.h by its name; mkpki --list shows them, with the portal's message and
 * our warning.
 * Written are root.pem, intermediate.pem, tsp.pem, tsp.key, leaf.pem, leaf.key, chain.pem,
 * crls.pem and delivery.pem.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"
#include "tests/crypto/keys.h"
#include "tests/practice/delivery.h"
#include "tests/practice/faults.h"
#include "tests/practice/site.h"
#include "tests/support/shapes.h"

#define LIST_MAX 64

struct arguments {
	const char *folder;
	struct delivery_options options;
	const char *names[LIST_MAX + 1];
	const char *crl_addresses[LIST_MAX + 1];
	const char *faults[LIST_MAX + 1];
	size_t name_count, crl_address_count, fault_count;
	struct kvk_blob csr;
};

static int usage(const char *what)
{
	fprintf(stderr, "mkpki: wrong argument '%s'; see tests/practice/mkpki.c\n", what);
	return 64;
}

static int list_faults(void)
{
	const struct fault *fault;
	size_t i;

	for (i = 0; (fault = fault_at(i)); i++)
		printf("%s\t%u\t%s\n", fault->name, fault->message,
			fault->warning != NULL ? fault->warning : "-");
	return 0;
}

static bool set_shape(struct arguments *arguments, const char *value)
{
	static const char *const shapes[] = { "g4", "g1", "ev" };
	size_t i;

	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (strcmp(shapes[i], value) == 0) {
			arguments->options.shape = (enum kvk_practice_shape)i;
			return true;
		}
	}
	return false;
}

/* Takes an option with a value; false where it is none or its value is wrong. */
static bool set_option(struct arguments *a, const char *name, const char *value)
{
	struct delivery_options *options = &a->options;
	const struct {
		const char *name;
		const char **text;
	} texts[] = {
		{ "domain", &options->domain },
		{ "kvk", &options->kvk },
		{ "oin", &options->oin },
		{ "organisation", &options->organisation },
		{ "site", &options->site },
		{ "ocsp", &options->ocsp },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(name, texts[i].name) == 0) {
			*texts[i].text = value;
			return true;
		}
	}
	if (strcmp(name, "shape") == 0)
		return set_shape(a, value);
	if (strcmp(name, "now") == 0)
		return kvk_time_parse(value, &options->now) == KVK_OK;
	if (strcmp(name, "days") == 0) {
		options->days = (unsigned)strtoul(value, NULL, 10);
		return options->days > 0;
	}
	if (strcmp(name, "csr") == 0) {
		if (kvk_file_read(value, KVK_LIMIT_FILE, 0, &a->csr))
			return false;
		options->csr = kvk_span_of_blob(&a->csr);
		return true;
	}
	if (strcmp(name, "san") == 0 && a->name_count < LIST_MAX) {
		a->names[a->name_count++] = value;
		options->names = a->names;
		return true;
	}
	if (strcmp(name, "crl-address") == 0 && a->crl_address_count < LIST_MAX) {
		a->crl_addresses[a->crl_address_count++] = value;
		options->crl_addresses = a->crl_addresses;
		return true;
	}
	return false;
}

/* Which argument is wrong, or NULL. */
static const char *parse(int argc, char **argv, struct arguments *a)
{
	int i;

	for (i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) != 0) {
			if (a->folder)
				return argv[i];
			a->folder = argv[i];
		} else if (fault_find(argv[i] + 2)) {
			if (a->fault_count == LIST_MAX)
				return argv[i];
			a->faults[a->fault_count++] = argv[i] + 2;
		} else if (i + 1 >= argc || !set_option(a, argv[i] + 2, argv[i + 1])) {
			return argv[i];
		} else {
			i++;
		}
	}
	a->options.faults = a->faults;
	return a->folder ? NULL : "DIR";
}

static enum kvk_err put(const char *folder, const char *name, mode_t mode, struct kvk_span bytes)
{
	struct kvk_blob path = { .n = 0 };
	enum kvk_err err;

	err = kvk_path_join(&path, folder, name);
	if (!err)
		err = kvk_file_replace(kvk_blob_str(&path), mode, bytes);
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err put_certificate(
	const char *folder, const char *name, const struct kvk_blob *der)
{
	struct kvk_blob pem = { .n = 0 };
	enum kvk_err err;

	err = kvk_practice_pem("CERTIFICATE", kvk_span_of_blob(der), &pem);
	if (!err)
		err = put(folder, name, 0644, kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	return err;
}

/* What is to be found at the addresses of a site. */
static enum kvk_err put_site(
	const char *folder, enum kvk_practice_shape shape, const struct delivery *delivery)
{
	const struct kvk_ca_profile *cas = shape_profile(shape)->ca;
	struct kvk_blob path = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, "www"));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&path), 0755));
	for (int i = 0; i < KVK_PRACTICE_LEVELS; i++) {
		KVK_TRY(put(kvk_blob_str(&path), site_file(cas[i].certificate_url), 0644,
			kvk_span_of_blob(&delivery->ca[i])));
		if (delivery->crl[i].n > 0)
			KVK_TRY(put(kvk_blob_str(&path), site_file(cas[i].crl_url), 0644,
				kvk_span_of_blob(&delivery->crl[i])));
	}
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err put_all(const struct arguments *a, const struct delivery *delivery)
{
	const char *folder = a->folder;
	enum kvk_err err;

	err = kvk_dir_make(folder, 0755);
	if (!err)
		err = put_certificate(folder, "root.pem", &delivery->ca[KVK_PRACTICE_ROOT]);
	if (!err)
		err = put_certificate(
			folder, "intermediate.pem", &delivery->ca[KVK_PRACTICE_INTERMEDIATE]);
	if (!err)
		err = put_certificate(folder, "tsp.pem", &delivery->ca[KVK_PRACTICE_TSP]);
	if (!err)
		err = put_certificate(folder, "leaf.pem", &delivery->leaf);
	if (!err && !a->csr.n)
		err = put(folder, "leaf.key", 0600, kvk_span_of(KVK_TEST_RSA_D));
	if (!err)
		err = put(folder, "tsp.key", 0600, kvk_span_of(KVK_TEST_RSA_C));
	if (!err)
		err = put(folder, "chain.pem", 0644, kvk_span_of_blob(&delivery->chain_pem));
	if (!err)
		err = put(folder, "crls.pem", 0644, kvk_span_of_blob(&delivery->crls_pem));
	if (!err)
		err = put(folder, "delivery.pem", 0644, kvk_span_of_blob(&delivery->upload));
	if (!err && a->options.site)
		err = put_site(folder, a->options.shape, delivery);
	return err;
}

int main(int argc, char **argv)
{
	struct arguments arguments = { .folder = NULL };
	struct delivery delivery;
	const char *wrong;
	enum kvk_err err;

	if (argc == 2 && strcmp(argv[1], "--list") == 0)
		return list_faults();
	wrong = parse(argc, argv, &arguments);
	if (wrong)
		return usage(wrong);
	err = delivery_make(&arguments.options, &delivery);
	if (!err)
		err = put_all(&arguments, &delivery);
	delivery_free(&delivery);
	kvk_blob_free(&arguments.csr);
	if (err)
		fprintf(stderr, "mkpki: %s\n", kvk_error_text(err));
	return err ? 70 : 0;
}

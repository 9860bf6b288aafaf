/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make-corpus certificate|crl|contents DIR: writes the corpus of a fuzz target from the cases of
 * the unit tests. The corpora in tests/fuzz were made with it.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "cert/pem.h"
#include "made.h"

static const char *folder;

static void write_file(const char *name, struct kvk_span bytes)
{
	char path[4096];
	FILE *f;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
		exit(1);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void write_cases(const struct cert_case *c)
{
	for (; c->name != NULL; c++) {
		struct made der = made_of(c->der);

		write_file(c->name, made_span(&der));
		made_free(&der);
	}
}

/* Files as people have them; the name of the file says what is in it. */
static const struct {
	const char *name, *before, *label, *der, *after;
} files[] = {
	{ "pem", "", "CERTIFICATE", MADE_CERTIFICATE(MADE_V3, ""), "" },
	{ "pem-text", "text\n", "CERTIFICATE", MADE_CERTIFICATE(MADE_V3, ""), "text" },
	{ "pem-bom", "\xef\xbb\xbf", "CERTIFICATE", MADE_CERTIFICATE(MADE_V3, ""), "" },
	{ "pem-indented", "  ", "X509 CERTIFICATE", MADE_CERTIFICATE(MADE_V3, ""), "" },
	{ "pem-zero", "0 text\n", "CERTIFICATE", MADE_CERTIFICATE(MADE_V3, ""), "" },
	{ "pem-no-end", "-----BEGIN A-----\nYWJj\n", "B", "0500", "-----BEGIN C-----" },
	{ "pem-key", "", "PRIVATE KEY", "30(020100 30(06(2b6570)) 04(0402 0102))", "" },
	{ "pem-csr", "", "CERTIFICATE REQUEST",
		MADE_SIGNED("020100" MADE_NAME("a") MADE_KEY "a0()", MADE_SHA256_RSA), "" },
	{ "pem-pkcs7", "", "PKCS7",
		"30(06(2a864886f70d010702)a0(30(020101 31() "
		"30(06(2a864886f70d010701))a0(" MADE_CERTIFICATE("", "") ")31())))",
		"" },
	{ "der", "", NULL, MADE_CERTIFICATE(MADE_V3, ""), "" },
	{ "der-twice", "", NULL, MADE_CERTIFICATE(MADE_V3, "") MADE_CERTIFICATE("", ""), "x" },
	{ "der-cut", "", NULL, "30820300 3082", "" },
	{ "der-ber", "", NULL, "3080 3080 a080 020102 0000 0000 0000", "" },
	{ "der-ber-open", "", NULL, "3080 3080 a080 020102 0000", "" },
	{ "der-key", "", NULL, "30(020100 30(06(2b6570)) 04(0402 0102))", "" },
	{ "pkcs12", "", NULL, "30(020103 30(06(2a864886f70d010701)a0(04())))", "" },
	{ "zip", "PK\3\4", NULL, "", "" },
	{ "utf-16", "", NULL, "fffe 2d00 2d00", "" },
	{ "dashes", "-----\n-----BEGIN \n-----BEGIN -----\n------END -----\n", NULL, "", "-----" },
};

static void write_files(void)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct made der = made_of(files[i].der);
		struct kvk_blob all = { 0 };
		enum kvk_err err = kvk_blob_append_text(&all, files[i].before);

		if (err == KVK_OK && files[i].label != NULL)
			err = kvk_pem_write(&all, files[i].label, made_span(&der));
		else if (err == KVK_OK)
			err = kvk_blob_append(&all, made_span(&der));
		if (err != KVK_OK || kvk_blob_append_text(&all, files[i].after) != KVK_OK)
			exit(1);
		write_file(files[i].name, kvk_span_of_blob(&all));
		kvk_blob_free(&all);
		made_free(&der);
	}
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 64;
	folder = argv[2];
	if (strcmp(argv[1], "certificate") == 0)
		write_cases(certificate_cases);
	else if (strcmp(argv[1], "crl") == 0)
		write_cases(crl_cases);
	else if (strcmp(argv[1], "contents") == 0)
		write_files();
	else
		return 64;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * namesakes KIND N [SPKI]: a file of N certificates, in PEM, on standard output, that is made to
 * have names compared: each name is as long as names are folded, and none is written as another.
 * With sets all values stand in one relative name, in one order where it is the subject and in the
 * opposite one where it is the issuer; with lists each has a relative name, in many mixtures of
 * upper and lower case. With alike all are the same name, so that each CA may be the issuer of each
 * other, below them one leaf; with apart the issuers have one letter other than the subjects, and
 * half of the certificates are leaves. SPKI is a file with the public key of the first, in DER.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "cert/pem.h"
#include "practice/issue.h"
#include "tests/crypto/keys.h"
#include "tests/support/issue_odd.h"

/* 2026-11-22T12:00:00Z. */
#define NOW ((kvk_time)1795348800 * KVK_SECOND)

#define ATTRIBUTES 32u
/* U+FDFA, of which folding makes 18 characters. */
#define LONG "\xef\xb7\xba"

struct namesakes {
	bool sets, alike;
	unsigned count;
	struct kvk_key *key;
	/* The key of the first certificate; and that of another, which changes. */
	struct kvk_blob first, spki;
};

static void check(enum kvk_err err)
{
	if (err == KVK_OK)
		return;
	fprintf(stderr, "namesakes: %s\n", kvk_error_text(err));
	exit(70);
}

/* Names the issue in way number n of those for subjects or issuers. */
static void put_name(
	const struct namesakes *all, struct kvk_issue *issue, unsigned n, bool is_issuer)
{
	for (unsigned i = 0; i < ATTRIBUTES; i++) {
		const bool upper = (n >> i % 8 & 1) != 0;
		const unsigned value = all->sets && is_issuer ? ATTRIBUTES - 1 - i : i;
		const bool other = !all->alike && is_issuer && value == ATTRIBUTES - 1;
		struct kvk_issue_attribute *last;
		char text[32];

		snprintf(text, sizeof(text), "%s" LONG LONG LONG LONG "%s%02u", upper ? "N" : "n",
			other ? "e" : "E\xcc\x81", value);
		kvk_issue_name(issue, KVK_OID_OU, text);
		last = kvk_vec_at(&issue->subject, issue->subject.count - 1);
		last->joined = all->sets && i > 0;
	}
}

/* A key of its own: nobody checks whether the point lies on the curve. */
static void put_key(const struct namesakes *all, struct kvk_issue *issue, unsigned n)
{
	uint8_t *end = all->spki.p + all->spki.n;

	end[-1] = (uint8_t)n;
	end[-2] = (uint8_t)(n >> 8);
	kvk_issue_spki(
		issue, kvk_span_of_blob(n == 0 && all->first.n > 0 ? &all->first : &all->spki));
}

static void put_certificate(const struct namesakes *all, unsigned n, struct kvk_blob *pem)
{
	const uint8_t serial[] = { 1, (uint8_t)(n >> 8), (uint8_t)n };
	struct kvk_blob issuer = { 0 }, der = { 0 };
	struct kvk_issue issue, above;

	kvk_issue_start(&issue);
	kvk_issue_start(&above);
	put_name(all, &issue, n, false);
	put_name(all, &above, ~n, true);
	put_key(all, &issue, n);
	kvk_issue_serial(&issue, (struct kvk_span){ serial, sizeof(serial) });
	if (all->alike ? n > 0 : n % 2 > 0)
		kvk_issue_basic_constraints(&issue, true, -1);
	else
		kvk_issue_dns(&issue, (const char *[]){ "api.example.nl", NULL });
	issue.not_before = NOW - 10 * KVK_DAY;
	issue.not_after = NOW + 300 * KVK_DAY;
	issue.signing = &kvk_signing_ecdsa_sha256;
	check(kvk_issue_subject_der(&above, &issuer));
	check(kvk_issue_sign(&issue, kvk_span_of_blob(&issuer), all->key, &der));
	check(kvk_pem_write(pem, "CERTIFICATE", kvk_span_of_blob(&der)));
	kvk_blob_free(&issuer);
	kvk_blob_free(&der);
	kvk_issue_free(&issue);
	kvk_issue_free(&above);
}

int main(int argc, char **argv)
{
	struct namesakes all = { .sets = false };
	struct kvk_blob pem = { 0 };

	if (argc != 3 && argc != 4)
		return 64;
	if (argc == 4)
		check(kvk_file_read(argv[3], KVK_LIMIT_FILE, 0, &all.first));
	all.sets = strncmp(argv[1], "sets-", 5) == 0;
	all.alike = strstr(argv[1], "-alike") != NULL;
	all.count = (unsigned)strtoul(argv[2], NULL, 10);
	check(kvk_key_read(kvk_span_of(KVK_TEST_P256), NULL, &all.key));
	check(kvk_key_spki(all.key, &all.spki));
	for (unsigned n = 0; n < all.count; n++)
		put_certificate(&all, n, &pem);
	fwrite(pem.p, 1, pem.n, stdout);
	kvk_key_free(all.key);
	kvk_blob_free(&all.first);
	kvk_blob_free(&all.spki);
	kvk_blob_free(&pem);
	return 0;
}

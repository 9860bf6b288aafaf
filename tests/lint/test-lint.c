/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each row for certificates and CRLs: something that it finds and no other does, and what comes
 * near to that. A count fails when a row has no case.
 */
#include "config.h"

#include "base/file.h"
#include "lint/lint.h"
#include "tests/lint/lint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <glob.h>
#include <string.h>
#include <cmocka.h>

static struct sample sample;

static const struct lint_case *const lists[] = { lint_cases_fields, lint_cases_extensions };

/* Case number i of all lists, or NULL. */
static const struct lint_case *case_at(size_t i)
{
	for (size_t list = 0; list < sizeof(lists) / sizeof(lists[0]); list++)
		for (const struct lint_case *c = lists[list]; c->change != NULL; c++)
			if (i-- == 0)
				return c;
	return NULL;
}

static void every_case(void **state)
{
	char text[KVK_LINT_TEXT], more[KVK_LINT_TEXT];
	const struct lint_case *c;

	(void)state;
	for (size_t i = 0; (c = case_at(i)) != NULL; i++) {
		struct kvk_certificate *cert;
		size_t row = 0;

		sample_make(&sample);
		cert = c->ca ? &sample.tsp : &sample.leaf;
		c->change(cert);
		if (!kvk_lint_next(cert, &row, text)) {
			if (c->id != NULL)
				fail_msg("case %zu: %s is not found", i, c->id);
			continue;
		}
		if (c->id == NULL)
			fail_msg("case %zu: '%s' where nothing is wrong", i, text);
		assert_string_equal(kvk_lint_id(row - 1), c->id);
		if (c->named != NULL && strstr(text, c->named) == NULL)
			fail_msg("case %zu: '%s' does not name '%s'", i, text, c->named);
		if (kvk_lint_next(cert, &row, more))
			fail_msg("case %zu: '%s', and also '%s'", i, text, more);
	}
}

static void every_row_has_a_case(void **state)
{
	(void)state;
	for (size_t row = 0; kvk_lint_id(row) != NULL; row++) {
		const struct lint_case *c;
		bool found = false;

		for (size_t i = 0; (c = case_at(i)) != NULL; i++)
			found |= c->id != NULL && strcmp(c->id, kvk_lint_id(row)) == 0;
		if (!found)
			fail_msg("%s has no case", kvk_lint_id(row));
	}
}

/* A CRL as it should be. */
static void make_crl(struct kvk_crl *crl)
{
	*crl = (struct kvk_crl){
		.version = 2,
		.this_update = 1,
		.next_update = 2,
		.has_next_update = true,
		.has_number = true,
		.number = OCTETS("\1"),
		.aki_key_id = OCTETS("key"),
	};
	crl->all[crl->count++].oid = KVK_OID_EXT_AKI;
	crl->all[crl->count++].oid = KVK_OID_EXT_CRL_NUMBER;
}

#define CRL(name) static void name(struct kvk_crl *crl)

CRL(crl_good)
{
	(void)crl;
}
CRL(crl_sloppy)
{
	crl->log.tolerated = 1u << KVK_DER_TIME_FORM;
}
CRL(crl_no_next)
{
	crl->has_next_update = false;
}
CRL(crl_reversed)
{
	crl->next_update = 0;
}
CRL(crl_empty)
{
	crl->entries = OCTETS("");
}
CRL(crl_entries)
{
	crl->entries = OCTETS("\x30\0");
}
CRL(crl_no_aki)
{
	crl->aki_key_id.n = 0;
}
CRL(crl_no_number)
{
	crl->has_number = false;
}
CRL(crl_negative)
{
	crl->number = OCTETS("\xff");
}
CRL(crl_zero)
{
	crl->number = OCTETS("\0");
}
CRL(crl_huge)
{
	crl->number = OCTETS("\x01"
			     "01234567890123456789");
}
CRL(crl_critical)
{
	crl->all[1].critical = true;
}
CRL(crl_soft_idp)
{
	crl->has_idp = true;
	crl->all[crl->count++].oid = KVK_OID_EXT_IDP;
}
CRL(crl_idp)
{
	crl_soft_idp(crl);
	crl->all[crl->count - 1].critical = true;
}

static const struct {
	const char *id;
	void (*change)(struct kvk_crl *crl);
} crl_cases[] = {
	{ NULL, crl_good },
	{ "not-der", crl_sloppy },
	{ "no-next-update", crl_no_next },
	{ "reversed", crl_reversed },
	{ "empty-list", crl_empty },
	{ NULL, crl_entries },
	{ "no-aki", crl_no_aki },
	{ "no-number", crl_no_number },
	{ "bad-number", crl_negative },
	{ "bad-number", crl_huge },
	{ NULL, crl_zero },
	{ "critical", crl_critical },
	{ "not-critical", crl_soft_idp },
	{ NULL, crl_idp },
};

#define CRL_CASES (sizeof(crl_cases) / sizeof(crl_cases[0]))

static void every_crl(void **state)
{
	char text[KVK_LINT_TEXT];

	(void)state;
	for (size_t i = 0; i < CRL_CASES; i++) {
		struct kvk_crl crl;
		size_t row = 0;
		bool found;

		make_crl(&crl);
		crl_cases[i].change(&crl);
		found = kvk_lint_crl_next(&crl, &row, text);
		if (found != (crl_cases[i].id != NULL))
			fail_msg("CRL %zu: '%s'", i, found ? text : "");
		if (!found)
			continue;
		assert_string_equal(kvk_lint_crl_id(row - 1), crl_cases[i].id);
		assert_false(kvk_lint_crl_next(&crl, &row, text));
	}
	for (size_t row = 0; kvk_lint_crl_id(row) != NULL; row++) {
		bool found = false;

		for (size_t i = 0; i < CRL_CASES; i++)
			found |= crl_cases[i].id != NULL &&
				strcmp(crl_cases[i].id, kvk_lint_crl_id(row)) == 0;
		if (!found)
			fail_msg("%s has no case", kvk_lint_crl_id(row));
	}
}

/* Nothing is wrong with the certificates of a folder next to the tree; how many there are. */
static size_t check_all(const char *folder)
{
	char path[KVK_LIMIT_PATH], text[KVK_LINT_TEXT];
	size_t count = 0;
	glob_t files;

	snprintf(path, sizeof path, "%s/../shared/data/%s/*.pem", getenv("top_srcdir"), folder);
	if (glob(path, 0, NULL, &files) != 0)
		return 0;
	for (size_t f = 0; f < files.gl_pathc; f++) {
		struct kvk_contents contents = { 0 };
		struct kvk_blob bytes = { 0 };

		assert_int_equal(
			kvk_file_read(files.gl_pathv[f], KVK_LIMIT_FILE, 0, &bytes), KVK_OK);
		assert_int_equal(kvk_contents_read(&bytes, &contents), KVK_OK);
		for (size_t i = 0; i < kvk_contents_certificate_count(&contents); i++) {
			size_t row = 0;

			if (kvk_lint_next(kvk_contents_certificate(&contents, i, NULL), &row, text))
				fail_msg("%s: %s", files.gl_pathv[f], text);
			count++;
		}
		kvk_contents_free(&contents);
		kvk_blob_free(&bytes);
	}
	globfree(&files);
	return count;
}

/* The CAs of PKIoverheid, and the leaves that its own trial tool makes. */
static void real_ones_are_good(void **state)
{
	(void)state;
	if (check_all("pkio-ca") == 0 || check_all("trial") == 0) {
		print_message("no certificates in shared/data beside the tree\n");
		skip();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case),
		cmocka_unit_test(every_row_has_a_case),
		cmocka_unit_test(every_crl),
		cmocka_unit_test(real_ones_are_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates that hold as much as is read of a thing, or as 64 KiB take: each delivery is
 * evaluated completely within the 50 ms that any other may take (tests/hostile/test-cost.c).
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/hostile/measure.h"
#include "tests/support/issue_odd.h"

enum {
	CAS = 9,
	/* Domain names of eight or nine octets each, with their heads, in 64 KiB. */
	NAMES = 7500,
	TEXT = 24,
};

static struct measure w;
/* Texts of one extension, the last of which is followed by NULL. */
static char texts[NAMES][TEXT];
static const char *list[NAMES + 1];

static int tear_down(void **state)
{
	(void)state;
	measure_free(&w);
	return 0;
}

/* Fills the list with numbers in a pattern. */
static const char *const *numbers(const char *before, const char *after, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		(void)snprintf(texts[i], TEXT, "%s%03x%s", before, i, after);
		list[i] = texts[i];
	}
	list[count] = NULL;
	return list;
}

/* The same for object identifiers. */
static const char *const *oids(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		(void)snprintf(texts[i], TEXT, "1.2.3.%u", i);
		list[i] = texts[i];
	}
	list[count] = NULL;
	return list;
}

/* A leaf and a chain of CAs below an anchor, which functions fill. */
static void deliver(
	void (*fill_leaf)(struct kvk_issue *issue), void (*fill_ca)(struct kvk_issue *issue))
{
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	measure_leaf(&issue, "api.example.nl");
	if (fill_leaf != NULL)
		fill_leaf(&issue);
	measure_sign(&issue, "CA 0", &der);
	measure_add(&w, &der);
	for (unsigned i = 0; i < CAS; i++) {
		char name[16], above[16];

		(void)snprintf(name, sizeof name, "CA %u", i);
		(void)snprintf(above, sizeof above, "CA %u", i + 1);
		measure_ca(&issue, name);
		measure_key(&issue, i);
		if (fill_ca != NULL)
			fill_ca(&issue);
		measure_sign(&issue, above, &der);
		measure_add(&w, &der);
	}
	measure_trust(&w, "CA 9");
	measure_refused(&w);
	assert_non_null(w.facts.path.anchor);
	assert_int_equal(w.facts.path.count, 1 + CAS);
}

static void put_names(struct kvk_issue *issue)
{
	kvk_issue_dns(issue, numbers("", ".nl", NAMES));
}

/* A quarter of what is read of each CA: comparing is what is measured, not reading. */
static void put_subtrees(struct kvk_issue *issue)
{
	kvk_issue_name_constraints(issue, NULL, numbers("", ".be", KVK_LIMIT_SUBTREES / 4));
}

static void names(void **state)
{
	(void)state;
	deliver(put_names, NULL);
	assert_int_equal(w.facts.leaf->ext.san_count, NAMES);
}

static void names_times_subtrees(void **state)
{
	(void)state;
	deliver(put_names, put_subtrees);
	assert_true(w.facts.report.names_open);
}

static void put_policies(struct kvk_issue *issue)
{
	const char *pairs[2 * KVK_LIMIT_MAPPINGS + 1];

	kvk_issue_policies(issue, oids(KVK_LIMIT_POLICIES));
	for (unsigned i = 0; i < KVK_LIMIT_MAPPINGS; i++) {
		pairs[2 * i] = texts[i % 6];
		pairs[2 * i + 1] = texts[KVK_LIMIT_POLICIES - 1 - i];
	}
	pairs[2 * KVK_LIMIT_MAPPINGS] = NULL;
	kvk_issue_policy_mappings(issue, pairs);
}

static void policies(void **state)
{
	(void)state;
	deliver(put_policies, put_policies);
}

static void put_attributes(struct kvk_issue *issue)
{
	for (unsigned i = 1; i < KVK_LIMIT_NAME_ATTRIBUTES; i++)
		kvk_issue_name(issue, i % 2 ? KVK_OID_OU : KVK_OID_SERIAL_NUMBER, "a");
}

static void attributes(void **state)
{
	(void)state;
	deliver(put_attributes, NULL);
}

static void put_extensions(struct kvk_issue *issue)
{
	const struct kvk_span nothing = { (const uint8_t *)"\5", 1 };

	(void)oids(KVK_LIMIT_EXTENSIONS);
	while (issue->extensions.count < KVK_LIMIT_EXTENSIONS)
		kvk_issue_extension_add(issue, texts[issue->extensions.count], true, nothing);
}

static void extensions(void **state)
{
	(void)state;
	deliver(put_extensions, put_extensions);
}

static void put_usages(struct kvk_issue *issue)
{
	kvk_issue_eku(issue, oids(KVK_LIMIT_EKUS));
}

static void usages(void **state)
{
	(void)state;
	deliver(put_usages, put_usages);
}

#define CASE(function) cmocka_unit_test_teardown(function, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(names),
		CASE(names_times_subtrees),
		CASE(policies),
		CASE(attributes),
		CASE(extensions),
		CASE(usages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

static void good(struct sample *s)
{
	(void)s;
}

static void java_gives_up(struct sample *s)
{
	s->contents.java = KVK_JAVA_FAILS;
	s->contents.remarks = 1u << KVK_REMARK_BOM;
}

static void private_key(struct sample *s)
{
	s->contents.java = KVK_JAVA_FAILS;
	s->contents.remarks = 1u << KVK_REMARK_PRIVATE_KEY;
}

/* A certificate has more alternative names than this program reads. */
static void beyond_a_limit(struct sample *s)
{
	s->contents.java = KVK_JAVA_UNSURE;
	s->contents.failed_block = -1;
}

static void nothing(struct sample *s)
{
	s->contents.java = KVK_JAVA_NOTHING;
	s->contents.form = KVK_FORM_TEXT;
	s->facts.certificate_count = s->facts.leaf_count = 0;
	s->facts.leaf = NULL;
}

static void empty(struct sample *s)
{
	nothing(s);
	s->contents.form = KVK_FORM_EMPTY;
	s->contents.size = 0;
}

/* Java reads a PKCS#7 without certificates and gives none. */
static void reads_none(struct sample *s)
{
	nothing(s);
	s->contents.java = KVK_JAVA_READS;
}

static void not_x509(struct sample *s)
{
	nothing(s);
	s->contents.java = KVK_JAVA_NOT_X509;
}

static void version_1(struct sample *s)
{
	s->leaf.version = 1;
}

static void version_2(struct sample *s)
{
	s->leaf.version = 2;
}

static void ca_alone(struct sample *s)
{
	s->facts.leaf = &s->tsp;
	s->facts.leaf_count = 0;
	s->facts.certificate_count = 1;
}

static void root_alone(struct sample *s)
{
	ca_alone(s);
	s->facts.leaf = &s->root;
}

static void two_leaves(struct sample *s)
{
	s->facts.leaf = NULL;
	s->facts.leaf_count = 2;
}

const struct sample_case cases_file[] = {
	{ 3, KVK_RESULT_PASS, "good", good },
	{ 3, KVK_RESULT_UNKNOWN, "beyond a limit", beyond_a_limit },
	{ 3, KVK_RESULT_FAIL, "byte order mark", java_gives_up },
	{ 3, KVK_RESULT_FAIL, "private key", private_key },
	{ 3, KVK_RESULT_SKIPPED, "18 speaks", nothing },
	{ 12, KVK_RESULT_PASS, "good", good },
	{ 12, KVK_RESULT_PASS, "two leaves", two_leaves },
	{ 12, KVK_RESULT_FAIL, "no X.509", not_x509 },
	{ 12, KVK_RESULT_FAIL, "version 1", version_1 },
	{ 12, KVK_RESULT_FAIL, "version 2", version_2 },
	{ 12, KVK_RESULT_SKIPPED, "3 speaks", java_gives_up },
	{ 18, KVK_RESULT_PASS, "good", good },
	{ 18, KVK_RESULT_FAIL, "text", nothing },
	{ 18, KVK_RESULT_FAIL, "empty", empty },
	{ 18, KVK_RESULT_FAIL, "read, but no certificate", reads_none },
	{ 18, KVK_RESULT_SKIPPED, "12 speaks", not_x509 },
	{ 13, KVK_RESULT_PASS, "good", good },
	{ 13, KVK_RESULT_PASS, "two leaves", two_leaves },
	{ 13, KVK_RESULT_FAIL, "TSP CA alone", ca_alone },
	{ 13, KVK_RESULT_FAIL, "root alone", root_alone },
	{ 13, KVK_RESULT_SKIPPED, "unreadable", java_gives_up },
	{ 21, KVK_RESULT_PASS, "good", good },
	{ 21, SAMPLE_ASSUMED, "two leaves", two_leaves },
	{ 21, SAMPLE_ASSUMED, "TSP CA alone", ca_alone },
	{ 21, KVK_RESULT_SKIPPED, "nothing read", nothing },
	{ 19, KVK_RESULT_SKIPPED, "two leaves", two_leaves },
	{ 11, KVK_RESULT_SKIPPED, "unreadable", java_gives_up },
	{ 0, KVK_RESULT_PASS, NULL, NULL },
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/path/fake.h"
#include "tests/support/cost.h"

/* A path with constraints in the middle. */
static struct fake f;
static struct kvk_certificate *leaf, *tsp, *intermediate;
static struct kvk_path_report report;
static struct kvk_blob subtrees[4];
static size_t subtree_lists;

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	subtree_lists = 0;
	leaf = fake_leaf(&f, "leaf.example", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Intermediate", 3, 2);
	intermediate = fake_ca(&f, "Intermediate", "Root", 2, 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < subtree_lists; i++)
		kvk_blob_free(&subtrees[i]);
	fake_free(&f);
	return 0;
}

/* A list of DNS subtrees, n times the same. */
static struct kvk_span dns_list(const char *domain, size_t n)
{
	struct kvk_der_writer w = { 0 };

	assert_true(subtree_lists < sizeof(subtrees) / sizeof(subtrees[0]));
	for (size_t i = 0; i < n; i++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put(&w, KVK_DER_CONTEXT(2), kvk_span_of(domain));
		kvk_der_close(&w);
	}
	memset(&subtrees[subtree_lists], 0, sizeof(subtrees[0]));
	assert_int_equal(kvk_der_write_done(&w, &subtrees[subtree_lists]), KVK_OK);
	return kvk_span_of_blob(&subtrees[subtree_lists++]);
}

/* One subtree. */
struct subtree {
	unsigned tag;
	/* A text, the common name of a directory name, or contents with their length. */
	const char *text;
	size_t n;
};

#define DNS(domain) \
	{ \
		.tag = KVK_DER_CONTEXT(2), .text = (domain) \
	}
#define MAIL(host) \
	{ \
		.tag = KVK_DER_CONTEXT(1), .text = (host) \
	}
#define DIRECTORY(cn) \
	{ \
		.tag = KVK_DER_CONTEXT_CONSTRUCTED(4), .text = (cn) \
	}
#define IP(octets) \
	{ \
		.tag = KVK_DER_CONTEXT(7), .text = (octets), .n = sizeof(octets) - 1 \
	}
#define OTHER(octets) \
	{ \
		.tag = KVK_DER_CONTEXT_CONSTRUCTED(0), .text = (octets), .n = sizeof(octets) - 1 \
	}

static struct kvk_span content_of(const struct subtree *subtree)
{
	if (subtree->n > 0)
		return (struct kvk_span){ (const uint8_t *)subtree->text, subtree->n };
	return subtree->tag == KVK_DER_CONTEXT_CONSTRUCTED(4) ? fake_name(&f, subtree->text) :
								kvk_span_of(subtree->text);
}

/* A list of one subtree; of none where it has no text. */
static struct kvk_span list_of(const struct subtree *subtree)
{
	struct kvk_der_writer w = { 0 };

	if (subtree->text == NULL)
		return (struct kvk_span){ 0 };
	assert_true(subtree_lists < sizeof(subtrees) / sizeof(subtrees[0]));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, subtree->tag, content_of(subtree));
	kvk_der_close(&w);
	memset(&subtrees[subtree_lists], 0, sizeof(subtrees[0]));
	assert_int_equal(kvk_der_write_done(&w, &subtrees[subtree_lists]), KVK_OK);
	return kvk_span_of_blob(&subtrees[subtree_lists++]);
}

static void constrain(
	struct kvk_certificate *c, struct kvk_span permitted, struct kvk_span excluded)
{
	c->ext.has_name_constraints = true;
	c->ext.permitted = permitted;
	c->ext.excluded = excluded;
}

static void give_dns(struct kvk_certificate *c, const char *name)
{
	c->ext.has_san = true;
	c->ext.sans[c->ext.san_count++] =
		(struct kvk_general_name){ .kind = KVK_GENERAL_DNS, .value = kvk_span_of(name) };
}

static void validate(void)
{
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
}

static const struct kvk_span nothing;

#define PERMITTED "nameConstraints.permittedSubtrees"
#define EXCLUDED "nameConstraints.excludedSubtrees"
/* An alternative name as written in a row. */
#define SAN(form, text) \
	{ \
		.kind = KVK_GENERAL_##form, .value = {(const uint8_t *)(text), sizeof(text) - 1 } \
	}

struct row {
	const char *what;
	enum kvk_manner manner;
	/* What the intermediate CA permits and excludes, and what the TSP permits. */
	struct subtree permitted, excluded, tsp_permitted;
	/* A mail address in the subject of the leaf. */
	const char *mail;
	/* Common names of the leaf in place of its own, and whether each has an RDN of its own. */
	const char *cns[2];
	bool apart;
	/* Its alternative names. */
	struct kvk_general_name sans[2];
	/* How many names of the leaf and of the TSP are refused; of the first one: */
	size_t leaf, tsp;
	const char *field, *found;
};

static const struct row rows[] = {
	{ .what = "a name that is permitted",
		.permitted = DNS("example"),
		.sans = { SAN(DNS, "a.example") } },
	{ .what = "one that is not, beside it",
		.permitted = DNS("example"),
		.sans = { SAN(DNS, "a.example"), SAN(DNS, "a.test") },
		.leaf = 1,
		.field = PERMITTED,
		.found = "a.test" },
	{ .what = "a form of name that is not constrained is free",
		.permitted = DNS("example"),
		.sans = { SAN(DNS, "a.example"), SAN(URI, "a.test") } },
	{ .what = "within what every CA above permits",
		.permitted = DNS("example"),
		.tsp_permitted = DNS("a.example"),
		.sans = { SAN(DNS, "a.example") } },
	{ .what = "within what one of them permits",
		.permitted = DNS("example"),
		.tsp_permitted = DNS("a.example"),
		.sans = { SAN(DNS, "b.example") },
		.leaf = 1 },
	{ .what = "disjoint subtrees permit nothing: the first",
		.permitted = DNS("example"),
		.tsp_permitted = DNS("test"),
		.sans = { SAN(DNS, "x.example") },
		.leaf = 1 },
	{ .what = "disjoint subtrees permit nothing: the second",
		.permitted = DNS("example"),
		.tsp_permitted = DNS("test"),
		.sans = { SAN(DNS, "x.test") },
		.leaf = 1 },
	{ .what = "beside what is excluded",
		.permitted = DNS("example"),
		.excluded = DNS("bad.example"),
		.sans = { SAN(DNS, "good.example") } },
	{ .what = "a name that is excluded",
		.permitted = DNS("example"),
		.excluded = DNS("bad.example"),
		.sans = { SAN(DNS, "good.example"), SAN(DNS, "x.BAD.example") },
		.leaf = 1,
		.field = EXCLUDED },
	{ .what = "the subject is excluded",
		.excluded = DIRECTORY("LEAF.EXAMPLE"),
		.leaf = 1,
		.found = "C=NL, CN=leaf.example" },
	{ .what = "the subject is not permitted, and the TSP's own is not either",
		.permitted = DIRECTORY("Someone else"),
		.leaf = 1,
		.tsp = 1 },
	{ .what = "a mail address in the subject",
		.permitted = MAIL("example"),
		.mail = "x@test",
		.leaf = 1 },
	{ .what = "where there are alternative names, they alone count",
		.permitted = MAIL("example"),
		.mail = "x@test",
		.sans = { SAN(DNS, "a.test") } },
	{ .what = "the common name is no host name", .excluded = DNS("example") },
	{ .what = "to Java 17 it is one (measured)",
		.manner = KVK_MANNER_JAVA,
		.excluded = DNS("example"),
		.leaf = 1 },
	{ .what = "where there is no host name among the alternative names",
		.manner = KVK_MANNER_JAVA,
		.excluded = DNS("example"),
		.sans = { SAN(DNS, "a.test") } },
	{ .what = "an address as Java writes it",
		.manner = KVK_MANNER_JAVA,
		.excluded = IP("\x7f\0\0\0\xff\0\0\0"),
		.cns = { "127.1" },
		.leaf = 1 },
	{ .what = "a number alone is neither an address nor a host",
		.manner = KVK_MANNER_JAVA,
		.permitted = DNS("example"),
		.excluded = IP("\0\0\0\0\0\0\0\0"),
		.cns = { "68750110" },
		.tsp = 1 },
	{ .what = "an address is no host where an alternative name is an address",
		.manner = KVK_MANNER_JAVA,
		.permitted = DNS("example"),
		.cns = { "127.1" },
		.sans = { { .kind = KVK_GENERAL_IP,
			.value = { (const uint8_t *)"\x0a\0\0\1", 4 } } },
		.tsp = 1 },
	{ .what = "of two common names in one RDN the first",
		.manner = KVK_MANNER_JAVA,
		.excluded = DNS("a.example"),
		.cns = { "a.example", "b.example" },
		.leaf = 1 },
	{ .what = "of two RDNs the last",
		.manner = KVK_MANNER_JAVA,
		.excluded = DNS("a.example"),
		.cns = { "a.example", "b.example" },
		.apart = true },
	{ .what = "nobody has a name of a form that cannot be handled",
		.excluded = OTHER("\x06\x01\x2a\xa0\x02\x05\x00"),
		.sans = { SAN(DNS, "a.example") } },
	{ .what = "a name of a form that cannot be handled",
		.excluded = OTHER("\x06\x01\x2a\xa0\x02\x05\x00"),
		.sans = { SAN(OTHER, "a.example") },
		.leaf = 1 },
};

/* In place of the common name of the leaf; the second in the same RDN or in one of its own. */
static void give_common_names(const struct row *row)
{
	struct kvk_attribute *cn = &leaf->subject.attributes[leaf->subject.count - 1];

	assert_int_equal(cn->oid, KVK_OID_CN);
	cn->value = kvk_span_of(row->cns[0]);
	if (row->cns[1] == NULL)
		return;
	cn[1] = cn[0];
	cn[1].value = kvk_span_of(row->cns[1]);
	cn[1].rdn += row->apart ? 1 : 0;
	leaf->subject.count++;
}

/* Gives the certificates what a row says. */
static void make(const struct row *row)
{
	constrain(intermediate, list_of(&row->permitted), list_of(&row->excluded));
	if (row->tsp_permitted.text != NULL)
		constrain(tsp, list_of(&row->tsp_permitted), nothing);
	if (row->mail != NULL)
		leaf->subject.attributes[leaf->subject.count++] = (struct kvk_attribute){
			.oid = KVK_OID_EMAIL,
			.tag = KVK_DER_IA5_STRING,
			.value = kvk_span_of(row->mail),
		};
	if (row->cns[0] != NULL)
		give_common_names(row);
	for (size_t i = 0; i < 2 && row->sans[i].value.p != NULL; i++) {
		leaf->ext.has_san = true;
		leaf->ext.sans[leaf->ext.san_count++] = row->sans[i];
	}
}

static void test_rows(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];

		print_message("%s\n", row->what);
		set_up(state);
		make(row);
		fake_validate(&f, leaf, row->manner, &report);
		assert_int_equal(report.count, row->leaf + row->tsp);
		assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), row->leaf);
		assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 1), row->tsp);
		if (row->field != NULL)
			assert_string_equal(report.failures[0].field, row->field);
		if (row->found != NULL)
			assert_string_equal(report.failures[0].found, row->found);
		tear_down(state);
	}
}

/*
 * Constraints apply to what is below, and self-issued certificates are passed over unless they are
 * last.
 */
static void test_whose_names(void **state)
{
	struct kvk_certificate *again;

	(void)state;
	constrain(tsp, dns_list("example", 1), nothing);
	give_dns(tsp, "elsewhere.test");
	validate();
	assert_int_equal(report.count, 0);
	constrain(intermediate, dns_list("example", 1), nothing);
	validate();
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 1), 1);
	intermediate->ext.has_name_constraints = false;
	again = fake_ca(&f, "Tsp", "Tsp", 7, 3);
	fake_sign(&f, leaf, 7);
	give_dns(again, "elsewhere.test");
	validate();
	assert_int_equal(report.count, 0);
}

/* As many names and subtrees as a certificate may have: an answer in time, and no verdict. */
static void test_budget(void **state)
{
	double began;

	(void)state;
	constrain(intermediate, nothing,
		dns_list("a.rather.long.name.that.is.excluded.example", 256));
	constrain(tsp, nothing, dns_list("another.rather.long.name.that.is.excluded.example", 256));
	while (leaf->ext.san_count < LISTS_SANS)
		give_dns(leaf, "x.rather.long.name.that.is.excluded.example");
	began = cost_now();
	validate();
	assert_true(cost_now() - began < 500);
	assert_true(report.exhausted && report.names_open);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.failures[0].reason, KVK_REASON_INVALID_NAME);
	assert_true(report.failures[0].undetermined);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test_setup_teardown(test_whose_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_budget, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

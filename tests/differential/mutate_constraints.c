/* SPDX-License-Identifier: Apache-2.0 */
/* Name constraints, and alternative names that they meet. */
#include "config.h"

#include "tests/differential/mutate.h"

#include "der/writer.h"

/* A form of name by its tag, with names and with subtrees that hold some of them. */
static const char *const dns[] = { "api.example.nl", "example.nl", "API.EXAMPLE.NL",
	"x.api.example.nl", "example.be", "xexample.nl", "*.example.nl", "api.example.nl.",
	"a_b.example.nl", "-a.example.nl", "1.example.nl", "", ".", "nl", "a b.nl",
	"xn--caf-dma.nl", "api..example.nl", ".api.example.nl" };
static const char *const dns_trees[] = { "example.nl", ".example.nl", "EXAMPLE.nl", "nl", "",
	"api.example.nl", "be", ".", "example.nl.", "*.example.nl", "xn--caf-dma.nl", "a b" };
static const char *const emails[] = { "jan@example.nl", "Jan@Example.NL", "jan@api.example.nl",
	"example.nl", "@example.nl", "jan@", "a@b@example.nl", "", "jan@example.be",
	"\"a b\"@example.nl" };
static const char *const email_trees[] = { "example.nl", ".example.nl", "jan@example.nl",
	"JAN@example.nl", "EXAMPLE.NL", "", "nl", ".nl", "@example.nl", "api.example.nl" };
static const char *const uris[] = { "http://api.example.nl/", "https://example.nl:8443/x?y#z",
	"http://user:pw@example.nl/", "ldap://example.nl", "urn:isbn:1", "http:///x", "example.nl",
	"http://10.1.2.3/", "http://[2001:db8::1]/", "HTTP://API.EXAMPLE.NL", "", "http://a b/",
	"mailto:jan@example.nl", "http://example.nl.", "file:/etc", "http://exa_mple.nl/", "//x" };
static const char *const uri_trees[] = { "example.nl", ".example.nl", "api.example.nl", "nl", ".nl",
	"", "EXAMPLE.NL", "10.1.2.3", "http://example.nl", "example.nl.", "a b" };
static const struct kvk_span ips[] = { OCTETS("\x0a\x01\x02\x03"), OCTETS("\xc0\xa8\x00\x01"),
	OCTETS("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"), OCTETS("\x0a\x01\x02"), OCTETS(""),
	OCTETS("\x0a\x01\x02\x03\x04") };
static const struct kvk_span ip_trees[] = { OCTETS("\x0a\x00\x00\x00\xff\x00\x00\x00"),
	OCTETS("\x0a\x01\x00\x00\xff\xff\x00\x00"), OCTETS("\0\0\0\0\0\0\0\0"),
	OCTETS("\x0a\x00\x00\x00\xff\x00\xff\x00"), OCTETS("\x0a\x01\x02\x03\xff\xff\xff\xff"),
	OCTETS("\x0a\x01\x02\x03"), OCTETS("\x0a\x01\x02\x03\xff"), OCTETS(""),
	OCTETS("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0"),
	OCTETS("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0") };
static const char *const oids[] = { "1.3.6.1.4.1.32473.5", "1.3.6.1.4.1.32473.5.1", "1.3.6" };

static void put_text(struct kvk_der_writer *w, unsigned number, const char *text)
{
	kvk_der_put(w, KVK_DER_CONTEXT(number), kvk_span_of(text));
}

/* The first attributes of the leaf's subject, or something like it. */
static void put_directory(struct kvk_der_writer *w, struct victim *v)
{
	const struct kvk_issue *leaf = &v->chain->issues[v->chain->count - 1];
	size_t n = dice_roll(v->dice, leaf->subject.count + 1);

	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(4));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < n; i++) {
		const struct kvk_issue_attribute *a = kvk_vec_at(&leaf->subject, i);
		unsigned tag = dice_one_in(v->dice, 4) ? KVK_DER_PRINTABLE_STRING : a->tag;
		struct kvk_span value = kvk_span_of_blob(&a->value);

		if (dice_one_in(v->dice, 6))
			value = kvk_span_of("anders");
		kvk_der_open(w, KVK_DER_SET);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put(w, KVK_DER_OID, kvk_span_of_blob(&a->type));
		kvk_der_put(w, tag, value);
		kvk_der_close(w);
		kvk_der_close(w);
	}
	kvk_der_close(w);
	kvk_der_close(w);
}

static void put_other(struct kvk_der_writer *w, struct dice *dice)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put_oid_text(w, DICE_PICK(dice, oids));
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put(w, KVK_DER_UTF8_STRING, kvk_span_of("ander"));
	kvk_der_close(w);
	kvk_der_close(w);
}

static void put_oid(struct kvk_der_writer *w, const char *dotted)
{
	struct kvk_blob octets = { 0 };

	if (kvk_oid_encode(dotted, &octets) == KVK_OK)
		kvk_der_put(w, KVK_DER_CONTEXT(8), kvk_span_of_blob(&octets));
	kvk_blob_free(&octets);
}

/* A GeneralName, to be constrained or to constrain. */
static void put_general(struct kvk_der_writer *w, struct victim *v, bool tree)
{
	struct dice *d = v->dice;

	switch (dice_roll(d, 12)) {
	case 0:
		put_other(w, d);
		break;
	case 1:
	case 2:
		put_text(w, 1, tree ? DICE_PICK(d, email_trees) : DICE_PICK(d, emails));
		break;
	case 3:
	case 4:
		put_text(w, 6, tree ? DICE_PICK(d, uri_trees) : DICE_PICK(d, uris));
		break;
	case 5:
	case 6:
		kvk_der_put(
			w, KVK_DER_CONTEXT(7), tree ? DICE_PICK(d, ip_trees) : DICE_PICK(d, ips));
		break;
	case 7:
		put_directory(w, v);
		break;
	case 8:
		put_oid(w, DICE_PICK(d, oids));
		break;
	default:
		put_text(w, 2, tree ? DICE_PICK(d, dns_trees) : DICE_PICK(d, dns));
		break;
	}
}

static void set(struct victim *v, const char *dotted, struct kvk_der_writer *w, bool critical)
{
	struct kvk_blob value = { 0 };
	enum kvk_err err = kvk_der_write_done(w, &value);

	if (err == KVK_OK)
		kvk_issue_extension(v->issue, dotted, critical, kvk_span_of_blob(&value));
	else
		v->issue->err = err;
	kvk_der_writer_free(w);
	kvk_blob_free(&value);
}

MUTATION(alternative_names)
{
	struct kvk_der_writer w = { 0 };
	const size_t n = dice_one_in(v->dice, 12) ? 0 : 1 + dice_roll(v->dice, 2);

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < n; i++)
		put_general(&w, v, false);
	kvk_der_close(&w);
	set(v, "2.5.29.17", &w, dice_one_in(v->dice, 4));
}

MUTATION(leaf_names)
{
	v->i = v->chain->count - 1;
	v->issue = &v->chain->issues[v->i];
	alternative_names(v);
}

static void put_subtrees(struct kvk_der_writer *w, struct victim *v, unsigned number)
{
	const size_t n = dice_one_in(v->dice, 16) ? 0 : 1 + dice_roll(v->dice, 2);

	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(number));
	for (size_t i = 0; i < n; i++) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		put_general(w, v, true);
		if (dice_one_in(v->dice, 24))
			kvk_der_put(w, KVK_DER_CONTEXT(0), (struct kvk_span)OCTETS("\x01"));
		if (dice_one_in(v->dice, 24))
			kvk_der_put(w, KVK_DER_CONTEXT(1), (struct kvk_span)OCTETS("\x02"));
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

MUTATION(constrain)
{
	struct kvk_der_writer w = { 0 };
	const size_t which = dice_roll(v->dice, 8);

	/* a leaf's own constraints bind nobody */
	if (v->i + 1 == v->chain->count && v->chain->count > 2 && !dice_one_in(v->dice, 4))
		v->issue = &v->chain->issues[--v->i];
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	if (which != 0 && which < 6)
		put_subtrees(&w, v, 0);
	if (which >= 4)
		put_subtrees(&w, v, 1);
	kvk_der_close(&w);
	set(v, "2.5.29.30", &w, !dice_one_in(v->dice, 3));
}

MUTATION(subject_mail)
{
	kvk_issue_name(v->issue, KVK_OID_EMAIL, DICE_PICK(v->dice, emails));
	if (dice_one_in(v->dice, 2))
		kvk_issue_drop(v->issue, KVK_OID_EXT_SAN);
}

MUTATION(no_names)
{
	kvk_issue_drop(v->issue, KVK_OID_EXT_SAN);
}

const struct mutation mutations_constraints[] = {
	{ "name-constraints", constrain },
	{ "name-constraints", constrain },
	{ "name-constraints", constrain },
	{ "alternative-names", alternative_names },
	{ "leaf-names", leaf_names },
	{ "leaf-names", leaf_names },
	{ "subject-mail", subject_mail },
	{ "no-names", no_names },
	{ NULL, NULL },
};

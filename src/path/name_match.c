/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/name_match.h"

#include <string.h>

#include "base/ascii.h"
#include "names/host.h"

/* The place of a character, or n where there is none. */
static size_t index_of(struct kvk_span text, uint8_t c)
{
	const uint8_t *p = text.n > 0 ? memchr(text.p, c, text.n) : NULL;

	return p != NULL ? (size_t)(p - text.p) : text.n;
}

/* The last place of a character, or n where there is none. */
static size_t last_index_of(struct kvk_span text, uint8_t c)
{
	for (size_t i = text.n; i-- > 0;) {
		if (text.p[i] == c)
			return i;
	}
	return text.n;
}

/* Whether a text ends in another one, without regard to ASCII case. */
static bool ends_in(struct kvk_span text, struct kvk_span end)
{
	return text.n >= end.n && kvk_equal_nocase(kvk_span_from(text, text.n - end.n), end);
}

static enum kvk_match inside(bool yes)
{
	return yes ? KVK_MATCH_INSIDE : KVK_MATCH_OUTSIDE;
}

/*
 * Java 17: the same, but a leading dot asks for one label more, and an empty text ends in an
 * exception.
 */
static enum kvk_match match_dns_java(struct kvk_span name, struct kvk_span subtree)
{
	if (name.n == 0 || subtree.n == 0)
		return KVK_MATCH_UNHANDLED;
	if (subtree.p[0] == '.' && name.n > subtree.n)
		return inside(ends_in(name, subtree) && name.p[name.n - subtree.n - 1] != '.');
	return inside(kvk_host_is_below(name, subtree));
}

/*
 * Whether a wildcard may stand for a host that is excluded: the same but for the first label, which
 * the wildcard leaves open.
 */
static bool may_stand_for(struct kvk_span name, struct kvk_span subtree)
{
	size_t dot = index_of(name, '.');

	return index_of(name, '*') < dot &&
		kvk_equal_nocase(
			kvk_span_from(name, dot), kvk_span_from(subtree, index_of(subtree, '.')));
}

static enum kvk_match match_dns(struct kvk_span name, struct kvk_span subtree, bool excluded)
{
	if (!kvk_host_is_loose(name) || !kvk_host_is_loose(subtree))
		return KVK_MATCH_UNHANDLED;
	name = kvk_host_without_root(name);
	subtree = kvk_host_without_root(subtree);
	if (subtree.n == 0)
		return KVK_MATCH_INSIDE;
	/*
	 * RFC 5280 gives a leading dot no meaning here: it permits nothing, and excludes what it
	 * may mean
	 */
	if (subtree.p[0] == '.')
		return excluded ? inside(kvk_host_is_below(name, kvk_span_from(subtree, 1))) :
				  KVK_MATCH_OUTSIDE;
	return inside(
		kvk_host_is_below(name, subtree) || (excluded && may_stand_for(name, subtree)));
}

/* Java 17 compares the texts from their ends and takes a name without '@' as it is. */
static enum kvk_match match_email_java(struct kvk_span name, struct kvk_span subtree)
{
	bool has_at = index_of(subtree, '@') < subtree.n;

	if (kvk_equal_nocase(name, subtree))
		return KVK_MATCH_INSIDE;
	if (has_at || name.n <= subtree.n || !ends_in(name, subtree))
		return KVK_MATCH_OUTSIDE;
	return inside(subtree.p[0] == '.' || name.p[name.n - subtree.n - 1] == '@');
}

/* A mailbox, all of a host, or, with a leading dot, all hosts below a domain. */
static enum kvk_match match_email(struct kvk_span name, struct kvk_span subtree, bool java)
{
	size_t at = last_index_of(name, '@');
	size_t subtree_at = last_index_of(subtree, '@');
	struct kvk_span host, local = { .p = name.p, .n = at };
	struct kvk_span wanted = { .p = subtree.p, .n = subtree_at };

	if (subtree.n == 0 || kvk_span_is(subtree, "."))
		return KVK_MATCH_UNHANDLED;
	if (java)
		return match_email_java(name, subtree);
	if (at == name.n)
		return KVK_MATCH_UNHANDLED;
	host = kvk_host_without_root(kvk_span_from(name, at + 1));
	subtree = kvk_host_without_root(subtree);
	if (host.n == 0 || !kvk_host_is_loose(host))
		return KVK_MATCH_UNHANDLED;
	if (subtree_at < subtree.n)
		return inside(kvk_equal_nocase(host, kvk_span_from(subtree, subtree_at + 1)) &&
			kvk_span_equal(local, wanted));
	if (subtree.p[0] == '.')
		return inside(host.n > subtree.n && ends_in(host, subtree));
	return inside(kvk_equal_nocase(host, subtree));
}

static bool is_number(struct kvk_span text)
{
	return text.n > 0 && kvk_all_digits(text);
}

/* Whether a host is an IP address: in brackets, or its last label is a number. */
static bool is_address(struct kvk_span host)
{
	size_t last = host.n;

	while (last > 0 && host.p[last - 1] != '.')
		last--;
	return host.p[0] == '[' || is_number(kvk_span_from(host, last));
}

/* The host of a URI (RFC 3986 3.2.2); empty where it has no authority. */
static struct kvk_span host_of(struct kvk_span uri)
{
	size_t colon = index_of(uri, ':');
	struct kvk_span rest, none = { 0 };
	size_t end = 0;

	if (colon + 2 >= uri.n || uri.p[colon + 1] != '/' || uri.p[colon + 2] != '/')
		return none;
	rest = kvk_span_from(uri, colon + 3);
	while (end < rest.n && memchr("/?#", rest.p[end], 3) == NULL)
		end++;
	rest.n = end;
	for (size_t at = index_of(rest, '@'); at < rest.n; at = index_of(rest, '@'))
		rest = kvk_span_from(rest, at + 1);
	if (rest.n > 0 && rest.p[0] == '[') {
		rest.n = index_of(rest, ']');
		return rest;
	}
	rest.n = index_of(rest, ':');
	return rest;
}

/*
 * A host, or, with a leading dot, all hosts below a domain. A URI without a host name is refused
 * (4.2.1.10).
 */
static enum kvk_match match_uri(struct kvk_span name, struct kvk_span subtree, bool java)
{
	struct kvk_span host = kvk_host_without_root(host_of(name));

	if (host.n == 0 || subtree.n == 0 || kvk_span_is(subtree, "."))
		return KVK_MATCH_UNHANDLED;
	/* Java takes an address for a host like others, and a host with an underscore for none */
	if (is_address(host))
		return java ? inside(kvk_equal_nocase(host, subtree)) : KVK_MATCH_UNHANDLED;
	if (!kvk_host_is_loose(host) || (java && index_of(host, '_') < host.n))
		return KVK_MATCH_UNHANDLED;
	if (!java)
		subtree = kvk_host_without_root(subtree);
	if (subtree.p[0] == '.')
		return inside(host.n > subtree.n && ends_in(host, subtree));
	return inside(kvk_equal_nocase(host, kvk_host_without_root(subtree)));
}

/* Whether a mask is ones and then zeros: a range in the style of RFC 4632, as 4.2.1.10 has it. */
static bool is_range(const uint8_t *mask, size_t n)
{
	bool ended = false;

	for (size_t i = 0; i < n * 8; i++) {
		bool one = (mask[i / 8] >> (7 - i % 8) & 1) != 0;

		if (one && ended)
			return false;
		ended = !one;
	}
	return true;
}

/* An address and a mask, four or sixteen octets each. */
static enum kvk_match match_ip(struct kvk_span name, struct kvk_span subtree)
{
	size_t size = subtree.n / 2;

	if ((subtree.n != 8 && subtree.n != 32) || (name.n != 4 && name.n != 16) ||
		!is_range(subtree.p + size, size))
		return KVK_MATCH_UNHANDLED;
	if (size != name.n)
		return KVK_MATCH_OUTSIDE;
	for (size_t i = 0; i < size; i++) {
		if (((name.p[i] ^ subtree.p[i]) & subtree.p[size + i]) != 0)
			return KVK_MATCH_OUTSIDE;
	}
	return KVK_MATCH_INSIDE;
}

static bool has_mask(struct kvk_span address)
{
	return address.n == 8 || address.n == 32;
}

/* Whether an address of a network has bits where its mask has none: then it has no hosts. */
static bool is_empty(struct kvk_span network)
{
	const size_t size = network.n / 2;

	for (size_t i = 0; i < size; i++) {
		if ((network.p[i] & network.p[size + i]) != network.p[i])
			return true;
	}
	return false;
}

/* A network of the same size as another: whether it lies within that one, or is it. */
static enum kvk_match match_network(struct kvk_span name, struct kvk_span subtree)
{
	const size_t size = subtree.n / 2;
	const uint8_t *mask = subtree.p + size;
	bool within = true, same = memcmp(name.p + size, mask, size) == 0;

	for (size_t i = 0; i < size; i++) {
		same = same && (name.p[i] & mask[i]) == (subtree.p[i] & mask[i]);
		within = within && (mask[i] & name.p[size + i]) == mask[i] &&
			subtree.p[i] == (name.p[i] & mask[i]);
	}
	if (same)
		return KVK_MATCH_INSIDE;
	if (is_empty(name) || is_empty(subtree))
		return inside(is_empty(name));
	return inside(within);
}

/*
 * IPAddressName.constrains() of Java 17: a constraint without a mask is one address; in one with a
 * mask all bits count, so that one with bits beside its mask holds nobody; a name may have a mask,
 * too. Where Java runs off the end of an address, nobody knows.
 */
static enum kvk_match match_ip_java(struct kvk_span name, struct kvk_span subtree)
{
	const size_t size = subtree.n / 2;

	if (has_mask(name) && name.n == subtree.n)
		return match_network(name, subtree);
	if (has_mask(name)) {
		/* Java asks whether the constraint lies within the name, where the one is as long
		 */
		return name.n / 2 > subtree.n ? KVK_MATCH_UNHANDLED : KVK_MATCH_OUTSIDE;
	}
	if (!has_mask(subtree))
		return inside(kvk_span_equal(name, subtree));
	for (size_t i = 0; i < size; i++) {
		if (i >= name.n)
			return KVK_MATCH_UNHANDLED;
		if ((name.p[i] & subtree.p[size + i]) != subtree.p[i])
			return KVK_MATCH_OUTSIDE;
	}
	return KVK_MATCH_INSIDE;
}

/* Nobody defined what lies below an object identifier here. */
static enum kvk_match match_registered_id(struct kvk_span name, struct kvk_span subtree)
{
	return kvk_span_equal(name, subtree) ? KVK_MATCH_INSIDE : KVK_MATCH_UNHANDLED;
}

static enum kvk_match match_directory(
	const struct kvk_constrained_name *name, struct kvk_span subtree, enum kvk_manner manner)
{
	enum kvk_manner names = manner == KVK_MANNER_JAVA ? KVK_MANNER_JAVA : KVK_MANNER_RFC5280;
	const struct kvk_name *directory = name->directory;
	struct kvk_name read = { .count = 0 }, base = { .count = 0 };
	bool within;
	enum kvk_err err;

	KVK_TRY(kvk_name_parse(subtree, true, &base));
	if (directory == NULL) {
		KVK_TRY(kvk_name_parse(name->name.value, true, &read));
		directory = &read;
	}
	KVK_TRY(kvk_name_within(directory, &base, names, &within));
out:
	kvk_name_free(&read);
	kvk_name_free(&base);
	return err == KVK_OK ? inside(within) : KVK_MATCH_UNHANDLED;
}

/*
 * Whether two otherNames are of one type, or nobody can tell.
 * OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY DEFINED BY type-id }
 */
static bool same_type(struct kvk_span a, struct kvk_span b)
{
	struct kvk_der_log log = { 0 };
	struct kvk_span type_a, type_b;
	struct kvk_der der_a, der_b;

	kvk_der_start(&der_a, a, true, &log);
	kvk_der_start(&der_b, b, true, &log);
	return kvk_der_oid(&der_a, &type_a) != KVK_OK || kvk_der_oid(&der_b, &type_b) != KVK_OK ||
		kvk_span_equal(type_a, type_b);
}

bool kvk_name_match_same_form(
	const struct kvk_general_name *a, const struct kvk_general_name *b, enum kvk_manner manner)
{
	if (a->kind != b->kind)
		return false;
	return a->kind != KVK_GENERAL_OTHER || manner == KVK_MANNER_JAVA ||
		same_type(a->value, b->value);
}

bool kvk_name_match_mailbox(const struct kvk_general_name *name, struct kvk_general_name *out)
{
	/* id-on-SmtpUTF8Mailbox: 1.3.6.1.5.5.7.8.9 */
	static const uint8_t mailbox[] = { 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x08, 0x09 };
	struct kvk_der_log log = { 0 };
	struct kvk_der der, value;
	struct kvk_span type;

	if (name->kind != KVK_GENERAL_OTHER)
		return false;
	kvk_der_start(&der, name->value, true, &log);
	if (kvk_der_oid(&der, &type) != KVK_OK ||
		!kvk_span_equal(type, (struct kvk_span){ mailbox, sizeof(mailbox) }))
		return false;
	*out = (struct kvk_general_name){ .kind = KVK_GENERAL_EMAIL };
	/* SmtpUTF8Mailbox ::= UTF8String; what cannot be read stays empty, which no constraint
	 * handles */
	if (kvk_der_enter(&der, KVK_DER_CONTEXT_CONSTRUCTED(0), &value) == KVK_OK)
		(void)kvk_der_read(&value, KVK_DER_UTF8_STRING, &out->value);
	return true;
}

enum kvk_match kvk_name_match(const struct kvk_constrained_name *name,
	const struct kvk_general_name *subtree, enum kvk_manner manner, bool excluded)
{
	bool java = manner == KVK_MANNER_JAVA;

	switch (subtree->kind) {
	case KVK_GENERAL_DNS:
		return java ? match_dns_java(name->name.value, subtree->value) :
			      match_dns(name->name.value, subtree->value, excluded);
	case KVK_GENERAL_EMAIL:
		return match_email(name->name.value, subtree->value, java);
	case KVK_GENERAL_URI:
		return match_uri(name->name.value, subtree->value, java);
	case KVK_GENERAL_IP:
		return java ? match_ip_java(name->name.value, subtree->value) :
			      match_ip(name->name.value, subtree->value);
	case KVK_GENERAL_DIRECTORY:
		return match_directory(name, subtree->value, manner);
	case KVK_GENERAL_REGISTERED_ID:
		return match_registered_id(name->name.value, subtree->value);
	default:
		return KVK_MATCH_UNHANDLED;
	}
}

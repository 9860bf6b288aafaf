/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/bytes.h"

#include <string.h>

#include "der/reader.h"

enum { NODES = 1024, NO_NODE = NODES };

/* A value: where it starts, where its contents start, where it ends, and what it is in. */
struct node {
	size_t start, content, end;
	size_t parent;
};

struct tree {
	struct kvk_span der;
	size_t count;
	struct node nodes[NODES];
};

/* Reads tag and length at a place; false where no whole value stands there. */
static bool read_node(struct kvk_span der, size_t at, size_t end, struct node *out)
{
	size_t n, octets;

	if (end - at < 2 || (der.p[at] & 0x1f) == 0x1f)
		return false;
	n = der.p[at + 1];
	out->start = at;
	out->content = at + 2;
	if (n > 0x80) {
		octets = n - 0x80;
		if (octets > 3 || end - at < 2 + octets)
			return false;
		n = 0;
		for (size_t i = 0; i < octets; i++)
			n = n << 8 | der.p[at + 2 + i];
		out->content += octets;
	}
	out->end = out->content + n;
	return n != 0x80 && out->end <= end;
}

/* Whether octets are values one after the other, to the end. */
static bool is_list(struct kvk_span der, size_t from, size_t to)
{
	struct node node;
	size_t at = from;

	while (at < to && read_node(der, at, to, &node))
		at = node.end;
	return at == to && to > from;
}

static void grow(struct tree *tree, size_t from, size_t to, size_t parent);

static void add(struct tree *tree, const struct node *node, size_t parent)
{
	const unsigned tag = tree->der.p[node->start];
	const size_t number = tree->count++;
	size_t from = node->content;

	tree->nodes[number] = *node;
	tree->nodes[number].parent = parent;
	if (tag == KVK_DER_BIT_STRING && node->end > from && tree->der.p[from] == 0)
		from++;
	else if ((tag & 0x20) == 0 && tag != KVK_DER_OCTET_STRING)
		return;
	if (is_list(tree->der, from, node->end))
		grow(tree, from, node->end, number);
}

static void grow(struct tree *tree, size_t from, size_t to, size_t parent)
{
	struct node node;
	size_t at = from;

	while (at < to && tree->count < NODES && read_node(tree->der, at, to, &node)) {
		add(tree, &node, parent);
		at = node.end;
	}
}

struct kvk_span bytes_first(struct kvk_span der)
{
	struct kvk_span none = { 0 };
	struct node outer, inner;

	if (!read_node(der, 0, der.n, &outer) || !read_node(der, outer.content, outer.end, &inner))
		return none;
	return (struct kvk_span){ der.p + inner.start, inner.end - inner.start };
}

static struct kvk_span part(struct kvk_span der, size_t from, size_t to)
{
	return (struct kvk_span){ der.p + from, to - from };
}

/* Writes tag and length; extra octets of zeros make the length longer than it has to be. */
static enum kvk_err put_header(struct kvk_blob *out, unsigned tag, size_t n, unsigned extra)
{
	uint8_t octets[8];
	unsigned count = 0;
	enum kvk_err err = kvk_blob_append_byte(out, (uint8_t)tag);

	if (err != KVK_OK)
		return err;
	if (n < 0x80 && extra == 0)
		return kvk_blob_append_byte(out, (uint8_t)n);
	for (size_t rest = n; rest > 0 || count == 0; rest >>= 8)
		octets[7 - count++] = (uint8_t)rest;
	for (; extra > 0 && count < 8; extra--)
		octets[7 - count++] = 0;
	err = kvk_blob_append_byte(out, (uint8_t)(0x80 | count));
	return err == KVK_OK ?
		kvk_blob_append(out, (struct kvk_span){ octets + 8 - count, count }) :
		err;
}

static enum kvk_err put_value(struct kvk_blob *out, unsigned tag, struct kvk_span content)
{
	enum kvk_err err = put_header(out, tag, content.n, 0);

	return err == KVK_OK ? kvk_blob_append(out, content) : err;
}

/* Puts other octets in place of from to to, which are in parent, and fixes the lengths around them.
 */
static enum kvk_err replace(const struct tree *tree, size_t from, size_t to, size_t parent,
	struct kvk_span by, struct kvk_blob *out)
{
	struct kvk_blob content = { 0 }, whole = { 0 };
	enum kvk_err err = kvk_blob_append(&whole, by);

	while (err == KVK_OK && parent != NO_NODE) {
		const struct node *around = &tree->nodes[parent];

		kvk_blob_clear(&content);
		err = kvk_blob_append(&content, part(tree->der, around->content, from));
		if (err == KVK_OK)
			err = kvk_blob_append(&content, kvk_span_of_blob(&whole));
		if (err == KVK_OK)
			err = kvk_blob_append(&content, part(tree->der, to, around->end));
		kvk_blob_clear(&whole);
		if (err == KVK_OK)
			err = put_value(
				&whole, tree->der.p[around->start], kvk_span_of_blob(&content));
		from = around->start;
		to = around->end;
		parent = around->parent;
	}
	kvk_blob_clear(out);
	if (err == KVK_OK)
		err = kvk_blob_append(out, part(tree->der, 0, from));
	if (err == KVK_OK)
		err = kvk_blob_append(out, kvk_span_of_blob(&whole));
	if (err == KVK_OK)
		err = kvk_blob_append(out, part(tree->der, to, tree->der.n));
	kvk_blob_free(&content);
	kvk_blob_free(&whole);
	return err;
}

/* One mutation: writes into out what replaces a node, and its neighbour if asked. */
struct change {
	const struct tree *tree;
	const struct node *node;
	struct dice *dice;
	struct kvk_span content, whole;
	unsigned tag;
	/* Where the part that is replaced ends. */
	size_t end;
	struct kvk_blob *out;
};

#define CHANGE(name) static enum kvk_err name(struct change *c)

CHANGE(drop)
{
	(void)c;
	return KVK_OK;
}

CHANGE(twice)
{
	enum kvk_err err = kvk_blob_append(c->out, c->whole);

	return err == KVK_OK ? kvk_blob_append(c->out, c->whole) : err;
}

CHANGE(swap)
{
	const struct tree *tree = c->tree;
	struct node next;
	size_t to = c->node->parent == NO_NODE ? tree->der.n : tree->nodes[c->node->parent].end;
	enum kvk_err err;

	if (!read_node(tree->der, c->node->end, to, &next))
		return kvk_blob_append(c->out, c->whole);
	c->end = next.end;
	err = kvk_blob_append(c->out, part(tree->der, next.start, next.end));
	return err == KVK_OK ? kvk_blob_append(c->out, c->whole) : err;
}

CHANGE(other_tag)
{
	static const uint8_t tags[] = { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13,
		0x14, 0x16, 0x17, 0x18, 0x1a, 0x1b, 0x1c, 0x1e, 0x30, 0x31, 0x80, 0x81, 0x82, 0x83,
		0x86, 0x87, 0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x24, 0x10, 0x00, 0x41, 0xc1 };

	return put_value(c->out, DICE_PICK(c->dice, tags), c->content);
}

CHANGE(flip)
{
	enum kvk_err err = put_value(c->out, c->tag, c->content);
	size_t at = c->out->n - 1 - dice_roll(c->dice, c->content.n);

	if (err == KVK_OK && c->content.n > 0)
		c->out->p[at] ^= (uint8_t)(1u << dice_roll(c->dice, 8));
	return err;
}

CHANGE(empty)
{
	return put_value(c->out, c->tag, part(c->content, 0, 0));
}

CHANGE(cut)
{
	return put_value(c->out, c->tag, part(c->content, 0, c->content.n - (c->content.n > 0)));
}

CHANGE(append)
{
	static const uint8_t octets[] = { 0x00, 0x05, 0x20, 0x30, 0x41, 0x7f, 0x80, 0xff };
	enum kvk_err err = put_header(c->out, c->tag, c->content.n + 1, 0);

	if (err == KVK_OK)
		err = kvk_blob_append(c->out, c->content);
	return err == KVK_OK ? kvk_blob_append_byte(c->out, DICE_PICK(c->dice, octets)) : err;
}

CHANGE(prepend)
{
	static const uint8_t octets[] = { 0x00, 0x01, 0x07, 0x20, 0x41, 0x7f, 0x80, 0xff };
	enum kvk_err err = put_header(c->out, c->tag, c->content.n + 1, 0);

	if (err == KVK_OK)
		err = kvk_blob_append_byte(c->out, DICE_PICK(c->dice, octets));
	return err == KVK_OK ? kvk_blob_append(c->out, c->content) : err;
}

CHANGE(long_length)
{
	enum kvk_err err =
		put_header(c->out, c->tag, c->content.n, 1 + (unsigned)dice_roll(c->dice, 4));

	return err == KVK_OK ? kvk_blob_append(c->out, c->content) : err;
}

CHANGE(indefinite)
{
	static const uint8_t end[2] = { 0, 0 };
	const uint8_t header[] = { (uint8_t)c->tag, 0x80 };
	enum kvk_err err = kvk_blob_append(c->out, (struct kvk_span){ header, 2 });

	if (err == KVK_OK)
		err = kvk_blob_append(c->out, c->content);
	return err == KVK_OK ? kvk_blob_append(c->out, (struct kvk_span){ end, 2 }) : err;
}

CHANGE(null_behind)
{
	static const uint8_t null[2] = { 5, 0 };
	enum kvk_err err = kvk_blob_append(c->out, c->whole);

	return err == KVK_OK ? kvk_blob_append(c->out, (struct kvk_span){ null, 2 }) : err;
}

CHANGE(other_content)
{
	const struct tree *tree = c->tree;
	const struct node *other = &tree->nodes[dice_roll(c->dice, tree->count)];

	return put_value(c->out, c->tag, part(tree->der, other->content, other->end));
}

CHANGE(other_value)
{
	const struct tree *tree = c->tree;
	const struct node *other = &tree->nodes[dice_roll(c->dice, tree->count)];

	return kvk_blob_append(c->out, part(tree->der, other->start, other->end));
}

CHANGE(number)
{
	static const struct kvk_span numbers[] = {
		{ (const uint8_t *)"\x00", 1 },
		{ (const uint8_t *)"\x01", 1 },
		{ (const uint8_t *)"\x7f", 1 },
		{ (const uint8_t *)"\x80", 1 },
		{ (const uint8_t *)"\xff", 1 },
		{ (const uint8_t *)"\x00\x00", 2 },
		{ (const uint8_t *)"\x00\x01", 2 },
		{ (const uint8_t *)"\x07\x80", 2 },
		{ (const uint8_t *)"\x7f\xff\xff\xff", 4 },
		{ (const uint8_t *)"\x80\x00\x00\x00", 4 },
		{ (const uint8_t *)"\x00\xff\xff\xff\xff", 5 },
		{ (const uint8_t *)"\x01\x00\x00\x00\x00\x00\x00\x00\x01", 9 },
	};

	return put_value(c->out, c->tag, DICE_PICK(c->dice, numbers));
}

CHANGE(wrong_length)
{
	static const int by[] = { -2, -1, 1, 2, 16 };
	const int delta = DICE_PICK(c->dice, by);
	size_t n = c->content.n;

	if (delta > 0 || n >= (size_t)-delta)
		n = delta > 0 ? n + (size_t)delta : n - (size_t)-delta;
	enum kvk_err err = put_header(c->out, c->tag, n, 0);

	return err == KVK_OK ? kvk_blob_append(c->out, c->content) : err;
}

static const struct {
	const char *name;
	enum kvk_err (*apply)(struct change *c);
} changes[] = {
	{ "der-drop", drop },
	{ "der-twice", twice },
	{ "der-swap", swap },
	{ "der-other-tag", other_tag },
	{ "der-other-tag", other_tag },
	{ "der-flip", flip },
	{ "der-flip", flip },
	{ "der-empty", empty },
	{ "der-cut", cut },
	{ "der-append", append },
	{ "der-prepend", prepend },
	{ "der-long-length", long_length },
	{ "der-indefinite", indefinite },
	{ "der-null-behind", null_behind },
	{ "der-other-content", other_content },
	{ "der-other-value", other_value },
	{ "der-number", number },
	{ "der-wrong-length", wrong_length },
};

enum kvk_err bytes_mutate(
	struct kvk_span der, struct dice *dice, struct kvk_blob *out, const char **what)
{
	const size_t kind = dice_roll(dice, sizeof(changes) / sizeof(changes[0]));
	static struct tree tree;
	struct kvk_blob by = { 0 };
	struct change c = { .tree = &tree, .dice = dice, .out = &by };
	enum kvk_err err;

	tree.der = der;
	tree.count = 0;
	grow(&tree, 0, der.n, NO_NODE);
	if (tree.count == 0)
		return KVK_ERR_ARGUMENT;
	c.node = &tree.nodes[dice_roll(dice, tree.count)];
	c.tag = der.p[c.node->start];
	c.content = part(der, c.node->content, c.node->end);
	c.whole = part(der, c.node->start, c.node->end);
	c.end = c.node->end;
	*what = changes[kind].name;
	err = changes[kind].apply(&c);
	if (err == KVK_OK)
		err = replace(
			&tree, c.node->start, c.end, c.node->parent, kvk_span_of_blob(&by), out);
	kvk_blob_free(&by);
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Validity, key usage, cA, path length, version, serial, extensions, order. */
#include "config.h"

#include "tests/differential/mutate.h"

#include "cert/certificate.h"
#include "tests/support/issue_odd.h"

MUTATION(not_after)
{
	static const kvk_time ends[] = { -KVK_DAY, -KVK_SECOND, 0, KVK_SECOND, 30 * 365 * KVK_DAY,
		400 * 365 * KVK_DAY };

	v->issue->not_after = v->chain->at + DICE_PICK(v->dice, ends);
}

MUTATION(not_before)
{
	static const kvk_time starts[] = { KVK_DAY, KVK_SECOND, 0, -KVK_SECOND, 30 * 365 * KVK_DAY,
		-(kvk_time)77 * 365 * KVK_DAY, -(kvk_time)60 * 365 * KVK_DAY };

	v->issue->not_before = v->chain->at + DICE_PICK(v->dice, starts);
}

MUTATION(clock)
{
	static const kvk_time by[] = { 5, -5, 365 * KVK_DAY, 365 * KVK_DAY + 1, -365 * KVK_DAY,
		-365 * KVK_DAY - 1 };

	v->chain->at = CHAIN_NOW + DICE_PICK(v->dice, by);
}

MUTATION(generalized_time)
{
	issue_odd(v->issue)->generalized_time = true;
}

MUTATION(key_usage)
{
	kvk_issue_key_usage(v->issue, (uint32_t)dice_next(v->dice) & 0x1ff);
}

MUTATION(no_key_usage)
{
	kvk_issue_drop(v->issue, KVK_OID_EXT_KEY_USAGE);
}

/* Java's validator looks at no extended key usage, of the leaf or of a CA. */
MUTATION(usages)
{
	static const char *const client[] = { "1.3.6.1.5.5.7.3.2", NULL };
	static const char *const server[] = { "1.3.6.1.5.5.7.3.1", NULL };
	static const char *const mail[] = { "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.9", NULL };
	static const char *const any[] = { "2.5.29.37.0", NULL };
	static const char *const *const lists[] = { client, server, mail, any };

	if (dice_one_in(v->dice, 5))
		kvk_issue_drop(v->issue, KVK_OID_EXT_EKU);
	else
		kvk_issue_eku(v->issue, DICE_PICK(v->dice, lists));
}

MUTATION(no_basic_constraints)
{
	kvk_issue_drop(v->issue, KVK_OID_EXT_BASIC_CONSTRAINTS);
}

MUTATION(basic_constraints)
{
	const int path_length = (int)dice_roll(v->dice, 4) - 1;

	kvk_issue_basic_constraints(v->issue, !dice_one_in(v->dice, 4), path_length);
}

MUTATION(self_issued)
{
	struct kvk_blob name = { 0 };

	/* it takes the name of its issuer */
	if (v->i > 0 && v->i + 1 < v->chain->count) {
		struct kvk_issue *above = &v->chain->issues[v->i - 1];

		for (size_t i = 0; i < v->issue->subject.count && i < above->subject.count; i++) {
			struct kvk_issue_attribute *to = kvk_vec_at(&v->issue->subject, i);
			struct kvk_issue_attribute *from = kvk_vec_at(&above->subject, i);

			kvk_blob_clear(&to->value);
			kvk_blob_clear(&to->type);
			to->tag = from->tag;
			if (kvk_blob_append(&to->type, kvk_span_of_blob(&from->type)) != KVK_OK ||
				kvk_blob_append(&to->value, kvk_span_of_blob(&from->value)) !=
					KVK_OK)
				v->issue->err = KVK_ERR_MEMORY;
		}
	}
	kvk_blob_free(&name);
}

MUTATION(version)
{
	issue_odd(v->issue)->version = 1 + (unsigned)dice_roll(v->dice, 5);
	if (dice_one_in(v->dice, 2))
		kvk_issue_drop_all(v->issue);
}

MUTATION(serial)
{
	static const struct kvk_span serials[] = {
		{ (const uint8_t *)"\x00", 1 },
		{ (const uint8_t *)"\x80", 1 },
		{ (const uint8_t *)"\xff", 1 },
		{ (const uint8_t *)"\x00\x00\x01", 3 },
		{ (const uint8_t *)"\xff\xff\x01", 3 },
		{ (const uint8_t *)"\x7f\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e"
				   "\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18",
			25 },
	};

	kvk_issue_serial(v->issue, DICE_PICK(v->dice, serials));
}

/* Extensions, known and unknown, with possible contents. */
static const struct {
	const char *oid;
	struct kvk_span value;
} values[] = {
	{ "1.3.6.1.4.1.32473.1", { (const uint8_t *)"\x05\x00", 2 } },
	{ "1.3.6.1.4.1.32473.2", { (const uint8_t *)"", 0 } },
	{ "1.3.6.1.5.5.7.1.3", { (const uint8_t *)"\x30\x00", 2 } },
	{ "1.3.6.1.5.5.7.1.24", { (const uint8_t *)"\x30\x03\x02\x01\x05", 5 } },
	{ "1.3.6.1.4.1.11129.2.4.3", { (const uint8_t *)"\x05\x00", 2 } },
	{ "1.3.6.1.5.5.7.48.1.5", { (const uint8_t *)"\x05\x00", 2 } },
	{ "2.16.840.1.113730.1.1", { (const uint8_t *)"\x03\x02\x06\x40", 4 } },
	{ "2.16.840.1.113730.1.1", { (const uint8_t *)"\x03\x02\x00\x05", 4 } },
	{ "2.5.29.14", { (const uint8_t *)"\x04\x03\x01\x02\x03", 5 } },
	{ "2.5.29.14", { (const uint8_t *)"\x04\x00", 2 } },
	{ "2.5.29.35", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.35", { (const uint8_t *)"\x30\x04\x80\x02\x01\x02", 6 } },
	{ "2.5.29.35", { (const uint8_t *)"\x30\x03\x82\x01\x05", 5 } },
	{ "2.5.29.37", { (const uint8_t *)"\x30\x06\x06\x04\x55\x1d\x25\x00", 8 } },
	{ "2.5.29.37", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.46", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.46", { (const uint8_t *)"\x30\x0d\x30\x0b\xa0\x09\xa0\x07\x86\x05http:", 15 } },
	{ "2.5.29.31", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.31", { (const uint8_t *)"\x30\x0d\x30\x0b\xa0\x09\xa0\x07\x86\x05http:", 15 } },
	{ "2.5.29.31", { (const uint8_t *)"\x30\x02\x30\x00", 4 } },
	{ "2.5.29.9", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.16",
		{ (const uint8_t *)"\x30\x11\x80\x0f"
				   "20200101000000Z",
			19 } },
	{ "2.5.29.16", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.18", { (const uint8_t *)"\x30\x04\x82\x02nl", 6 } },
	{ "2.5.29.18", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.28", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.20", { (const uint8_t *)"\x02\x01\x01", 3 } },
	{ "2.5.29.21", { (const uint8_t *)"\x0a\x01\x01", 3 } },
	{ "2.5.29.27", { (const uint8_t *)"\x02\x01\x01", 3 } },
	{ "1.3.6.1.5.5.7.1.1", { (const uint8_t *)"\x30\x00", 2 } },
	{ "1.3.6.1.5.5.7.1.11", { (const uint8_t *)"\x30\x00", 2 } },
	{ "2.5.29.15", { (const uint8_t *)"\x03\x01\x00", 3 } },
	{ "2.5.29.15", { (const uint8_t *)"\x03\x02\x02\x04", 4 } },
	{ "2.5.29.15", { (const uint8_t *)"\x03\x03\x00\x04\x00", 5 } },
	{ "2.5.29.19", { (const uint8_t *)"\x30\x06\x01\x01\x00\x02\x01\x00", 8 } },
	{ "2.5.29.19", { (const uint8_t *)"\x30\x03\x02\x01\x00", 5 } },
	{ "2.5.29.19", { (const uint8_t *)"\x30\x03\x01\x01\x01", 5 } },
	{ "2.5.29.19", { (const uint8_t *)"\x30\x06\x01\x01\xff\x02\x01\xff", 8 } },
	{ "2.5.29.19", { (const uint8_t *)"\x30\x09\x01\x01\xff\x02\x04\x7f\xff\xff\xff", 11 } },
	{ "2.5.29.19",
		{ (const uint8_t *)"\x30\x0a\x01\x01\xff\x02\x05\x00\xff\xff\xff\xff", 12 } },
};

MUTATION(extension)
{
	const size_t i = dice_roll(v->dice, sizeof(values) / sizeof(values[0]));

	kvk_issue_extension(v->issue, values[i].oid, dice_one_in(v->dice, 2), values[i].value);
}

MUTATION(repeated_extension)
{
	const size_t i = dice_roll(v->dice, sizeof(values) / sizeof(values[0]));

	kvk_issue_extension_add(v->issue, values[i].oid, dice_one_in(v->dice, 2), values[i].value);
}

MUTATION(no_extensions)
{
	kvk_issue_drop_all(v->issue);
}

MUTATION(criticality)
{
	const size_t n = v->issue->extensions.count;
	struct kvk_issue_extension *one = kvk_vec_at(&v->issue->extensions, dice_roll(v->dice, n));

	if (one != NULL)
		one->critical = !one->critical;
}

MUTATION(other_issuer_key)
{
	static const uint8_t id[] = { 1, 2, 3, 4 };

	kvk_issue_aki(v->issue, (struct kvk_span){ id, sizeof id });
}

MUTATION(order)
{
	struct chain *c = v->chain;
	const size_t a = dice_roll(v->dice, c->order_count), b = dice_roll(v->dice, c->order_count);
	const size_t kept = c->order[a];

	c->order[a] = c->order[b];
	c->order[b] = kept;
}

MUTATION(missing)
{
	struct chain *c = v->chain;
	const size_t at = dice_roll(v->dice, c->order_count);

	if (c->order_count == 0)
		return;
	for (size_t i = at; i + 1 < c->order_count; i++)
		c->order[i] = c->order[i + 1];
	c->order_count--;
}

MUTATION(repeated)
{
	struct chain *c = v->chain;

	if (c->order_count > 0 && c->order_count < CHAIN_FILE_MAX) {
		c->order[c->order_count] = c->order[dice_roll(v->dice, c->order_count)];
		c->order_count++;
	}
}

MUTATION(with_anchor)
{
	struct chain *c = v->chain;

	if (c->order_count < CHAIN_FILE_MAX)
		c->order[c->order_count++] = 0;
}

const struct mutation mutations_plain[] = {
	{ "not-after", not_after },
	{ "not-before", not_before },
	{ "clock", clock },
	{ "generalized-time", generalized_time },
	{ "key-usage", key_usage },
	{ "no-key-usage", no_key_usage },
	{ "usages", usages },
	{ "no-basic-constraints", no_basic_constraints },
	{ "basic-constraints", basic_constraints },
	{ "basic-constraints", basic_constraints },
	{ "self-issued", self_issued },
	{ "version", version },
	{ "serial", serial },
	{ "extension", extension },
	{ "extension", extension },
	{ "extension", extension },
	{ "repeated-extension", repeated_extension },
	{ "no-extensions", no_extensions },
	{ "criticality", criticality },
	{ "criticality", criticality },
	{ "other-issuer-key", other_issuer_key },
	{ "order", order },
	{ "missing", missing },
	{ "repeated", repeated },
	{ "with-anchor", with_anchor },
	{ NULL, NULL },
};

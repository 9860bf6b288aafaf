/* SPDX-License-Identifier: Apache-2.0 */
/* Policies, their mappings and constraints, and the initial inputs. */
#include "config.h"

#include "tests/differential/mutate.h"

#include "der/writer.h"
#include "tests/support/issue_odd.h"

#define ANY "2.5.29.32.0"

/* A small world, so that what is asserted, mapped and wanted meets. */
static const char *const world[] = { "1.3.6.1.4.1.32473.9.1", "1.3.6.1.4.1.32473.9.2",
	"1.3.6.1.4.1.32473.9.3", "2.16.528.1.1003.1.2.44.15.35.11", ANY };

static void put_qualifier(struct kvk_der_writer *w, struct dice *dice)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (!dice_one_in(dice, 6)) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(
			w, dice_one_in(dice, 3) ? KVK_OID_POLICY_USER_NOTICE : KVK_OID_POLICY_CPS);
		if (!dice_one_in(dice, 6))
			kvk_der_put(w, KVK_DER_IA5_STRING, kvk_span_of("http://cps.example.nl"));
		kvk_der_close(w);
	}
	kvk_der_close(w);
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

MUTATION(policies)
{
	struct kvk_der_writer w = { 0 };
	const size_t n = dice_one_in(v->dice, 12) ? 0 : 1 + dice_roll(v->dice, 3);
	const bool qualified = dice_one_in(v->dice, 4);

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < n; i++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid_text(&w, DICE_PICK(v->dice, world));
		if (qualified && dice_one_in(v->dice, 2))
			put_qualifier(&w, v->dice);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	set(v, "2.5.29.32", &w, dice_one_in(v->dice, 3));
}

/* All of the chain at once, so that the policies of the good chain do not spoil the game. */
MUTATION(same_policies)
{
	const char *const first = DICE_PICK(v->dice, world);
	const char *list[] = { first, DICE_PICK(v->dice, world), NULL };

	for (size_t i = 1; i < v->chain->count; i++)
		kvk_issue_policies(&v->chain->issues[i], list);
}

MUTATION(no_policies)
{
	kvk_issue_drop(v->issue, KVK_OID_EXT_POLICIES);
}

MUTATION(mappings)
{
	struct kvk_der_writer w = { 0 };
	const size_t n = dice_one_in(v->dice, 12) ? 0 : 1 + dice_roll(v->dice, 2);

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < n; i++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		for (int side = 0; side < 2; side++)
			kvk_der_put_oid_text(
				&w, world[dice_roll(v->dice, dice_one_in(v->dice, 8) ? 5 : 4)]);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	set(v, "2.5.29.33", &w, dice_one_in(v->dice, 2));
}

MUTATION(constraints)
{
	const int inhibit = (int)dice_roll(v->dice, 4) - 1;

	kvk_issue_policy_constraints(v->issue, (int)dice_roll(v->dice, 4) - 1, inhibit);
	kvk_issue_critical(v->issue, KVK_OID_EXT_POLICY_CONSTRAINTS, dice_one_in(v->dice, 2));
	if (v->issue->err == KVK_ERR_NOT_FOUND)
		v->issue->err = KVK_OK;
}

MUTATION(inhibit_any)
{
	kvk_issue_inhibit_any_policy(v->issue, (unsigned)dice_roll(v->dice, 3));
	if (dice_one_in(v->dice, 3))
		kvk_issue_critical(v->issue, KVK_OID_EXT_INHIBIT_ANY_POLICY, false);
}

MUTATION(initial_policies)
{
	struct chain *c = v->chain;

	c->policy_count = dice_roll(v->dice, CHAIN_POLICIES + 1);
	for (size_t i = 0; i < c->policy_count; i++)
		c->policies[i] = DICE_PICK(v->dice, world);
}

MUTATION(inputs)
{
	struct chain *c = v->chain;

	c->explicit_policy = !dice_one_in(v->dice, 3);
	c->inhibit_mapping = dice_one_in(v->dice, 3);
	c->inhibit_any = dice_one_in(v->dice, 3);
}

const struct mutation mutations_policy[] = {
	{ "policies", policies },
	{ "policies", policies },
	{ "policies", policies },
	{ "same-policies", same_policies },
	{ "no-policies", no_policies },
	{ "policy-mappings", mappings },
	{ "policy-mappings", mappings },
	{ "policy-constraints", constraints },
	{ "inhibit-any-policy", inhibit_any },
	{ "initial-policies", initial_policies },
	{ "policy-inputs", inputs },
	{ "policy-inputs", inputs },
	{ NULL, NULL },
};

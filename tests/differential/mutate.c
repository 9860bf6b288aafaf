/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/mutate.h"

static const struct mutation *const lists[] = {
	mutations_plain,
	mutations_plain,
	mutations_key,
	mutations_dn,
	mutations_constraints,
	mutations_policy,
	mutations_policy,
};

static size_t length(const struct mutation *list)
{
	size_t n = 0;

	while (list[n].name != NULL)
		n++;
	return n;
}

void victim_extension(
	struct victim *v, const char *dotted, bool critical, const void *octets, size_t n)
{
	kvk_issue_extension(v->issue, dotted, critical, (struct kvk_span){ octets, n });
}

enum kvk_err mutate_with(struct chain *chain, struct dice *dice, const struct mutation *list)
{
	const struct mutation *mutation = &list[dice_roll(dice, length(list))];
	struct victim v = { .chain = chain, .dice = dice };

	/* the anchor seldom: hardly anything of it counts */
	v.i = dice_one_in(dice, 12) ? 0 : 1 + dice_roll(dice, chain->count - 1);
	v.issue = &chain->issues[v.i];
	mutation->apply(&v);
	return chain_note(chain, mutation->name);
}

enum kvk_err mutate(struct chain *chain, struct dice *dice)
{
	const size_t kind = dice_roll(dice, 16);
	const struct mutation *list = DICE_PICK(dice, lists);
	size_t n = dice_roll(dice, 3);
	enum kvk_err err = KVK_OK;

	if (kind < 4)
		chain->bytes = CHAIN_BYTES_SIGNED;
	else if (kind == 4)
		chain->bytes = CHAIN_BYTES_RAW;
	else if (kind == 5)
		chain->bytes = CHAIN_BYTES_FILE;
	else
		n++;
	/* policies and name constraints mean something only together */
	if (chain->bytes == CHAIN_BYTES_NONE &&
		(list == mutations_policy || list == mutations_constraints))
		n += 2;
	for (size_t i = 0; err == KVK_OK && i < n; i++) {
		if (dice_one_in(dice, 5))
			list = DICE_PICK(dice, lists);
		err = mutate_with(chain, dice, list);
	}
	return err;
}

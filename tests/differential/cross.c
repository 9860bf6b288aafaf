/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/cross.h"

#include "cert/extension.h"
#include "tests/differential/keys.h"

/* What is different about it. */
static const char *const names[] = {
	[CROSS_NONE] = "",
	[CROSS_SAME] = "cross-same",
	[CROSS_EXPIRED] = "cross-expired",
	[CROSS_EARLY] = "cross-early",
	[CROSS_LENGTH] = "cross-path-length",
	[CROSS_USAGE] = "cross-key-usage",
	[CROSS_NAMES] = "cross-name-constraints",
	[CROSS_SIGNATURE] = "cross-signature",
	[CROSS_SELF_SIGNED] = "cross-self-signed",
	[CROSS_SHORTCUT] = "cross-shortcut",
	[CROSS_LOOP] = "cross-loop",
};

enum kvk_err cross_plan(struct chain *chain, struct dice *dice)
{
	const size_t at = 1 + dice_roll(dice, chain->order_count);

	chain->cross = (enum chain_cross)(1 + dice_roll(dice, CROSS_KINDS - 1));
	chain->cross_of = chain->count > 2 ? 1 + dice_roll(dice, chain->count - 2) : 0;
	if (chain->cross_of == 0)
		chain->cross = CROSS_LOOP;
	if (chain->cross == CROSS_LOOP)
		chain->cross_of = 0;
	for (size_t i = chain->order_count++; i > at; i--)
		chain->order[i] = chain->order[i - 1];
	chain->order[at] = CHAIN_MAX;
	return chain_note(chain, names[chain->cross]);
}

/* Nothing is permitted but a name that is in no chain. */
static void forbid_names(struct kvk_issue *issue)
{
	static const uint8_t other[] = { 0x30, 0x0d, 0xa0, 0x0b, 0x30, 0x09, 0x82, 0x07, 'x', '.',
		'i', 'n', 'v', 'a', 'l' };

	kvk_issue_extension(issue, "2.5.29.30", true, (struct kvk_span){ other, sizeof other });
}

/* Who signs it: the index of a certificate of the chain. */
static size_t issuer_of(const struct chain *chain)
{
	const size_t k = chain->cross_of;

	if (chain->cross == CROSS_SELF_SIGNED)
		return k;
	if (chain->cross == CROSS_SHORTCUT)
		return 0;
	if (chain->cross == CROSS_LOOP)
		return chain->count > 2 ? 1 : 0;
	return k - 1;
}

static void change(struct chain *chain, struct kvk_issue *issue)
{
	const size_t signer = chain->owner[issuer_of(chain)];
	static const uint8_t serial[] = { 0x5b, 0x01 };
	uint8_t key_id[20];

	kvk_issue_serial(issue, (struct kvk_span){ serial, sizeof serial });
	issue->signing = keys_signing(signer);
	chain->signer[chain->cross_of] =
		chain->cross == CROSS_SIGNATURE ? (size_t)KEY_WEAK - 1 - signer % 2 : signer;
	kvk_issue_drop(issue, KVK_OID_EXT_AKI);
	if (kvk_issue_key_id(keys_spki(signer), key_id) == KVK_OK)
		kvk_issue_aki(issue, (struct kvk_span){ key_id, sizeof key_id });
	if (chain->cross == CROSS_EXPIRED)
		issue->not_after = CHAIN_NOW - KVK_DAY;
	else if (chain->cross == CROSS_EARLY)
		issue->not_before = CHAIN_NOW + KVK_DAY;
	else if (chain->cross == CROSS_LENGTH)
		kvk_issue_basic_constraints(issue, true, 0);
	else if (chain->cross == CROSS_USAGE)
		kvk_issue_key_usage(issue, KVK_KU_CRL_SIGN);
	else if (chain->cross == CROSS_NAMES)
		forbid_names(issue);
}

enum kvk_err cross_make(struct chain *chain)
{
	const size_t k = chain->cross_of;
	struct kvk_blob issuer = { 0 }, kept = chain->der[k];
	enum kvk_err err;

	if (chain->cross == CROSS_NONE)
		return KVK_OK;
	change(chain, &chain->issues[k]);
	chain->der[k] = (struct kvk_blob){ 0 };
	err = kvk_issue_subject_der(&chain->issues[issuer_of(chain)], &issuer);
	if (err == KVK_OK)
		err = chain_make_one(chain, k, kvk_span_of_blob(&issuer));
	chain->der[CHAIN_MAX] = chain->der[k];
	chain->der[k] = kept;
	kvk_blob_free(&issuer);
	return err;
}

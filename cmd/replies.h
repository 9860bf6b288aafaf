/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was replied to the questions of `kvkcsr new` so far, and what it comes to: each reply is
 * checked as soon as it is given, and what there is to say about it is shown on the terminal.
 */
#ifndef KVKCSR_CMD_REPLIES_H
#define KVKCSR_CMD_REPLIES_H

#include "cmd/questions.h"
#include "request/order.h"

/* answers and presets are borrowed; order and review are what the answers come to. Free the review
 * with kvk_review_free(). */
struct kvk_replies {
	struct kvk_answers *answers;
	const struct kvk_presets *presets;
	struct kvk_order order;
	struct kvk_review review;
};

/* Brings order and review up to date with the answers. KVK_ERR_MEMORY. */
enum kvk_err kvk_replies_settle(struct kvk_replies *replies);
/* Shows what there is to say about one field; *wrong is whether its answer cannot stand.
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_replies_show(const struct kvk_replies *replies, enum kvk_field field, bool *wrong);
/*
 * Asks whether an OIN that a company does not have is that of a government body, which is then the
 * party. KVK_ERR_CANCELLED, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_replies_ask_party(struct kvk_replies *replies);
/*
 * Takes what was typed for a question, which may be nothing, or a question mark; *again where the
 * question has to be asked once more. KVK_ERR_CANCELLED, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_replies_take(struct kvk_replies *replies, const struct kvk_question *q,
	struct kvk_span typed, bool *again);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The questions of `kvkcsr new`: what each explains and asks, what Enter alone means, and when it
 * is asked. The talk itself is in cmd/dialogue.c.
 */
#ifndef KVKCSR_CMD_QUESTIONS_H
#define KVKCSR_CMD_QUESTIONS_H

#include "request/order.h"

/* What decides whether a question is asked. All is borrowed. */
struct kvk_question_state {
	const struct kvk_answers *answers;
	/* What the answers so far come to. */
	const struct kvk_order *order;
	/* By field: what was left at its default. */
	const bool *passed;
	/* The technical choices are asked too. */
	bool technical;
};

struct kvk_question {
	enum kvk_field field;
	/* What it is about, and the question itself; N_() marked. */
	const char *explanation;
	const char *text;
	/* What a question mark is answered with: an example, and where to look; N_() marked. */
	const char *help;
	/* What Enter alone means, for people; "": it is left out; NULL: an answer is required. */
	const char *otherwise;
	/* Whether it is asked; NULL: always. */
	bool (*applies)(const struct kvk_question_state *state);
	bool yes_no;
};

/* In the order in which they are asked. Ends with a row whose text is NULL. */
extern const struct kvk_question kvk_questions[];

/* Whether it has no answer yet, was not left at its default, and applies. */
bool kvk_question_applies(const struct kvk_question *q, const struct kvk_question_state *state);

#endif

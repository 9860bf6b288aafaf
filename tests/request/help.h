/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of src/request share: the presets of the tree, and answers in one line. It stops
 * the test where something is missing.
 */
#ifndef KVKCSR_TESTS_REQUEST_HELP_H
#define KVKCSR_TESTS_REQUEST_HELP_H

#include "crypto/key.h"
#include "request/order.h"

/* The presets of templates/tsp; loaded once. */
const struct kvk_presets *help_presets(void);
/* Sets answers as options: "domain=a.nl", "kvk=68750110", ... up to NULL. */
void help_answer(struct kvk_answers *answers, ...);
/* The answers that every order needs. */
void help_basic_answers(struct kvk_answers *answers);
/* Settles; the review are the caller's. */
enum kvk_err help_settle(
	const struct kvk_answers *answers, struct kvk_order *order, struct kvk_review *review);
/* Whether there is a note of this kind, field and id. */
bool help_said(const struct kvk_review *review, enum kvk_review_kind kind, enum kvk_field field,
	const char *id);
/* A P-256 key, made once. */
struct kvk_key *help_key(void);
/* Teardown of a group: frees presets and key. */
int help_stop(void **state);

#endif

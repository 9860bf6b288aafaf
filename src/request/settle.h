/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the steps of kvk_order_settle() share; for src/request alone. Each step looks at some
 * answers, fills its part of the order and notes what there is to say; the first error sticks.
 */
#ifndef KVKCSR_REQUEST_SETTLE_H
#define KVKCSR_REQUEST_SETTLE_H

#include "request/order.h"

struct kvk_settling {
	const struct kvk_answers *answers;
	const struct kvk_presets *presets;
	struct kvk_order *order;
	struct kvk_notes *notes;
	/* KVK_ERR_MEMORY and the like; a fault of an answer is a note. */
	enum kvk_err err;
};

/* One word of a choice. */
struct kvk_choice {
	const char *word;
	int value;
};

/* Notes a fault, or advice, about a field; text is translated and escaped. */
void kvk_settle_fault(
	struct kvk_settling *s, enum kvk_field field, const char *id, const char *text);
void kvk_settle_advise(
	struct kvk_settling *s, enum kvk_field field, const char *id, const char *text);
/* The value of an answer that is one word of a list (ends with NULL), otherwise where there is
 * none. */
int kvk_settle_choice(struct kvk_settling *s, enum kvk_field field,
	const struct kvk_choice *choices, int otherwise);

/* The steps: who it is (party, numbers, names); the key, its passphrase and the signature. */
void kvk_settle_identity(struct kvk_settling *s);
void kvk_settle_key(struct kvk_settling *s);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of kvk_request_judge() share; for src/request alone.
 */
#ifndef KVKCSR_REQUEST_JUDGING_H
#define KVKCSR_REQUEST_JUDGING_H

#include "request/judge.h"

struct kvk_judging {
	const struct kvk_csr *csr;
	const struct kvk_answers *answers;
	/* What was expected, and what the request says where nothing was. */
	struct kvk_order *order;
	struct kvk_notes *notes;
	/* KVK_ERR_MEMORY and the like; a fault of the request is a note. */
	enum kvk_err err;
};

/* Notes something; text is translated and escaped. The first error sticks. */
void kvk_judging_note(struct kvk_judging *j, enum kvk_note_kind kind, enum kvk_field field,
	const char *id, const char *text);
/* The subject against what was expected, and the extensions that are asked for. */
void kvk_judge_subject(struct kvk_judging *j);
void kvk_judge_extensions(struct kvk_judging *j);

#endif

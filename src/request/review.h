/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What there is to say about a set of answers or a request: findings, warnings, and changes to what
 * was typed. Each names its field and has an id for scripts.
 */
#ifndef KVKCSR_REQUEST_REVIEW_H
#define KVKCSR_REQUEST_REVIEW_H

#include <stdarg.h>

#include "base/vec.h"
#include "request/answers.h"

enum kvk_review_kind {
	/* It cannot be asked like this. */
	KVK_REVIEW_FINDING,
	/* It can, but is unwise. */
	KVK_REVIEW_WARNING,
	/* What was typed is used in another form. */
	KVK_REVIEW_CHANGE,
};

struct kvk_review_item {
	enum kvk_review_kind kind;
	enum kvk_field field;
	/* Static, English: "rsa-below-3072". */
	const char *id;
	/* Escaped and translated. */
	char *text;
};

/* Start all-zero; free with kvk_review_free(). */
struct kvk_review {
	/* struct kvk_review_item. */
	struct kvk_vec list;
};

/*
 * Adds one, for a function with a printf format of its own; arguments that are not the program's
 * own words must be escaped. KVK_ERR_MEMORY, KVK_ERR_LIMIT.
 */
enum kvk_err kvk_review_add(struct kvk_review *review, enum kvk_review_kind kind,
	enum kvk_field field, const char *id, const char *format, va_list args)
	__attribute__((format(printf, 5, 0)));
/* Item i of the list, NULL beyond its end. */
const struct kvk_review_item *kvk_review_at(const struct kvk_review *review, size_t i);
/* How many there are of a kind. */
size_t kvk_review_count(const struct kvk_review *review, enum kvk_review_kind kind);
/* Whether there is a finding about a field. */
bool kvk_review_finds(const struct kvk_review *review, enum kvk_field field);
/* The word in JSON: "fault", "advice", "change"; static. */
const char *kvk_review_kind_name(enum kvk_review_kind kind);
void kvk_review_free(struct kvk_review *review);

#endif

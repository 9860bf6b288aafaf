/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of request/order.h: what the steps of kvk_order_settle() and kvk_request_evaluate() share;
 * for src/request alone. Each step looks at some answers or at the request, fills its part of the
 * order and adds what there is to say to the review.
 */
#ifndef KVKCSR_REQUEST_SETTLE_H
#define KVKCSR_REQUEST_SETTLE_H

#include "request/order.h"

struct kvk_settling {
	const struct kvk_answers *answers;
	const struct kvk_presets *presets;
	/* A request made elsewhere; NULL where answers are settled. */
	const struct kvk_csr *csr;
	struct kvk_order *order;
	struct kvk_review *review;
	/* The first error that was no finding: KVK_ERR_MEMORY and the like. */
	enum kvk_err err;
};

/* One word of a choice. */
struct kvk_choice {
	const char *word;
	int value;
};

/* Keeps an error, unless there is one already or it is KVK_OK. */
void kvk_settle_error(struct kvk_settling *s, enum kvk_err err);
/* Adds what there is to say of a field, as kvk_review_add() does, until there is an error. */
void kvk_settle_add(struct kvk_settling *s, enum kvk_review_kind kind, enum kvk_field field,
	const char *id, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The value of an answer that is one word of a list (ends with NULL), otherwise where there is
 * none. */
int kvk_settle_choice(struct kvk_settling *s, enum kvk_field field,
	const struct kvk_choice *choices, int otherwise);
/* KVK_OK, or KVK_ERR_REFUSED where there are more findings than before, or the error. */
enum kvk_err kvk_settle_result(const struct kvk_settling *s, size_t before);

/* The steps: who it is (party, numbers, names); the key, its passphrase and the signature. */
void kvk_settle_identity(struct kvk_settling *s);
void kvk_settle_key(struct kvk_settling *s);
/*
 * What of a host name in a request cannot stand in a certificate, though it is understood: blanks
 * and dots around it, letters outside ASCII. id is that of what is added.
 */
void kvk_evaluate_host(struct kvk_settling *s, const char *id, struct kvk_span name,
	const struct kvk_domain *domain);
/* A key that is there: its type and size become the order's, unless the TSP does not take it. */
void kvk_settle_key_at_hand(struct kvk_settling *s, const struct kvk_key_info *key);
/* The steps of a request made elsewhere: its subject, and the extensions that it asks for. */
void kvk_evaluate_subject(struct kvk_settling *s);
void kvk_evaluate_extensions(struct kvk_settling *s);

#endif

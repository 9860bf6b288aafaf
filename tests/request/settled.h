/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers of the test that is running, and what they are settled to, for the tests of orders:
 * use begin() and end() as set-up and teardown of each.
 */
#ifndef KVKCSR_TESTS_REQUEST_SETTLED_H
#define KVKCSR_TESTS_REQUEST_SETTLED_H

#include "tests/request/help.h"

extern struct kvk_answers answers;
extern struct kvk_order order;
extern struct kvk_review review;

int begin(void **state);
int end(void **state);
/* Settles the basic answers with one more ("kvk=12345678", or NULL). */
void settle_with(const char *setting, enum kvk_err expected);
/* Whether it was noted. */
bool fault(enum kvk_field field, const char *id);
bool advice(enum kvk_field field, const char *id);
/* Whether something that was noted of a field contains these words. */
bool says(enum kvk_field field, const char *words);

#endif

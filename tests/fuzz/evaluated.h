/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of every verdict, however strange the delivery. For fuzz-verdict.c.
 */
#ifndef KVKCSR_TESTS_FUZZ_EVALUATED_H
#define KVKCSR_TESTS_FUZZ_EVALUATED_H

#include "report/verdict.h"

/* Aborts unless a verdict is whole and agrees with itself. */
void check_verdict(const struct kvk_facts *facts, const struct kvk_verdict *verdict);
/* Aborts unless its text and JSON say the same and hold nothing that could harm. */
void check_rendered(const struct kvk_facts *facts, const struct kvk_verdict *verdict);

#endif

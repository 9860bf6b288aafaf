/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What something costs: processor time, which other programs on the machine do not lengthen,
 * against a limit. It is for a test that some input is cheap, not for comparing two runs
 * (tests/bench/ does).
 */
#ifndef KVKCSR_TESTS_SUPPORT_COST_H
#define KVKCSR_TESTS_SUPPORT_COST_H

/* The milliseconds of processor time that this process has used so far. */
double cost_now(void);
/* How many milliseconds may be used where ms are allowed: more where something watches the program.
 */
double cost_limit(double ms);
/* The least that one run costs, of three. */
double cost_of(void (*run)(void *context), void *context);

#endif

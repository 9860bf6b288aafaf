/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that runs out when a test wants it: the functions of base/alloc.h once more, with a
 * counter. A program that calls one of the two below gets all of them from here, because
 * tests/support/libsupport.a comes before the library when test programs are linked.
 */
#ifndef KVKCSR_TESTS_SUPPORT_ALLOC_H
#define KVKCSR_TESTS_SUPPORT_ALLOC_H

#include <stdbool.h>

#include "base/alloc.h"

/*
 * After n further requests that succeed one request fails, and so does every one after it until the
 * next call. Negative: none fails, as at the start of a program.
 */
void kvk_alloc_fail_after(long n);
/* The same, but the next ones succeed again. */
void kvk_alloc_fail_once_after(long n);
/* Counts one request; whether it must fail. For memory that is taken in another way. */
bool kvk_alloc_must_fail(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Looking a number up in the registers. */
#ifndef KVKCSR_APP_LOOKUP_H
#define KVKCSR_APP_LOOKUP_H

#include "app/online.h"
#include "base/exit.h"
#include "report/lookup.h"

/*
 * What kind of number it is, by its digits. KVK_ERR_USAGE with why where it is none that a register
 * knows.
 */
enum kvk_err kvk_lookup_kind(const char *number, enum kvk_lookup_kind *out, struct kvk_error *why);
/*
 * Asks both registers about a number of that kind. *out borrows from online and the number. The
 * errors of kvk_online_fetch(), with why.
 */
enum kvk_err kvk_lookup_ask(struct kvk_online *online, const char *number,
	enum kvk_lookup_kind kind, struct kvk_lookup *out, struct kvk_error *why);
/*
 * 0 found and active, 1 found and not active, 2 not found, 3 could not be determined. The register
 * that the number is of decides; where it does not have the number, the other one.
 */
enum kvk_exit kvk_lookup_exit(const struct kvk_lookup *lookup);

#endif

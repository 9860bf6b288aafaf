/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/accept.h, for report/accept*.c alone: what was done to the delivery, and what
 * comes next.
 */
#ifndef KVKCSR_REPORT_ACCEPT_NEXT_H
#define KVKCSR_REPORT_ACCEPT_NEXT_H

#include "report/accept.h"

/* What had to be repaired before a file could be read; a line each. */
void kvk_accept_append_repairs(struct kvk_page *page, const struct kvk_accept_report *report);
/* What the files are now, and what to do next, by cause. */
void kvk_accept_append_next(struct kvk_page *page, const struct kvk_accept_report *report);

#endif

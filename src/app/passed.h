/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is passed over in a folder that is tracked, and why: by its name, by what it is, or by what
 * it holds.
 */
#ifndef KVKCSR_APP_PASSED_H
#define KVKCSR_APP_PASSED_H

#include <stdbool.h>
#include <sys/stat.h>

#include "report/passed.h"

/* Whether a name is one of those that are passed over whatever it means; *out is why. */
bool kvk_passed_by_name(const char *name, enum kvk_passed *out);
/* Whether a folder belongs to the system itself: /proc, /sys and /dev, wherever they are mounted;
 * fd is open for it. */
bool kvk_passed_system(int fd, const struct stat *st);

#endif

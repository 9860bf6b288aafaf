/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What systemd is told, with systemctl(1): of the system's units, or for user of this user's.
 */
#ifndef KVKCSR_APP_SYSTEMCTL_H
#define KVKCSR_APP_SYSTEMCTL_H

#include <stdbool.h>

#include "base/error.h"

/*
 * systemctl with up to three arguments, the last of which are NULL; what it prints goes to standard
 * error. KVK_ERR_REFUSED with why where it cannot be run.
 */
enum kvk_err kvk_systemctl(
	bool user, const char *a, const char *b, const char *c, int *status, struct kvk_error *why);
/* The same where it must succeed: KVK_ERR_REFUSED with why where it does not. */
enum kvk_err kvk_systemctl_order(
	bool user, const char *a, const char *b, const char *c, struct kvk_error *why);

#endif

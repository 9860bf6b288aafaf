/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose certificate it is: what makes a later certificate the successor of an earlier one. Two
 * machines may have the same name and number, so nothing is decided here.
 */
#ifndef KVKCSR_WATCH_HOLDER_H
#define KVKCSR_WATCH_HOLDER_H

#include "cert/certificate.h"
#include "inventory/inventory.h"

/*
 * Fills *out from the first CN and the first serialNumber of the subject, folded as names compare.
 * A CA has no holder. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_holder_read(const struct kvk_certificate *certificate, struct kvk_holder *out);
/* The same from a subject, as of a request. */
enum kvk_err kvk_holder_read_subject(const struct kvk_name *subject, struct kvk_holder *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The roots that the system trusts, besides those of this program: read once, when the first
 * delivery needs them. EV certificates do; those of PKIoverheid do not, and their runs read
 * nothing.
 */
#ifndef KVKCSR_APP_SYSTEM_STORE_H
#define KVKCSR_APP_SYSTEM_STORE_H

#include "gather/facts.h"

/* Shared by the threads of a run. */
struct kvk_system_store;

/* For a case, which is borrowed. KVK_ERR_MEMORY. */
enum kvk_err kvk_system_store_new(const struct kvk_case *asked, struct kvk_system_store **out);
/* Accepts NULL. */
void kvk_system_store_free(struct kvk_system_store *store);
/* Whether a delivery is of a kind whose roots are those of the system, and reached none without. */
bool kvk_system_store_helps(const struct kvk_facts *facts);
/*
 * The anchors of the case and those of the system, which stay as they are; NULL where there is no
 * such file, or it cannot be used. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_system_store_trust(struct kvk_system_store *store, const struct kvk_trust **out);

#endif

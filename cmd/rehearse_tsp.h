/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The practice TSP of `rehearse`: it takes the request of the rehearsal and writes a good delivery
 * and three typical bad ones, its root and its CRLs as files into the current folder.
 */
#ifndef KVKCSR_CMD_REHEARSE_TSP_H
#define KVKCSR_CMD_REHEARSE_TSP_H

#include "base/time.h"

#define KVK_REHEARSE_ROOT "practice-root.pem"
#define KVK_REHEARSE_CRLS "practice-crls.pem"
#define KVK_REHEARSE_GOOD "delivery.pem"
#define KVK_REHEARSE_NO_CLIENT "no-client-auth.pem"
#define KVK_REHEARSE_OTHER_KVK "other-kvk-number.pem"
#define KVK_REHEARSE_WILDCARD "wildcard.pem"

/*
 * Does the whole work of the TSP for the request in a PEM file. why says what could not be done.
 * The errors of the practice TSP and of kvk_file_create().
 */
enum kvk_err kvk_rehearse_deliver(const char *request, kvk_time now, struct kvk_error *why);

#endif

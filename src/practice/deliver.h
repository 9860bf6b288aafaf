/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole work of the simulated TSP for one request: a good delivery and three typical bad ones,
 * its root and its CRLs, as files in the current folder.
 */
#ifndef KVKCSR_PRACTICE_DELIVER_H
#define KVKCSR_PRACTICE_DELIVER_H

#include "base/error.h"
#include "base/time.h"

#define KVK_PRACTICE_FILE_ROOT "practice-root.pem"
#define KVK_PRACTICE_FILE_CRLS "practice-crls.pem"
#define KVK_PRACTICE_FILE_GOOD "delivery.pem"
#define KVK_PRACTICE_FILE_NO_CLIENT "no-client-auth.pem"
#define KVK_PRACTICE_FILE_OTHER_KVK "other-kvk-number.pem"
#define KVK_PRACTICE_FILE_WILDCARD "wildcard.pem"
/* Of a renewal. */
#define KVK_PRACTICE_FILE_NEXT_ROOT "next-root.pem"
#define KVK_PRACTICE_FILE_NEXT_CRLS "next-crls.pem"
#define KVK_PRACTICE_FILE_NEXT_GOOD "next-delivery.pem"

/*
 * Takes the request in a PEM file, and writes the six files. why says what could not be done. The
 * errors of the simulated TSP and of kvk_file_create().
 */
enum kvk_err kvk_practice_deliver(const char *request, kvk_time now, struct kvk_error *why);
/* The same for a renewal: the good delivery, the root and the CRLs that it has by then. */
enum kvk_err kvk_practice_renew(const char *request, kvk_time now, struct kvk_error *why);

#endif

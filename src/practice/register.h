/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trade register for the rehearsal, on the loopback interface, which knows one organisation; and
 * the configuration to ask it. No network is used.
 */
#ifndef KVKCSR_PRACTICE_REGISTER_H
#define KVKCSR_PRACTICE_REGISTER_H

#include "base/error.h"
#include "net/loopback.h"

/* The files that are written into the current folder. */
#define KVK_PRACTICE_FILE_CONFIG "practice.cfg"
#define KVK_PRACTICE_FILE_API_KEY "practice-api-key"

/*
 * Starts it, and writes the files. KVK_ERR_OPEN with an empty why where there is no loopback
 * interface; the errors of kvk_file_create() with why. End it with kvk_loopback_stop().
 */
enum kvk_err kvk_practice_register(struct kvk_loopback **out, struct kvk_error *why);

#endif

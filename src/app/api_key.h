/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The API keys for the registers: from the configuration, as kvk.api_key itself or in a file that
 * kvk.api_key_file or oin.api_key_file names, else from a credential of systemd
 * ($CREDENTIALS_DIRECTORY) called kvk-api-key or oin-api-key. A key is in no message.
 */
#ifndef KVKCSR_APP_API_KEY_H
#define KVKCSR_APP_API_KEY_H

#include "app/settings.h"
#include "base/secret.h"
#include "register/reply.h"

/* Whether there is a key for a register, or a file that should hold one; opens nothing. */
bool kvk_api_key_is_set(const struct kvk_settings *settings, enum kvk_register which);
/*
 * Reads the key. KVK_ERR_CONFIG with why where the file cannot be read, may be read by others, or
 * holds no key; KVK_ERR_NOT_FOUND where there is none; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_api_key_read(const struct kvk_settings *settings, enum kvk_register which,
	struct kvk_secret *out, struct kvk_error *why);
/* Reads the keys that there are, to see whether they can be used. The errors of
 * kvk_api_key_read() but for KVK_ERR_NOT_FOUND; why says which. */
enum kvk_err kvk_api_keys_check(const struct kvk_settings *settings, struct kvk_error *why);

#endif

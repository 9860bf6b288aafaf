/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets of channels: the password for a mail server, the key of a webhook's signature. */
#ifndef KVKCSR_APP_CHANNEL_SECRET_H
#define KVKCSR_APP_CHANNEL_SECRET_H

#include "app/settings.h"
#include "base/secret.h"

/*
 * Reads a secret from the file that a setting names, else from the credential of that name that
 * systemd passes on; the file is private and holds one line. *found is whether there is one.
 * KVK_ERR_CONFIG with why, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_channel_secret_read(const struct kvk_settings *settings, const char *name,
	const char *credential, struct kvk_secret *out, bool *found, struct kvk_error *why);

#endif

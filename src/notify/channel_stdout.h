/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output as a channel: the one that is used while none is configured. */
#ifndef KVKCSR_NOTIFY_CHANNEL_STDOUT_H
#define KVKCSR_NOTIFY_CHANNEL_STDOUT_H

#include "notify/channel.h"

/* The name under which it is remembered. */
#define KVK_CHANNEL_STDOUT "stdout"

/* Writes a text and flushes it. KVK_ERR_WRITE. context is not used. */
enum kvk_err kvk_channel_stdout_send(void *context, struct kvk_span text);

#endif

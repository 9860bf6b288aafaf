/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel_stdout.h"

#include "base/output.h"

enum kvk_err kvk_channel_stdout_send(void *context, struct kvk_span text)
{
	(void)context;
	return kvk_output_write(text) && kvk_output_flush() ? KVK_OK : KVK_ERR_WRITE;
}

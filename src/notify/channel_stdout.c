/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel_stdout.h"

#include <stdio.h>

enum kvk_err kvk_channel_stdout_send(void *context, struct kvk_span text)
{
	(void)context;
	if (fwrite(text.p, 1, text.n, stdout) != text.n || fflush(stdout) != 0)
		return KVK_ERR_WRITE;
	return KVK_OK;
}

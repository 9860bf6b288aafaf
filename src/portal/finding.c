/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

void kvk_fail(struct kvk_finding *out, int where, enum kvk_reason reason)
{
	out->result = KVK_RESULT_FAIL;
	out->why = "";
	out->where = where;
	out->reason = reason;
}

void kvk_unknown(struct kvk_finding *out, const char *why)
{
	out->result = KVK_RESULT_UNKNOWN;
	out->why = why;
}

void kvk_skip(struct kvk_finding *out, const char *why)
{
	out->result = KVK_RESULT_SKIPPED;
	out->why = why;
}

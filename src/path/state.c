/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/state.h"

struct kvk_path_failure *kvk_path_fail(
	struct kvk_path_state *state, enum kvk_reason reason, const char *field)
{
	struct kvk_path_report *report = state->report;
	struct kvk_path_failure *failure = &state->spare;

	if (report->count < KVK_PATH_FAILURES)
		failure = &report->failures[report->count++];
	*failure = (struct kvk_path_failure){ .reason = reason, .cert = state->at, .field = field };
	return failure;
}

bool kvk_path_is_java(const struct kvk_path_state *state)
{
	return state->input->manner == KVK_MANNER_JAVA;
}

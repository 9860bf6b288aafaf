/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/failure.h"

void kvk_path_report_start(struct kvk_path_report *report)
{
	report->count = 0;
	report->names_open = report->policies_open = report->exhausted = false;
}

const struct kvk_path_failure *kvk_path_failure_find(
	const struct kvk_path_report *report, enum kvk_reason reason)
{
	for (size_t i = 0; i < report->count; i++) {
		if (report->failures[i].reason == reason)
			return &report->failures[i];
	}
	return NULL;
}

bool kvk_path_failure_known(
	const struct kvk_path_report *report, const struct kvk_path_failure *failure)
{
	for (size_t i = 0; i < report->count; i++)
		if (report->failures[i].reason == failure->reason &&
			report->failures[i].cert == failure->cert)
			return true;
	return false;
}

unsigned kvk_path_failure_count(const struct kvk_path_report *report)
{
	unsigned n = 0;

	for (size_t i = 0; i < report->count; i++)
		n += !report->failures[i].beyond_java;
	return n;
}

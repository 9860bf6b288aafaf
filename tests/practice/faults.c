/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/practice/faults.h"

#include <string.h>

const struct fault *fault_at(size_t i)
{
	static const struct fault *const lists[] = {
		leaf_faults,
		ca_faults,
		file_faults,
		form_faults,
	};
	const struct fault *fault;
	size_t n;

	for (n = 0; n < sizeof(lists) / sizeof(lists[0]); n++) {
		for (fault = lists[n]; fault->name; fault++) {
			if (i-- == 0)
				return fault;
		}
	}
	return NULL;
}

const struct fault *fault_find(const char *name)
{
	const struct fault *fault;
	size_t i;

	for (i = 0; (fault = fault_at(i)); i++) {
		if (strcmp(fault->name, name) == 0)
			return fault;
	}
	return NULL;
}

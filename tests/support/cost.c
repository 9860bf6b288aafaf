/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/cost.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How many times longer AddressSanitizer and valgrind may take. */
enum { BY_ASAN = 10, BY_VALGRIND = 60 };

double cost_now(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

double cost_limit(double ms)
{
	const char *preload = getenv("LD_PRELOAD");

#ifdef __SANITIZE_ADDRESS__
	ms *= BY_ASAN;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	ms *= BY_ASAN;
#endif
#endif
	if (preload != NULL && strstr(preload, "vgpreload") != NULL)
		ms *= BY_VALGRIND;
	return ms;
}

double cost_of(void (*run)(void *context), void *context)
{
	double least = 0;

	for (int i = 0; i < 3; i++) {
		const double began = cost_now();
		double took;

		run(context);
		took = cost_now() - began;
		least = i == 0 || took < least ? took : least;
	}
	return least;
}

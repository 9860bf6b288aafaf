/* SPDX-License-Identifier: Apache-2.0 */
/* How names/fold.h folds each code point that libunistring knows, as Fold.java prints it. */
#include "config.h"

#include "names/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <unictype.h>

static bool print(uint32_t c)
{
	const uint32_t text[] = { 'x', c, 'x', c, '!' };
	struct kvk_fold folded;
	enum kvk_err err = KVK_OK;

	kvk_fold_start(&folded);
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		KVK_TRY(kvk_fold_append(&folded, text[i]));
	KVK_TRY(kvk_fold(&folded, true));
	printf("%06x ", (unsigned)c);
	for (size_t i = 0; i < folded.n; i++)
		printf("%x-", (unsigned)folded.p[i]);
	putchar('\n');
out:
	kvk_fold_free(&folded);
	return err == KVK_OK;
}

int main(void)
{
	const uint32_t unknown = UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Cs;

	for (uint32_t c = 0; c <= 0x10ffff; c++)
		if (!uc_is_general_category_withtable(c, unknown) && !print(c))
			return EXIT_FAILURE;
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

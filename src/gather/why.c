/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/why.h"

enum kvk_why kvk_why_of_revocation(enum kvk_revocation_why why)
{
	/* both lists have one for too much work, and a verdict says it once */
	return why == KVK_WHY_BUDGET ? KVK_WHY_WORK : (enum kvk_why)why;
}

const char *kvk_why_word(enum kvk_why why)
{
#define KVK_WHY_WORD(id, word, text) [id] = word,
	static const char *const words[] = { KVK_WHYS(KVK_WHY_WORD) };
#undef KVK_WHY_WORD

	if (why <= KVK_WHY_OF_REVOCATION)
		return kvk_revocation_why_id((enum kvk_revocation_why)why);
	return words[why];
}

const char *kvk_why_text(enum kvk_why why)
{
#define KVK_WHY_TEXT(id, word, text) [id] = text,
	static const char *const texts[] = { KVK_WHYS(KVK_WHY_TEXT) };
#undef KVK_WHY_TEXT

	if (why <= KVK_WHY_OF_REVOCATION)
		return kvk_revocation_why_text((enum kvk_revocation_why)why);
	return _(texts[why]);
}

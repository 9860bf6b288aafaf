/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/remark.h"

#include <stddef.h>

#define REMARK_ID(id, name, text, advice) [id] = name,
#define REMARK_TEXT(id, name, text, advice) [id] = text,
#define REMARK_ADVICE(id, name, text, advice) [id] = advice,

const char *kvk_remark_id(enum kvk_remark remark)
{
	static const char *const ids[] = { KVK_FILE_REMARKS(REMARK_ID) };

	return (size_t)remark < KVK_REMARK_COUNT ? ids[remark] : "";
}

const char *kvk_remark_text(enum kvk_remark remark)
{
	static const char *const texts[] = { KVK_FILE_REMARKS(REMARK_TEXT) };

	return (size_t)remark < KVK_REMARK_COUNT ? _(texts[remark]) : "";
}

const char *kvk_remark_advice_marked(enum kvk_remark remark)
{
	static const char *const advice[] = { KVK_FILE_REMARKS(REMARK_ADVICE) };

	return (size_t)remark < KVK_REMARK_COUNT && advice[remark][0] != '\0' ? advice[remark] :
										NULL;
}

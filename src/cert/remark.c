/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/remark.h"

#include <stddef.h>

#define REMARK_ID(id, name, text) [id] = name,
#define REMARK_TEXT(id, name, text) [id] = text,

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

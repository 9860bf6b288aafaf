/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/json.h"

#include "base/limits.h"

/* Whether brackets outside of strings nest no deeper than the limit. */
static bool is_shallow(struct kvk_span octets)
{
	unsigned depth = 0;
	bool text = false;

	for (size_t i = 0; i < octets.n; i++) {
		const uint8_t c = octets.p[i];

		if (text && c == '\\')
			i++;
		else if (c == '"')
			text = !text;
		else if (!text && (c == '[' || c == '{') && depth++ == KVK_LIMIT_JSON_DEPTH)
			return false;
		else if (!text && (c == ']' || c == '}') && depth > 0)
			depth--;
	}
	return true;
}

enum kvk_err kvk_register_json(struct kvk_span octets, size_t max, json_t **out)
{
	json_error_t error;

	if (octets.n > max || !is_shallow(octets))
		return KVK_ERR_LIMIT;
	*out = json_loadb((const char *)octets.p, octets.n, JSON_REJECT_DUPLICATES, &error);
	if (*out != NULL)
		return KVK_OK;
	return json_error_code(&error) == json_error_out_of_memory ? KVK_ERR_MEMORY :
								     KVK_ERR_FORMAT;
}

const char *kvk_register_json_text(const json_t *object, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *text = json_string_value(json_object_get(object, names[i]));

		if (text != NULL)
			return text;
	}
	return NULL;
}

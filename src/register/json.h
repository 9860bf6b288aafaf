/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading JSON that may be an enemy's, with jansson: bounded in size and depth before jansson sees
 * it, valid UTF-8, no member twice, no NUL in a string. It looks at no member itself.
 */
#ifndef KVKCSR_REGISTER_JSON_H
#define KVKCSR_REGISTER_JSON_H

#include <jansson.h>

#include "base/blob.h"

/*
 * Reads a whole document of at most max octets: an object or an array. KVK_ERR_LIMIT where it is
 * longer or nests deeper than KVK_LIMIT_JSON_DEPTH, KVK_ERR_FORMAT where it is no such document,
 * KVK_ERR_MEMORY. Let go of it with json_decref().
 */
enum kvk_err kvk_register_json(struct kvk_span octets, size_t max, json_t **out);
/* The text of a member under the first of the names that has one; NULL where none has. count names;
 * borrows. */
const char *kvk_register_json_text(const json_t *object, const char *const *names, size_t count);

#endif

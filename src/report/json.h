/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one way to write JSON, with jansson. Values are made by functions that return NULL where
 * there is no memory; kvk_json_set() and kvk_json_append() put them together, and make NULL of the
 * whole where one is, so that a document is written downwards and looked at once, by
 * kvk_json_write().
 */
#ifndef KVKCSR_REPORT_JSON_H
#define KVKCSR_REPORT_JSON_H

#include <jansson.h>

#include "cert/certificate.h"

/* Adds a member, or an item, which is taken over; where it is NULL all is freed and *whole NULL. */
void kvk_json_set(json_t **whole, const char *key, json_t *value);
void kvk_json_append(json_t **whole, json_t *value);
/* A string of the program's own; null where text is NULL. */
json_t *kvk_json_string(const char *text);
/* A string of text from outside; what is no UTF-8, or holds a NUL, is escaped as for people. */
json_t *kvk_json_text(struct kvk_span text);
/* Lower-case hex; of a SHA-256. */
json_t *kvk_json_hex(struct kvk_span bytes);
json_t *kvk_json_sha256(const uint8_t sha256[static KVK_SHA256_SIZE]);
/* "2026-11-22T12:00:00Z". */
json_t *kvk_json_time(kvk_time t);
/* A name in one line, as kvk_name_text() has it. */
json_t *kvk_json_name_line(const struct kvk_name *name);
/* A name as an object: attribute to value, or to an array where an attribute is repeated. */
json_t *kvk_json_name(const struct kvk_name *name);
/* The words for a public key, and for a signature algorithm; null where there are none. */
json_t *kvk_json_key(const struct kvk_key_info *key);
json_t *kvk_json_scheme(struct kvk_span algorithm);
/* The names of the key usages that are set (enum kvk_key_usage). */
json_t *kvk_json_key_usage(uint32_t usage);
/*
 * Appends a document with a line feed, indented or on one line, in ASCII, and lets go of it. NULL
 * is KVK_ERR_MEMORY.
 */
enum kvk_err kvk_json_write(json_t *document, bool indented, struct kvk_blob *out);
/*
 * Appends a value as an item of a list that is written piece by piece, on a line of its own, after
 * a comma unless it is the first, and lets go of it. For lists that need not be in memory twice.
 */
enum kvk_err kvk_json_write_item(json_t *item, bool first, struct kvk_blob *out);

#endif

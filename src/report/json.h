/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small helpers for JSON with jansson: text from outside made into valid strings, names and bytes
 * in the forms that all documents share. Every function returns NULL where there is no memory.
 */
#ifndef KVKCSR_REPORT_JSON_H
#define KVKCSR_REPORT_JSON_H

#include <jansson.h>

#include "cert/certificate.h"

/* A string of text from outside; what is no UTF-8, or holds a NUL, is escaped as for people. */
json_t *kvk_json_text(struct kvk_span text);
/* Lower-case hex. */
json_t *kvk_json_hex(struct kvk_span bytes);
/* "2026-11-22T12:00:00Z". */
json_t *kvk_json_time(kvk_time t);
/* A name in one line, as kvk_name_text() has it. */
json_t *kvk_json_name_line(const struct kvk_name *name);
/* A name as an object: attribute to value, or to an array where an attribute is repeated. */
json_t *kvk_json_name(const struct kvk_name *name);
/* The words for a public key, and for a signature algorithm; null where there are none. */
json_t *kvk_json_key(const struct kvk_key_info *key);
json_t *kvk_json_scheme(struct kvk_span algorithm);
/*
 * Appends a document with a line feed, indented or on one line, in ASCII, and lets go of it. NULL
 * is KVK_ERR_MEMORY.
 */
enum kvk_err kvk_json_write(json_t *document, bool indented, struct kvk_blob *out);
/*
 * Appends a value as an item of a list that is written piece by piece, on a line of its own, behind
 * a comma unless it is the first, and lets go of it. For lists that need not be in memory twice.
 */
enum kvk_err kvk_json_item(json_t *item, bool first, struct kvk_blob *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One careful reader for everything in libconfig's format: the configuration, answer files, TSP
 * presets, anchors. It refuses what libconfig would do on its own (include files), whatever is too
 * large or not safely owned, and names that are not in the schema, with a suggestion. A later
 * setting only adds a row to a schema.
 */
#ifndef KVKCSR_CONF_CONF_H
#define KVKCSR_CONF_CONF_H

#include <stdbool.h>

#include "base/blob.h"
#include "conf/schema.h"

/* An open file; all strings that it gives live until it is freed. */
struct kvk_conf;

enum kvk_conf_flags {
	/* Owned by us or root, writable by nobody else; for the configuration. */
	KVK_CONF_TRUSTED = 1,
	/* A file that is not there is an empty one. */
	KVK_CONF_QUIET_MISSING = 2,
};

/*
 * Reads a file against a schema. A byte order mark is skipped. On any error why says file, line and
 * rule: KVK_ERR_NOT_FOUND, KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_NOT_REGULAR, KVK_ERR_UNSAFE,
 * KVK_ERR_LIMIT, KVK_ERR_CONFIG (syntax, unknown or repeated name, wrong type, out of range,
 * include), KVK_ERR_MEMORY. Free with kvk_conf_free().
 */
enum kvk_err kvk_conf_open(const char *path, const struct kvk_conf_row *schema, unsigned flags,
	struct kvk_conf **out, struct kvk_error *why);
/* The same from bytes; name is what messages call it. */
enum kvk_err kvk_conf_parse(struct kvk_span text, const char *name,
	const struct kvk_conf_row *schema, struct kvk_conf **out, struct kvk_error *why);
void kvk_conf_free(struct kvk_conf *conf);

/* Whether the file says anything for this name ("group.member"). */
bool kvk_conf_has(const struct kvk_conf *conf, const char *name);
/* The string, else the row's fallback, else NULL. */
const char *kvk_conf_string(const struct kvk_conf *conf, const char *name);
/* The integer, else the row's fallback, else otherwise. */
long long kvk_conf_integer(const struct kvk_conf *conf, const char *name, long long otherwise);
bool kvk_conf_boolean(const struct kvk_conf *conf, const char *name, bool otherwise);
/* Lists: how many members, and member i (NULL or 0 beyond the end). */
size_t kvk_conf_count(const struct kvk_conf *conf, const char *name);
const char *kvk_conf_string_at(const struct kvk_conf *conf, const char *name, size_t i);
long long kvk_conf_integer_at(const struct kvk_conf *conf, const char *name, size_t i);
/*
 * Member of group i of a list of groups: kvk_conf_group_string(c, "anchors", 0, "sha256"). NULL
 * where absent.
 */
const char *kvk_conf_group_string(
	const struct kvk_conf *conf, const char *list, size_t i, const char *member);
/* Whether the file that was read is readable by its owner only (an API key in it needs that). */
bool kvk_conf_is_private(const struct kvk_conf *conf);
/* The line of a setting in its file, 0 where it is not in it. For messages. */
unsigned kvk_conf_line(const struct kvk_conf *conf, const char *name);

/*
 * Appends a string as a file has it, in quotes. What kvk_escape() would change is written as octets
 * (\xHH), so that it can be shown. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_conf_append_quoted(struct kvk_blob *out, const char *value);
/*
 * Writes name = value; with what libconfig needs escaped. KVK_ERR_TEXT where the value is not
 * UTF-8, KVK_ERR_LIMIT for a number of more than KVK_LIMIT_CONF_DIGITS digits, KVK_ERR_MEMORY. For
 * answer files.
 */
enum kvk_err kvk_conf_write_string(struct kvk_blob *out, const char *name, const char *value);
enum kvk_err kvk_conf_write_integer(struct kvk_blob *out, const char *name, long long value);
enum kvk_err kvk_conf_write_boolean(struct kvk_blob *out, const char *name, bool value);

#endif

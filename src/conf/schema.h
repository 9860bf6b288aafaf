/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Schemas: which settings a file may have, and whether what libconfig has read keeps to that. It
 * reads no file and changes no value.
 */
#ifndef KVKCSR_CONF_SCHEMA_H
#define KVKCSR_CONF_SCHEMA_H

#include "base/error.h"

enum kvk_conf_type {
	KVK_CONF_STRING,
	KVK_CONF_INTEGER,
	KVK_CONF_BOOLEAN,
	/* A list or array of strings. */
	KVK_CONF_STRINGS,
	/* A list or array of integers. */
	KVK_CONF_INTEGERS,
	/* A group "name = { ... }"; its members are rows named "name.member". */
	KVK_CONF_GROUP,
	/* A list of groups "name = ( { ... }, { ... } )"; members are rows named "name.member". */
	KVK_CONF_GROUPS,
	/*
	 * A string of digits. Without quotes libconfig would make a number of it and cut leading
	 * zeros, or read it as octal or too large: refused, with the advice to put it in quotes.
	 */
	KVK_CONF_DIGITS,
};

/* One setting. Tables of rows end with a row whose name is NULL. */
struct kvk_conf_row {
	const char *name;
	enum kvk_conf_type type;
	/* For KVK_CONF_INTEGER(S), inclusive; both 0: any. */
	long long minimum, maximum;
	/* What it is for, one line, N_() marked: shown by `kvkcsr config`. May be NULL. */
	const char *summary;
	/* The value where the file says nothing, as it would be in the file; NULL: none. */
	const char *fallback;
};

/* What libconfig has read (config_t). */
struct config_t;

/* The row of a setting by its full name "group.member", or NULL. */
const struct kvk_conf_row *kvk_conf_row_of(const struct kvk_conf_row *schema, const char *name);
/*
 * Checks every setting. KVK_ERR_CONFIG, and why says file, line and rule; name is what messages
 * call the file, already escaped.
 */
enum kvk_err kvk_conf_check(const struct config_t *config, const struct kvk_conf_row *schema,
	const char *name, struct kvk_error *why);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holds what libconfig has read against a schema: names, types, ranges. It reads no file and
 * changes no value.
 */
#ifndef KVKCSR_CONF_SCHEMA_H
#define KVKCSR_CONF_SCHEMA_H

#include <libconfig.h>

#include "conf/conf.h"

/* The row of a setting by its full name "group.member", or NULL. */
const struct kvk_conf_row *kvk_conf_row_of(const struct kvk_conf_row *schema, const char *name);
/*
 * Checks every setting. KVK_ERR_CONFIG, and why says file, line and rule; name is what messages
 * call the file, already escaped.
 */
enum kvk_err kvk_conf_check(const config_t *config, const struct kvk_conf_row *schema,
	const char *name, struct kvk_error *why);

#endif

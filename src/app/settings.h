/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration: --config FILE alone, else /etc/kvkcsr.cfg and over it the user's own
 * kvkcsr.cfg. One table of settings serves the reader, the defaults and `kvkcsr config`. A file
 * that others may change is refused; so is one with an API key that others may read.
 */
#ifndef KVKCSR_APP_SETTINGS_H
#define KVKCSR_APP_SETTINGS_H

#include "conf/conf.h"

/* The files that are in force, the strongest first. */
struct kvk_settings {
	struct kvk_conf *layers[2];
	char *paths[2];
	size_t count;
	/* Those that were looked for and are not there. */
	char *absent[2];
	size_t absent_count;
};

/* All settings with type, range, summary and default. Ends with a NULL name. */
extern const struct kvk_conf_row kvk_settings_schema[];

/*
 * Opens the configuration; path is the value of --config or NULL. Files that do not exist are
 * passed over unless named. The errors of kvk_conf_open() with why; free with kvk_settings_free()
 * in any case.
 */
enum kvk_err kvk_settings_open(const char *path, struct kvk_settings *out, struct kvk_error *why);
void kvk_settings_free(struct kvk_settings *settings);

/* The value of a setting from the strongest file that has it, else its default; NULL or otherwise
 * where there is none. */
const char *kvk_setting_string(const struct kvk_settings *settings, const char *name);
long long kvk_setting_integer(
	const struct kvk_settings *settings, const char *name, long long otherwise);
bool kvk_setting_boolean(const struct kvk_settings *settings, const char *name, bool otherwise);
/* The file that says it, NULL for a default. */
const char *kvk_setting_origin(const struct kvk_settings *settings, const char *name);
/* The strongest file that has the setting, for lists; NULL where none has. */
const struct kvk_conf *kvk_setting_layer(const struct kvk_settings *settings, const char *name);
/*
 * Makes an error with what the setting name gives, such as a file, one of the configuration:
 * KVK_ERR_CONFIG with why, which has the text of inner, or that of err where inner is empty.
 * KVK_OK and KVK_ERR_MEMORY stay what they are.
 */
enum kvk_err kvk_setting_set_error(
	enum kvk_err err, const char *name, const struct kvk_error *inner, struct kvk_error *why);

#endif

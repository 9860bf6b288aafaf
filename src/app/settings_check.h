/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a configuration file may hold beyond its schema. Nothing but the file itself is looked at:
 * the files that it names are read by those who need them (app/net_settings.h).
 */
#ifndef KVKCSR_APP_SETTINGS_CHECK_H
#define KVKCSR_APP_SETTINGS_CHECK_H

#include "conf/conf.h"

/*
 * Checks one file. KVK_ERR_CONFIG for an API key that others can read, a number of the wrong
 * length, an unknown party, and what is neither host nor domain; with why. path is the file's name
 * for messages.
 */
enum kvk_err kvk_settings_check(
	const struct kvk_conf *conf, const char *path, struct kvk_error *why);
/*
 * The same for the settings of the channels (notify.*), each for itself: addresses, and the words
 * that may be chosen. Which of them belong together, and the files that they name, are checked
 * where channels are used (app/channels.h). safe is the escaped name of the file.
 */
enum kvk_err kvk_settings_check_notify(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why);

#endif

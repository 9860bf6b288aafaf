/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the configuration says of trust: which files it names, and whether they can be used.
 * Whatever is wrong with one of them is KVK_ERR_CONFIG.
 */
#ifndef KVKCSR_APP_TRUST_SETTINGS_H
#define KVKCSR_APP_TRUST_SETTINGS_H

#include "app/settings.h"
#include "gather/case.h"
#include "trust/knowledge.h"

/* Puts the files of trust.* into a case, which then borrows from the settings. */
void kvk_trust_settings_apply(const struct kvk_settings *settings, struct kvk_case *out);
/* Adds the CAs of a list (trust.ca_list; NULL: none) to what is known. KVK_ERR_CONFIG, with why;
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_trust_settings_cas(
	const char *ca_list, struct kvk_knowledge *knowledge, struct kvk_error *why);
/* Whether the files can be used, for `kvkcsr config`. The same errors. */
enum kvk_err kvk_trust_settings_check(const struct kvk_settings *settings, struct kvk_error *why);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run trusts, and which CAs it knows: the installed data, what was imported into the home,
 * and the files that the configuration names. What is wrong with one of the latter is
 * KVK_ERR_CONFIG.
 */
#ifndef KVKCSR_APP_TRUSTED_H
#define KVKCSR_APP_TRUSTED_H

#include "app/home.h"
#include "app/settings.h"
#include "gather/case.h"
#include "trust/trust.h"

/* Puts the home and the files of trust.* into a case, which then borrows from both. */
void kvk_trusted_apply(
	const struct kvk_settings *settings, const struct kvk_home *home, struct kvk_case *out);
/*
 * The anchors of a case: those given with --trust, else those that are installed and those that
 * were imported into its home. The errors of kvk_trust_load(), kvk_trust_add_imports() and
 * kvk_trust_from_files(), with why.
 */
enum kvk_err kvk_trusted_anchors(
	const struct kvk_case *asked, struct kvk_trust *out, struct kvk_error *why);
/* Adds the CAs of a list (trust.ca_list; NULL: none) to what is known. KVK_ERR_CONFIG, with why;
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_trusted_cas(
	const char *ca_list, struct kvk_knowledge *knowledge, struct kvk_error *why);
/*
 * Whether the files of trust.* can be used, for `kvkcsr config`; the system's store may be missing
 * where it is not set. The same errors.
 */
enum kvk_err kvk_trusted_check(const struct kvk_settings *settings, struct kvk_error *why);

#endif

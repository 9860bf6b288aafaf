/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/new.h: what the steps that find the folder and those that fill it share.
 */
#ifndef KVKCSR_APP_NEW_PART_H
#define KVKCSR_APP_NEW_PART_H

#include "app/new.h"

/* Whether the answer file that is used is the one that would be written. */
bool kvk_new_is_answer_file(const struct kvk_new *run, const char *path);
/* Whether the domain may have this entry: a second one would be beside the first unseen.
 * KVK_ERR_EXISTS, the errors of the inventory; with why. */
enum kvk_err kvk_new_check_domain(const struct kvk_new *run, struct kvk_error *why);
/* What came of looking at the folder or making it; why holds more where it is known. */
enum kvk_err kvk_new_made(const struct kvk_new *run, enum kvk_err err, struct kvk_error *why);

/* Stores who is notified of the entry, where somebody is named. The errors of
 * kvk_new_list_recipients() and of the inventory, with why. */
enum kvk_err kvk_new_store_recipients(
	const struct kvk_new *run, const struct kvk_entry *entry, struct kvk_error *why);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The home: the folder with the inventory and the dossiers. --home DIR, else $KVKCSR_HOME, else
 * /var/lib/kvkcsr for root and the state folder of others. Under sudo it is easily another one than
 * the user thinks of, which is noticed here and said in cmd/.
 */
#ifndef KVKCSR_APP_HOME_H
#define KVKCSR_APP_HOME_H

#include <stdbool.h>

#include "base/blob.h"
#include "dossier/files.h"

struct kvk_home {
	/* The folder, absolute. */
	struct kvk_blob path;
	/* It is where the program looks when neither --home nor the environment names one. */
	bool usual;
	/*
	 * It is root's own because nobody chose another, but the person at the terminal is somebody
	 * else (sudo), who may look for it elsewhere.
	 */
	bool surprising;
};

/*
 * Finds the home; option is the value of --home or NULL. KVK_ERR_NOT_FOUND where nothing names
 * one (XDG_STATE_HOME and HOME are unset or relative), KVK_ERR_MEMORY; *out is then all-zero.
 */
enum kvk_err kvk_home_find(const char *option, struct kvk_home *out);
/*
 * Makes the home (0700) where it is missing and checks that nobody else may write in it.
 * KVK_ERR_CREATE, also where its path is too long for an inventory: then nothing is made;
 * KVK_ERR_UNSAFE; each with why.
 */
enum kvk_err kvk_home_make(const struct kvk_home *home, struct kvk_error *why);
/* Whether kvk_home_make() may be expected to succeed, without making anything. The same errors. */
enum kvk_err kvk_home_look(const struct kvk_home *home, struct kvk_error *why);
/* Puts together home/folder/name into *out (emptied first); name may be NULL. KVK_ERR_LIMIT,
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_home_path(
	const struct kvk_home *home, const char *folder, const char *name, struct kvk_blob *out);
/* The same of what lies in the home itself: its file or folder of a name; KVK_ERR_LIMIT with why.
 */
enum kvk_err kvk_home_part(
	const struct kvk_home *home, const char *name, struct kvk_blob *out, struct kvk_error *why);
/* The folder as a string. */
const char *kvk_home_text(const struct kvk_home *home);
void kvk_home_free(struct kvk_home *home);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Renewing: a new key and a new request in next/ of the dossier, made from what is known of the
 * entry. The key, the certificate and the files in use are not touched. The other steps are those
 * of app/new.h.
 */
#ifndef KVKCSR_APP_RENEW_H
#define KVKCSR_APP_RENEW_H

#include "app/new.h"

/* What was changed of the answers of before, for messages. */
struct kvk_renewal {
	struct kvk_entry entry;
	/* A G1 certificate of the same lifetime would end after its root does: it becomes a G4. */
	bool becomes_g4;
	/* The key was smaller than what is asked today, or than what the TSP takes. */
	bool larger_key;
};

/*
 * Finds the entry, and that no renewal is under way; run->place is then next/ in its dossier.
 * KVK_ERR_USAGE where there is no such entry, it has no certificate, or run->switch_at is past or
 * after the end of that; KVK_ERR_EXISTS where one is under way, the errors of kvk_store_open();
 * with why.
 */
enum kvk_err kvk_renew_find(struct kvk_new *run, const char *home, const char *name,
	struct kvk_renewal *out, struct kvk_error *why);
/*
 * Takes the answers of before, and the names and numbers of the certificate, where no option gave
 * others, and brings them up to today's rules. KVK_ERR_USAGE where the key of before is in a token
 * and no other is named, KVK_ERR_FORMAT where the file of the entry does not
 * hold its certificate any more, the errors of kvk_answers_read() and kvk_new_read_like(); with
 * why.
 */
enum kvk_err kvk_renew_read(
	struct kvk_new *run, struct kvk_renewal *renewal, struct kvk_error *why);

#endif

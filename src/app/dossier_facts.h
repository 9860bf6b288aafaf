/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `accept` takes from a dossier and from the inventory for its evaluation: the account (KVK
 * number, OIN, kind of party), our own public key, and the earlier uploads.
 */
#ifndef KVKCSR_APP_DOSSIER_FACTS_H
#define KVKCSR_APP_DOSSIER_FACTS_H

#include "app/history.h"
#include "request/answers.h"

/* Start with KVK_DOSSIER_FACTS_INIT, free with kvk_dossier_facts_free(). */
struct kvk_dossier_facts {
	struct kvk_answers answers;
	/* SHA-256 of the public key in request.pem. */
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	struct kvk_history history;
};

#define KVK_DOSSIER_FACTS_INIT \
	{ \
		.history = KVK_HISTORY_INIT \
	}

/*
 * Reads request.pem and, where it is there, answers.cfg of a dossier folder. KVK_ERR_NOT_FOUND,
 * KVK_ERR_FORMAT and the errors of kvk_file_read(), with why. The history is read by
 * kvk_history_read().
 */
enum kvk_err kvk_dossier_facts_read(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why);
/* Fills the account (where it is not given), own key and history of a case, which borrows. */
void kvk_dossier_facts_apply(const struct kvk_dossier_facts *facts, struct kvk_case *asked);
void kvk_dossier_facts_free(struct kvk_dossier_facts *facts);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `accept` takes from a dossier and from the inventory for its judgement: the account (KVK
 * number, OIN, kind of party), our own public key, and the earlier uploads.
 */
#ifndef KVKCSR_APP_ACCOUNT_H
#define KVKCSR_APP_ACCOUNT_H

#include "base/vec.h"
#include "app/judge.h"
#include "inventory/inventory.h"
#include "request/answers.h"

/* Start all-zero, free with kvk_dossier_facts_free(). */
struct kvk_dossier_facts {
	struct kvk_answers answers;
	/* SHA-256 of the public key in request.pem. */
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	/* Fingerprints of earlier uploads, but for the certificate of this dossier itself. */
	struct kvk_vec uploads;
};

/*
 * Reads request.pem and, where it is there, answers.cfg of a dossier folder. KVK_ERR_NOT_FOUND,
 * KVK_ERR_FORMAT and the errors of kvk_file_read() and kvk_conf_open(), with why.
 */
enum kvk_err kvk_dossier_facts_read(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why);
/* Adds the earlier uploads. */
enum kvk_err kvk_dossier_facts_history(
	struct kvk_inventory *inventory, struct kvk_dossier_facts *out);
/* Puts all of it into the options of a judge; they borrow. */
void kvk_dossier_facts_apply(
	const struct kvk_dossier_facts *facts, struct kvk_evaluator_options *options);
void kvk_dossier_facts_free(struct kvk_dossier_facts *facts);

#endif

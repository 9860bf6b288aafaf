/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking what a TSP delivered into the dossier of its request: the certificate of our own key is
 * looked for and evaluated as it would be uploaded; unless the portal would refuse it, it is put in
 * force.
 */
#ifndef KVKCSR_APP_ACCEPT_H
#define KVKCSR_APP_ACCEPT_H

#include "app/dossier_facts.h"
#include "app/incoming.h"
#include "app/online.h"
#include "app/store.h"

/* What is asked; all of it is borrowed. */
struct kvk_accept_order {
	/* Of the entry. */
	const char *name;
	/* The files of the delivery. */
	struct kvk_paths files;
	/* What was given beside them; account, own key, request and history are taken from dossier
	 * and inventory. */
	struct kvk_case asked;
	/* The account of the configuration, for a dossier that has no number. */
	struct kvk_account configured;
	/* The network, which outlives the acceptance; NULL: nothing is fetched. */
	struct kvk_online *online;
};

/* What came of it. */
enum kvk_accepted {
	/* Nothing yet: the files were not looked at. */
	KVK_ACCEPTED_NOT,
	/* It was evaluated; stored says whether it is in force. */
	KVK_ACCEPTED_EVALUATED,
	/* The dossier and the inventory have this certificate already. */
	KVK_ACCEPTED_HELD,
	/* The certificates are for another key: leaf is one of them. Nothing was changed. */
	KVK_ACCEPTED_OTHER_KEY,
};

/* Start with KVK_ACCEPTANCE_INIT, free with kvk_acceptance_free(), also after an error. */
struct kvk_acceptance {
	enum kvk_accepted accepted;
	struct kvk_entry entry;
	/* The folder of the dossier, or that of the renewal in it. */
	struct kvk_blob folder;
	/* The delivery is for the renewal that is under way. */
	bool next;
	/* A renewal is under way, but the delivery is for the key in use. */
	bool old_key;
	struct kvk_dossier_facts facts;
	/* The certificate in use, where the dossier has one: fingerprint, and SHA-256 of its public
	 * key. */
	bool has_before;
	uint8_t before[KVK_SHA256_SIZE], before_key[KVK_SHA256_SIZE];
	/* Its request.pem: what was asked of the TSP, for the comparison with what came. */
	struct kvk_blob request;
	/* The case of the order, completed. */
	struct kvk_case asked;
	/* The files; those that were kept in the dossier say so. */
	struct kvk_incoming incoming;
	/* Files and inventory hold it as evaluated. */
	bool stored;
	/* The files alone do: the inventory could not be written, and learns of them later. */
	bool in_force;
	/* Why a CA certificate that the delivery lacks could not be had; "" where there is none. */
	struct kvk_error not_had;
	/* The certificate of our key; NULL where there is no certificate at all. */
	const struct kvk_certificate *leaf;
	/* Not NULL once it was evaluated, also where it could not be put in force then. */
	struct kvk_evaluation *evaluation;
	struct kvk_evaluator *evaluator;
};

#define KVK_ACCEPTANCE_INIT \
	{ \
		.facts = KVK_DOSSIER_FACTS_INIT \
	}

/*
 * Takes a delivery. KVK_ERR_USAGE where the entry is not there or has no dossier, KVK_ERR_CONFIG
 * where the installed knowledge is wrong, KVK_ERR_REFUSED where another command changed the key of
 * the dossier while the delivery was evaluated, the errors of files and of the inventory; with why
 * where there is more to say than the text of the error.
 */
enum kvk_err kvk_accept(struct kvk_store *store, const struct kvk_accept_order *order,
	struct kvk_acceptance *out, struct kvk_error *why);
void kvk_acceptance_free(struct kvk_acceptance *acceptance);

#endif

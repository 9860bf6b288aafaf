/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of the certificates that `verify` evaluates beside its options: the dossier that
 * has the key of a certificate, with its account and its request; else the account of the
 * configuration. What the options say always wins.
 */
#ifndef KVKCSR_APP_MEMORY_H
#define KVKCSR_APP_MEMORY_H

#include "app/dossier_facts.h"
#include "app/settings.h"
#include "gather/facts.h"

/* Start with KVK_MEMORY_INIT, free with kvk_memory_free(). Threads may share it. */
struct kvk_memory {
	/* struct kvk_memory_dossier. */
	struct kvk_vec dossiers;
	/* The account of the configuration; borrows from the settings. */
	struct kvk_account configured;
	/* The home, which is borrowed. */
	const struct kvk_home *home;
};

#define KVK_MEMORY_INIT \
	{ \
		.dossiers = KVK_VEC_INIT(struct kvk_memory_dossier, KVK_LIMIT_ENTRIES) \
	}

/* A dossier by its key. */
struct kvk_memory_dossier {
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	/* It is the renewal in that dossier. */
	bool next;
	struct kvk_dossier_facts facts;
};

/*
 * What the dossier or the configuration adds for one delivery; starts all-zero. It has to live as
 * long as the facts, which point into it.
 */
struct kvk_memory_addition {
	struct kvk_case asked;
	struct kvk_evidence evidence;
	/* The request of the dossier, owned. */
	struct kvk_contents *file;
	struct kvk_csr *request;
};

/* The account of the configuration. Borrows. */
struct kvk_account kvk_memory_configured(const struct kvk_settings *settings);
/* Fills numbers and party of an account where they are not known yet, and says where they come
 * from; dossier is its name, NULL with other sources. Borrows. */
void kvk_memory_fill(struct kvk_account *account, const struct kvk_account *from,
	enum kvk_account_source source, const char *dossier);
/*
 * Reads the keys and answers of all dossiers of a home, which may be all-zero. A dossier that
 * cannot be read is passed over: its own commands say why. KVK_ERR_MEMORY, KVK_ERR_LIMIT.
 */
enum kvk_err kvk_memory_read(struct kvk_memory *memory, const struct kvk_home *home);
/* Completes the facts of a delivery. KVK_ERR_MEMORY. */
enum kvk_err kvk_memory_apply(
	const struct kvk_memory *memory, struct kvk_facts *facts, struct kvk_memory_addition *out);
void kvk_memory_addition_free(struct kvk_memory_addition *addition);
void kvk_memory_free(struct kvk_memory *memory);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of one entry beside the inventory: its files, the numbers it was requested with,
 * its TSP, its public key; and its history. For `status NAME`.
 */
#ifndef KVKCSR_APP_LIFE_H
#define KVKCSR_APP_LIFE_H

#include "app/store.h"
#include "base/vec.h"
#include "inventory/events.h"
#include "request/answers.h"
#include "request/preset.h"

/* Files of one dossier, and those of its renewal. */
#define KVK_LIFE_FILES 16u

/* Start with KVK_LIFE_INIT, free with kvk_life_free(). */
struct kvk_life {
	/* The entry, its path as it is today. */
	struct kvk_entry entry;
	/* A renewal is under way. */
	bool renewal;
	/* struct kvk_event, the last ones in the order in which they were noted, and how many there
	 * are before them. */
	struct kvk_vec events;
	size_t earlier;
	/* char *, owned: the files of the dossier that are there; of a tracked file none. */
	struct kvk_vec files;
	/* Empty where they cannot be read. */
	struct kvk_answers answers;
	struct kvk_presets presets;
	/* SHA-256 of its public key. */
	bool has_key;
	uint8_t spki_sha256[KVK_SHA256_SIZE];
};

#define KVK_LIFE_INIT \
	{ \
		.events = KVK_VEC_INIT(struct kvk_event, KVK_LIMIT_LIFE_EVENTS), \
		.files = KVK_VEC_INIT(char *, KVK_LIFE_FILES), \
	}

/* Reads it. Files that cannot be read are passed over. KVK_ERR_USAGE where there is no such entry,
 * KVK_ERR_MEMORY, the errors of the inventory; with why. */
enum kvk_err kvk_life_read(
	struct kvk_store *store, const char *name, struct kvk_life *out, struct kvk_error *why);
/* What its TSP is called, or NULL where its answers name none; lives as long as *life. */
const char *kvk_life_tsp(const struct kvk_life *life);
void kvk_life_free(struct kvk_life *life);

#endif

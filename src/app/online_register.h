/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/online.h, for its .c files alone: the registers. Each question is asked once a run;
 * nothing that they answer is kept beyond it.
 */
#ifndef KVKCSR_APP_ONLINE_REGISTER_H
#define KVKCSR_APP_ONLINE_REGISTER_H

#include "base/secret.h"
#include "base/vec.h"
#include "gather/fetcher.h"
#include "net/request.h"

struct kvk_online;

/* One question, and what came of it. */
struct kvk_online_register {
	struct kvk_register_question question;
	struct kvk_blob url;
	struct kvk_register_fetched fetched;
};

/* What a run has of the registers. */
struct kvk_online_registers {
	/* struct kvk_online_register *: they stay where they are. */
	struct kvk_vec asked;
	/* Of each register: whether there should be a key; the key, once it was read. */
	bool has_key[KVK_REGISTER_COUNT];
	struct kvk_secret keys[KVK_REGISTER_COUNT];
};

void kvk_online_registers_open(struct kvk_online *online);
void kvk_online_registers_close(struct kvk_online *online);
/* What came of a question; NULL where it was not asked yet. Of a register without a key, that. */
const struct kvk_register_fetched *kvk_online_register_find(
	const struct kvk_online *online, const struct kvk_register_question *question);
/*
 * Enters a question; *out is NULL where there is one like it already, or there is nothing to ask
 * because the key cannot be used. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_online_register_enter(struct kvk_online *online,
	const struct kvk_register_question *question, struct kvk_online_register **out);
/* The request for it. Borrows. */
struct kvk_net_request kvk_online_register_request(
	const struct kvk_online *online, const struct kvk_online_register *entry);
/* Reads what came. KVK_ERR_MEMORY. */
enum kvk_err kvk_online_register_take(struct kvk_online *online, struct kvk_online_register *entry,
	const struct kvk_net_answer *answer);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/accept.h: one run, and the steps that find out which folder a delivery is for, and
 * what is in it.
 */
#ifndef KVKCSR_APP_ACCEPT_PART_H
#define KVKCSR_APP_ACCEPT_PART_H

#include "app/accept.h"

/* One run. */
struct kvk_accept_run {
	struct kvk_store *store;
	const struct kvk_accept_order *order;
	struct kvk_acceptance *out;
	struct kvk_error *why;
	/* A renewal is under way: its folder, and what was asked for. */
	bool renewal;
	struct kvk_blob next;
	struct kvk_dossier_facts next_facts;
	/* What is held was accepted with trust anchors that were given. */
	bool practice;
};

/* What the folder holds of a delivery. */
enum kvk_held {
	/* It is new, or was left undetermined and there is something else to go by. */
	KVK_HELD_NOT,
	/* Dossier and inventory have this certificate. */
	KVK_HELD_SAME,
	/* They do, but what is given now may lead to another verdict. */
	KVK_HELD_IN_DOUBT,
};

/* Finds the dossier, and the renewal in it. The errors of kvk_accept(), with why. */
enum kvk_err kvk_accept_open_dossier(struct kvk_accept_run *run);
/* Decides by the key whether the delivery, which was read, is for the renewal or for the dossier
 * itself. The errors of the inventory. */
enum kvk_err kvk_accept_choose_folder(struct kvk_accept_run *run);
/*
 * Looks at what the folder, which was chosen, holds. KVK_ERR_EXISTS, with why, where that was
 * accepted, was issued later and ends later than the certificate of the delivery.
 */
enum kvk_err kvk_accept_look_held(struct kvk_accept_run *run, enum kvk_held *out);
/* Whether a verdict on what is held in doubt leaves it as it is. */
bool kvk_accept_confirms(const struct kvk_accept_run *run, const struct kvk_evaluation *evaluation);

#endif

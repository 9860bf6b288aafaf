/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/accept.h: one run, and the steps that find out which folder a delivery is for.
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
};

/* Finds the dossier, and the renewal in it. The errors of kvk_accept(), with why. */
enum kvk_err kvk_accept_open_dossier(struct kvk_accept_run *run);
/* Decides by the key whether the delivery, which was read, is for the renewal or for the dossier
 * itself. The errors of the inventory. */
enum kvk_err kvk_accept_choose_folder(struct kvk_accept_run *run);

#endif

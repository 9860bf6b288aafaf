/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of `kvkcsr accept` share; for cmd/accept*.c alone.
 */
#ifndef KVKCSR_CMD_ACCEPT_H
#define KVKCSR_CMD_ACCEPT_H

#include "app/account.h"
#include "app/delivery.h"
#include "app/store.h"
#include "cli/options.h"

struct kvk_accept_config {
	struct kvk_common common;
	struct kvk_evidence_options evidence;
};

/* One run. */
struct kvk_accepting {
	const struct kvk_accept_config *config;
	struct kvk_store store;
	struct kvk_entry entry;
	struct kvk_blob folder;
	/* Its request.pem: what was asked, for the comparison with what came. */
	struct kvk_blob request;
	struct kvk_dossier_facts facts;
	struct kvk_incoming incoming;
	const struct kvk_certificate *leaf;
};

/*
 * accept_report.c: what is said on stdout and stderr. Those that give an exit code write the result
 * too: the code that they were given or stand for, KVK_EXIT_UNKNOWN where it cannot be written.
 */
void kvk_accept_tell_private_key(const struct kvk_received *file);
enum kvk_exit kvk_accept_report(
	const struct kvk_accepting *a, const struct kvk_evaluation *judged, enum kvk_exit code);
/* The dossier holds this certificate already. */
enum kvk_exit kvk_accept_report_held(const struct kvk_accepting *a);
/* Refused, because the certificates are for another key; other is one of them. */
enum kvk_exit kvk_accept_report_other_key(
	const struct kvk_accepting *a, const struct kvk_certificate *other);

#endif

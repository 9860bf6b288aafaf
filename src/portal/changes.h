/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the TSP made of a request: each field that was asked for and is otherwise in the
 * certificate, and each that was added to the subject. A TSP may change fields, and often has to;
 * it is shown, and no rule asks about it.
 */
#ifndef KVKCSR_PORTAL_CHANGES_H
#define KVKCSR_PORTAL_CHANGES_H

#include "cert/csr.h"

#define KVK_CHANGES_MAX 48u
#define KVK_CHANGE_TEXT 160

struct kvk_change {
	/* "O", "subjectAltName", "keyUsage"; OIDs where there is no name. */
	char field[48];
	/* For people, escaped; "" where there was nothing. */
	char asked[KVK_CHANGE_TEXT];
	char got[KVK_CHANGE_TEXT];
};

/* Compares; *count says how many there are. KVK_ERR_MEMORY. */
enum kvk_err kvk_changes(const struct kvk_csr *request, const struct kvk_certificate *cert,
	struct kvk_change out[static KVK_CHANGES_MAX], size_t *count);

#endif

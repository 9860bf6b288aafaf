/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the facts about one delivery are gathered from. It is shared by those who gather them.
 */
#ifndef KVKCSR_GATHER_INPUT_H
#define KVKCSR_GATHER_INPUT_H

#include "cert/contents.h"
#include "gather/case.h"
#include "gather/evidence.h"
#include "gather/fetcher.h"

/* What is handed in; all of it is borrowed and must outlive the facts. */
struct kvk_gather_input {
	/* The file, already looked through, and its name (NULL for stdin). */
	const struct kvk_contents *contents;
	const char *name;
	/* What was asked, and what was read and is installed. */
	const struct kvk_case *asked;
	const struct kvk_evidence *evidence;
	/* Checks signatures. Its budget is set anew for each delivery. */
	struct kvk_signatures *signatures;
	/* What is fetched; NULL: nothing. */
	const struct kvk_fetcher *fetcher;
};

#endif

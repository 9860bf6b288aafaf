/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody writes into a name, a text or a file name in the hope that it is printed as it
 * stands, and where in a certificate it can stand. forgeries DIR writes a file for each of both.
 */
#ifndef KVKCSR_TESTS_HOSTILE_FORGERIES_H
#define KVKCSR_TESTS_HOSTILE_FORGERIES_H

#include "der/writer.h"
#include "practice/issue.h"

/* A text, and a word for it that may be a file name. */
struct payload {
	const char *name;
	struct kvk_span bytes;
};

/* The texts; the last one has no name. */
extern const struct payload payloads[];

/* A place in a certificate, a list or a request, and a word for it. */
struct place {
	const char *name;
	void (*put)(struct kvk_issue *issue, struct kvk_span text);
};

/* The places that are extensions; the last one has no name. */
extern const struct place places[];

/* Kinds of general names, and texts that follow a host in a URI. */
#define GENERAL_KINDS 11u
/* Extensions that hold general names. */
#define GENERAL_PLACES 7u
/* A general name of one kind whose text is the payload. */
void put_general(struct kvk_der_writer *w, unsigned kind, struct kvk_span text);
/* Gives an issue an extension that holds such a name. */
void put_general_extension(
	struct kvk_issue *issue, unsigned place, unsigned kind, struct kvk_span text);
/* A word for such a place. */
const char *general_place(unsigned place);

#endif

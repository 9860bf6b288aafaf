/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file with certificates, requests, CRLs or lists of these, written out for people and for
 * programs. It shows what is there and evaluates nothing; of private keys it says that they are
 * there and no more.
 */
#ifndef KVKCSR_REPORT_SHOW_H
#define KVKCSR_REPORT_SHOW_H

#include "cert/contents.h"
#include "report/page.h"
#include "trust/knowledge.h"

/* What there is to show. All members are borrowed. */
struct kvk_show {
	/* What the file is called: its path as given, or "-"; not escaped. */
	const char *file;
	const struct kvk_contents *contents;
	/* The time from which days are counted. */
	kvk_time at;
	/* Generations, TSPs and policies; NULL where there is no knowledge of them. */
	const struct kvk_knowledge *knowledge;
	struct kvk_paper paper;
};

/* Appends the text. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_show_text(const struct kvk_show *show, struct kvk_blob *out);
/* Appends one JSON document, indented. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_show_json(const struct kvk_show *show, struct kvk_blob *out);
/* Whether anything in the file could be shown: a certificate, request, CRL or list, or a key. */
bool kvk_show_has_anything(const struct kvk_contents *contents);

#endif

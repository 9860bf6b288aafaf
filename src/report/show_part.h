/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/show.h, for report/show*.c alone: what the text is made of. A value is appended
 * to s->line, which then becomes a row after its label.
 */
#ifndef KVKCSR_REPORT_SHOW_PART_H
#define KVKCSR_REPORT_SHOW_PART_H

#include "report/rows.h"
#include "report/show.h"

/* Bytes of an unknown value that are shown in hex. */
#define KVK_SHOW_HEX 256u
#define KVK_SHOW_HEX_GROUP 16u

struct kvk_shown {
	const struct kvk_show *show;
	struct kvk_page page;
	/* The rows that are not written yet. */
	struct kvk_rows rows;
	/* The value of the line that is being written. */
	struct kvk_page line;
	struct kvk_blob text;
	/* The name of an extension, until its first line is written; then "". */
	const char *label;
};

/* What the file is, for whom, from whom, until when, its number and its fingerprint. */
void kvk_show_summary(struct kvk_shown *s);
/* Makes the line a row after a label, and starts anew. */
void kvk_show_end(struct kvk_shown *s, const char *label);
/* The same with a given text. */
void kvk_show_row(struct kvk_shown *s, const char *label, const char *text);
/* The same for a line of an extension, after its name the first time. */
void kvk_show_next(struct kvk_shown *s);
/* Writes the rows: of a file or a block, and of its extensions. */
void kvk_show_write(struct kvk_shown *s);
void kvk_show_write_extensions(struct kvk_shown *s);
/* Appends a comma in front of all but the first of several. */
void kvk_show_between(struct kvk_shown *s, size_t i);
/* Takes back what was appended to the line after its first n octets. */
void kvk_show_cut(struct kvk_shown *s, size_t n);
/*
 * Appends a name in one line, and bytes in hex, cut at KVK_SHOW_HEX with their number, with a blank
 * after each KVK_SHOW_HEX_GROUP of them where they are more than that.
 */
void kvk_show_append_name(struct kvk_shown *s, const struct kvk_name *name);
void kvk_show_append_bytes(struct kvk_shown *s, struct kvk_span bytes);
/* Appends a character string as text, escaped; in hex where it is none. */
void kvk_show_append_string(struct kvk_shown *s, unsigned tag, struct kvk_span content);
/* Appends a general name with its kind, "DNS api.example.nl", and the contents of GeneralNames. */
void kvk_show_append_general(struct kvk_shown *s, const struct kvk_general_name *name);
void kvk_show_append_generals(struct kvk_shown *s, struct kvk_span names);
/* Appends a date and time and how far off it is: "2026-11-22T12:00:00Z (in 3 days)". */
void kvk_show_append_time(struct kvk_shown *s, kvk_time t);
/* Appends a signature algorithm, and a public key. */
void kvk_show_append_scheme(struct kvk_shown *s, struct kvk_span algorithm);
void kvk_show_append_key(struct kvk_shown *s, const struct kvk_key_info *key);
/* Lines with each attribute of a subject, and what its numbers mean. */
void kvk_show_subject(struct kvk_shown *s, const struct kvk_name *subject);
/* What was let pass because Java lets it pass. */
void kvk_show_tolerated(struct kvk_shown *s, const struct kvk_der_log *log);
/* Why something could not be read. */
void kvk_show_failure(struct kvk_shown *s, enum kvk_err err, const struct kvk_der_log *log);
/* All extensions, each in words. */
void kvk_show_extensions(struct kvk_shown *s, const struct kvk_extensions *ext);
/* What follows the name of one. */
void kvk_show_policies(struct kvk_shown *s, const struct kvk_extensions *ext);
void kvk_show_crl_points(struct kvk_shown *s, const struct kvk_extensions *ext);
void kvk_show_freshest_crl(struct kvk_shown *s, const struct kvk_extensions *ext);
void kvk_show_aia(struct kvk_shown *s, const struct kvk_extensions *ext);
void kvk_show_append_point(struct kvk_shown *s, const struct kvk_crl_point *point);
/* The same for one that nobody decodes: in words, else in hex. */
void kvk_show_value(struct kvk_shown *s, const struct kvk_extension *one);
/* KVK_ERR_DER where they cannot be read; then a part may be appended. */
enum kvk_err kvk_show_qc_statements(struct kvk_shown *s, struct kvk_der *der);

/* What a certificate without cA may be used for, as far as the portal is concerned; static. */
const char *kvk_show_purpose(const struct kvk_extensions *ext);

void kvk_show_certificate(struct kvk_shown *s, const struct kvk_certificate *cert);
/* Reads and shows a request, a CRL or an OCSP response. */
void kvk_show_csr(struct kvk_shown *s, struct kvk_span der);
void kvk_show_crl(struct kvk_shown *s, struct kvk_span der);
void kvk_show_ocsp(struct kvk_shown *s, struct kvk_span der);

#endif

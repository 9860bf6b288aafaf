/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/show.h, for report/show*.c alone: the objects of its JSON. Each function returns
 * NULL where there is no memory.
 */
#ifndef KVKCSR_REPORT_SHOW_JSON_PART_H
#define KVKCSR_REPORT_SHOW_JSON_PART_H

#include "report/json.h"
#include "report/show.h"

json_t *kvk_show_json_certificate(const struct kvk_show *show, const struct kvk_certificate *cert);
json_t *kvk_show_json_csr(const struct kvk_show *show, struct kvk_span der);
json_t *kvk_show_json_crl(struct kvk_span der);
/* All extensions: those that are decoded as members of their own, all of them as they stand. */
json_t *kvk_show_json_extensions(const struct kvk_show *show, const struct kvk_extensions *ext);
/* What could not be read, and why. */
json_t *kvk_show_json_failure(enum kvk_err err, const struct kvk_der_log *log);

#endif

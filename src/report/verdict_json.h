/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict as a JSON object, for documents that add to it. */
#ifndef KVKCSR_REPORT_VERDICT_JSON_H
#define KVKCSR_REPORT_VERDICT_JSON_H

#include "report/json.h"
#include "report/verdict.h"

/* What kvk_verdict_json() writes. NULL where there is no memory; else the caller lets go of it. */
json_t *kvk_verdict_object(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style);

/* Its members "revocation", an item for each certificate of the path, and "wanted". */
json_t *kvk_verdict_revocation(const struct kvk_facts *facts);
json_t *kvk_verdict_wanted(const struct kvk_facts *facts);

#endif

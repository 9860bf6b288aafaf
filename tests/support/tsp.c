/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/tsp.h"

struct kvk_span kvk_practice_name(const struct kvk_practice *tsp, enum kvk_practice_level level)
{
	return kvk_span_of_blob(&tsp->ca[level].name);
}

const struct kvk_key *kvk_practice_key(
	const struct kvk_practice *tsp, enum kvk_practice_level level)
{
	return tsp->ca[level].key;
}

const struct kvk_signing *kvk_practice_signing(
	const struct kvk_practice *tsp, enum kvk_practice_level level)
{
	return tsp->ca[level].signing;
}

enum kvk_err kvk_practice_ca_replace(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue)
{
	return kvk_practice_ca_make(tsp, level, kvk_practice_level_above(level), issue);
}

enum kvk_err kvk_practice_ca_self_sign(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue)
{
	return kvk_practice_ca_make(tsp, level, level, issue);
}

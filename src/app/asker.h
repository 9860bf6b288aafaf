/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asks the network whether the certificates of entries were revoked (app/revocations.h): first the
 * CRLs, because one serves many entries, and OCSP where they say nothing, for a limited number of
 * entries. An address is asked only where the path that names it leads to a trust anchor.
 */
#ifndef KVKCSR_APP_ASKER_H
#define KVKCSR_APP_ASKER_H

#include "app/revocations.h"
#include "app/settings.h"
#include "app/store.h"

struct kvk_asker_tools;

/* Start with what is set, free with kvk_asker_free(), also an all-zero one. */
struct kvk_asker {
	/* Borrowed. */
	const struct kvk_settings *settings;
	const struct kvk_home *home;
	/* Knows where the passphrases of PKCS#12 files lie; NULL: no such file is opened. */
	const struct kvk_store *store;
	/* The time of the evaluation. */
	kvk_time at;
	/* The cache alone answers. */
	bool offline;
	/* The variable of the environment that names a proxy (app/online.h); NULL: none. */
	const char *proxy_variable;
	/* Filled by kvk_asker_source(), and with the first question: a run in which nobody is to be
	 * asked loads nothing. */
	struct kvk_revocation_source source;
	struct kvk_asker_tools *tools;
};

/*
 * The source that asks; it belongs to the asker. NULL where there is neither a network to ask nor
 * anything in the cache.
 */
const struct kvk_revocation_source *kvk_asker_source(struct kvk_asker *asker);
/* kvk_online_hint() of what was asked; "" where nothing was. */
const char *kvk_asker_hint(const struct kvk_asker *asker);
void kvk_asker_free(struct kvk_asker *asker);

#endif

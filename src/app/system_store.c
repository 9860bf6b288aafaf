/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/system_store.h"

#include <pthread.h>

#include "app/trusted.h"
#include "base/alloc.h"

struct kvk_system_store {
	const struct kvk_case *asked;
	pthread_mutex_t lock;
	/* The file was read, or could not be. */
	bool tried;
	struct kvk_trust trust;
};

enum kvk_err kvk_system_store_new(const struct kvk_case *asked, struct kvk_system_store **out)
{
	struct kvk_system_store *store = kvk_calloc(1, sizeof *store);

	if (store == NULL)
		return KVK_ERR_MEMORY;
	store->asked = asked;
	pthread_mutex_init(&store->lock, NULL);
	*out = store;
	return KVK_OK;
}

void kvk_system_store_free(struct kvk_system_store *store)
{
	if (store == NULL)
		return;
	kvk_trust_free(&store->trust);
	pthread_mutex_destroy(&store->lock);
	kvk_free(store);
}

bool kvk_system_store_helps(const struct kvk_facts *facts)
{
	return facts->path.anchor == NULL && facts->path.count > 0 && !facts->path.exhausted &&
		!facts->trust_replaced && !facts->has_public_anchors && facts->leaf_ev_policy &&
		!facts->leaf_pkio_policy;
}

/* What is wrong with the file is not said: the delivery reaches no root then. */
static enum kvk_err load(struct kvk_system_store *store)
{
	const struct kvk_case *asked = store->asked;
	enum kvk_err err;

	if (store->tried || asked->system_store == NULL)
		return KVK_OK;
	store->tried = true;
	KVK_TRY(kvk_trusted_anchors(asked, &store->trust, NULL));
	KVK_TRY(kvk_trust_add_system(&store->trust, asked->system_store, NULL));
out:
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

enum kvk_err kvk_system_store_trust(struct kvk_system_store *store, const struct kvk_trust **out)
{
	enum kvk_err err;

	pthread_mutex_lock(&store->lock);
	err = load(store);
	*out = store->trust.system ? &store->trust : NULL;
	pthread_mutex_unlock(&store->lock);
	return err;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/g1.h"

#include <string.h>

#include "app/load.h"
#include "base/format.h"
#include "conf/datadir.h"

/* Its name, and that of its last day (templates/trust/ends.cfg). */
#define G1 "G1"

static enum kvk_err load(struct kvk_g1 *g1)
{
	char text[KVK_TIME_TEXT_SIZE];
	struct kvk_error ignored = { "" };
	const char *day;
	enum kvk_err err;

	if (g1->loaded)
		return KVK_OK;
	g1->loaded = true;
	err = kvk_knowledge_load(kvk_datadir(), &g1->knowledge, &ignored);
	if (err != KVK_OK)
		return err == KVK_ERR_MEMORY ? err : KVK_OK;
	day = kvk_ends_of_generation(kvk_knowledge_ends(g1->knowledge), G1);
	if (day == NULL || !kvk_format(text, sizeof text, "%sT23:59:59Z", day) ||
		kvk_time_parse(text, &g1->end) != KVK_OK)
		g1->end = 0;
	return KVK_OK;
}

/* Whether a certificate is in a file, and of G1. */
static bool is_g1(const struct kvk_g1 *g1, const struct kvk_contents *contents,
	const uint8_t sha256[static KVK_SHA256_SIZE])
{
	const struct kvk_certificate *cert = kvk_loaded_certificate(contents, sha256);
	struct kvk_recognised recognised;

	if (cert == NULL)
		return false;
	kvk_recognise(g1->knowledge, cert, &recognised);
	return recognised.generation != NULL && strcmp(recognised.generation, G1) == 0;
}

enum kvk_err kvk_g1_find_end(struct kvk_g1 *g1, const char *path,
	const uint8_t sha256[static KVK_SHA256_SIZE], kvk_time successor, kvk_time *end)
{
	struct kvk_contents *contents = NULL;
	struct kvk_error ignored = { "" };
	enum kvk_err err;

	*end = 0;
	KVK_TRY(load(g1));
	if (g1->end == 0 || successor <= g1->end)
		return KVK_OK;
	err = kvk_load_tracked(g1->inventory, path, &contents, &ignored);
	if (err == KVK_OK && is_g1(g1, contents, sha256))
		*end = g1->end;
out:
	kvk_unload_contents(contents);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

enum kvk_err kvk_g1_look(struct kvk_g1 *g1, struct kvk_entry_view *view)
{
	if (view->action != KVK_ACTION_RENEW || view->ca)
		return KVK_OK;
	return kvk_g1_find_end(g1, view->path, view->sha256,
		view->at + (view->not_after - view->not_before), &view->g1_end);
}

void kvk_g1_free(struct kvk_g1 *g1)
{
	kvk_knowledge_free(g1->knowledge);
}

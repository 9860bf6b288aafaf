/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration in force, as `kvkcsr config` shows it. Secrets never come here: the caller puts
 * a word in their place.
 */
#ifndef KVKCSR_REPORT_SETTING_VIEWS_H
#define KVKCSR_REPORT_SETTING_VIEWS_H

#include "base/blob.h"
#include "base/vec.h"
#include "net/proxy.h"
#include "report/page.h"

/* The most settings that are shown. */
#define KVK_SETTING_VIEWS 256

/* One setting. */
struct kvk_setting_view {
	const char *name;
	/* Its value as text, not escaped; empty where there is none. Owned. */
	struct kvk_blob value;
	/* The file that sets it, not escaped; NULL for a default. */
	const char *file;
	/* What it is for, translated. */
	const char *summary;
};

/*
 * Each with its name, its value, after '#' where it comes from, and below that what it is for; at
 * the end which addresses out of certificates are asked. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_setting_views_text(const struct kvk_vec *views, enum kvk_net_rule rule,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* One JSON document. */
enum kvk_err kvk_setting_views_json(
	const struct kvk_vec *views, enum kvk_net_rule rule, struct kvk_blob *out);
/* Frees the views and their array. */
void kvk_setting_views_free(struct kvk_vec *views);

#endif

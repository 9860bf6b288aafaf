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
	/* The setting as a file has it, "member = value;", or an example where it has no value or
	 * that is not shown; without what kvk_escape() would change. Owned. */
	struct kvk_blob line;
	/* Its value is a secret; it is a comment, because no file sets it or a secret is missing.
	 */
	bool hidden, comment;
	/* The file that sets it, not escaped; NULL for a default. */
	const char *file;
	/* What it is for, translated. */
	const char *summary;
};

/* The configuration files, the strongest first: those that were read, and those that are not there.
 */
struct kvk_setting_files {
	char *const *read, *const *absent;
	size_t read_count, absent_count;
};

/*
 * A configuration file that gives the same settings: the files as comments, then each setting below
 * what it is for, and after '#' where it comes from; a comment where no file sets it, or where it
 * is not shown. At the end which addresses out of certificates are asked. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_setting_views_text(const struct kvk_vec *views,
	const struct kvk_setting_files *files, enum kvk_net_rule rule,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* One JSON document. */
enum kvk_err kvk_setting_views_json(
	const struct kvk_vec *views, enum kvk_net_rule rule, struct kvk_blob *out);
/* Frees the views and their array. */
void kvk_setting_views_free(struct kvk_vec *views);

#endif

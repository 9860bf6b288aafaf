/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/trusted.h"

#include "base/path.h"
#include "conf/datadir.h"

void kvk_trusted_apply(
	const struct kvk_settings *settings, const struct kvk_home *home, struct kvk_case *out)
{
	out->home = home->path.n > 0 ? kvk_home_text(home) : NULL;
	out->ca_list = kvk_setting_string(settings, "trust.ca_list");
	out->system_store = kvk_setting_string(settings, "trust.system_store");
}

enum kvk_err kvk_trusted_anchors(
	const struct kvk_case *asked, struct kvk_trust *out, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 };
	enum kvk_err err;

	if (asked->trust.count > 0)
		return kvk_trust_from_files(asked->trust.at, asked->trust.count, out, why);
	KVK_TRY(kvk_trust_load(kvk_datadir(), out, why));
	if (asked->home != NULL) {
		KVK_TRY(kvk_path_join(&folder, asked->home, KVK_HOME_TRUST));
		KVK_TRY(kvk_trust_add_imports(out, kvk_blob_str(&folder), why));
	}
out:
	kvk_blob_free(&folder);
	return err;
}

enum kvk_err kvk_trusted_cas(
	const char *ca_list, struct kvk_knowledge *knowledge, struct kvk_error *why)
{
	struct kvk_error inner = { "" };
	enum kvk_err err;

	if (ca_list == NULL)
		return KVK_OK;
	err = kvk_knowledge_add_cas(knowledge, ca_list, &inner);
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	return kvk_error_set(why, KVK_ERR_CONFIG, "trust.ca_list: %s", inner.text);
}

static enum kvk_err check_system_store(const struct kvk_settings *settings, struct kvk_error *why)
{
	const char *path = kvk_setting_string(settings, "trust.system_store");
	struct kvk_trust trust = { .replaced = false };
	struct kvk_error inner = { "" };
	enum kvk_err err;

	if (kvk_setting_origin(settings, "trust.system_store") == NULL)
		return KVK_OK;
	KVK_TRY(kvk_trust_load(kvk_datadir(), &trust, why));
	err = kvk_trust_add_system(&trust, path, &inner);
	if (err != KVK_OK && err != KVK_ERR_MEMORY)
		err = kvk_error_set(why, KVK_ERR_CONFIG, "trust.system_store: %s", inner.text);
out:
	kvk_trust_free(&trust);
	return err;
}

enum kvk_err kvk_trusted_check(const struct kvk_settings *settings, struct kvk_error *why)
{
	const char *ca_list = kvk_setting_string(settings, "trust.ca_list");
	struct kvk_knowledge *knowledge = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_knowledge_load(kvk_datadir(), &knowledge, why));
	KVK_TRY(kvk_trusted_cas(ca_list, knowledge, why));
	KVK_TRY(check_system_store(settings, why));
out:
	kvk_knowledge_free(knowledge);
	return err;
}

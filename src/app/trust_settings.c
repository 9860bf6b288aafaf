/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/trust_settings.h"

#include "conf/datadir.h"

void kvk_trust_settings_apply(const struct kvk_settings *settings, struct kvk_case *out)
{
	out->ca_list = kvk_setting_string(settings, "trust.ca_list");
}

enum kvk_err kvk_trust_settings_cas(
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

enum kvk_err kvk_trust_settings_check(const struct kvk_settings *settings, struct kvk_error *why)
{
	const char *ca_list = kvk_setting_string(settings, "trust.ca_list");
	struct kvk_knowledge *knowledge = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_knowledge_load(kvk_datadir(), &knowledge, why));
	KVK_TRY(kvk_trust_settings_cas(ca_list, knowledge, why));
out:
	kvk_knowledge_free(knowledge);
	return err;
}

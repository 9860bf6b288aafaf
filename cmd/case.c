/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/case.h"

#include "base/i18n.h"
#include "cli/environment.h"

struct kvk_paths kvk_case_paths(const struct kvk_text_list *list)
{
	return (struct kvk_paths){ list->items, list->count };
}

struct kvk_case kvk_case_of(const struct kvk_evidence_options *given)
{
	return (struct kvk_case){
		.trust = kvk_case_paths(&given->trust),
		.chain = kvk_case_paths(&given->chain),
		.crl = kvk_case_paths(&given->crl),
		.ocsp = kvk_case_paths(&given->ocsp),
		.oin_list = given->oin_list,
		.at = given->at.time,
		.offline = given->offline,
		.no_revocation = given->no_revocation,
	};
}

enum kvk_exit kvk_case_check(
	const struct kvk_usage *usage, const struct kvk_evidence_options *given)
{
	if (given->offline && given->refresh)
		return kvk_usage_error(usage, _("--offline and --refresh cannot be used together"));
	return KVK_GO_ON;
}

struct kvk_online_order kvk_case_online(const struct kvk_evidence_options *given,
	const struct kvk_settings *settings, const struct kvk_home *home)
{
	return (struct kvk_online_order){
		.settings = settings,
		.home = home,
		.offline = given->offline,
		.refresh = given->refresh,
		.proxy_variable = kvk_environment_proxy(),
		.at = given->at.time,
	};
}

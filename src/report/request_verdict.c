/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/request.h: the verdict on a request that was made elsewhere. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "report/request.h"

static bool has_item(const struct kvk_request_report *report, const char *id)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(report->review, i)) != NULL; i++)
		if (strcmp(item->id, id) == 0)
			return true;
	return false;
}

bool kvk_request_is_to_be_sent(const struct kvk_request_report *report)
{
	return !report->refused && !(report->evaluated && has_item(report, "example-value"));
}

const char *kvk_request_verdict(const struct kvk_request_report *report)
{
	if (report->refused)
		return _("the TSP or the portal would refuse what this request asks for");
	if (!kvk_request_is_to_be_sent(report))
		return has_item(report, "number-missing") ?
			_("do not send this request: it contains example values of OpenSSL and no "
			  "KVK number or OIN; create a new one with 'kvkcsr new'") :
			_("do not send this request: it contains example values of OpenSSL; create "
			  "a new one with 'kvkcsr new'");
	if (has_item(report, "number-missing"))
		return _("this request contains no KVK number or OIN: enter it on the TSP's order "
			 "form, or create a new request with 'kvkcsr new'");
	if (kvk_review_count(report->review, KVK_REVIEW_WARNING) > 0)
		return _("nothing in this request would be refused, but see the advice above");
	return _("nothing in this request would be refused");
}

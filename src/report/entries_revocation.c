/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: what is known of the revocation of an entry's certificate. */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"
#include "net/reason.h"
#include "revocation/answer.h"

/* What a reason of the network means, in brief. */
static const char *const net_texts[KVK_NET_REASON_COUNT] = {
	[KVK_NET_NAME_NOT_FOUND] = N_("the name of the server cannot be found"),
	[KVK_NET_ADDRESS_REFUSED] = N_("the address may not be used"),
	[KVK_NET_CONNECTION] = N_("no connection to the server"),
	[KVK_NET_TIME_OUT] = N_("the server does not answer in time"),
	[KVK_NET_TLS] = N_("the TLS connection to the server fails"),
	[KVK_NET_HTTP_STATUS] = N_("the server answers with an error"),
	[KVK_NET_TOO_LARGE] = N_("the answer of the server is too large"),
	[KVK_NET_NOT_EXPECTED] = N_("the answer of the server is not the expected data"),
	[KVK_NET_NOT_ASKED] = N_("there was no time or memory left to ask"),
};

/* A reason by its id; one of another version of the program says nothing. */
static const char *why_text(const char *id)
{
	for (enum kvk_net_reason i = KVK_NET_OK + 1; i < KVK_NET_REASON_COUNT; i++)
		if (strcmp(kvk_net_reason_id(i), id) == 0)
			return _(net_texts[i]);
	for (enum kvk_revocation_why i = KVK_WHY_DETERMINED + 1; i < KVK_REVOCATION_WHY_COUNT; i++)
		if (strcmp(kvk_revocation_why_id(i), id) == 0)
			return kvk_revocation_why_text(i);
	if (strcmp(id, KVK_ENTRY_PATH_LOST) == 0)
		return _("the path to a trusted root certificate is no longer known");
	return _("there is no answer that can be used");
}

static enum kvk_err append_revoked(const struct kvk_entry_revocation *details, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE], ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_when_day(details->since, since);
	if (strcmp(details->by, KVK_ENDS_BY_LEAF) == 0)
		return kvk_blob_append_format(out, _("revoked on %s"), since);
	kvk_escape_to(ca, sizeof ca, kvk_span_of(details->by));
	return kvk_blob_append_format(
		out, _("the certificate of its CA '%s' was revoked on %s"), ca, since);
}

enum kvk_err kvk_entries_revocation_fact(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const struct kvk_entry_revocation *details = view->details;
	char since[KVK_WHEN_SIZE], url[KVK_ENTRY_URL_SIZE * 4];

	if (view->revocation == KVK_STATUS_REVOKED)
		return append_revoked(details, out);
	kvk_when_day(details->since, since);
	if (details->url[0] == '\0')
		return kvk_blob_append_format(out,
			_("since %s it could not be determined whether it was revoked: %s"), since,
			why_text(details->why));
	kvk_escape_to(url, sizeof url, kvk_span_of(details->url));
	return kvk_blob_append_format(out,
		_("since %s it could not be determined whether it was revoked: %s (%s)"), since,
		why_text(details->why), url);
}

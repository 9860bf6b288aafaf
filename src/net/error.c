/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/error.h"

#include "base/escape.h"

/* Bytes of an address, and of what else is quoted, in an error. */
#define QUOTE_SIZE 200

/* Sets the error; format takes the address. */
#define SAY(format) kvk_error_set(why, KVK_OK, format, url)

static void set_refused(const char *url, enum kvk_net_detail detail, struct kvk_error *why)
{
	if (detail == KVK_NET_DETAIL_HTTP_ONLY)
		SAY(_("'%s' was not requested: an address in a certificate must begin with "
		      "http://"));
	else if (detail == KVK_NET_DETAIL_HTTPS_ONLY)
		SAY(_("'%s' was not requested: this address must begin with https://"));
	else if (detail == KVK_NET_DETAIL_PORT)
		SAY(_("'%s' was not requested: an address in a certificate must use port 80 "
		      "(net.allow_private = true allows other ports)"));
	else if (detail == KVK_NET_DETAIL_RANGE)
		SAY(_("'%s' was not requested: its host is in a private or reserved network "
		      "(net.allow_private = true allows this)"));
	else if (detail == KVK_NET_DETAIL_LOCAL_NAME)
		SAY(_("'%s' was not requested through the proxy: its host is an IP address or a "
		      "name of a local network (net.allow_private = true allows this)"));
	else
		SAY(_("'%s' was not requested: it is not a valid http or https address, or it "
		      "contains a user name"));
}

/* What came instead of what was expected. */
static void set_content(const char *url, enum kvk_net_content content, struct kvk_error *why)
{
	switch (content) {
	case KVK_NET_CONTENT_CUT:
		SAY(_("the answer from '%s' is cut off: its end is missing"));
		break;
	case KVK_NET_CONTENT_HTML:
		SAY(_("the answer from '%s' is a web page (HTML) instead of the expected data"));
		break;
	case KVK_NET_CONTENT_LDIF:
		SAY(_("the answer from '%s' is LDIF, an export of a directory, instead of the "
		      "expected data"));
		break;
	case KVK_NET_CONTENT_GZIP:
		SAY(_("the answer from '%s' is a compressed file (gzip) instead of the expected "
		      "data"));
		break;
	case KVK_NET_CONTENT_JSON:
		SAY(_("the answer from '%s' is JSON instead of the expected data"));
		break;
	case KVK_NET_CONTENT_TEXT:
		SAY(_("the answer from '%s' is text instead of the expected data"));
		break;
	case KVK_NET_CONTENT_DER:
	case KVK_NET_CONTENT_PEM:
	case KVK_NET_CONTENT_OTHER:
		SAY(_("the answer from '%s' does not contain the expected data"));
		break;
	}
}

static void set_unusable(
	const char *url, const struct kvk_net_answer *answer, struct kvk_error *why)
{
	if (answer->detail == KVK_NET_DETAIL_CONTENT)
		set_content(url, answer->content, why);
	else if (answer->detail == KVK_NET_DETAIL_ENCODED)
		SAY(_("the answer from '%s' is compressed, which was not requested"));
	else if (answer->detail == KVK_NET_DETAIL_EMPTY)
		SAY(_("the answer from '%s' is empty"));
	else
		SAY(_("the answer from '%s' is not HTTP"));
}

/* hint: escaped, or NULL. */
static void set_connection(
	const char *url, enum kvk_net_detail detail, const char *hint, struct kvk_error *why)
{
	if (detail == KVK_NET_DETAIL_LOST)
		SAY(_("the connection to '%s' was lost before the answer was complete"));
	else if (detail == KVK_NET_DETAIL_PROXY)
		SAY(_("'%s' was not requested: the proxy cannot be reached"));
	else if (hint != NULL)
		kvk_error_set(why, KVK_OK, _("no connection to '%s': %s"), url, hint);
	else
		SAY(_("no connection to '%s'"));
}

static void set_status(const char *url, const struct kvk_net_answer *answer, const char *hint,
	struct kvk_error *why)
{
	unsigned status = answer->status;

	if (status == 407)
		SAY(_("'%s' was not requested: the proxy requires another user name and password "
		      "(HTTP status 407; see net.proxy_auth_file)"));
	else if (answer->detail == KVK_NET_DETAIL_PROXY)
		kvk_error_set(why, KVK_OK,
			_("the proxy answered with HTTP status %u instead of connecting to '%s'"),
			status, url);
	else if (status / 100 == 3 && hint != NULL)
		kvk_error_set(why, KVK_OK,
			_("'%s' answered with HTTP status %u, a redirect to '%s', which is not "
			  "followed"),
			url, status, hint);
	else
		kvk_error_set(why, KVK_OK, _("'%s' answered with HTTP status %u"), url, status);
}

/* With everything escaped; hint may be NULL. */
static void set_error(const char *url, const struct kvk_net_answer *answer, const char *hint,
	struct kvk_error *why)
{
	switch (answer->reason) {
	case KVK_NET_NAME_NOT_FOUND:
		if (answer->detail == KVK_NET_DETAIL_PROXY)
			SAY(_("'%s' was not requested: the host name of the proxy was not found"));
		else
			SAY(_("the host name in '%s' was not found"));
		break;
	case KVK_NET_ADDRESS_REFUSED:
		set_refused(url, answer->detail, why);
		break;
	case KVK_NET_CONNECTION:
		set_connection(url, answer->detail, hint, why);
		break;
	case KVK_NET_TIME_OUT:
		SAY(_("'%s' did not answer in time"));
		break;
	case KVK_NET_TLS:
		kvk_error_set(why, KVK_OK, _("no secure connection to '%s': %s"), url,
			hint != NULL ? hint : _("reason unknown"));
		break;
	case KVK_NET_HTTP_STATUS:
		set_status(url, answer, hint, why);
		break;
	case KVK_NET_TOO_LARGE:
		SAY(_("the answer from '%s' is too large"));
		break;
	case KVK_NET_NOT_EXPECTED:
		set_unusable(url, answer, why);
		break;
	case KVK_NET_NOT_ASKED:
		if (answer->detail == KVK_NET_DETAIL_ROOM)
			SAY(_("'%s' was not downloaded: the other answers of this run leave no "
			      "room for it"));
		else
			SAY(_("'%s' was not requested"));
		break;
	case KVK_NET_OK:
	case KVK_NET_REASON_COUNT:
		break;
	}
}

void kvk_net_error_set(const char *url, const struct kvk_net_answer *answer, struct kvk_error *why)
{
	char safe[QUOTE_SIZE], hint[QUOTE_SIZE];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(url));
	kvk_escape_to(hint, sizeof hint, kvk_span_of(answer->hint));
	set_error(safe, answer, answer->hint != NULL ? hint : NULL, why);
}

bool kvk_net_error_set_proxy(const struct kvk_net_options *options,
	const struct kvk_net_answer *answer, const char *variable, struct kvk_error *hint)
{
	bool unreached = answer->reason == KVK_NET_NAME_NOT_FOUND ||
		answer->reason == KVK_NET_CONNECTION || answer->reason == KVK_NET_TIME_OUT;
	char safe[QUOTE_SIZE];

	if (variable == NULL || options->proxy != NULL || !unreached)
		return false;
	kvk_error_set(hint, KVK_OK,
		_("the environment variable '%s' names a proxy, but only the configuration is "
		  "used; "
		  "set net.proxy if a proxy is required"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(variable)));
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "net/error.h"

#define URL "http://crl.example.nl/a.crl"

static char location[] = "http://a.example/\x1b[2J", refused[] = "Connection refused",
	    wrong_name[] = "the name does not match";

/* Something else came than was expected. */
#define CAME(id, says) \
	{ \
		{ .reason = KVK_NET_NOT_EXPECTED, \
			.detail = KVK_NET_DETAIL_CONTENT, \
			.content = id }, \
			"the answer from '" URL "' " says \
	}

static const struct {
	struct kvk_net_answer answer;
	const char *says;
} sentences[] = {
	{ { .reason = KVK_NET_NAME_NOT_FOUND }, "the host name in '" URL "' was not found" },
	{ { .reason = KVK_NET_NAME_NOT_FOUND, .detail = KVK_NET_DETAIL_PROXY },
		"'" URL "' was not requested: the host name of the proxy was not found" },
	{ { .reason = KVK_NET_ADDRESS_REFUSED },
		"'" URL "' was not requested: it is not a valid http or https address, or "
		"it contains a user name" },
	{ { .reason = KVK_NET_ADDRESS_REFUSED, .detail = KVK_NET_DETAIL_HTTP_ONLY },
		"'" URL "' was not requested: an address in a certificate must begin with "
		"http://" },
	{ { .reason = KVK_NET_ADDRESS_REFUSED, .detail = KVK_NET_DETAIL_HTTPS_ONLY },
		"'" URL "' was not requested: this address must begin with https://" },
	{ { .reason = KVK_NET_ADDRESS_REFUSED, .detail = KVK_NET_DETAIL_PORT },
		"'" URL "' was not requested: an address in a certificate must use port 80 "
		"(net.allow_private = true allows other ports)" },
	{ { .reason = KVK_NET_ADDRESS_REFUSED, .detail = KVK_NET_DETAIL_RANGE },
		"'" URL "' was not requested: its host is in a private or reserved network "
		"(net.allow_private = true allows this)" },
	{ { .reason = KVK_NET_ADDRESS_REFUSED, .detail = KVK_NET_DETAIL_LOCAL_NAME },
		"'" URL "' was not requested through the proxy: its host is an IP address "
		"or a name of a local network (net.allow_private = true allows this)" },
	{ { .reason = KVK_NET_CONNECTION }, "no connection to '" URL "'" },
	{ { .reason = KVK_NET_CONNECTION, .hint = refused },
		"no connection to '" URL "': Connection refused" },
	{ { .reason = KVK_NET_CONNECTION, .detail = KVK_NET_DETAIL_LOST },
		"the connection to '" URL "' was lost before the answer was complete" },
	{ { .reason = KVK_NET_CONNECTION, .detail = KVK_NET_DETAIL_PROXY },
		"'" URL "' was not requested: the proxy cannot be reached" },
	{ { .reason = KVK_NET_HTTP_STATUS, .status = 407, .detail = KVK_NET_DETAIL_PROXY },
		"'" URL "' was not requested: the proxy requires another user name and password "
		"(HTTP status 407; see net.proxy_auth_file)" },
	{ { .reason = KVK_NET_HTTP_STATUS, .status = 403, .detail = KVK_NET_DETAIL_PROXY },
		"the proxy answered with HTTP status 403 instead of connecting to '" URL "'" },
	{ { .reason = KVK_NET_TIME_OUT }, "'" URL "' did not answer in time" },
	{ { .reason = KVK_NET_TLS, .hint = wrong_name },
		"no secure connection to '" URL "': the name does not match" },
	{ { .reason = KVK_NET_TLS }, "no secure connection to '" URL "': reason unknown" },
	{ { .reason = KVK_NET_HTTP_STATUS, .status = 404 },
		"'" URL "' answered with HTTP status 404" },
	{ { .reason = KVK_NET_HTTP_STATUS, .status = 302, .hint = location },
		"'" URL "' answered with HTTP status 302, a redirect to "
		"'http://a.example/\\x1b[2J', which is not followed" },
	{ { .reason = KVK_NET_TOO_LARGE }, "the answer from '" URL "' is too large" },
	{ { .reason = KVK_NET_NOT_EXPECTED, .detail = KVK_NET_DETAIL_NOT_HTTP },
		"the answer from '" URL "' is not HTTP" },
	{ { .reason = KVK_NET_NOT_EXPECTED, .detail = KVK_NET_DETAIL_ENCODED },
		"the answer from '" URL "' is compressed, which was not requested" },
	{ { .reason = KVK_NET_NOT_EXPECTED, .detail = KVK_NET_DETAIL_EMPTY },
		"the answer from '" URL "' is empty" },
	CAME(KVK_NET_CONTENT_CUT, "is cut off: its end is missing"),
	CAME(KVK_NET_CONTENT_HTML, "is a web page (HTML) instead of the expected data"),
	CAME(KVK_NET_CONTENT_LDIF,
		"is LDIF, an export of a directory, instead of the expected data"),
	CAME(KVK_NET_CONTENT_GZIP, "is a compressed file (gzip) instead of the expected data"),
	CAME(KVK_NET_CONTENT_JSON, "is JSON instead of the expected data"),
	CAME(KVK_NET_CONTENT_TEXT, "is text instead of the expected data"),
	CAME(KVK_NET_CONTENT_DER, "does not contain the expected data"),
	CAME(KVK_NET_CONTENT_PEM, "does not contain the expected data"),
	CAME(KVK_NET_CONTENT_OTHER, "does not contain the expected data"),
	{ { .reason = KVK_NET_NOT_ASKED }, "'" URL "' was not requested" },
	{ { .reason = KVK_NET_NOT_ASKED, .detail = KVK_NET_DETAIL_ROOM },
		"'" URL
		"' was not downloaded: the other answers of this run leave no room for it" },
	{ { .reason = KVK_NET_OK }, "" },
};

/* Each reason has words of its own, and they name the address. */
static void reasons(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
		struct kvk_error why = { .text = "" };

		kvk_net_error_set(URL, &sentences[i].answer, &why);
		assert_string_equal(why.text, sentences[i].says);
	}
}

static void addresses_are_escaped(void **state)
{
	const struct kvk_net_answer answer = { .reason = KVK_NET_TIME_OUT };
	struct kvk_error why = { .text = "" };

	(void)state;
	kvk_net_error_set("http://a\n\x1b/", &answer, &why);
	assert_string_equal(why.text, "'http://a\\x0a\\x1b/' did not answer in time");
}

static void a_proxy_in_the_environment(void **state)
{
	static const struct {
		enum kvk_net_reason reason;
		const char *variable, *proxy;
		bool says;
	} rows[] = {
		{ KVK_NET_NAME_NOT_FOUND, "https_proxy", NULL, true },
		{ KVK_NET_CONNECTION, "http_proxy", NULL, true },
		{ KVK_NET_TIME_OUT, "http_proxy", NULL, true },
		{ KVK_NET_TIME_OUT, NULL, NULL, false },
		{ KVK_NET_TIME_OUT, "http_proxy", "http://proxy.example.nl:3128", false },
		{ KVK_NET_HTTP_STATUS, "http_proxy", NULL, false },
		{ KVK_NET_OK, "http_proxy", NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct kvk_net_options options = { .proxy = rows[i].proxy };
		const struct kvk_net_answer answer = { .reason = rows[i].reason };
		struct kvk_error hint = { .text = "" };

		if (kvk_net_error_set_proxy(&options, &answer, rows[i].variable, &hint) !=
			rows[i].says)
			fail_msg("row %zu", i);
		assert_int_equal(hint.text[0] != '\0', rows[i].says);
		if (rows[i].says)
			assert_non_null(strstr(hint.text, rows[i].variable));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons),
		cmocka_unit_test(addresses_are_escaped),
		cmocka_unit_test(a_proxy_in_the_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

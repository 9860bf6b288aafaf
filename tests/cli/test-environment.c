/* SPDX-License-Identifier: Apache-2.0 */
/* Variables that change the network are gone after the start; those with which the program would
 * start itself again are tested in tests/cmd/kvkcsr.bats. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "cli/environment.h"

static void clean(void)
{
	char name[] = "kvkcsr";

	assert_int_equal(kvk_environment_clean((char *[]){ name, NULL }), KVK_GO_ON);
}

/* In this order, because what was found stays found. */
static void without_a_proxy_none_is_named(void **state)
{
	(void)state;
	setenv("https_proxy", "", 1);
	setenv("no_proxy", "example.nl", 1);
	clean();
	assert_null(kvk_environment_proxy());
	assert_null(getenv("https_proxy"));
}

static void the_network_is_not_the_environments_affair(void **state)
{
	static const char *const names[] = { "http_proxy", "HTTP_PROXY", "ALL_PROXY", "no_proxy",
		"NO_PROXY", "CURL_HOME", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR",
		"SSLKEYLOGFILE", "NETRC" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		setenv(names[i], "http://proxy.example.nl:3128", 1);
	setenv("KVKCSR_HOME", "/nowhere", 1);
	clean();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_null(getenv(names[i]));
	assert_non_null(getenv("KVKCSR_HOME"));
	assert_string_equal(kvk_environment_proxy(), "http_proxy");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_proxy_none_is_named),
		cmocka_unit_test(the_network_is_not_the_environments_affair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What each text is to Java 17 was measured with its CertificateFactory. */
#include "config.h"

#include "cert/java.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void uris_are_read_as_java_net_uri_does(void **state)
{
	static const char *const good[] = { "http://api.example.nl/", "urn:isbn:1", "http:///x",
		"https://example.nl:8443/x?y#z", "http://user:pw@example.nl/", "ldap://example.nl",
		"http://10.1.2.3/", "http://[2001:db8::1]/", "HTTP://API.EXAMPLE.NL",
		"mailto:jan@example.nl", "file:/etc", "http://exa_mple.nl/", "http://-a.nl/",
		"http://a%20b.nl/", "http://a.nl:", "a+b-c.d:x", "http://1/" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!kvk_java_reads_uri(kvk_span_of(good[i])))
			fail_msg("'%s' is refused", good[i]);
}

static void other_texts_are_refused(void **state)
{
	static const char *const bad[] = { "", "example.nl", "//x", "http:", "http://",
		"http://a b/", "http://example.nl.", "http://user@example.nl.:80/", ":x", "1a:x",
		"http://[::1/", "http://[example]/", "http://a.nl/%zz", "http://a.nl/%2",
		"http://a.nl/<", "a_b:x", "http://[::1]x/", "mailto:#x", "http://a.nl/?\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (kvk_java_reads_uri(kvk_span_of(bad[i])))
			fail_msg("'%s' is taken", bad[i]);
	assert_false(kvk_java_reads_uri((struct kvk_span){ (const uint8_t *)"a:\0", 3 }));
}

static void a_constraint_is_a_host(void **state)
{
	static const char *const good[] = { "example.nl", ".example.nl", "nl", "10.1.2.3", "a-" };
	static const char *const bad[] = { "", ".", "http://example.nl", "example.nl.", "a b",
		"..nl", "-a.nl", "a..b", "a_b", "example.nl:80" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!kvk_java_reads_uri_constraint(kvk_span_of(good[i])))
			fail_msg("'%s' is refused", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (kvk_java_reads_uri_constraint(kvk_span_of(bad[i])))
			fail_msg("'%s' is taken", bad[i]);
}

static void a_mail_address_has_a_host(void **state)
{
	(void)state;
	assert_true(kvk_java_reads_email(kvk_span_of("jan@example.nl")));
	assert_true(kvk_java_reads_email(kvk_span_of("example.nl")));
	assert_true(kvk_java_reads_email(kvk_span_of(".example.nl")));
	assert_true(kvk_java_reads_email(kvk_span_of("@example.nl")));
	assert_false(kvk_java_reads_email(kvk_span_of("")));
	assert_false(kvk_java_reads_email(kvk_span_of("jan@")));
	assert_false(kvk_java_reads_email(kvk_span_of(".")));
	assert_false(kvk_java_reads_email(kvk_span_of("jan@.")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uris_are_read_as_java_net_uri_does),
		cmocka_unit_test(other_texts_are_refused),
		cmocka_unit_test(a_constraint_is_a_host),
		cmocka_unit_test(a_mail_address_has_a_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

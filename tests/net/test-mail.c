/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/mail.h"

static void a_password_goes_to_other_machines_encrypted_only(void **state)
{
	static const struct {
		const char *url, *user;
		bool starttls, good;
	} cases[] = {
		{ "smtp://mail.voorbeeld.nl:587", "beheer", true, true },
		{ "smtps://mail.voorbeeld.nl", "beheer", false, true },
		{ "smtp://mail.voorbeeld.nl", NULL, false, true },
		{ "smtp://localhost", "beheer", false, true },
		{ "smtp://127.0.0.1:25", "beheer", false, true },
		{ "smtp://[::1]:25/", "beheer", false, true },
		{ "smtp://mail.voorbeeld.nl", "beheer", false, false },
		{ "smtp://localhost.voorbeeld.nl", "beheer", false, false },
		{ "smtp://10.0.0.1:25", "beheer", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kvk_net_mail mail = {
			.url = cases[i].url, .user = cases[i].user, .starttls = cases[i].starttls
		};
		struct kvk_error why = { "" };

		assert_int_equal(
			kvk_net_mail_check(&mail, &why), cases[i].good ? KVK_OK : KVK_ERR_CONFIG);
		assert_true(cases[i].good || strstr(why.text, "unencrypted") != NULL);
		/* Whoever did not ask before is not sent to either. */
		if (!cases[i].good)
			assert_int_equal(kvk_net_mail_send(NULL, &mail, &(bool){ false }, &why),
				KVK_ERR_CONFIG);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_goes_to_other_machines_encrypted_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

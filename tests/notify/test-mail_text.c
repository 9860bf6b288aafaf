/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "notify/mail_text.h"

/* The mail of a subject and a text; free it. */
static struct kvk_blob mail_of(const char *subject, const char *text)
{
	struct kvk_message message = { .subject = subject,
		.text = text,
		.names = "",
		.key = "0123456789abcdef",
		.recipients = "a@voorbeeld.nl\nb@voorbeeld.nl\n",
		.host = "",
		.home = "" };
	struct kvk_blob mail = { 0 };

	assert_int_equal(kvk_time_parse("2026-11-30T04:12:48Z", &message.at), KVK_OK);
	assert_int_equal(kvk_mail_text("kvkcsr@voorbeeld.nl", &message, &mail), KVK_OK);
	return mail;
}

/* The longest line has this many octets. */
static size_t longest_line(const char *text)
{
	size_t longest = 0;

	for (size_t n; *text != '\0'; text += n + (text[n] != '\0' ? 2 : 0)) {
		n = strcspn(text, "\r");
		longest = n > longest ? n : longest;
	}
	return longest;
}

static void plain_text_goes_as_it_is(void **state)
{
	struct kvk_blob mail = mail_of("kvkcsr: a expires", "One line.\n\n.\nFrom here\n");

	(void)state;
	assert_string_equal(kvk_blob_str(&mail),
		"From: kvkcsr <kvkcsr@voorbeeld.nl>\r\n"
		"To: a@voorbeeld.nl,\r\n b@voorbeeld.nl\r\n"
		"Subject: kvkcsr: a expires\r\n"
		"Date: Mon, 30 Nov 2026 04:12:48 +0000\r\n"
		"Message-ID: <0123456789abcdef@voorbeeld.nl>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: 7bit\r\n"
		"\r\n"
		"One line.\r\n\r\n.\r\nFrom here\r\n");
	kvk_blob_free(&mail);
}

static void other_letters_are_encoded_in_lines_that_are_short_enough(void **state)
{
	char text[1002];
	struct kvk_blob mail;

	(void)state;
	/* The 39th octet is the first of two. */
	mail = mail_of("01234567890123456789012345678901234567\xc3\xa9\xc3\xa9n",
		"\xc3\xa9\xc3\xa9n = 1 \nen\n");
	assert_non_null(strstr(kvk_blob_str(&mail),
		"\r\nSubject: "
		"=?UTF-8?B?MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc=?="
		"\r\n =?UTF-8?B?w6nDqW4=?=\r\nDate"));
	assert_non_null(strstr(
		kvk_blob_str(&mail), "quoted-printable\r\n\r\n=C3=A9=C3=A9n =3D 1=20\r\nen\r\n"));
	kvk_blob_free(&mail);
	/* No line of a header has more than 76 characters, or 78 where nothing is encoded. */
	for (size_t i = 0; i < 200; i++)
		memcpy(text + 2 * i, "\xc3\xa9", 2);
	text[400] = '\0';
	mail = mail_of(text, "");
	assert_in_range(longest_line(kvk_blob_str(&mail)), 70, 76);
	kvk_blob_free(&mail);
	mail = mail_of("kvkcsr: 0123456789012345678901234567890123456789012345678901234567890123 "
		       "expires in 22 days (1 of 1 entry)",
		"");
	assert_non_null(strstr(kvk_blob_str(&mail), "\r\nSubject: kvkcsr:\r\n 0123"));
	assert_non_null(
		strstr(kvk_blob_str(&mail), "0123 expires in\r\n 22 days (1 of 1 entry)\r\nDate"));
	kvk_blob_free(&mail);
	memset(text, 'x', sizeof text - 2);
	memcpy(text + sizeof text - 2, "\n", 2);
	mail = mail_of("a", text);
	assert_in_range(longest_line(kvk_blob_str(&mail)), 70, 76);
	kvk_blob_free(&mail);
}

static void control_characters_make_no_lines_of_their_own(void **state)
{
	struct kvk_blob mail = mail_of("a\r\nBcc: c@d.nl", "a\r\nb\rBcc: c@d.nl\n");

	(void)state;
	assert_null(strstr(kvk_blob_str(&mail), "\nBcc"));
	assert_null(strstr(kvk_blob_str(&mail), "\rBcc"));
	assert_non_null(strstr(kvk_blob_str(&mail), "\r\n\r\na=0D\r\nb=0DBcc: c@d.nl\r\n"));
	kvk_blob_free(&mail);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_goes_as_it_is),
		cmocka_unit_test(other_letters_are_encoded_in_lines_that_are_short_enough),
		cmocka_unit_test(control_characters_make_no_lines_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people type: KVK numbers, OINs, organizationIdentifiers and host names. What is taken has
 * just the form that it must have, and is taken again as it stands; what is refused says why, on
 * one harmless line.
 */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "names/oin.h"
#include "names/domain.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(enum kvk_err err, const struct kvk_error *why)
{
	if (err == KVK_OK)
		return;
	check(err == KVK_ERR_REFUSED && why->text[0] != '\0');
	check(strchr(why->text, '\n') == NULL);
	check_text(kvk_span_of(why->text));
}

static void check_digits(const char *text, size_t n)
{
	check(strlen(text) == n && kvk_all_digits(kvk_span_of(text)));
}

static void numbers(struct kvk_span typed)
{
	char number[KVK_NUMBER_DIGITS + 1];
	struct kvk_blob words = { 0 };
	struct kvk_error why = { "" };
	struct kvk_oin oin, derived;
	enum kvk_err err = kvk_number_read(typed, number, &why);

	check_refusal(err, &why);
	if (err == KVK_OK) {
		check_digits(number, KVK_NUMBER_DIGITS);
		check(kvk_span_is(typed, number));
		check(kvk_oin_of_kvk_number(number, &derived) == KVK_OK);
		check(kvk_oin_read(kvk_span_of(derived.text), &oin, NULL) == KVK_OK);
		check(strcmp(oin.kvk_number, number) == 0);
	}
	why.text[0] = '\0';
	err = kvk_oin_read(typed, &oin, &why);
	check_refusal(err, &why);
	if (err == KVK_OK) {
		check_digits(oin.text, KVK_OIN_DIGITS);
		check(kvk_span_is(typed, oin.text));
		check(oin.kind != KVK_OIN_KVK || strlen(oin.kvk_number) == KVK_NUMBER_DIGITS);
		check(kvk_oin_describe(&oin, &words) == KVK_OK);
		check_text(kvk_span_of_blob(&words));
		kvk_blob_free(&words);
	}
	check(!kvk_oin_fits_g4(typed) || typed.n == KVK_OIN_DIGITS);
	check(!kvk_number_is_rsin(typed) || typed.n == KVK_RSIN_DIGITS);
	if (kvk_number_of_identifier(typed, number) == KVK_OK)
		check_digits(number, KVK_NUMBER_DIGITS);
}

static void check_labels(const char *name)
{
	size_t label = 0;

	check(name[0] != '\0' && strlen(name) <= KVK_DOMAIN_MAX);
	for (const char *p = name;; p++) {
		if (*p == '.' || *p == '\0') {
			check(label > 0 && label <= KVK_LIMIT_LABEL && p[-1] != '-');
			label = 0;
			if (*p == '\0')
				break;
			continue;
		}
		check(*p == '-' || (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z'));
		check(*p != '-' || label > 0);
		label++;
	}
}

static void host(struct kvk_span typed, bool practice)
{
	struct kvk_domain domain, again;
	struct kvk_blob words = { 0 };
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_domain_read(typed, practice, &domain, &why);
	size_t n, r;

	check_refusal(err, &why);
	if (err != KVK_OK)
		return;
	check_labels(domain.name);
	check(practice || !domain.practice);
	n = strlen(domain.name);
	r = strlen(domain.registrable);
	check(r > 0 && r <= n && strcmp(domain.name + n - r, domain.registrable) == 0);
	check(strchr(domain.name, '.') != NULL);
	check(kvk_domain_read(kvk_span_of(domain.name), practice, &again, NULL) == KVK_OK);
	check(strcmp(domain.name, again.name) == 0 && again.changes == 0);
	check((domain.changes == 0) == kvk_span_is(typed, domain.name));
	check(kvk_domain_describe_changes(&domain, &words) == KVK_OK);
	check_text(kvk_span_of_blob(&words));
	check((words.n == 0) == (domain.changes == 0));
	kvk_blob_free(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct kvk_span typed = { data, size };

	numbers(typed);
	host(typed, false);
	host(typed, true);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/oin.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"

#define PREFIX_DIGITS 8
#define SUFFIX "000"

/* Prefixes in use (Logius, OIN-Stelsel, 2026-03-13). 00000005 is free, 00000011 in consultation. */
static const struct {
	const char *prefix;
	enum kvk_oin_kind kind;
	/* What the number is for people, with the main number for %s. */
	const char *words;
} prefixes[] = {
	{ "00000001", KVK_OIN_RSIN, N_("OIN of RSIN %s") },
	{ "00000002", KVK_OIN_FI, N_("OIN of Fi number %s") },
	{ "00000003", KVK_OIN_KVK, N_("HRN of KVK %s") },
	{ "00000004", KVK_OIN_SUB, N_("SubOIN %s") },
	{ "00000006", KVK_OIN_LOGIUS, N_("OIN of Logius number %s") },
	{ "00000007", KVK_OIN_BRIN, N_("OIN of BRIN %s (education)") },
	{ "00000008", KVK_OIN_FOREIGN, N_("OIN of foreign number %s") },
	{ "00000009", KVK_OIN_UZI, N_("OIN of UZI number %s (health care)") },
	{ "00000010", KVK_OIN_TRR, N_("OIN of TRR-BD number %s (tax office)") },
	{ "00000011", KVK_OIN_DEZI, N_("OIN of Dezi number %s (health insurers)") },
	{ "00000099", KVK_OIN_TEST, N_("test OIN %s, for testing only") },
};

#define PREFIX_COUNT (sizeof prefixes / sizeof prefixes[0])

bool kvk_oin_fits_g4(struct kvk_span text)
{
	return text.n == KVK_OIN_DIGITS && kvk_all_digits(text) &&
		memcmp(text.p, "000000", 6) == 0 &&
		memcmp(text.p + text.n - strlen(SUFFIX), SUFFIX, strlen(SUFFIX)) == 0;
}

static enum kvk_err find_kind(struct kvk_span text, enum kvk_oin_kind *kind, struct kvk_error *why)
{
	for (size_t i = 0; i < PREFIX_COUNT; i++) {
		if (memcmp(text.p, prefixes[i].prefix, PREFIX_DIGITS) == 0) {
			*kind = prefixes[i].kind;
			return KVK_OK;
		}
	}
	return kvk_error_set(why, KVK_ERR_REFUSED,
		_("the first 8 digits, '%.8s', are not a prefix in use; a KVK number follows "
		  "00000003, an RSIN follows 00000001"),
		(const char *)text.p);
}

static enum kvk_err check_main(struct kvk_span text, enum kvk_oin_kind kind, struct kvk_error *why)
{
	struct kvk_span number = { text.p + PREFIX_DIGITS, KVK_RSIN_DIGITS };

	if (memcmp(text.p + text.n - strlen(SUFFIX), SUFFIX, strlen(SUFFIX)) != 0)
		return kvk_number_refuse(text, _("every OIN and HRN ends in 000"), why);
	if (kind == KVK_OIN_KVK && number.p[KVK_NUMBER_DIGITS] != '0')
		return kvk_number_refuse(
			text, _("an HRN, which is made from a KVK number, ends in 0000"), why);
	if (kvk_number_is_zero(number))
		return kvk_number_refuse(
			text, _("the main number (digits 9 to 17) consists of zeros only"), why);
	if (kind == KVK_OIN_RSIN && !kvk_number_is_rsin(number))
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("the RSIN in it, '%.9s', fails the 11-test (its check digit): a digit is "
			  "wrong, or two are swapped"),
			(const char *)number.p);
	return KVK_OK;
}

enum kvk_err kvk_oin_read(struct kvk_span text, struct kvk_oin *out, struct kvk_error *why)
{
	struct kvk_oin oin = { .text = "" };
	size_t digits;
	enum kvk_err err;

	if (text.n != KVK_OIN_DIGITS || !kvk_all_digits(text))
		return kvk_number_refuse(text, _("an OIN or HRN has 20 digits"), why);
	KVK_TRY(find_kind(text, &oin.kind, why));
	KVK_TRY(check_main(text, oin.kind, why));
	memcpy(oin.text, text.p, text.n);
	digits = oin.kind == KVK_OIN_KVK ? KVK_NUMBER_DIGITS : KVK_RSIN_DIGITS;
	memcpy(oin.main_number, text.p + PREFIX_DIGITS, digits);
	if (oin.kind == KVK_OIN_KVK)
		memcpy(oin.kvk_number, oin.main_number, KVK_NUMBER_DIGITS);
	*out = oin;
out:
	return err;
}

enum kvk_err kvk_oin_of_kvk_number(const char *kvk_number, struct kvk_oin *out)
{
	char text[KVK_OIN_DIGITS + 1] = "00000003";

	if (strlen(kvk_number) != KVK_NUMBER_DIGITS)
		return KVK_ERR_ARGUMENT;
	memcpy(text + PREFIX_DIGITS, kvk_number, KVK_NUMBER_DIGITS);
	memcpy(text + PREFIX_DIGITS + KVK_NUMBER_DIGITS, "0000", sizeof "0000");
	return kvk_oin_read(kvk_span_of(text), out, NULL) == KVK_OK ? KVK_OK : KVK_ERR_ARGUMENT;
}

enum kvk_err kvk_oin_describe(const struct kvk_oin *oin, struct kvk_blob *out)
{
	for (size_t i = 0; i < PREFIX_COUNT; i++) {
		const char *words = prefixes[i].words;
		const char *hole = strstr(_(words), "%s");

		if (prefixes[i].kind != oin->kind || hole == NULL)
			continue;
		return kvk_blob_append_format(out, "%.*s%s%s", (int)(hole - _(words)), _(words),
			oin->main_number, hole + 2);
	}
	return KVK_OK;
}

bool kvk_oin_is_sub(const struct kvk_oin *oin)
{
	return oin->kind == KVK_OIN_SUB;
}

bool kvk_oin_is_of_government(const struct kvk_oin *oin)
{
	return oin->kind == KVK_OIN_RSIN || oin->kind == KVK_OIN_SUB;
}

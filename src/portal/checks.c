/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

#include <string.h>

#include "base/escape.h"

bool kvk_checks_number_serves(const struct kvk_facts *facts, const struct kvk_identity *number)
{
	const char *oin = facts->asked->account.oin;

	/* a test OIN is nobody's; in practice certificates have one, and the account may */
	if (kvk_identity_is_test(number))
		return facts->certs[0].known.named_test ||
			(oin != NULL && strcmp(number->digits, oin) == 0);
	return number->kind == KVK_IDENTITY_OIN ||
		(number->kind == KVK_IDENTITY_KVK &&
			facts->asked->account.party != KVK_PARTY_GOVERNMENT);
}

enum kvk_err kvk_checks_each_number(const struct kvk_facts *facts,
	enum kvk_err (*check)(const struct kvk_facts *facts, const struct kvk_identity *number,
		struct kvk_finding *out),
	struct kvk_finding *out)
{
	const size_t count = kvk_name_count(&facts->leaf->subject, KVK_OID_SERIAL_NUMBER);
	struct kvk_identity number;
	struct kvk_finding other;
	enum kvk_err err;

	KVK_TRY(kvk_identity_of_subject(facts->leaf, &number));
	KVK_TRY(check(facts, &number, out));
	for (size_t i = 1; i < count; i++) {
		kvk_finding_start(&other, out->rule);
		KVK_TRY(kvk_identity_of_serial_number(facts->leaf, i, &number));
		KVK_TRY(check(facts, &number, &other));
		if ((other.result == KVK_RESULT_PASS) == (out->result == KVK_RESULT_PASS))
			continue;
		kvk_finding_unknown(out, KVK_WHY_SEVERAL_NUMBERS);
		break;
	}
out:
	return err;
}

enum kvk_err kvk_checks_found_number(const struct kvk_identity *number, struct kvk_finding *out)
{
	char words[KVK_IDENTITY_WORDS];
	enum kvk_err err;

	KVK_TRY(kvk_identity_words(number, words));
	if (number->kind == KVK_IDENTITY_OTHER && !number->text)
		KVK_FORMAT(out->found, "%s", _("a serialNumber that is not text"));
	else if (words[0] == '\0')
		KVK_FORMAT(out->found, _("serialNumber '%s'"), number->shown);
	else
		KVK_FORMAT(out->found, _("serialNumber '%s': %s"), number->shown, words);
out:
	return err;
}

enum kvk_err kvk_checks_organisation(const struct kvk_certificate *leaf, struct kvk_blob *out)
{
	const struct kvk_attribute *o = kvk_name_find(&leaf->subject, KVK_OID_O, 0);
	enum kvk_err err = o != NULL ? kvk_attribute_text(o, out) : KVK_OK;

	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

enum kvk_err kvk_checks_cert_name(
	const struct kvk_facts *facts, size_t i, char out[static KVK_CHECKS_NAME])
{
	struct kvk_blob text = { 0 };
	const struct kvk_attribute *cn = NULL;
	enum kvk_err err = KVK_OK;

	if (i > 0 && i < facts->path.count)
		cn = kvk_name_find(&facts->path.certs[i].certificate->subject, KVK_OID_CN, 0);
	if (cn != NULL)
		err = kvk_attribute_text(cn, &text);
	if (i == 0)
		kvk_format(out, KVK_CHECKS_NAME, "%s", _("your certificate"));
	else if (cn != NULL && err == KVK_OK)
		kvk_escape_to(out, KVK_CHECKS_NAME, kvk_span_of_blob(&text));
	else
		kvk_format(out, KVK_CHECKS_NAME, _("CA %zu"), i);
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

bool kvk_checks_uploaded(const struct kvk_facts *facts)
{
	for (size_t i = 0; i < facts->evidence->uploaded_count; i++)
		if (memcmp(facts->evidence->uploaded[i], facts->leaf->sha256, KVK_SHA256_SIZE) == 0)
			return true;
	return false;
}

static bool is_word(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

bool kvk_checks_has_generation(const struct kvk_facts *facts, const char *generation)
{
	if (facts->path.anchor != NULL && is_word(facts->path.anchor->generation, generation))
		return true;
	for (size_t i = 0; i < facts->path.count; i++)
		if (is_word(facts->certs[i].known.generation, generation))
			return true;
	return false;
}

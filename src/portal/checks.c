/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

#include <string.h>

const struct kvk_path_failure *kvk_checks_failure(
	const struct kvk_facts *facts, enum kvk_reason reason, bool undetermined)
{
	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *failure = &facts->report.failures[i];

		if (failure->reason == reason && failure->undetermined == undetermined)
			return failure;
	}
	return NULL;
}

/* The certificate of a failure; that of the anchor is shown at the top of the path. */
static int where_of(const struct kvk_facts *facts, size_t cert)
{
	if (cert >= facts->path.count)
		cert = facts->path.count > 0 ? facts->path.count - 1 : 0;
	return (int)cert;
}

static void describe(const struct kvk_path_failure *failure, struct kvk_finding *out)
{
	const char *field = failure->field != NULL ? failure->field : "";

	if (failure->found[0] != '\0' && field[0] != '\0')
		KVK_FORMAT(out->found, "%s: %s", field, failure->found);
	else
		KVK_FORMAT(out->found, "%s", failure->found[0] != '\0' ? failure->found : field);
	KVK_FORMAT(out->wanted, "%s", failure->wanted);
}

void kvk_checks_report(
	const struct kvk_facts *facts, enum kvk_reason reason, struct kvk_finding *out)
{
	const struct kvk_path_failure *failure = kvk_checks_failure(facts, reason, false);

	if (failure != NULL) {
		kvk_finding_fail(out, where_of(facts, failure->cert), reason);
		describe(failure, out);
		return;
	}
	failure = kvk_checks_failure(facts, reason, true);
	if (failure != NULL) {
		kvk_finding_unknown(out, failure->exhausted ? KVK_WHY_WORK : KVK_WHY_CANNOT_HANDLE);
		out->where = where_of(facts, failure->cert);
		out->reason = reason;
		describe(failure, out);
	} else if (facts->report.exhausted || facts->path.exhausted) {
		kvk_finding_unknown(out, KVK_WHY_WORK);
	} else if (facts->path.anchor == NULL) {
		kvk_finding_unknown(out, KVK_WHY_PATH_INCOMPLETE);
	}
}

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

enum kvk_err kvk_checks_found_number(const struct kvk_identity *number, struct kvk_finding *out)
{
	char words[KVK_IDENTITY_WORDS];
	enum kvk_err err;

	KVK_TRY(kvk_identity_words(number, words));
	if (number->kind == KVK_IDENTITY_OTHER && !number->text)
		KVK_FORMAT(out->found, "%s", _("a serialNumber that is no text"));
	else
		KVK_FORMAT(out->found, _("serialNumber '%s'%s"), number->shown, words);
out:
	return err;
}

enum kvk_err kvk_checks_organisation(const struct kvk_certificate *leaf, struct kvk_blob *out)
{
	const struct kvk_attribute *o = kvk_name_find(&leaf->subject, KVK_OID_O, 0);
	enum kvk_err err = o != NULL ? kvk_attribute_text(o, out) : KVK_OK;

	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

bool kvk_checks_uploaded(const struct kvk_facts *facts)
{
	for (size_t i = 0; i < facts->evidence->uploaded_count; i++)
		if (memcmp(facts->evidence->uploaded[i], facts->leaf->sha256, KVK_SHA256_SIZE) == 0)
			return true;
	return false;
}

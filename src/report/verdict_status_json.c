/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: the revocation of each certificate as JSON, and what was not reached.
 */
#include "config.h"

#include "report/verdict_json.h"

#include "base/format.h"
#include "gather/status_text.h"
#include "report/json.h"

static const char *state_word(enum kvk_revocation state)
{
	switch (state) {
	case KVK_REVOCATION_GOOD:
		return "good";
	case KVK_REVOCATION_REVOKED:
		return "revoked";
	case KVK_REVOCATION_UNDETERMINED:
		break;
	}
	return "unknown";
}

static const char *by_word(enum kvk_status_by by)
{
	switch (by) {
	case KVK_BY_CRL:
		return "crl";
	case KVK_BY_OCSP:
		return "ocsp";
	case KVK_BY_NOTHING:
		break;
	}
	return NULL;
}

static const char *from_word(const struct kvk_status *status)
{
	if (status->by == KVK_BY_NOTHING)
		return NULL;
	if (status->fetched == NULL)
		return "file";
	return status->fetched->from == KVK_FETCHED_NETWORK ? "network" : "cache";
}

/* The address that counted, else the last one that was tried. */
static json_t *url_json(const struct kvk_status *status)
{
	const struct kvk_attempt *last = kvk_status_last(status);
	const struct kvk_fetched *fetched = status->fetched;

	if (status->by == KVK_BY_NOTHING && last != NULL)
		fetched = last->fetched;
	return fetched != NULL ? kvk_json_text(kvk_span_of(fetched->url)) : json_null();
}

static json_t *age_json(const struct kvk_fetched *fetched)
{
	return fetched != NULL ? json_integer(fetched->age / KVK_SECOND) : json_null();
}

static const char *why_word(const struct kvk_facts *facts, size_t i)
{
	const char *word;

	if (facts->asked->no_revocation)
		return kvk_why_word(KVK_WHY_SWITCHED_OFF);
	if (!facts->path.proven)
		return kvk_why_word(KVK_WHY_NEEDS_PATH);
	word = kvk_status_why_word(&facts->certs[i].status);
	return word[0] != '\0' ? word : NULL;
}

static json_t *status_json(const struct kvk_facts *facts, size_t i)
{
	const struct kvk_status *status = &facts->certs[i].status;
	const bool asked = facts->path.proven && !facts->asked->no_revocation;
	char where[24];
	json_t *object = json_object();

	if (i == 0)
		KVK_FORMAT(where, "leaf");
	else
		KVK_FORMAT(where, "ca[%zu]", i);
	kvk_json_set(&object, "where", json_string(where));
	kvk_json_set(&object, "status",
		json_string(
			state_word(asked ? status->answer.state : KVK_REVOCATION_UNDETERMINED)));
	kvk_json_set(&object, "by", kvk_json_string(by_word(status->by)));
	kvk_json_set(&object, "source", kvk_json_string(from_word(status)));
	kvk_json_set(&object, "url", url_json(status));
	kvk_json_set(&object, "age", age_json(status->fetched));
	kvk_json_set(&object, "why", kvk_json_string(why_word(facts, i)));
	return object;
}

json_t *kvk_verdict_revocation(const struct kvk_facts *facts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < facts->path.count; i++)
		kvk_json_append(&list, status_json(facts, i));
	return list;
}

static bool holds(const json_t *list, const char *url)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));

		if (text != NULL && strcmp(text, url) == 0)
			return true;
	}
	return false;
}

json_t *kvk_verdict_wanted(const struct kvk_facts *facts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < facts->path.count; i++) {
		const struct kvk_status *status = &facts->certs[i].status;

		if (status->answer.state != KVK_REVOCATION_UNDETERMINED)
			continue;
		for (size_t n = 0; n < status->attempt_count; n++) {
			const char *url = status->attempts[n].fetched->url;

			if (kvk_attempt_is_wanted(&status->attempts[n]) && !holds(list, url))
				kvk_json_append(&list, kvk_json_text(kvk_span_of(url)));
		}
	}
	return list;
}

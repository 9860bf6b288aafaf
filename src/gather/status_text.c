/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/status_text.h"

#include "base/ascii.h"
#include "base/escape.h"
#include "net/error.h"

/* Whether the network failed, be it that the cache had an old copy. */
static bool has_failed(const struct kvk_attempt *attempt)
{
	const struct kvk_net_answer *answer = attempt->fetched->answer;

	return answer != NULL && answer->reason != KVK_NET_OK;
}

const struct kvk_attempt *kvk_status_last(const struct kvk_status *status)
{
	const struct kvk_attempt *last = NULL;

	for (size_t i = status->attempt_count; i > 0; i--) {
		const struct kvk_attempt *attempt = &status->attempts[i - 1];

		if (!has_failed(attempt) ||
			attempt->fetched->answer->reason != KVK_NET_ADDRESS_REFUSED)
			return attempt;
		if (last == NULL)
			last = attempt;
	}
	return last;
}

const char *kvk_status_why_word(const struct kvk_status *status)
{
	static const char crl[] = "crl-";
	const struct kvk_attempt *last = kvk_status_last(status);
	enum kvk_revocation_why why = status->answer.why;
	const char *word;

	if (status->answer.state != KVK_REVOCATION_UNDETERMINED)
		return "";
	if (last != NULL && has_failed(last))
		return kvk_net_reason_id(last->fetched->answer->reason);
	if (last != NULL && last->why != KVK_WHY_DETERMINED)
		why = last->why;
	word = kvk_revocation_why_id(why);
	return strncmp(word, crl, sizeof crl - 1) == 0 ? word + sizeof crl - 1 : word;
}

static enum kvk_ocsp_flaw first_flaw(unsigned flaws)
{
	unsigned flaw = KVK_OCSP_FLAW_NONE;

	while ((flaws & KVK_OCSP_FLAW_BIT(flaw)) == 0)
		flaw++;
	return (enum kvk_ocsp_flaw)flaw;
}

void kvk_attempt_error_set(const struct kvk_attempt *attempt, struct kvk_error *why)
{
	const struct kvk_fetched *fetched = attempt->fetched;
	char url[200];

	why->text[0] = '\0';
	if (has_failed(attempt)) {
		kvk_net_error_set(fetched->url, fetched->answer, why);
		return;
	}
	if (attempt->why == KVK_WHY_DETERMINED)
		return;
	kvk_escape_to(url, sizeof url, kvk_span_of(fetched->url));
	if (attempt->flaws != 0 && fetched->ocsp)
		kvk_error_set(why, KVK_OK, "'%s': %s", url,
			kvk_ocsp_flaw_text(first_flaw(attempt->flaws)));
	else
		kvk_error_set(why, KVK_OK, _("the answer from '%s' cannot be used: %s"), url,
			kvk_revocation_why_text(attempt->why));
}

void kvk_status_error_set(const struct kvk_status *status, struct kvk_error *why)
{
	const struct kvk_attempt *last = kvk_status_last(status);

	why->text[0] = '\0';
	if (last != NULL)
		kvk_attempt_error_set(last, why);
	if (why->text[0] == '\0' && status->answer.why == KVK_WHY_OCSP && status->answer.flaws != 0)
		kvk_error_set(
			why, KVK_OK, "%s", kvk_ocsp_flaw_text(first_flaw(status->answer.flaws)));
	if (why->text[0] == '\0')
		kvk_error_set(why, KVK_OK, "%s", kvk_revocation_why_text(status->answer.why));
}

static bool has_scheme(const char *url, const char *scheme)
{
	const size_t n = strlen(scheme);

	return strlen(url) > n &&
		kvk_equal_nocase((struct kvk_span){ (const uint8_t *)url, n }, kvk_span_of(scheme));
}

bool kvk_attempt_is_wanted(const struct kvk_attempt *attempt)
{
	const char *url = attempt->fetched->url;

	return has_failed(attempt) && attempt->fetched->answer->reason != KVK_NET_ADDRESS_REFUSED &&
		(has_scheme(url, "http://") || has_scheme(url, "https://"));
}

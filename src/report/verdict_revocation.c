/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: how the revocation of each certificate is known, and what is missing.
 */
#include "config.h"

#include "base/escape.h"
#include "gather/status_text.h"
#include "report/verdict_text.h"

/* How far commands to copy are indented. */
#define INDENT 4u

/* "your certificate: not revoked". */
static void add_state(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts, size_t i)
{
	const char *label = i + 1 == facts->path.count ? _("revocation") : "";
	struct kvk_blob where = { 0 };

	KVK_PAGE_TRY(page, kvk_verdict_where(facts, (int)i, &where));
	switch (facts->certs[i].status.answer.state) {
	case KVK_REVOCATION_GOOD:
		kvk_rows_format(page, rows, label, _("%s: not revoked"), kvk_blob_str(&where));
		break;
	case KVK_REVOCATION_REVOKED:
		kvk_rows_format(page, rows, label, _("%s: revoked"), kvk_blob_str(&where));
		break;
	case KVK_REVOCATION_UNDETERMINED:
		kvk_rows_format(page, rows, label, _("%s: unknown"), kvk_blob_str(&where));
		break;
	}
	kvk_blob_free(&where);
}

/* The list that counted, and how old it is. url was escaped. */
static void add_crl(struct kvk_page *page, struct kvk_rows *rows, const char *url, kvk_time age)
{
	const long minutes = (long)(age / KVK_MINUTE), hours = minutes / 60;

	if (minutes < 1)
		kvk_rows_format(page, rows, "",
			_("revocation list (CRL) from '%s', downloaded just now"), url);
	else if (hours < 1)
		kvk_rows_format(page, rows, "",
			kvk_ngettext("revocation list (CRL) from '%s', downloaded %ld minute ago",
				"revocation list (CRL) from '%s', downloaded %ld minutes ago",
				(unsigned long)minutes),
			url, minutes);
	else
		kvk_rows_format(page, rows, "",
			kvk_ngettext("revocation list (CRL) from '%s', downloaded %ld hour ago",
				"revocation list (CRL) from '%s', downloaded %ld hours ago",
				(unsigned long)hours),
			url, hours);
}

/* The same of an OCSP response, which is never older than an hour. */
static void add_response(
	struct kvk_page *page, struct kvk_rows *rows, const char *url, kvk_time age)
{
	const long minutes = (long)(age / KVK_MINUTE);

	if (minutes < 1)
		kvk_rows_format(
			page, rows, "", _("OCSP response from '%s', downloaded just now"), url);
	else
		kvk_rows_format(page, rows, "",
			kvk_ngettext("OCSP response from '%s', downloaded %ld minute ago",
				"OCSP response from '%s', downloaded %ld minutes ago",
				(unsigned long)minutes),
			url, minutes);
}

static void add_source(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_status *status)
{
	const struct kvk_fetched *fetched = status->fetched;
	char url[256];

	if (fetched != NULL)
		kvk_escape_to(url, sizeof url, kvk_span_of(fetched->url));
	if (status->by == KVK_BY_NOTHING)
		return;
	if (fetched == NULL)
		kvk_rows_add(page, rows, "",
			status->by == KVK_BY_OCSP ? _("OCSP response given with --ocsp") :
						    _("revocation list (CRL) given with --crl"));
	else if (fetched->ocsp)
		add_response(page, rows, url, fetched->age);
	else
		add_crl(page, rows, url, fetched->age);
}

/* What was wrong with the addresses, and how old the copy is that is there all the same. */
static void add_failures(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_status *status)
{
	for (size_t i = 0; i < status->attempt_count; i++) {
		const struct kvk_attempt *attempt = &status->attempts[i];
		const long hours = (long)(attempt->fetched->age / KVK_HOUR);
		struct kvk_error why = { "" };

		kvk_attempt_error_set(attempt, &why);
		if (why.text[0] != '\0')
			kvk_rows_add(page, rows, "", why.text);
		if (attempt->fetched->from == KVK_FETCHED_CACHE &&
			attempt->why != KVK_WHY_DETERMINED)
			kvk_rows_format(page, rows, "",
				kvk_ngettext("the last copy of it, downloaded %ld hour ago, cannot "
					     "be used: %s",
					"the last copy of it, downloaded %ld hours ago, cannot be "
					"used: %s",
					(unsigned long)hours),
				hours, kvk_revocation_why_text(attempt->why));
	}
}

/* Whether an address of the delivery could not be reached. */
static bool lacks_network(const struct kvk_facts *facts)
{
	for (size_t i = 0; i < facts->path.count; i++)
		if (kvk_status_lacks_network(&facts->certs[i].status))
			return true;
	return false;
}

void kvk_verdict_add_revocation(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	if (!facts->path.proven || facts->asked->no_revocation)
		return;
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_status *status = &facts->certs[i - 1].status;

		add_state(page, rows, facts, i - 1);
		add_source(page, rows, status);
		add_failures(page, rows, status);
	}
	kvk_verdict_add_proxy(page, rows, facts, "");
}

void kvk_verdict_add_proxy(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_facts *facts, const char *label)
{
	if (lacks_network(facts) && facts->network_hint != NULL && facts->network_hint[0] != '\0')
		kvk_rows_add(page, rows, label, facts->network_hint);
}

/* One list to fetch, unless it was there before; in a line that can be copied. */
static void append_download(
	struct kvk_page *page, struct kvk_blob *seen, const char *url, size_t *n)
{
	struct kvk_blob word = { 0 };

	KVK_PAGE_TRY(page, kvk_escape_shell(&word, kvk_span_of(url)));
	KVK_PAGE_TRY(page, kvk_blob_append_text(&word, "\n"));
	if (page->err == KVK_OK &&
		(seen->n == 0 || strstr(kvk_blob_str(seen), kvk_blob_str(&word)) == NULL)) {
		if (*n == 0) {
			kvk_page_append_text(page, "\n");
			kvk_page_append_paragraph(page, 0,
				_("to check revocation without network access, download these "
				  "lists on another machine, and run the command again with "
				  "--crl and the folder that contains them:"));
		}
		kvk_page_append_blanks(page, INDENT);
		kvk_page_append(page, "curl -o %zu.crl %s", ++*n, kvk_blob_str(&word));
		KVK_PAGE_TRY(page, kvk_blob_append_text(seen, kvk_blob_str(&word)));
	}
	kvk_blob_free(&word);
}

void kvk_verdict_append_wanted(struct kvk_page *page, const struct kvk_facts *facts)
{
	struct kvk_blob seen = { 0 };
	size_t count = 0;

	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_status *status = &facts->certs[i - 1].status;

		if (status->answer.state != KVK_REVOCATION_UNDETERMINED)
			continue;
		for (size_t n = 0; n < status->attempt_count; n++)
			if (!status->attempts[n].fetched->ocsp &&
				kvk_attempt_is_wanted(&status->attempts[n]))
				append_download(
					page, &seen, status->attempts[n].fetched->url, &count);
	}
	kvk_blob_free(&seen);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/checks.h: what is wrong with the files that were given with --crl and --ocsp. */
#include "config.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"
#include "portal/checks.h"

/* Files that are named. */
#define NAMED 3u
/* Characters of the name of a file. */
#define SHOWN 128u

/* The finding that is being filled, and how many files it names. */
struct description {
	struct kvk_finding *out;
	unsigned count;
	/* The file that was named last: of several CRLs in one the first speaks for all. */
	const char *last;
};

/* Appends what is wrong with a file, "'name': what", as far as there is room. */
static void describe(struct description *d, const char *label, const char *what)
{
	const size_t used = strlen(d->out->found);
	char name[SHOWN];

	if (label == d->last || d->count++ >= NAMED)
		return;
	d->last = label;
	kvk_escape_to(name, sizeof name, kvk_span_of(label));
	kvk_format(d->out->found + used, sizeof(d->out->found) - used, "%s'%s': %s",
		used > 0 ? "; " : "", name, what);
}

/* What is in the file instead of a CRL or a response. */
static void describe_instead(struct description *d, const char *label, enum kvk_guise guise,
	enum kvk_block_kind kind, enum kvk_block_kind wanted)
{
	char what[KVK_FINDING_TEXT];

	if (guise == KVK_GUISE_BASE64) {
		describe(d, label, _("base64 text instead of DER"));
		d->out->hint = N_("decode it with 'base64 -d', and use the result");
	} else if (guise != KVK_GUISE_NONE) {
		describe(d, label, kvk_guise_text(guise));
		d->out->hint = kvk_guise_action_marked(guise, KVK_GUISE_FOR_REVOCATION);
	} else if (kind == wanted) {
		describe(d, label, _("it is damaged"));
	} else if (kind != KVK_BLOCK_OTHER) {
		KVK_FORMAT(what,
			wanted == KVK_BLOCK_CRL ?
				_("it contains no revocation list (CRL), but something else: %s") :
				_("it contains no OCSP response, but something else: %s"),
			kvk_kind_text(kind));
		describe(d, label, what);
	} else {
		describe(d, label,
			wanted == KVK_BLOCK_CRL ? _("not a revocation list (CRL)") :
						  _("not an OCSP response"));
	}
}

static void describe_crl(
	struct description *d, const struct kvk_crl_candidate *candidate, kvk_time at)
{
	const struct kvk_crl *crl = candidate->crl;
	char day[KVK_WHEN_SIZE], what[KVK_FINDING_TEXT];

	if (crl == NULL) {
		describe_instead(
			d, candidate->label, candidate->guise, candidate->kind, KVK_BLOCK_CRL);
	} else if (!crl->has_next_update) {
		describe(d, candidate->label,
			_("it does not say when the next list is due (no nextUpdate). The portal "
			  "does not accept such a list"));
	} else if (crl->next_update < at) {
		KVK_FORMAT(what, _("out of date: the next list was due on %s"),
			kvk_when_day(crl->next_update, day));
		describe(d, candidate->label, what);
	}
}

/* The end of the first entry of a response that has passed, or that is not there. */
static void describe_entries(
	struct description *d, const struct kvk_ocsp_candidate *candidate, kvk_time at)
{
	struct kvk_der_log log = { 0 };
	struct kvk_ocsp_single single;
	char day[KVK_WHEN_SIZE], what[KVK_FINDING_TEXT];
	struct kvk_der walk;
	bool more = false;

	kvk_ocsp_walk(candidate->ocsp, &log, &walk);
	if (kvk_ocsp_next(&walk, &single, &more) != KVK_OK || !more)
		return;
	if (!single.has_next_update && single.this_update + KVK_LIMIT_CLOCK_SKEW_MS < at) {
		describe(d, candidate->label,
			_("it does not say until when it is valid (no nextUpdate). Without that "
			  "date it is too old"));
	} else if (single.has_next_update && single.next_update < at) {
		KVK_FORMAT(what, _("out of date since %s"), kvk_when_day(single.next_update, day));
		describe(d, candidate->label, what);
	}
}

static void describe_ocsp(
	struct description *d, const struct kvk_ocsp_candidate *candidate, kvk_time at)
{
	const struct kvk_ocsp *ocsp = candidate->ocsp;

	if (ocsp == NULL)
		describe_instead(
			d, candidate->label, candidate->guise, candidate->kind, KVK_BLOCK_OCSP);
	else if (ocsp->status != KVK_OCSP_SUCCESSFUL)
		describe(d, candidate->label,
			kvk_ocsp_flaw_text(kvk_ocsp_flaw_of_status(ocsp->status)));
	else
		describe_entries(d, candidate, at);
}

void kvk_checks_describe_given(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_evidence *evidence = facts->evidence;
	struct description d = { .out = out };

	for (size_t i = 0; i < evidence->ocsp_count; i++)
		describe_ocsp(&d, &evidence->ocsps[i], facts->asked->at);
	for (size_t i = 0; i < evidence->crl_count; i++)
		describe_crl(&d, &evidence->crls[i], facts->asked->at);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/status.h"

#include "revocation/addresses.h"
#include "revocation/ocsp_question.h"

/* What is known while the certificates of one path are asked about. */
struct asking {
	const struct kvk_status_input *in;
	/* CRLs that were fetched and are of use, for whichever certificate of the path. */
	size_t kept_count;
	const struct kvk_fetched *kept[KVK_LIMIT_CRLS];
	bool *pending;
};

/* One go at one certificate. */
struct go {
	size_t certificate;
	/* An OCSP response that was fetched, or NULL. */
	const struct kvk_fetched *response;
	/* What was given counts as well. */
	bool given;
};

static struct kvk_ocsp_input ocsp_input(const struct asking *asking, size_t i)
{
	const struct kvk_status_input *in = asking->in;
	const struct kvk_path *path = in->path;

	return (struct kvk_ocsp_input){
		.certificate = path->certs[i].certificate,
		.issuer = i + 1 == path->count ? NULL : path->certs[i + 1].certificate,
		.anchor = path->anchor,
		.issuer_parent_spki = kvk_path_parent_spki(path, i + 1),
		.at = in->at,
		.manner = KVK_MANNER_JAVA,
		.signatures = in->signatures,
	};
}

/* What was fetched is first, because there is room for so many. */
static size_t collect_crls(
	const struct asking *asking, bool given, struct kvk_crl_candidate out[KVK_LIMIT_CRLS])
{
	size_t count = 0;

	for (size_t i = 0; i < asking->kept_count; i++)
		out[count++] = (struct kvk_crl_candidate){ .crl = asking->kept[i]->crl,
			.label = asking->kept[i]->url };
	for (size_t i = 0; given && i < asking->in->crl_count && count < KVK_LIMIT_CRLS; i++)
		out[count++] = asking->in->crls[i];
	return count;
}

static size_t collect_responses(const struct asking *asking, const struct go *go,
	struct kvk_ocsp_candidate out[KVK_LIMIT_OCSPS + 1])
{
	size_t count = 0;

	if (go->response != NULL)
		out[count++] = (struct kvk_ocsp_candidate){ .ocsp = go->response->response,
			.label = go->response->url };
	for (size_t i = 0; go->given && i < asking->in->ocsp_count && count <= KVK_LIMIT_OCSPS; i++)
		out[count++] = asking->in->ocsps[i];
	return count;
}

static bool is_settled(const struct kvk_revocation_answer *answer)
{
	return answer->state != KVK_REVOCATION_UNDETERMINED || answer->why == KVK_WHY_BUDGET;
}

/* Notes what decided; a response that was fetched is the first of those that were asked. */
static void take_decision(const struct asking *asking, const struct go *go,
	const struct kvk_revocation_answer *ocsp, const struct kvk_revocation_answer *crl,
	const struct kvk_crl_candidate *crls, struct kvk_status *out)
{
	const size_t place = crl->crl >= 0 ? (size_t)crl->crl : 0;

	if (crl->state != KVK_REVOCATION_UNDETERMINED && crl->crl >= 0)
		out->crl = crls[place].crl;
	if (out->answer.state == KVK_REVOCATION_UNDETERMINED)
		return;
	if (ocsp->state == out->answer.state) {
		out->by = KVK_BY_OCSP;
		out->fetched = ocsp->ocsp == 0 ? go->response : NULL;
	} else {
		out->by = KVK_BY_CRL;
		out->fetched = place < asking->kept_count ? asking->kept[place] : NULL;
	}
}

/* Asks what is there about one certificate. */
static enum kvk_err evaluate(
	const struct asking *asking, const struct go *go, struct kvk_status *out)
{
	const struct kvk_status_input *in = asking->in;
	struct kvk_ocsp_input ocsp = ocsp_input(asking, go->certificate);
	struct kvk_ocsp_candidate responses[KVK_LIMIT_OCSPS + 1];
	struct kvk_crl_candidate crls[KVK_LIMIT_CRLS];
	struct kvk_crl_input crl = {
		.certificate = ocsp.certificate,
		.issuer = ocsp.issuer,
		.anchor = ocsp.anchor,
		.issuer_parent_spki = ocsp.issuer_parent_spki,
		.crls = crls,
		.crl_count = collect_crls(asking, go->given, crls),
		.at = in->at,
		.manner = KVK_MANNER_JAVA,
		.signatures = in->signatures,
		.pool = in->pool,
		.pool_count = in->pool_count,
	};
	struct kvk_revocation_answer by_ocsp, by_crl;
	enum kvk_err err;

	ocsp.answers = responses;
	ocsp.answer_count = collect_responses(asking, go, responses);
	ocsp.crls = crls;
	ocsp.crl_count = crl.crl_count;
	*out = (struct kvk_status){ .by = KVK_BY_NOTHING };
	KVK_TRY(kvk_ocsp_status(&ocsp, &by_ocsp));
	KVK_TRY(kvk_crl_status(&crl, &by_crl));
	kvk_revocation_combine(&by_ocsp, &by_crl, &out->answer);
	take_decision(asking, go, &by_ocsp, &by_crl, crls, out);
out:
	return err;
}

/* What was given may be in the way of what was fetched: it is then left aside. */
static enum kvk_err evaluate_fetched(
	const struct asking *asking, struct go *go, struct kvk_status *out)
{
	enum kvk_err err;

	go->given = true;
	KVK_TRY(evaluate(asking, go, out));
	if (is_settled(&out->answer) || asking->in->crl_count + asking->in->ocsp_count == 0)
		goto out;
	go->given = false;
	KVK_TRY(evaluate(asking, go, out));
out:
	return err;
}

/* Takes over what a go at a certificate gave. */
static void take(const struct kvk_status *from, struct kvk_status *out)
{
	const unsigned flaws = out->answer.flaws | from->answer.flaws;

	if (is_settled(&from->answer) || out->answer.why == KVK_WHY_NO_CRL) {
		out->answer = from->answer;
		out->crl = from->crl;
		out->by = from->by;
		out->fetched = from->fetched;
	}
	out->answer.flaws = flaws;
}

static enum kvk_err look(const struct asking *asking, size_t i,
	const struct kvk_revocation_address *address, bool anew, const struct kvk_fetched **out)
{
	const struct kvk_fetcher *fetcher = asking->in->fetcher;
	const struct kvk_ocsp_input input = ocsp_input(asking, i);
	struct kvk_question question = { .url = address->url, .ocsp = address->ocsp, .anew = anew };
	struct kvk_blob body = { 0 };
	enum kvk_err err;

	if (address->ocsp) {
		KVK_TRY(kvk_ocsp_question(&input, &body));
		question.body = kvk_span_of_blob(&body);
	}
	KVK_TRY(fetcher->look(fetcher->context, &question, out));
out:
	kvk_blob_free(&body);
	return err;
}

/* Something came from an address: whether it decides, with what was there before. */
static enum kvk_err try_fetched(struct asking *asking, size_t i, const struct kvk_fetched *fetched,
	struct kvk_attempt *attempt, struct kvk_status *out)
{
	struct go go = { .certificate = i, .response = fetched->ocsp ? fetched : NULL };
	struct kvk_status status;
	enum kvk_err err;

	if (!fetched->ocsp && asking->kept_count == KVK_LIMIT_CRLS)
		return KVK_OK;
	if (!fetched->ocsp)
		asking->kept[asking->kept_count++] = fetched;
	KVK_TRY(evaluate_fetched(asking, &go, &status));
	attempt->why = status.answer.why;
	attempt->flaws = status.answer.flaws;
	/* One that is of no use would be in the way of the next. */
	if (!fetched->ocsp && !is_settled(&status.answer) &&
		status.answer.why != KVK_WHY_CRL_REASONS)
		asking->kept_count--;
	take(&status, out);
out:
	return err;
}

/*
 * Whether a copy in the cache left open what the server may settle: the copy was damaged, or the CA
 * that published a bad list has put another one in its place. One that is sent with each answer
 * "not changed" would stay for ever.
 */
static bool is_worth_asking(const struct kvk_attempt *attempt, const struct kvk_status *status)
{
	const struct kvk_fetched *fetched = attempt->fetched;
	const bool confirmed = fetched->answer != NULL && fetched->answer->status == 304;

	return fetched->crl != NULL && !is_settled(&status->answer) &&
		attempt->why != KVK_WHY_CRL_REASONS &&
		(confirmed || (fetched->answer == NULL && fetched->from == KVK_FETCHED_CACHE));
}

/* Tries one address, and once more where the copy in the cache is of no use; *attempt has no
 * fetched where it has to be asked first. */
static enum kvk_err try_address(struct asking *asking, size_t i,
	const struct kvk_revocation_address *address, struct kvk_attempt *attempt,
	struct kvk_status *out)
{
	bool anew = false;
	enum kvk_err err;

	for (unsigned turn = 0; turn == 0 || (turn == 1 && anew); turn++) {
		*attempt = (struct kvk_attempt){ .fetched = NULL };
		KVK_TRY(look(asking, i, address, anew, &attempt->fetched));
		if (attempt->fetched == NULL)
			goto out;
		if (attempt->fetched->from != KVK_FETCHED_NOTHING)
			KVK_TRY(try_fetched(asking, i, attempt->fetched, attempt, out));
		anew = is_worth_asking(attempt, out);
	}
out:
	return err;
}

/*
 * Tries the addresses of one kind. A CRL that covers some of the reasons is not fetched again from
 * another address of its distribution point.
 */
static enum kvk_err try_addresses(struct asking *asking, size_t i, const struct kvk_vec *addresses,
	bool ocsp, struct kvk_status *out)
{
	size_t partial = SIZE_MAX;
	enum kvk_err err = KVK_OK;

	for (size_t n = 0; n < addresses->count && !is_settled(&out->answer); n++) {
		const struct kvk_revocation_address *address = kvk_vec_at(addresses, n);
		struct kvk_attempt *attempt = &out->attempts[out->attempt_count];

		if (address->ocsp != ocsp || (!ocsp && address->point == partial))
			continue;
		KVK_TRY(try_address(asking, i, address, attempt, out));
		if (attempt->fetched == NULL) {
			*asking->pending = true;
			break;
		}
		out->attempt_count++;
		if (attempt->why == KVK_WHY_CRL_REASONS)
			partial = address->point;
	}
out:
	return err;
}

/* Asks about one certificate; the addresses only where what was given leaves it open. */
static enum kvk_err find(struct asking *asking, size_t i, struct kvk_status *out)
{
	const struct kvk_status_input *in = asking->in;
	struct kvk_vec addresses = KVK_REVOCATION_ADDRESSES_INIT;
	const struct go go = { .certificate = i, .given = true };
	const size_t kept = asking->kept_count;
	bool pending_before = *asking->pending;
	enum kvk_err err;

	/* An address of another certificate is no reason not to ask those of this one. */
	asking->kept_count = 0;
	KVK_TRY(evaluate(asking, &go, out));
	asking->kept_count = kept;
	if (in->fetcher == NULL || is_settled(&out->answer))
		goto out;
	KVK_TRY(kvk_revocation_addresses_add(in->path->certs[i].certificate, &addresses));
	*asking->pending = false;
	if (in->crls_first)
		KVK_TRY(try_addresses(asking, i, &addresses, false, out));
	if (!in->no_ocsp && !*asking->pending)
		KVK_TRY(try_addresses(asking, i, &addresses, true, out));
	if (!in->crls_first && !*asking->pending)
		KVK_TRY(try_addresses(asking, i, &addresses, false, out));
	*asking->pending |= pending_before;
out:
	kvk_revocation_addresses_free(&addresses);
	return err;
}

enum kvk_err kvk_status_find(
	const struct kvk_status_input *input, size_t first, struct kvk_status *out, bool *pending)
{
	struct asking asking = { .in = input, .pending = pending };
	enum kvk_err err = KVK_OK;

	*pending = false;
	for (size_t i = input->path->count; i > first; i--)
		KVK_TRY(find(&asking, i - 1, &out[i - 1]));
out:
	return err;
}

/* Whether the same address may give more another time: not one that is refused by its form, or
 * whose server delivered what is of no use. */
static bool is_unreached(enum kvk_net_reason reason)
{
	switch (reason) {
	case KVK_NET_NAME_NOT_FOUND:
	case KVK_NET_CONNECTION:
	case KVK_NET_TIME_OUT:
	case KVK_NET_TLS:
	case KVK_NET_HTTP_STATUS:
	case KVK_NET_NOT_ASKED:
		return true;
	case KVK_NET_OK:
	case KVK_NET_ADDRESS_REFUSED:
	case KVK_NET_TOO_LARGE:
	case KVK_NET_NOT_EXPECTED:
	case KVK_NET_REASON_COUNT:
		break;
	}
	return false;
}

bool kvk_status_lacks_network(const struct kvk_status *status)
{
	if (status->answer.state != KVK_REVOCATION_UNDETERMINED)
		return false;
	for (size_t i = 0; i < status->attempt_count; i++) {
		const struct kvk_net_answer *answer = status->attempts[i].fetched->answer;

		if (answer != NULL && is_unreached(answer->reason))
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/build.h"

#include <string.h>

#include "base/alloc.h"
#include "path/fit.h"

/* Certificates that are considered: an upload, what came with it, and what was fetched. */
#define POOL (KVK_LIMIT_UPLOAD + KVK_LIMIT_EXTRA + 16u)

/* What a path costs; the cheapest is taken, and a path that costs nothing ends the search. */
enum {
	COST_LENGTH = 1,
	COST_FAILURE = 100,
	COST_LINK = 10000,
	COST_NO_ANCHOR = 1000000,
	/* The most failures of a path that count. */
	COST_FAILURES_MAX = 50,
};

/* What was found out about a candidate, and, the last of them, the leaf. */
struct party {
	struct kvk_known_name subject, issuer;
	/* Whether a candidate is its issuer by name: 0 not asked yet, 1 no, 2 yes. */
	uint8_t named[POOL];
	/* Whether it is the certificate of an anchor: the same. */
	uint8_t is_anchor;
	/* Whether it is the same certificate as one before it. */
	bool repeats;
};

struct builder {
	const struct kvk_build_input *in;
	size_t pool;
	/* The path under construction: indexes into the candidates, the leaf being number pool. */
	size_t count;
	size_t chosen[KVK_LIMIT_DEPTH];
	/*
	 * Signatures of it that do not verify, and what validation will find against its issuers.
	 */
	unsigned links, failures;
	unsigned tried, evaluated;
	bool exhausted, done;
	struct party *parties;
	/* The names of the anchors. */
	struct kvk_known_name *anchors;
	struct kvk_path best;
	unsigned best_cost;
	/* How many proven paths were met, and which of them is the best so far, from 1. */
	unsigned proven, best_proven;
};

static const struct kvk_certificate *at(const struct builder *b, size_t i)
{
	return i == b->pool ? b->in->leaf : b->in->candidates[i].certificate;
}

static bool is_named(struct builder *b, size_t subject, size_t issuer)
{
	struct kvk_known_name *wanted = &b->parties[subject].issuer;
	uint8_t *known = &b->parties[subject].named[issuer];

	if (*known == 0)
		*known = 1 +
			kvk_known_name_equal(wanted, &b->parties[issuer].subject, b->in->manner);
	return *known == 2;
}

/* The certificate of an anchor is no part of a path: the path ends there. */
static bool is_anchor(struct builder *b, size_t i)
{
	const struct kvk_certificate *c = at(b, i);
	uint8_t *known = &b->parties[i].is_anchor;

	for (size_t a = 0; *known == 0 && a < b->in->anchor_count; a++) {
		const struct kvk_anchor *anchor = &b->in->anchors[a];

		if (kvk_span_equal(anchor->spki, c->spki) &&
			kvk_known_name_equal(&b->anchors[a], &b->parties[i].subject, b->in->manner))
			*known = 2;
	}
	*known = *known == 0 ? 1 : *known;
	return *known == 2;
}

/*
 * A certificate that is in the path already, or another one for the same name and key: a loop.
 */
static bool is_used(struct builder *b, size_t i)
{
	const struct kvk_certificate *c = at(b, i);

	for (size_t s = 0; s < b->count; s++) {
		const struct kvk_certificate *used = at(b, b->chosen[s]);

		if (memcmp(used->sha256, c->sha256, KVK_SHA256_SIZE) == 0)
			return true;
		if (kvk_span_equal(used->spki, c->spki) &&
			kvk_known_name_equal(&b->parties[b->chosen[s]].subject,
				&b->parties[i].subject, b->in->manner))
			return true;
	}
	return false;
}

/* Asks whether a key signed certificate c. */
static enum kvk_err check(struct builder *b, const struct kvk_certificate *c, struct kvk_span spki,
	enum kvk_link *link)
{
	const struct kvk_span none = { 0 };
	enum kvk_err err = kvk_signature_check(
		b->in->signatures, spki, none, c->algorithm, c->tbs, c->signature, link);

	b->exhausted = b->exhausted || *link == KVK_LINK_EXHAUSTED;
	return err;
}

/* The path under construction. */
static void copy_path(const struct builder *b, const struct kvk_anchor *anchor, unsigned links,
	struct kvk_path *out)
{
	out->count = b->count;
	out->anchor = anchor;
	out->proven = anchor != NULL && links == 0;
	for (size_t i = 0; i < b->count; i++)
		out->certs[i] = b->chosen[i] == b->pool ?
			(struct kvk_candidate){ b->in->leaf, b->in->leaf_source } :
			b->in->candidates[b->chosen[i]];
}

/* Has a proven path evaluated whole. */
static enum kvk_err evaluate(struct builder *b, const struct kvk_path *path, unsigned *failures)
{
	bool more = true;
	enum kvk_err err;

	*failures = 0;
	if (b->in->evaluate == NULL || !path->proven)
		return KVK_OK;
	err = b->in->evaluate(b->in->evaluate_context, path, failures, &more);
	/* no further candidate is tried */
	if (++b->evaluated == KVK_LIMIT_PATHS || !more)
		b->tried = KVK_LIMIT_BUILD_STEPS;
	return err;
}

/* Whether a path of this cost is not better than the best so far. */
static bool is_dearer(const struct builder *b, unsigned cost)
{
	return b->best.count > 0 && cost >= b->best_cost;
}

/* Keeps the path under construction where it is the best so far. */
static enum kvk_err record(struct builder *b, const struct kvk_anchor *anchor, unsigned links)
{
	unsigned cost = links * COST_LINK + b->failures * COST_FAILURE, failures = 0;
	struct kvk_path path = { 0 };
	enum kvk_err err = KVK_OK;

	/* with an anchor the shortest, else the longest */
	if (anchor != NULL)
		cost += (unsigned)b->count * COST_LENGTH;
	else
		cost += COST_NO_ANCHOR + (KVK_LIMIT_DEPTH - (unsigned)b->count) * COST_LENGTH;
	if (anchor != NULL && links == 0)
		b->proven++;
	if (is_dearer(b, cost))
		return KVK_OK;
	copy_path(b, anchor, links, &path);
	KVK_TRY(evaluate(b, &path, &failures));
	cost += (failures < COST_FAILURES_MAX ? failures : COST_FAILURES_MAX) * COST_FAILURE;
	if (is_dearer(b, cost))
		goto out;
	b->best = path;
	b->best_cost = cost;
	b->best_proven = b->proven;
	b->done = path.proven && b->failures == 0 && failures == 0;
out:
	return err;
}

static enum kvk_err extend(struct builder *b);

/* Tries candidate i as the next issuer; links counts its signature where that does not verify. */
static enum kvk_err descend(struct builder *b, size_t i, unsigned links)
{
	unsigned failures = kvk_fit_failures(at(b, i), b->in->at, b->count);
	enum kvk_err err;

	b->chosen[b->count++] = i;
	b->links += links;
	b->failures += failures;
	err = extend(b);
	b->failures -= failures;
	b->links -= links;
	b->count--;
	return err;
}

/* Whether an anchor is the one that a certificate names as its issuer. */
static bool is_meant(struct builder *b, size_t top, size_t anchor)
{
	return kvk_known_name_equal(&b->anchors[anchor], &b->parties[top].issuer, b->in->manner) &&
		(b->in->manner != KVK_MANNER_JAVA ||
			kvk_fit_java_takes(at(b, top), &b->in->anchors[anchor]));
}

/*
 * Ends the path at the anchors of the right name. *fallback is one that is meant, though its key
 * does not verify.
 */
static enum kvk_err try_anchors(struct builder *b, const struct kvk_certificate *top, bool *found,
	const struct kvk_anchor **fallback)
{
	enum kvk_err err = KVK_OK;

	for (size_t a = 0; a < b->in->anchor_count && !b->done; a++) {
		const struct kvk_anchor *anchor = &b->in->anchors[a];
		enum kvk_link link;

		if (!is_meant(b, b->chosen[b->count - 1], a))
			continue;
		KVK_TRY(check(b, top, anchor->spki, &link));
		if (link == KVK_LINK_GOOD) {
			*found = true;
			KVK_TRY(record(b, anchor, b->links));
		} else if (*fallback == NULL && kvk_fit_key(top, anchor->ski) != KVK_FIT_OTHER) {
			*fallback = anchor;
		}
	}
out:
	return err;
}

/* Tries one candidate as the next issuer; with by_name also where its key does not verify. */
static enum kvk_err try_candidate(
	struct builder *b, size_t top, size_t i, bool by_name, bool *found)
{
	enum kvk_link link = KVK_LINK_UNHANDLED;
	enum kvk_err err = KVK_OK;

	if (!by_name)
		KVK_TRY(check(b, at(b, top), at(b, i)->spki, &link));
	/* a key that inherits its parameters can be tried out only once its own issuer is known */
	if (!by_name && link != KVK_LINK_GOOD && !at(b, i)->key.inherits_parameters)
		goto out;
	*found = true;
	KVK_TRY(descend(b, i, link == KVK_LINK_GOOD ? 0 : 1));
out:
	return err;
}

/* Tries every candidate that fits so well. */
static enum kvk_err try_candidates(
	struct builder *b, size_t top, enum kvk_fit fit, bool by_name, bool *found)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < b->pool && !b->done; i++) {
		if (b->parties[i].repeats || !is_named(b, top, i) ||
			kvk_fit_issuer(at(b, top), at(b, i)) != fit || is_used(b, i) ||
			is_anchor(b, i))
			continue;
		if (b->tried++ >= KVK_LIMIT_BUILD_STEPS) {
			b->exhausted = true;
			goto out;
		}
		KVK_TRY(try_candidate(b, top, i, by_name, found));
	}
out:
	return err;
}

/* Tries all candidates, those that fit best first; by name only until one is found. */
static enum kvk_err try_fits(struct builder *b, size_t top, bool by_name, bool *found)
{
	enum kvk_err err = KVK_OK;

	for (int fit = KVK_FIT_SAME; fit >= KVK_FIT_OTHER && (!by_name || !*found); fit--)
		KVK_TRY(try_candidates(b, top, (enum kvk_fit)fit, by_name, found));
out:
	return err;
}

/* Whether a certificate names itself as issuer and its own key says so. */
static enum kvk_err is_self_signed(struct builder *b, size_t i, bool *out)
{
	const struct kvk_certificate *c = at(b, i);
	enum kvk_link link = KVK_LINK_BAD;
	enum kvk_err err = KVK_OK;

	if (kvk_known_name_equal(&b->parties[i].subject, &b->parties[i].issuer, b->in->manner))
		KVK_TRY(check(b, c, c->spki, &link));
	*out = link == KVK_LINK_GOOD;
out:
	return err;
}

/*
 * Goes on from the last certificate of the path under construction: anchors, then issuers, then an
 * anchor by name, then issuers by name.
 */
static enum kvk_err extend(struct builder *b)
{
	size_t top = b->chosen[b->count - 1];
	const struct kvk_anchor *fallback = NULL;
	bool found = false, self_signed = false;
	enum kvk_err err;

	KVK_TRY(try_anchors(b, at(b, top), &found, &fallback));
	if (b->count < KVK_LIMIT_DEPTH) {
		KVK_TRY(try_fits(b, top, false, &found));
		if (!found)
			KVK_TRY(is_self_signed(b, top, &self_signed));
		if (!found && !self_signed && fallback == NULL)
			KVK_TRY(try_fits(b, top, true, &found));
	}
	if (found)
		goto out;
	b->exhausted = b->exhausted || b->count == KVK_LIMIT_DEPTH;
	if (fallback != NULL && !self_signed)
		KVK_TRY(record(b, fallback, b->links + 1));
	else
		KVK_TRY(record(b, NULL, b->links));
out:
	return err;
}

/* Certificates that were handed in more than once count once, where they came first. */
static void find_repeats(struct builder *b)
{
	for (size_t i = 0; i < b->pool; i++)
		for (size_t j = 0; j < i && !b->parties[i].repeats; j++)
			b->parties[i].repeats =
				memcmp(at(b, i)->sha256, at(b, j)->sha256, KVK_SHA256_SIZE) == 0;
}

/* Whether a certificate that was left over claims an anchor as its issuer. */
static bool link_is_missing(struct builder *b)
{
	if (b->best.anchor != NULL)
		return false;
	for (size_t i = 0; i < b->pool; i++) {
		bool used = is_anchor(b, i);

		for (size_t s = 0; s < b->best.count && !used; s++)
			used = memcmp(b->best.certs[s].certificate->sha256, at(b, i)->sha256,
				       KVK_SHA256_SIZE) == 0;
		for (size_t a = 0; a < b->in->anchor_count && !used; a++) {
			if (kvk_known_name_equal(
				    &b->anchors[a], &b->parties[i].issuer, b->in->manner))
				return true;
		}
	}
	return false;
}

enum kvk_err kvk_path_build(const struct kvk_build_input *input, struct kvk_path *out)
{
	struct builder b = { .in = input };
	enum kvk_err err;

	*out = (struct kvk_path){ 0 };
	if (input->leaf == NULL)
		return KVK_ERR_ARGUMENT;
	b.pool = input->candidate_count < POOL ? input->candidate_count : POOL;
	b.exhausted = input->candidate_count > POOL;
	b.parties = kvk_calloc(b.pool + 1, sizeof(*b.parties));
	b.anchors = kvk_calloc(input->anchor_count + 1, sizeof(*b.anchors));
	err = b.parties != NULL && b.anchors != NULL ? KVK_OK : KVK_ERR_MEMORY;
	KVK_TRY(err);
	for (size_t i = 0; i < input->anchor_count; i++)
		b.anchors[i].name = &input->anchors[i].name;
	for (size_t i = 0; i <= b.pool; i++) {
		b.parties[i].subject.name = &at(&b, i)->subject;
		b.parties[i].issuer.name = &at(&b, i)->issuer;
	}
	b.chosen[b.count++] = b.pool;
	find_repeats(&b);
	KVK_TRY(extend(&b));
	b.best.exhausted = b.exhausted && !b.done;
	b.best.other_first = b.best.proven && b.best_proven > 1;
	/* Of a search that was broken off nobody knows what is missing. */
	b.best.link_missing = !b.best.exhausted && link_is_missing(&b);
	*out = b.best;
out:
	kvk_free(b.parties);
	kvk_free(b.anchors);
	return err;
}

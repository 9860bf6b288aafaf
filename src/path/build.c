/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "path/path.h"

/* Certificates that are considered: an upload, what came with it, and what was fetched. */
#define POOL (KVK_LIMIT_UPLOAD + KVK_LIMIT_EXTRA + 16u)

/* What a path costs; the cheapest is taken, and a path that costs nothing ends the search. */
enum {
	COST_STEP = 1,
	COST_PROBLEM = 100,
	COST_LINK = 10000,
	COST_NO_ANCHOR = 1000000,
	/* The most faults of a path that count. */
	COST_FAULTS = 50,
};

/* How well a key identifier fits. */
enum fit { FIT_OTHER, FIT_UNSAID, FIT_SAME };

struct builder {
	const struct kvk_build_input *in;
	size_t pool;
	enum kvk_name_manner names;
	/* The path under construction: indexes into the candidates, the leaf being number pool. */
	size_t count;
	size_t steps[KVK_LIMIT_DEPTH];
	/*
	 * Signatures of it that do not verify, and what validation will find against its issuers.
	 */
	unsigned links, problems;
	unsigned tried, judged;
	bool exhausted, done;
	/*
	 * Whether candidate [b] is the issuer of certificate [a] by name: 0 not asked yet, 1 no, 2
	 * yes.
	 */
	uint8_t named[POOL + 1][POOL];
	/* Whether a candidate is the certificate of an anchor: the same. */
	uint8_t is_anchor[POOL];
	/* Whether a candidate is the same certificate as one before it. */
	bool repeats[POOL];
	struct kvk_path best;
	unsigned best_cost;
};

static const struct kvk_certificate *at(const struct builder *b, size_t i)
{
	return i == b->pool ? b->in->leaf : b->in->candidates[i].certificate;
}

static bool is_named(struct builder *b, size_t subject, size_t issuer)
{
	const struct kvk_name *wanted = &at(b, subject)->issuer;
	uint8_t *known = &b->named[subject][issuer];

	if (*known == 0)
		*known = kvk_name_equal(wanted, &at(b, issuer)->subject, b->names) ? 2 : 1;
	return *known == 2;
}

/* The certificate of an anchor is no part of a path: the path ends there. */
static bool is_anchor(struct builder *b, size_t i)
{
	const struct kvk_certificate *c = at(b, i);

	for (size_t a = 0; b->is_anchor[i] == 0 && a < b->in->anchor_count; a++) {
		const struct kvk_anchor *anchor = &b->in->anchors[a];

		if (kvk_span_equal(anchor->spki, c->spki) &&
			kvk_name_equal(&anchor->name, &c->subject, b->names))
			b->is_anchor[i] = 2;
	}
	if (b->is_anchor[i] == 0)
		b->is_anchor[i] = 1;
	return b->is_anchor[i] == 2;
}

/*
 * A certificate that stands in the path already, or another one for the same name and key: a loop.
 */
static bool is_used(const struct builder *b, size_t i)
{
	const struct kvk_certificate *c = at(b, i);

	for (size_t s = 0; s < b->count; s++) {
		const struct kvk_certificate *used = at(b, b->steps[s]);

		if (memcmp(used->sha256, c->sha256, KVK_SHA256_SIZE) == 0)
			return true;
		if (kvk_span_equal(used->spki, c->spki) &&
			kvk_name_equal(&used->subject, &c->subject, b->names))
			return true;
	}
	return false;
}

/* What the authority key identifier of a certificate says of an issuer with this identifier. */
static enum fit fit_key(const struct kvk_certificate *c, struct kvk_span ski)
{
	if (!c->ext.has_aki || c->ext.aki_key_id.n == 0 || ski.n == 0)
		return FIT_UNSAID;
	return kvk_span_equal(c->ext.aki_key_id, ski) ? FIT_SAME : FIT_OTHER;
}

static enum fit fit_issuer(const struct kvk_certificate *c, const struct kvk_certificate *issuer)
{
	enum fit fit = fit_key(c, issuer->ext.ski);

	if (fit != FIT_OTHER && c->ext.has_aki && c->ext.aki_serial.n > 0)
		fit = kvk_span_equal(c->ext.aki_serial, issuer->serial) ? FIT_SAME : FIT_OTHER;
	return fit;
}

/*
 * Whether Java takes an anchor for the one that is meant: what the certificate says of its issuer's
 * key and serial number has to agree, whether the key fits or not. Measured.
 */
static bool java_takes_anchor(const struct kvk_certificate *c, const struct kvk_anchor *anchor)
{
	if (fit_key(c, anchor->ski) == FIT_OTHER)
		return false;
	return anchor->certificate == NULL || !c->ext.has_aki || c->ext.aki_serial.n == 0 ||
		kvk_span_equal(c->ext.aki_serial, anchor->certificate->serial);
}

/* What validation will find against an issuer, counted: so that a valid path is preferred. */
static unsigned problems_of(const struct builder *b, const struct kvk_certificate *c)
{
	const struct kvk_extensions *e = &c->ext;
	unsigned n = 0;

	n += b->in->at < c->not_before || b->in->at > c->not_after;
	n += !e->has_basic_constraints || !e->ca;
	n += e->has_key_usage && (e->key_usage & KVK_KU_KEY_CERT_SIGN) == 0;
	n += e->has_path_length && e->path_length + 1 < b->count;
	return n;
}

/* Asks whether a key signed certificate c. */
static enum kvk_err check(struct builder *b, const struct kvk_certificate *c, struct kvk_span spki,
	enum kvk_link *link)
{
	enum kvk_err err;
	struct kvk_span none = { 0 };

	err = kvk_signature_check(
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
	for (size_t i = 0; i < b->count; i++) {
		bool is_leaf = b->steps[i] == b->pool;

		out->certs[i].certificate = at(b, b->steps[i]);
		out->certs[i].source =
			is_leaf ? b->in->leaf_source : b->in->candidates[b->steps[i]].source;
	}
}

/* Has a proven path judged whole. */
static enum kvk_err judge(struct builder *b, const struct kvk_path *path, unsigned *faults)
{
	bool more = true;
	enum kvk_err err;

	*faults = 0;
	if (b->in->evaluate == NULL)
		return KVK_OK;
	err = b->in->evaluate(b->in->evaluate_context, path, faults, &more);
	/* no further candidate is tried */
	if (++b->judged == KVK_LIMIT_PATHS || !more)
		b->tried = KVK_LIMIT_BUILD_STEPS;
	return err;
}

/* Keeps the path under construction where it is the best so far. */
static enum kvk_err record(struct builder *b, const struct kvk_anchor *anchor, unsigned links)
{
	unsigned cost = links * COST_LINK + b->problems * COST_PROBLEM, faults = 0;
	unsigned length = (unsigned)b->count;
	struct kvk_path path = { 0 };
	enum kvk_err err = KVK_OK;

	/* with an anchor the shortest, else the longest */
	if (anchor != NULL)
		cost += length * COST_STEP;
	else
		cost += COST_NO_ANCHOR + (KVK_LIMIT_DEPTH - length) * COST_STEP;
	if (b->best.count > 0 && cost >= b->best_cost)
		return KVK_OK;
	copy_path(b, anchor, links, &path);
	if (path.proven)
		err = judge(b, &path, &faults);
	cost += (faults < COST_FAULTS ? faults : COST_FAULTS) * COST_PROBLEM;
	if (err != KVK_OK || (b->best.count > 0 && cost >= b->best_cost))
		return err;
	b->best = path;
	b->best_cost = cost;
	b->done = path.proven && b->problems == 0 && faults == 0;
	return KVK_OK;
}

static enum kvk_err extend(struct builder *b);

/* Tries candidate i as the next issuer; links counts its signature where that does not verify. */
static enum kvk_err descend(struct builder *b, size_t i, unsigned links)
{
	unsigned problems = problems_of(b, at(b, i));
	enum kvk_err err;

	b->steps[b->count++] = i;
	b->links += links;
	b->problems += problems;
	err = extend(b);
	b->problems -= problems;
	b->links -= links;
	b->count--;
	return err;
}

/*
 * Ends the path at the anchors of the right name. *fallback is one that is meant, though its key
 * does not verify.
 */
static enum kvk_err try_anchors(struct builder *b, const struct kvk_certificate *top, bool *found,
	const struct kvk_anchor **fallback)
{
	for (size_t a = 0; a < b->in->anchor_count && !b->done; a++) {
		const struct kvk_anchor *anchor = &b->in->anchors[a];
		enum kvk_link link;
		enum kvk_err err;

		if (!kvk_name_equal(&anchor->name, &top->issuer, b->names))
			continue;
		if (b->names == KVK_NAMES_JAVA && !java_takes_anchor(top, anchor))
			continue;
		err = check(b, top, anchor->spki, &link);
		if (err != KVK_OK)
			return err;
		if (link == KVK_LINK_GOOD) {
			*found = true;
			err = record(b, anchor, b->links);
			if (err != KVK_OK)
				return err;
		} else if (*fallback == NULL && fit_key(top, anchor->ski) != FIT_OTHER) {
			*fallback = anchor;
		}
	}
	return KVK_OK;
}

/* Tries every candidate that fits so well; with by_name those too whose key does not verify. */
static enum kvk_err try_candidates(
	struct builder *b, size_t top, enum fit fit, bool by_name, bool *found)
{
	for (size_t i = 0; i < b->pool && !b->done; i++) {
		enum kvk_link link = KVK_LINK_UNHANDLED;
		bool good = false;
		enum kvk_err err = KVK_OK;

		if (b->repeats[i] || !is_named(b, top, i) ||
			fit_issuer(at(b, top), at(b, i)) != fit || is_used(b, i) || is_anchor(b, i))
			continue;
		if (b->tried++ >= KVK_LIMIT_BUILD_STEPS) {
			b->exhausted = true;
			return KVK_OK;
		}
		/*
		 * a key that inherits its parameters can be tried out only once its own issuer is
		 * known
		 */
		if (!by_name)
			err = check(b, at(b, top), at(b, i)->spki, &link);
		good = link == KVK_LINK_GOOD || at(b, i)->key.inherits_parameters;
		if (err == KVK_OK && (good || by_name)) {
			*found = true;
			err = descend(b, i, link == KVK_LINK_GOOD ? 0 : 1);
		}
		if (err != KVK_OK)
			return err;
	}
	return KVK_OK;
}

/* Whether a certificate names itself as issuer and its own key says so. */
static enum kvk_err is_self_signed(struct builder *b, size_t i, bool *out)
{
	const struct kvk_certificate *c = at(b, i);
	enum kvk_link link = KVK_LINK_BAD;
	enum kvk_err err = KVK_OK;

	if (kvk_name_equal(&c->subject, &c->issuer, b->names))
		err = check(b, c, c->spki, &link);
	*out = link == KVK_LINK_GOOD;
	return err;
}

/*
 * Goes on from the last certificate of the path under construction: anchors, then issuers, then
 * issuers by name.
 */
static enum kvk_err extend(struct builder *b)
{
	size_t top = b->steps[b->count - 1];
	const struct kvk_anchor *fallback = NULL;
	bool found = false, self_signed = false;
	enum kvk_err err;

	err = try_anchors(b, at(b, top), &found, &fallback);
	for (int by_name = 0; by_name <= 1 && b->count < KVK_LIMIT_DEPTH; by_name++) {
		for (int fit = FIT_SAME; err == KVK_OK && fit >= FIT_OTHER && (!by_name || !found);
			fit--)
			err = try_candidates(b, top, (enum fit)fit, by_name, &found);
		if (err == KVK_OK && !by_name && !found)
			err = is_self_signed(b, top, &self_signed);
		if (err != KVK_OK || found || self_signed)
			break;
		/* an anchor by name goes before other certificates by name */
		if (fallback != NULL)
			break;
	}
	if (err != KVK_OK || found)
		return err;
	b->exhausted = b->exhausted || b->count == KVK_LIMIT_DEPTH;
	if (fallback != NULL && !self_signed)
		return record(b, fallback, b->links + 1);
	return record(b, NULL, b->links);
}

/* Certificates that were handed in more than once count once, where they came first. */
static void find_repeats(struct builder *b)
{
	for (size_t i = 0; i < b->pool; i++) {
		for (size_t j = 0; j < i && !b->repeats[i]; j++)
			b->repeats[i] =
				memcmp(at(b, i)->sha256, at(b, j)->sha256, KVK_SHA256_SIZE) == 0;
	}
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
			if (kvk_name_equal(&b->in->anchors[a].name, &at(b, i)->issuer, b->names))
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
	b.names = input->manner == KVK_MANNER_JAVA ? KVK_NAMES_JAVA : KVK_NAMES_RFC5280;
	b.steps[b.count++] = b.pool;
	find_repeats(&b);
	err = extend(&b);
	if (err != KVK_OK)
		return err;
	b.best.exhausted = b.exhausted && !b.done;
	/* Of a search that was broken off nobody knows what is missing. */
	b.best.link_missing = !b.best.exhausted && link_is_missing(&b);
	*out = b.best;
	return KVK_OK;
}

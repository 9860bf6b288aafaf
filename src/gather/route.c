/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/route.h"

#include "path/build.h"
#include "path/validate.h"

/*
 * How bad a path is: what is not valid is worse than any revocation, and a certificate that is
 * revoked is worse than any number of which that is not known.
 */
#define BAD_REVOKED (KVK_LIMIT_DEPTH + 1u)
#define BAD_INVALID (BAD_REVOKED * BAD_REVOKED)

/* What revocation came to for the best path so far: a path is looked at several times. */
struct asked {
	bool known;
	struct kvk_path path;
	unsigned bad;
	struct kvk_status statuses[KVK_LIMIT_DEPTH];
};

/* What paths are looked for with, and looked up with on the way. */
struct route {
	const struct kvk_gather_input *input;
	const struct kvk_facts *facts;
	/*
	 * struct kvk_candidate: everything that may be above the leaf, or have signed a CRL. The
	 * rest of the file in its order, then what was given beside it.
	 */
	struct kvk_vec pool;
	/* How many of them are from the file. */
	size_t uploaded;
	/* Whether only those are looked at: the portal sees no others. */
	bool file_alone;
	/* Something has to be fetched first. */
	bool pending;
	struct asked asked;
};

static enum kvk_err add_candidate(struct kvk_vec *out, const struct kvk_candidate *candidate)
{
	struct kvk_candidate *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(out, &slot));
	*slot = *candidate;
out:
	return err;
}

/* Fills the pool as far as there is room. */
static enum kvk_err fill_pool(struct route *route)
{
	const struct kvk_evidence *evidence = route->input->evidence;
	const struct kvk_facts *facts = route->facts;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->certificate_count; i++) {
		const struct kvk_candidate one = { facts->certificates[i], KVK_SOURCE_UPLOAD };

		if (one.certificate != facts->leaf)
			KVK_TRY(add_candidate(&route->pool, &one));
	}
	route->uploaded = route->pool.count;
	for (size_t i = 0; i < evidence->extra_count; i++)
		KVK_TRY(add_candidate(&route->pool, &evidence->extra[i]));
out:
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

static enum kvk_err validate(const struct kvk_gather_input *input, const struct kvk_path *path,
	enum kvk_manner manner, struct kvk_path_report *out)
{
	const struct kvk_path_input in = {
		.at = input->asked->at,
		.manner = manner,
		.signatures = input->signatures,
	};

	return kvk_path_validate(path, &in, out);
}

static bool is_asked(const struct asked *asked, const struct kvk_path *path)
{
	bool same = asked->known && asked->path.anchor == path->anchor &&
		asked->path.count == path->count;

	for (size_t i = 0; same && i < path->count; i++)
		same = asked->path.certs[i].certificate == path->certs[i].certificate;
	return same;
}

/* Remembers what came of a path, if none before it was as good. */
static void remember(struct asked *asked, const struct kvk_path *path,
	const struct kvk_status *statuses, unsigned bad)
{
	if (asked->known && asked->bad <= bad)
		return;
	asked->known = true;
	asked->path = *path;
	asked->bad = bad;
	memcpy(asked->statuses, statuses, path->count * sizeof *statuses);
}

/*
 * Asks about all of a path; *bad is how bad that is, 0 where all are good. No address out of a
 * certificate is asked before the signatures hold up to an anchor.
 */
static enum kvk_err ask_revocation(
	struct route *route, const struct kvk_path *path, struct kvk_status *out, unsigned *bad)
{
	const struct kvk_gather_input *input = route->input;
	const struct kvk_status_input in = {
		.path = path,
		.at = input->asked->at,
		.signatures = input->signatures,
		.crls = input->evidence->crls,
		.crl_count = input->evidence->crl_count,
		.ocsps = input->evidence->ocsps,
		.ocsp_count = input->evidence->ocsp_count,
		.pool = route->pool.items,
		.pool_count = route->pool.count,
		.fetcher = input->fetcher,
	};
	bool pending;
	enum kvk_err err;

	*bad = 0;
	if (!path->proven || input->asked->no_revocation)
		return KVK_OK;
	if (is_asked(&route->asked, path)) {
		memcpy(out, route->asked.statuses, path->count * sizeof *out);
		*bad = route->asked.bad;
		return KVK_OK;
	}
	KVK_TRY(kvk_status_find(&in, 0, out, &pending));
	route->pending |= pending;
	for (size_t i = 0; i < path->count; i++)
		*bad += out[i].answer.state == KVK_REVOCATION_REVOKED ? BAD_REVOKED :
			out[i].answer.state != KVK_REVOCATION_GOOD    ? 1u :
									0u;
	if (!pending)
		remember(&route->asked, path, out, *bad);
out:
	return err;
}

/*
 * How bad one of several paths is. Of a path that is not valid nobody asks whether it is revoked.
 */
static enum kvk_err count_failures(
	void *context, const struct kvk_path *path, unsigned *failures, bool *more)
{
	struct route *route = context;
	struct kvk_status statuses[KVK_LIMIT_DEPTH];
	struct kvk_path_report report;
	enum kvk_err err;

	KVK_TRY(validate(route->input, path, KVK_MANNER_JAVA, &report));
	*failures = kvk_path_failure_count(&report) * BAD_INVALID;
	if (*failures == 0)
		KVK_TRY(ask_revocation(route, path, statuses, failures));
	*more = !report.exhausted;
out:
	return err;
}

/* compare: of several paths the one with the least wrong, which costs more. */
static enum kvk_err build_path(struct route *route, bool compare, struct kvk_path *out)
{
	const struct kvk_gather_input *input = route->input;
	struct kvk_build_input build = {
		.leaf = route->facts->leaf,
		.leaf_source = KVK_SOURCE_UPLOAD,
		.candidates = route->pool.items,
		.candidate_count = route->file_alone ? route->uploaded : route->pool.count,
		.at = input->asked->at,
		.signatures = input->signatures,
		.manner = KVK_MANNER_JAVA,
		.evaluate = compare ? count_failures : NULL,
		.evaluate_context = route,
	};
	enum kvk_err err;

	build.anchors = kvk_trust_anchors(input->evidence->trust, &build.anchor_count);
	KVK_TRY(kvk_path_build(&build, out));
	/* The anchor that is lacking may be the one that could not be taken in. */
	out->exhausted = out->exhausted || (out->anchor == NULL && input->evidence->trust->limited);
out:
	return err;
}

/* Builds a path and looks at it; *bad is how much is wrong with it. */
static enum kvk_err try_path(
	struct route *route, bool compare, struct kvk_facts *out, unsigned *bad)
{
	struct kvk_status statuses[KVK_LIMIT_DEPTH];
	enum kvk_err err;

	KVK_TRY(build_path(route, compare, &out->path));
	KVK_TRY(validate(route->input, &out->path, KVK_MANNER_JAVA, &out->report));
	memset(statuses, 0, sizeof statuses);
	KVK_TRY(ask_revocation(route, &out->path, statuses, bad));
	for (size_t i = 0; i < out->path.count; i++)
		out->certs[i].status = statuses[i];
	*bad += kvk_path_failure_count(&out->report);
out:
	return err;
}

/* Whether the certificate of an anchor holds what path validation would look at. */
static bool has_constraints(const struct kvk_extensions *e)
{
	bool critical = false;

	for (size_t i = 0; i < e->count; i++)
		critical |= e->all[i].critical && e->all[i].oid != KVK_OID_EXT_KEY_USAGE &&
			e->all[i].oid != KVK_OID_EXT_BASIC_CONSTRAINTS;
	return critical || e->has_name_constraints || e->has_policy_constraints ||
		e->has_inhibit_any;
}

/* Validates the path with the certificate of the anchor at its top. */
static enum kvk_err validate_anchored(const struct route *route, struct kvk_facts *out)
{
	const struct kvk_anchor *anchor = out->path.anchor;
	struct kvk_path path = out->path;

	kvk_path_report_start(&out->anchored);
	if (anchor == NULL || anchor->certificate == NULL || path.count == KVK_LIMIT_DEPTH ||
		!has_constraints(&anchor->certificate->ext))
		return KVK_OK;
	path.certs[path.count++] = (struct kvk_candidate){ anchor->certificate, KVK_SOURCE_STORE };
	return validate(route->input, &path, KVK_MANNER_RFC5280, &out->anchored);
}

/*
 * A path of the file alone counts, if there is one, because the portal sees nothing else. Where
 * something is wrong with the first path, another one may be better.
 */
static enum kvk_err find_path(struct route *route, struct kvk_facts *out)
{
	unsigned bad;
	enum kvk_err err;

	route->file_alone = route->uploaded < route->pool.count;
	KVK_TRY(try_path(route, false, out, &bad));
	if (route->file_alone && !out->path.proven) {
		route->file_alone = false;
		KVK_TRY(try_path(route, false, out, &bad));
	}
	if (out->path.proven && bad > 0 && !route->pending)
		KVK_TRY(try_path(route, true, out, &bad));
	out->pending = route->pending;
	if (out->pending)
		return KVK_OK;
	out->other_path = out->path.other_first && bad == 0;
	KVK_TRY(validate(route->input, &out->path, KVK_MANNER_RFC5280, &out->strict));
	KVK_TRY(validate_anchored(route, out));
out:
	return err;
}

enum kvk_err kvk_route_find(const struct kvk_gather_input *input, struct kvk_facts *facts)
{
	struct route route = {
		.input = input,
		.facts = facts,
		.pool = KVK_VEC_INIT(struct kvk_candidate, KVK_LIMIT_UPLOAD + 2 * KVK_LIMIT_EXTRA),
	};
	enum kvk_err err;

	KVK_TRY(fill_pool(&route));
	KVK_TRY(find_path(&route, facts));
out:
	kvk_vec_free(&route.pool);
	return err;
}

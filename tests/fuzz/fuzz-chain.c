/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths over several certificates, made from the input or standing in it, built and validated as
 * RFC 5280 has it and as Java does. Signatures are answered from the input. Whatever goes in:
 * the path hangs together, the budgets hold, every fault has its place and its name, and a path
 * without faults was really proven.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "path/build.h"
#include "path/validate.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 14

static struct kvk_certificate certificates[MOST];
static struct kvk_blob bytes[MOST];
static struct kvk_candidate candidates[MOST];
static struct kvk_anchor anchors[MOST];
static size_t candidate_count, anchor_count;

static void add_anchor(const struct kvk_certificate *c)
{
	struct kvk_anchor *a = &anchors[anchor_count++];

	*a = (struct kvk_anchor){ .name = c->subject,
		.spki = c->spki,
		.key = c->key,
		.certificate = c,
		.label = "fuzz",
		.ski = c->ext.ski };
	memcpy(a->sha256, c->sha256, KVK_SHA256_SIZE);
}

/* The next certificate of the input into slot n; false where it cannot be read. */
static bool take(struct choices *c, unsigned role, size_t n)
{
	kvk_blob_clear(&bytes[n]);
	if (role == 7) {
		struct kvk_span raw = choose_bytes(c, 255);

		check(kvk_blob_append(&bytes[n], raw) == KVK_OK);
	} else if (!compose_certificate(c, &bytes[n])) {
		return false;
	}
	kvk_certificate_free(&certificates[n]);
	return kvk_certificate_read(kvk_span_of_blob(&bytes[n]), &certificates[n]) == KVK_OK;
}

static const struct kvk_certificate *take_all(struct choices *c)
{
	const struct kvk_certificate *leaf = NULL;

	candidate_count = anchor_count = 0;
	for (size_t n = 0; n < MOST && c->n > 0; n++) {
		unsigned role = choose(c, 8);

		if (!take(c, role, n))
			continue;
		if (leaf == NULL)
			leaf = &certificates[n];
		else if (role > 4 && role < 7)
			add_anchor(&certificates[n]);
		else
			candidates[candidate_count++] =
				(struct kvk_candidate){ &certificates[n], KVK_SOURCE_UPLOAD };
	}
	return leaf;
}

static enum kvk_manner names_of(enum kvk_manner manner)
{
	return manner == KVK_MANNER_JAVA ? KVK_MANNER_JAVA : KVK_MANNER_RFC5280;
}

static void check_path(const struct kvk_path *path, const struct kvk_certificate *leaf,
	const struct kvk_signatures *signatures, enum kvk_manner manner)
{
	const struct kvk_name *issuer;

	check(path->count >= 1 && path->count <= KVK_LIMIT_DEPTH);
	check(path->certs[0].certificate == leaf);
	check(signatures->checked <= signatures->budget);
	check(!path->proven || path->anchor != NULL);
	for (size_t i = 0; i < path->count; i++) {
		const struct kvk_certificate *c = path->certs[i].certificate;

		for (size_t j = 0; j < i; j++)
			check(path->certs[j].certificate != c);
		if (i + 1 < path->count)
			issuer = &path->certs[i + 1].certificate->subject;
		else if (path->anchor != NULL)
			issuer = &path->anchor->name;
		else
			break;
		check(kvk_name_equal(&c->issuer, issuer, names_of(manner)));
	}
	check(path->anchor == NULL ||
		(path->anchor >= anchors && path->anchor < anchors + anchor_count));
}

static void check_report(const struct kvk_path *path, const struct kvk_path_report *report)
{
	check(report->count <= KVK_PATH_FAILURES);
	for (size_t i = 0; i < report->count; i++) {
		const struct kvk_path_failure *f = &report->failures[i];

		check(f->reason > KVK_REASON_NONE && f->reason < KVK_REASON_COUNT);
		check(f->cert <= path->count && f->field != NULL);
		check(memchr(f->found, 0, sizeof(f->found)) != NULL);
		check(memchr(f->wanted, 0, sizeof(f->wanted)) != NULL);
		check(strchr(f->found, '\n') == NULL && strchr(f->wanted, '\n') == NULL);
		check_text(kvk_span_of(f->found));
		check_text(kvk_span_of(f->wanted));
	}
}

static void run(const struct kvk_certificate *leaf, unsigned flags, enum kvk_manner manner)
{
	static struct kvk_path_report report;
	static struct kvk_path path;
	struct compose_oracle oracle = { 0 };
	struct kvk_signatures signatures = {
		.verify = compose_verify, .context = &oracle, .budget = KVK_LIMIT_SIGNATURES
	};
	const struct kvk_build_input build = { .leaf = leaf,
		.candidates = candidates,
		.candidate_count = candidate_count,
		.anchors = anchors,
		.anchor_count = anchor_count,
		.at = COMPOSE_NOW,
		.signatures = &signatures,
		.manner = manner };
	const struct kvk_span policy = kvk_span_of("\x2a\x03\x01");
	const struct kvk_path_input input = { .at = COMPOSE_NOW,
		.manner = manner,
		.policies = &policy,
		.policy_count = (flags >> 3) & 1,
		.explicit_policy = flags & 1,
		.inhibit_mapping = flags & 2,
		.inhibit_any = flags & 4,
		.signatures = &signatures };

	check(kvk_path_build(&build, &path) == KVK_OK);
	check_path(&path, leaf, &signatures, manner);
	signatures.budget += KVK_LIMIT_SIGNATURES;
	check(kvk_path_validate(&path, &input, &report) == KVK_OK);
	check_report(&path, &report);
	if (report.count == 0) {
		check(path.anchor != NULL && oracle.good >= path.count);
		check(path.proven || path.exhausted);
	}
	if (path.anchor == NULL)
		check(kvk_path_failure_find(&report, KVK_REASON_NO_TRUST_ANCHOR) != NULL ||
			report.count > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct choices c = { data, size };
	double start = compose_clock();
	unsigned flags = choose(&c, 32);
	const struct kvk_certificate *leaf = take_all(&c);

	if (leaf != NULL) {
		run(leaf, flags, KVK_MANNER_RFC5280);
		run(leaf, flags, KVK_MANNER_JAVA);
	}
	check_time(start);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads any bytes as a description of certificates and CRLs: names, keys, extensions, and how the
 * seam for signatures answers. Builds and validates the path in both manners and asks for
 * revocation. Nothing crashes, budgets hold, and what comes out fits together.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "path/build.h"
#include "path/validate.h"
#include "revocation/crl_status.h"
#include "tests/support/lists.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CERTIFICATES = 12, NAMES = 6, KEYS = 8, SPKI = 44, CRLS_MAX = 4, POLICIES = 6 };

static const uint8_t spki_head[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03,
	0x21, 0x00 };
/*
 * C=NL, CN=a; the same in other case and type; CN=b; C=NL, CN=c; empty; several attributes in one
 * set.
 */
static const char *const name_der[NAMES] = {
	"\x30\x19\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02NL\x31\x0a\x30\x08\x06\x03\x55\x04\x03"
	"\x0c\x01"
	"a",
	"\x30\x19\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x0c\x02nl\x31\x0a\x30\x08\x06\x03\x55\x04\x03"
	"\x13\x01"
	"A",
	"\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
	"b",
	"\x30\x19\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02NL\x31\x0a\x30\x08\x06\x03\x55\x04\x03"
	"\x0c\x01"
	"c",
	"\x30\x00",
	"\x30\x16\x31\x14\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
	"b\x30\x08\x06\x03\x55\x04\x0a\x0c\x01"
	"b",
};
static const size_t name_size[NAMES] = { 27, 27, 14, 27, 2, 24 };
/* any-policy, 1.2.1 to 1.2.5 */
static const char *const policy_octets[POLICIES] = { "\x55\x1d\x20\x00", "\x2a\x01", "\x2a\x02",
	"\x2a\x03", "\x2a\x04", "\x2a\x05" };
static const size_t policy_size[POLICIES] = { 4, 2, 2, 2, 2, 2 };

static struct kvk_name names[NAMES];
static uint8_t keys[KEYS][SPKI];
static struct kvk_certificate certificates[CERTIFICATES];
static struct lists lists[CERTIFICATES];
static struct kvk_candidate pool[CERTIFICATES];
static struct kvk_crl crls[CRLS_MAX];
static struct kvk_crl_candidate crl_list[CRLS_MAX];

struct input {
	struct kvk_span rest;
	/* How signatures answer, by turns. */
	struct kvk_span answers;
	size_t asked;
};

static void check(bool condition)
{
	if (!condition)
		abort();
}

static uint8_t take(struct input *in)
{
	if (in->rest.n == 0)
		return 0;
	in->rest.n--;
	return *in->rest.p++;
}

/* Some bytes as they stand. */
static struct kvk_span slice(struct input *in)
{
	struct kvk_span out = { .n = take(in) % 64u };

	out.p = in->rest.p;
	if (out.n > in->rest.n)
		out.n = in->rest.n;
	in->rest.p += out.n;
	in->rest.n -= out.n;
	return out;
}

static struct kvk_span policy(uint8_t choice)
{
	size_t i = choice % POLICIES;

	return (struct kvk_span){ .p = (const uint8_t *)policy_octets[i], .n = policy_size[i] };
}

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	static const enum kvk_err errors[] = { KVK_OK, KVK_OK, KVK_ERR_SIGNATURE,
		KVK_ERR_ALGORITHM };
	struct input *in = context;

	(void)algorithm;
	(void)data;
	check(spki.n > 0);
	if (in->answers.n > 0)
		return errors[in->answers.p[in->asked++ % in->answers.n] % 4u];
	return spki.p[spki.n - 1] == signature.p[0] ? KVK_OK : KVK_ERR_SIGNATURE;
}

static void prepare(void)
{
	for (size_t i = 0; names[0].count == 0 && i < NAMES; i++) {
		struct kvk_span der = { .p = (const uint8_t *)name_der[i], .n = name_size[i] };

		check(kvk_name_parse(der, true, &names[i]) == KVK_OK);
	}
	for (size_t i = 0; i < KEYS; i++) {
		memset(keys[i], (int)i, SPKI);
		memcpy(keys[i], spki_head, sizeof(spki_head));
	}
}

static void take_constraints(struct input *in, struct kvk_extensions *e)
{
	uint8_t flags = take(in);

	e->has_basic_constraints = (flags & 1) == 0;
	e->ca = (flags & 2) == 0;
	e->has_path_length = (flags & 4) != 0;
	if (e->has_path_length)
		e->path_length = take(in) % 4u;
	e->has_key_usage = (flags & 8) != 0;
	if (e->has_key_usage)
		e->key_usage = take(in);
	e->has_policy_constraints = (flags & 16) != 0;
	if (e->has_policy_constraints) {
		e->has_require_explicit = e->has_inhibit_mapping = true;
		e->require_explicit = take(in) % 4u;
		e->inhibit_mapping = take(in) % 4u;
	}
	e->has_inhibit_any = (flags & 32) != 0;
	if (e->has_inhibit_any)
		e->inhibit_any = take(in) % 4u;
	e->has_name_constraints = (flags & 64) != 0;
	if (e->has_name_constraints) {
		e->permitted = slice(in);
		e->excluded = slice(in);
	}
	e->count = (flags & 128) != 0;
	e->all[0].critical = e->count > 0;
	e->all[0].oid = (enum kvk_oid)(e->count > 0 ? take(in) % KVK_OID_COUNT : 0);
}

static void take_lists(struct input *in, struct kvk_extensions *e)
{
	uint8_t sizes = take(in);

	e->policy_count = sizes % 4u;
	e->has_policies = e->policy_count > 0;
	for (size_t i = 0; i < e->policy_count; i++)
		e->policies[i] = (struct kvk_policy){ .oid = policy(take(in)) };
	e->policies_critical = (sizes & 128) != 0;
	e->mapping_count = (sizes >> 2) % 4u;
	for (size_t i = 0; i < e->mapping_count; i++) {
		uint8_t pair = take(in);

		e->mappings[i] =
			(struct kvk_policy_mapping){ policy(pair & 15), policy(pair >> 4) };
	}
	e->san_count = (sizes >> 4) % 4u;
	e->has_san = e->san_count > 0;
	for (size_t i = 0; i < e->san_count; i++) {
		e->sans[i].kind = (enum kvk_general_kind)(take(in) % 9u);
		e->sans[i].value = slice(in);
	}
	e->crl_point_count = (sizes >> 6) % 2u;
	if (e->crl_point_count > 0) {
		e->crl_points[0] =
			(struct kvk_crl_point){ .full_name = slice(in), .crl_issuer = slice(in) };
		e->crl_points[0].relative_name = slice(in);
		e->crl_points[0].has_reasons = (take(in) & 1) != 0;
		e->crl_points[0].reasons = take(in);
	}
}

static void take_certificate(struct input *in, size_t i)
{
	struct kvk_certificate *c = &certificates[i];
	static uint8_t marks[CERTIFICATES][3];
	uint8_t who = take(in), key = take(in);

	lists_use(&lists[i], c);
	/*
	 * every member that is ever set is set again: clearing all of it would take most of the
	 * time
	 */
	marks[i][0] = (uint8_t)(key >> 4) % KEYS;
	marks[i][1] = (uint8_t)i;
	marks[i][2] = take(in) % 4u;
	c->version = 3;
	c->subject = names[(who & 15) % NAMES];
	c->issuer = names[(who >> 4) % NAMES];
	c->spki = (struct kvk_span){ .p = keys[key % KEYS], .n = SPKI };
	check(kvk_key_info_read(c->spki, &c->key) == KVK_OK);
	c->signature = (struct kvk_span){ .p = &marks[i][0], .n = 1 };
	c->tbs = (struct kvk_span){ .p = &marks[i][1], .n = 1 };
	c->serial = (struct kvk_span){ .p = &marks[i][2], .n = 1 };
	c->not_before = take(in) < 240 ? 0 : 2;
	c->not_after = 1;
	c->sha256[0] = (uint8_t)(i + 1);
	take_constraints(in, &c->ext);
	take_lists(in, &c->ext);
	pool[i] = (struct kvk_candidate){ .certificate = c };
}

static void take_crl(struct input *in, size_t i)
{
	static uint8_t marks[CRLS_MAX][2];
	struct kvk_crl *crl = &crls[i];
	uint8_t flags;

	memset(crl, 0, sizeof(*crl));
	marks[i][0] = take(in) % KEYS;
	crl->issuer = names[take(in) % NAMES];
	crl->signature = (struct kvk_span){ .p = &marks[i][0], .n = 1 };
	crl->tbs = (struct kvk_span){ .p = &marks[i][1], .n = 1 };
	crl->has_next_update = true;
	crl->next_update = take(in) < 240 ? 2 : 0;
	flags = take(in);
	crl->has_idp = (flags & 1) != 0;
	crl->only_user = (flags & 2) != 0;
	crl->indirect = (flags & 4) != 0;
	crl->has_only_reasons = (flags & 8) != 0;
	crl->has_delta_base = (flags & 16) != 0;
	crl->has_number = (flags & 32) != 0;
	crl->only_reasons = take(in);
	crl->idp_point.full_name = (flags & 64) != 0 ? slice(in) : (struct kvk_span){ 0 };
	crl->idp_point.relative_name = (flags & 128) != 0 ? slice(in) : (struct kvk_span){ 0 };
	crl->number = slice(in);
	crl->delta_base = slice(in);
	crl->entries = slice(in);
	crl_list[i] = (struct kvk_crl_candidate){ .crl = flags == 255 ? NULL : crl };
}

/* A path holds together: no certificate twice, each issued by the next. */
static void check_path(const struct kvk_path *path, enum kvk_manner manner)
{
	check(path->count >= 1 && path->count <= KVK_LIMIT_DEPTH);
	check(path->certs[0].certificate == &certificates[0]);
	check(!path->proven || path->anchor != NULL);
	check(!path->link_missing || path->anchor == NULL);
	for (size_t i = 0; i < path->count; i++) {
		const struct kvk_certificate *c = path->certs[i].certificate;

		for (size_t j = 0; j < i; j++)
			check(path->certs[j].certificate != c);
		if (i + 1 < path->count)
			check(kvk_name_equal(
				&c->issuer, &path->certs[i + 1].certificate->subject, manner));
	}
}

static void check_report(const struct kvk_path *path, const struct kvk_path_report *report)
{
	check(report->count <= KVK_PATH_FAILURES);
	check(path->anchor != NULL || report->count > 0);
	for (size_t i = 0; i < report->count; i++) {
		const struct kvk_path_failure *f = &report->failures[i];

		check(f->reason > KVK_REASON_NONE && f->reason < KVK_REASON_COUNT &&
			f->cert <= path->count);
		check(f->field != NULL && memchr(f->found, 0, sizeof(f->found)) != NULL);
		check(memchr(f->wanted, 0, sizeof(f->wanted)) != NULL);
		/* from the CA end down */
		check(i == 0 || f->cert <= f[-1].cert || f[-1].reason == KVK_REASON_NAME_CHAINING);
		if (f->reason == KVK_REASON_INVALID_SIGNATURE)
			check(!path->proven || f->undetermined || path->exhausted);
	}
}

static void ask_revocation(const struct kvk_path *path, size_t n, size_t crl_count,
	enum kvk_manner manner, struct kvk_signatures *signatures)
{
	for (size_t i = 0; i < path->count; i++) {
		const struct kvk_crl_input in = {
			.certificate = path->certs[i].certificate,
			.issuer = i + 1 < path->count ? path->certs[i + 1].certificate : NULL,
			.anchor = path->anchor,
			.crls = crl_list,
			.crl_count = crl_count,
			.at = 1,
			.manner = manner,
			.signatures = signatures,
			.pool = pool,
			.pool_count = n,
		};
		struct kvk_revocation_answer answer;

		check(kvk_crl_status(&in, &answer) == KVK_OK);
		check((answer.state == KVK_REVOCATION_UNDETERMINED) ==
			(answer.why != KVK_WHY_DETERMINED));
		check(answer.crl < (int)crl_count);
		check(answer.state == KVK_REVOCATION_UNDETERMINED || crl_count > 0);
	}
}

static void evaluate(
	struct input *in, size_t n, size_t crl_count, enum kvk_manner manner, uint8_t flags)
{
	struct kvk_anchor anchor = { .name = names[3], .spki = { .p = keys[1], .n = SPKI } };
	struct kvk_signatures signatures = {
		.verify = verify, .context = in, .budget = flags & 31
	};
	struct kvk_span set = policy(flags >> 5);
	const struct kvk_build_input build = { .leaf = &certificates[0],
		.candidates = pool,
		.candidate_count = n,
		.anchors = &anchor,
		.anchor_count = 1,
		.at = 1,
		.signatures = &signatures,
		.manner = manner };
	const struct kvk_path_input input = { .at = 1,
		.manner = manner,
		.policies = &set,
		.policy_count = (flags & 1) != 0,
		.explicit_policy = (flags & 2) != 0,
		.inhibit_any = (flags & 4) != 0,
		.inhibit_mapping = (flags & 8) != 0,
		.signatures = &signatures };
	static struct kvk_path_report report;
	struct kvk_path path;

	check(kvk_key_info_read(anchor.spki, &anchor.key) == KVK_OK);
	check(kvk_path_build(&build, &path) == KVK_OK);
	check_path(&path, manner == KVK_MANNER_JAVA ? KVK_MANNER_JAVA : KVK_MANNER_RFC5280);
	check(kvk_path_validate(&path, &input, &report) == KVK_OK);
	check_report(&path, &report);
	ask_revocation(&path, n, crl_count, manner, &signatures);
	check(signatures.checked <= signatures.budget);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { .rest = { .p = data, .n = size } };
	size_t n, crl_count;
	uint8_t flags;

	prepare();
	flags = take(&in);
	in.answers = slice(&in);
	n = take(&in) % CERTIFICATES + 1u;
	crl_count = take(&in) % (CRLS_MAX + 1u);
	for (size_t i = 0; i < n; i++)
		take_certificate(&in, i);
	for (size_t i = 0; i < crl_count; i++)
		take_crl(&in, i);
	evaluate(&in, n, crl_count, KVK_MANNER_RFC5280, flags);
	evaluate(&in, n, crl_count, KVK_MANNER_JAVA, flags);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/practice.h"

#include "base/alloc.h"
#include "practice/tsp.h"

#define DEFAULT_RSA_BITS 3072u

static const struct kvk_signing *signing_of(
	const struct kvk_shape_profile *profile, const struct kvk_key_info *info)
{
	if (info->type == KVK_KEY_ED25519)
		return &kvk_signing_ed25519;
	if (info->type == KVK_KEY_ECDSA)
		return info->bits > 256 ? &kvk_signing_ecdsa_sha384 : &kvk_signing_ecdsa_sha256;
	return profile->rsa_signing;
}

/* The parts of a CA that do not change with its certificate. */
static enum kvk_err prepare_key(struct kvk_practice *tsp, struct kvk_practice_ca *ca,
	const struct kvk_practice_options *options)
{
	const unsigned bits = options->rsa_bits > 0 ? options->rsa_bits : DEFAULT_RSA_BITS;
	struct kvk_key_info info;
	enum kvk_err err;

	if (ca->key == NULL)
		KVK_TRY(kvk_key_generate(KVK_KEY_RSA, bits, &ca->key));
	KVK_TRY(kvk_key_spki(ca->key, &ca->spki));
	KVK_TRY(kvk_key_info_read(kvk_span_of_blob(&ca->spki), &info));
	KVK_TRY(kvk_issue_key_id(kvk_span_of_blob(&ca->spki), ca->key_id));
	ca->signing = signing_of(tsp->profile, &info);
out:
	return err;
}

static enum kvk_err make_ca(struct kvk_practice *tsp, enum kvk_practice_level level)
{
	struct kvk_issue issue;
	enum kvk_err err;

	KVK_TRY(kvk_practice_ca_issue(tsp, level, &issue));
	err = kvk_practice_ca_make(tsp, level, kvk_practice_level_above(level), &issue);
out:
	kvk_issue_free(&issue);
	return err;
}

/* Makes the CAs, from the top. */
static enum kvk_err make_cas(struct kvk_practice *tsp, const struct kvk_practice_options *options)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(&tsp->seed, options->seed));
	for (int i = 0; i < KVK_PRACTICE_LEVELS; i++)
		KVK_TRY(prepare_key(tsp, &tsp->ca[i], options));
	for (int i = 0; i < KVK_PRACTICE_LEVELS; i++)
		KVK_TRY(make_ca(tsp, (enum kvk_practice_level)i));
out:
	return err;
}

enum kvk_err kvk_practice_new(const struct kvk_practice_options *options, struct kvk_practice **out)
{
	struct kvk_practice *tsp = kvk_calloc(1, sizeof(*tsp));
	enum kvk_err err;

	*out = NULL;
	if (tsp == NULL) {
		for (int i = 0; i < KVK_PRACTICE_LEVELS; i++)
			kvk_key_free(options->keys[i]);
		return KVK_ERR_MEMORY;
	}
	tsp->profile = options->profile != NULL ? options->profile : &kvk_profile_g4;
	/* Certificates have no fractions of a second. */
	tsp->now = options->now - (options->now % KVK_SECOND + KVK_SECOND) % KVK_SECOND;
	for (int i = 0; i < KVK_PRACTICE_LEVELS; i++)
		tsp->ca[i].key = options->keys[i];
	KVK_TRY(make_cas(tsp, options));
	*out = tsp;
	tsp = NULL;
out:
	kvk_practice_free(tsp);
	return err;
}

void kvk_practice_free(struct kvk_practice *tsp)
{
	if (tsp == NULL)
		return;
	for (int i = 0; i < KVK_PRACTICE_LEVELS; i++) {
		kvk_key_free(tsp->ca[i].key);
		kvk_blob_free(&tsp->ca[i].spki);
		kvk_blob_free(&tsp->ca[i].name);
		kvk_blob_free(&tsp->ca[i].certificate);
	}
	kvk_blob_free(&tsp->seed);
	kvk_free(tsp);
}

struct kvk_span kvk_practice_certificate(
	const struct kvk_practice *tsp, enum kvk_practice_level level)
{
	return kvk_span_of_blob(&tsp->ca[level].certificate);
}

struct kvk_span kvk_practice_key_id(const struct kvk_practice *tsp, enum kvk_practice_level level)
{
	return (struct kvk_span){ tsp->ca[level].key_id, sizeof(tsp->ca[level].key_id) };
}

static void put_ca_extensions(const struct kvk_ca_profile *profile,
	const struct kvk_ca_profile *above, struct kvk_span issuer_key_id, struct kvk_issue *issue)
{
	const bool root = profile == above;

	kvk_issue_basic_constraints(issue, true, profile->path_length);
	kvk_issue_aki(issue, issuer_key_id);
	if (!root)
		kvk_issue_aia(issue, NULL, above->certificate_url);
	if (profile->policies[0] != NULL)
		kvk_issue_policies(issue, profile->policies);
	if (profile->usages[0] != NULL)
		kvk_issue_eku(issue, profile->usages);
	if (profile->qc_statements)
		kvk_issue_qc_statements(issue);
	if (!root)
		kvk_issue_crl_point(issue, above->crl_url);
	kvk_issue_ski(issue);
	kvk_issue_key_usage(issue, profile->key_usage);
}

enum kvk_practice_level kvk_practice_level_above(enum kvk_practice_level level)
{
	return level == KVK_PRACTICE_ROOT ? level : (enum kvk_practice_level)(level - 1);
}

enum kvk_err kvk_practice_ca_issue(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue)
{
	enum kvk_practice_level above = kvk_practice_level_above(level);
	const struct kvk_ca_profile *profile = &tsp->profile->ca[level];

	kvk_issue_start(issue);
	kvk_issue_name(issue, KVK_OID_C, "NL");
	kvk_issue_name(issue, KVK_OID_O, profile->organisation);
	kvk_issue_name(issue, KVK_OID_CN, profile->name);
	if (profile->organisation_id != NULL)
		kvk_issue_name(issue, KVK_OID_ORGANIZATION_IDENTIFIER, profile->organisation_id);
	issue->not_before = tsp->now - profile->days_before * KVK_DAY;
	issue->not_after = tsp->now + profile->days_after * KVK_DAY;
	issue->signing = tsp->ca[above].signing;
	kvk_issue_spki(issue, kvk_span_of_blob(&tsp->ca[level].spki));
	put_ca_extensions(
		profile, &tsp->profile->ca[above], kvk_practice_key_id(tsp, above), issue);
	return issue->err;
}

enum kvk_err kvk_practice_ca_make(struct kvk_practice *tsp, enum kvk_practice_level level,
	enum kvk_practice_level signer, struct kvk_issue *issue)
{
	struct kvk_practice_ca *ca = &tsp->ca[level];
	struct kvk_blob name = { .n = 0 }, made = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_issue_subject_der(issue, &name));
	/* Who signs itself already bears its new name. */
	if (level == signer)
		KVK_TRY(kvk_blob_set(&ca->name, kvk_span_of_blob(&name)));
	KVK_TRY(kvk_practice_sign(tsp, signer, issue, &made));
	KVK_TRY(kvk_blob_set(&ca->name, kvk_span_of_blob(&name)));
	err = kvk_blob_set(&ca->certificate, kvk_span_of_blob(&made));
out:
	kvk_blob_free(&name);
	kvk_blob_free(&made);
	return err;
}

/* The next serial number: 20 octets, positive, not short (RFC 5280 4.1.2.2). */
static enum kvk_err next_serial(struct kvk_practice *tsp, struct kvk_issue *issue)
{
	struct kvk_blob input = { .n = 0 };
	uint8_t value[KVK_SHA256_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(
		&input, "kvkcsr practice serial %llu ", (unsigned long long)tsp->serials++));
	KVK_TRY(kvk_blob_append(&input, kvk_span_of_blob(&tsp->seed)));
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&input), value));
	value[0] = (uint8_t)((value[0] & 0x3f) | 0x40);
	err = kvk_blob_set(&issue->serial, (struct kvk_span){ value, 20 });
out:
	kvk_blob_free(&input);
	return err;
}

enum kvk_err kvk_practice_sign(struct kvk_practice *tsp, enum kvk_practice_level level,
	struct kvk_issue *issue, struct kvk_blob *out)
{
	const struct kvk_practice_ca *ca = &tsp->ca[level];
	enum kvk_err err;

	kvk_blob_clear(out);
	if (issue->serial.n == 0)
		KVK_TRY(next_serial(tsp, issue));
	err = kvk_issue_sign(issue, kvk_span_of_blob(&ca->name), ca->key, out);
out:
	return err;
}

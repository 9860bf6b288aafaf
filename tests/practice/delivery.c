/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/practice/delivery.h"

#include <string.h>

#include "tests/crypto/keys.h"
#include "tests/practice/faults.h"
#include "tests/practice/site.h"
#include "tests/support/crl_issue.h"
#include "tests/support/shapes.h"
#include "tests/support/tsp.h"

/* Calls a function with each fault of the options. */
#define EACH_FAULT(options, fault) \
	for (const char *const *name_ = (options)->faults; \
		name_ && *name_ && ((fault) = fault_find(*name_)); name_++)

static enum kvk_err check_faults(const struct delivery_options *options)
{
	const char *const *name;

	for (name = options->faults; name && *name; name++) {
		if (!fault_find(*name))
			return KVK_ERR_NOT_FOUND;
	}
	return KVK_OK;
}

static enum kvk_err make_tsp(
	const struct delivery_options *options, struct site *site, struct kvk_practice **out)
{
	static const char *const pems[] = { KVK_TEST_RSA_A, KVK_TEST_RSA_B, KVK_TEST_RSA_C };
	struct kvk_practice_options practice = {
		.profile = site_profile(options->shape, options->site, options->ocsp, site),
		.now = options->now ? options->now : DELIVERY_NOW,
		.seed = kvk_span_of("test"),
	};
	enum kvk_err err = KVK_OK;
	int i;

	for (i = 0; !err && i < KVK_PRACTICE_LEVELS; i++)
		err = kvk_key_read(kvk_span_of(pems[i]), NULL, &practice.keys[i]);
	/* It takes over the keys, whatever becomes of it. */
	if (!err)
		err = kvk_practice_new(&practice, out);
	return err;
}

/* Makes the CAs that have faults anew. */
static enum kvk_err spoil_cas(
	const struct delivery_options *options, struct maker *m, struct kvk_blob *ca_serial)
{
	enum kvk_err err = KVK_OK;
	int level;

	for (level = KVK_PRACTICE_ROOT; !err && level < KVK_PRACTICE_LEVELS; level++) {
		const struct fault *fault;
		struct kvk_issue issue;

		m->level = (enum kvk_practice_level)level;
		m->self_signed = false;
		err = kvk_practice_ca_issue(m->tsp, m->level, &issue);
		EACH_FAULT(options, fault)
		{
			if (fault->ca &&
				(fault->level == m->level || fault->level == KVK_PRACTICE_LEVELS))
				fault->ca(m, &issue);
		}
		if (!err && m->self_signed)
			err = kvk_practice_ca_self_sign(m->tsp, m->level, &issue);
		else if (!err)
			err = kvk_practice_ca_replace(m->tsp, m->level, &issue);
		kvk_blob_clear(ca_serial);
		if (!err)
			err = kvk_blob_append(ca_serial, kvk_span_of_blob(&issue.serial));
		kvk_issue_free(&issue);
	}
	return err;
}

static enum kvk_err start_leaf(
	const struct delivery_options *options, struct maker *m, struct kvk_issue *issue)
{
	struct kvk_practice_leaf wanted = {
		.domain = options->domain,
		.kvk = options->kvk,
		.oin = options->oin,
		.organisation = options->organisation,
		.days = options->days,
	};
	struct kvk_blob spki = { .n = 0 };
	struct kvk_key *key;
	enum kvk_err err;

	if (options->csr.n)
		return kvk_practice_order(m->tsp, options->csr, issue);
	kvk_issue_start(issue);
	err = kvk_key_read(kvk_span_of(KVK_TEST_RSA_D), NULL, &key);
	if (!err)
		err = kvk_key_spki(key, &spki);
	wanted.spki = kvk_span_of_blob(&spki);
	if (!err)
		err = kvk_practice_leaf(m->tsp, &wanted, issue);
	kvk_key_free(key);
	kvk_blob_free(&spki);
	return err;
}

static enum kvk_err make_leaf(const struct delivery_options *options, struct maker *m,
	struct kvk_issue *issue, struct kvk_blob *out)
{
	const struct fault *fault;
	enum kvk_err err;

	err = start_leaf(options, m, issue);
	if (err)
		return err;
	if (options->names)
		kvk_issue_dns(issue, options->names);
	if (options->crl_addresses)
		site_crl_addresses(issue, options->crl_addresses);
	EACH_FAULT(options, fault)
	{
		if (fault->leaf)
			fault->leaf(m, issue);
	}
	return kvk_practice_sign(m->tsp, KVK_PRACTICE_TSP, issue, out);
}

static enum kvk_err make_crl(const struct delivery_options *options, struct maker *m,
	enum kvk_practice_level level, struct kvk_blob *out)
{
	const struct fault *fault;
	struct kvk_crl_issue crl;
	enum kvk_err err;

	err = kvk_practice_crl(m->tsp, level, &crl);
	m->crl_key = kvk_practice_key(m->tsp, level);
	EACH_FAULT(options, fault)
	{
		if (fault->crl && fault->level == level)
			fault->crl(m, &crl);
	}
	if (!err)
		err = kvk_crl_sign(&crl, kvk_practice_name(m->tsp, level), m->crl_key, out);
	kvk_crl_issue_free(&crl);
	return err;
}

static enum kvk_err make_crls(
	const struct delivery_options *options, struct maker *m, struct delivery *out)
{
	enum kvk_err err = KVK_OK;
	int i;

	for (i = KVK_PRACTICE_TSP; !err && i >= KVK_PRACTICE_ROOT; i--) {
		if (m->without_crl[i])
			continue;
		err = make_crl(options, m, (enum kvk_practice_level)i, &out->crl[i]);
		if (!err)
			err = kvk_practice_pem(
				"X509 CRL", kvk_span_of_blob(&out->crl[i]), &out->crls_pem);
	}
	return err;
}

/* The certificates of the upload, leaf first or last. */
static enum kvk_err put_certificates(const struct maker *m, struct delivery *out)
{
	const struct kvk_blob *list[KVK_PRACTICE_LEVELS + 1];
	enum kvk_err err = KVK_OK;
	size_t n = 0, i;
	int level;

	if (!m->without_leaf)
		list[n++] = &out->leaf;
	for (level = KVK_PRACTICE_TSP; level >= KVK_PRACTICE_ROOT; level--) {
		if (!m->without[level])
			list[n++] = &out->ca[level];
	}
	for (i = 0; !err && i < n; i++)
		err = kvk_practice_pem("CERTIFICATE",
			kvk_span_of_blob(list[m->file == FILE_REVERSED ? n - 1 - i : i]),
			&out->upload);
	return err;
}

/* Gives the file its own fault, after or before the certificates were put in. */
static enum kvk_err make_upload(const struct maker *m, struct delivery *out)
{
	enum kvk_err err = KVK_OK;
	char *end;

	if (m->file == FILE_EMPTY)
		return KVK_OK;
	if (m->file == FILE_TEXT)
		return kvk_blob_append_text(&out->upload, "Hierbij uw certificaat.\n");
	if (m->file == FILE_CRL)
		return kvk_blob_append(&out->upload, kvk_span_of_blob(&out->crls_pem));
	if (m->file == FILE_KEY_FIRST)
		err = kvk_blob_append_text(&out->upload, KVK_TEST_RSA_D);
	if (!err)
		err = put_certificates(m, out);
	if (err)
		return err;
	if (m->file == FILE_TRUNCATED)
		out->upload.n -= out->upload.n / 2;
	if (m->file == FILE_BAD_BASE64)
		memset(out->upload.p + 100, '!', 8);
	if (m->file == FILE_NO_END) {
		end = strstr((char *)out->upload.p, "-----END");
		memset(end, 'A', strcspn(end, "\n"));
	}
	return KVK_OK;
}

/* A second leaf, for another host, after the first. */
static enum kvk_err add_leaf(
	const struct delivery_options *options, struct maker *m, struct delivery *out)
{
	struct delivery_options other = *options;
	struct kvk_blob leaf = { .n = 0 };
	struct kvk_issue issue;
	enum kvk_err err;

	other.domain = "tweede.example.nl";
	err = make_leaf(&other, m, &issue, &leaf);
	if (!err)
		err = kvk_practice_pem("CERTIFICATE", kvk_span_of_blob(&leaf), &out->upload);
	kvk_issue_free(&issue);
	kvk_blob_free(&leaf);
	return err;
}

enum kvk_err delivery_make(const struct delivery_options *options, struct delivery *out)
{
	struct maker m = { .without = { [KVK_PRACTICE_ROOT] = true } };
	struct kvk_blob ca_serial = { .n = 0 };
	const struct fault *fault;
	struct kvk_issue issue;
	struct site site;
	enum kvk_err err;
	int i;

	*out = (struct delivery){ .leaf = { .n = 0 } };
	kvk_issue_start(&issue);
	err = check_faults(options);
	if (!err)
		err = make_tsp(options, &site, &m.tsp);
	if (!err)
		err = spoil_cas(options, &m, &ca_serial);
	if (!err)
		err = make_leaf(options, &m, &issue, &out->leaf);
	m.leaf_serial = &issue.serial;
	m.ca_serial = &ca_serial;
	EACH_FAULT(options, fault)
	{
		if (fault->file)
			fault->file(&m);
	}
	for (i = 0; !err && i < KVK_PRACTICE_LEVELS; i++)
		err = kvk_blob_append(
			&out->ca[i], kvk_practice_certificate(m.tsp, (enum kvk_practice_level)i));
	if (!err)
		err = make_crls(options, &m, out);
	if (!err)
		err = kvk_practice_chain_pem(
			m.tsp, (struct kvk_span){ NULL, 0 }, false, &out->chain_pem);
	if (!err)
		err = make_upload(&m, out);
	if (!err && m.file == FILE_TWO_LEAVES)
		err = add_leaf(options, &m, out);
	kvk_issue_free(&issue);
	kvk_blob_free(&ca_serial);
	kvk_practice_free(m.tsp);
	return err;
}

void delivery_free(struct delivery *delivery)
{
	int i;

	for (i = 0; i < KVK_PRACTICE_LEVELS; i++) {
		kvk_blob_free(&delivery->ca[i]);
		kvk_blob_free(&delivery->crl[i]);
	}
	kvk_blob_free(&delivery->leaf);
	kvk_blob_free(&delivery->crls_pem);
	kvk_blob_free(&delivery->chain_pem);
	kvk_blob_free(&delivery->upload);
}

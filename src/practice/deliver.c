/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/deliver.h"

#include "base/file.h"
#include "cert/contents.h"
#include "practice/practice.h"

/* Large enough for the rules, small enough to be made in a moment. */
#define CA_BITS 2048
/* Another organisation's test number of KVK. */
#define OTHER_HRN "00000003900013540000"

/* One delivery: its file, and the mistake that is put in; NULL for the good one. */
struct delivery {
	const char *file;
	void (*spoil)(struct kvk_issue *issue);
};

static void server_only(struct kvk_issue *issue)
{
	kvk_issue_eku(
		issue, (const char *const[]){ kvk_oid_dotted(KVK_OID_EKU_SERVER_AUTH), NULL });
}

static void other_number(struct kvk_issue *issue)
{
	kvk_issue_name_set(issue, KVK_OID_SERIAL_NUMBER, OTHER_HRN);
	kvk_issue_name_set(issue, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-90001354");
}

static void wildcard(struct kvk_issue *issue)
{
	kvk_issue_name_set(issue, KVK_OID_CN, "*.voorbeeld.example");
	kvk_issue_dns(issue, (const char *const[]){ "*.voorbeeld.example", NULL });
}

/* What is written for one request. */
struct task {
	const char *root, *crls;
	const struct delivery *deliveries;
	size_t count;
};

static const struct delivery deliveries[] = {
	{ KVK_PRACTICE_FILE_GOOD, NULL },
	{ KVK_PRACTICE_FILE_NO_CLIENT, server_only },
	{ KVK_PRACTICE_FILE_OTHER_KVK, other_number },
	{ KVK_PRACTICE_FILE_WILDCARD, wildcard },
};

static const struct delivery renewal[] = {
	{ KVK_PRACTICE_FILE_NEXT_GOOD, NULL },
};

static const struct task first = { KVK_PRACTICE_FILE_ROOT, KVK_PRACTICE_FILE_CRLS, deliveries,
	sizeof deliveries / sizeof deliveries[0] };
static const struct task next = { KVK_PRACTICE_FILE_NEXT_ROOT, KVK_PRACTICE_FILE_NEXT_CRLS, renewal,
	sizeof renewal / sizeof renewal[0] };

static enum kvk_err make_leaf(struct kvk_practice *tsp, struct kvk_span csr,
	const struct delivery *delivery, struct kvk_blob *out)
{
	struct kvk_issue issue;
	enum kvk_err err;

	kvk_issue_start(&issue);
	KVK_TRY(kvk_practice_order(tsp, csr, &issue));
	if (delivery->spoil != NULL)
		delivery->spoil(&issue);
	KVK_TRY(kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, out));
out:
	kvk_issue_free(&issue);
	return err;
}

static enum kvk_err write_delivery(
	struct kvk_practice *tsp, struct kvk_span csr, const struct delivery *delivery)
{
	struct kvk_blob leaf = { 0 };
	struct kvk_blob pem = { 0 };
	enum kvk_err err;

	KVK_TRY(make_leaf(tsp, csr, delivery, &leaf));
	KVK_TRY(kvk_practice_chain_pem(tsp, kvk_span_of_blob(&leaf), false, &pem));
	KVK_TRY(kvk_file_create(delivery->file, 0644, kvk_span_of_blob(&pem)));
out:
	kvk_blob_free(&pem);
	kvk_blob_free(&leaf);
	return err;
}

static enum kvk_err write_root_and_crls(struct kvk_practice *tsp, const struct task *task)
{
	struct kvk_blob root = { 0 };
	struct kvk_blob crls = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_practice_pem(
		"CERTIFICATE", kvk_practice_certificate(tsp, KVK_PRACTICE_ROOT), &root));
	KVK_TRY(kvk_file_create(task->root, 0644, kvk_span_of_blob(&root)));
	KVK_TRY(kvk_practice_crls_pem(tsp, &crls));
	KVK_TRY(kvk_file_create(task->crls, 0644, kvk_span_of_blob(&crls)));
out:
	kvk_blob_free(&crls);
	kvk_blob_free(&root);
	return err;
}

static enum kvk_err write_all(struct kvk_span csr, kvk_time now, const struct task *task)
{
	const struct kvk_practice_options options = { .now = now, .rsa_bits = CA_BITS };
	struct kvk_practice *tsp = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_practice_new(&options, &tsp));
	KVK_TRY(write_root_and_crls(tsp, task));
	for (size_t i = 0; i < task->count; i++)
		KVK_TRY(write_delivery(tsp, csr, &task->deliveries[i]));
out:
	kvk_practice_free(tsp);
	return err;
}

static enum kvk_err deliver(
	const char *request, kvk_time now, const struct task *task, struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };
	const struct kvk_block *csr;
	enum kvk_err err;

	KVK_TRY(kvk_file_read(request, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, &contents));
	csr = kvk_contents_find(&contents, KVK_BLOCK_CSR);
	KVK_TRY(csr != NULL ? write_all(csr->der, now, task) : KVK_ERR_FORMAT);
out:
	if (err != KVK_OK)
		(void)kvk_error_set(why, err,
			_("the simulated TSP could not issue the certificate: %s"),
			kvk_error_text(err));
	kvk_contents_free(&contents);
	kvk_blob_free(&bytes);
	return err;
}

enum kvk_err kvk_practice_deliver(const char *request, kvk_time now, struct kvk_error *why)
{
	return deliver(request, now, &first, why);
}

enum kvk_err kvk_practice_renew(const char *request, kvk_time now, struct kvk_error *why)
{
	return deliver(request, now, &next, why);
}

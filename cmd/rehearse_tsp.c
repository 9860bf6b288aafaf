/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/rehearse_tsp.h"

#include "base/file.h"
#include "cert/contents.h"
#include "practice/practice.h"

/* Large enough for the rules, small enough to be made in a moment. */
#define CA_BITS 2048
/* Another organisation's test number of KVK. */
#define OTHER_HRN "00000003900013540000"

/* One delivery: its file, and the fault that is put in; NULL for the good one. */
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

static const struct delivery deliveries[] = {
	{ KVK_REHEARSE_GOOD, NULL },
	{ KVK_REHEARSE_NO_CLIENT, server_only },
	{ KVK_REHEARSE_OTHER_KVK, other_number },
	{ KVK_REHEARSE_WILDCARD, wildcard },
};

static enum kvk_err make_leaf(struct kvk_practice *tsp, struct kvk_span csr,
	const struct delivery *delivery, struct kvk_blob *out)
{
	struct kvk_issue issue;
	enum kvk_err err;

	kvk_issue_start(&issue);
	err = kvk_practice_order(tsp, csr, &issue);
	if (err == KVK_OK && delivery->spoil != NULL)
		delivery->spoil(&issue);
	if (err == KVK_OK)
		err = kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, out);
	kvk_issue_free(&issue);
	return err;
}

static enum kvk_err write_delivery(
	struct kvk_practice *tsp, struct kvk_span csr, const struct delivery *delivery)
{
	struct kvk_blob leaf = { 0 };
	struct kvk_blob pem = { 0 };
	enum kvk_err err = make_leaf(tsp, csr, delivery, &leaf);

	if (err == KVK_OK)
		err = kvk_practice_chain_pem(tsp, kvk_span_of_blob(&leaf), false, &pem);
	if (err == KVK_OK)
		err = kvk_file_create(delivery->file, 0644, kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	kvk_blob_free(&leaf);
	return err;
}

static enum kvk_err write_root_and_crls(struct kvk_practice *tsp)
{
	struct kvk_blob pem = { 0 };
	enum kvk_err err = kvk_practice_pem(
		"CERTIFICATE", kvk_practice_certificate(tsp, KVK_PRACTICE_ROOT), &pem);

	if (err == KVK_OK)
		err = kvk_file_create(KVK_REHEARSE_ROOT, 0644, kvk_span_of_blob(&pem));
	kvk_blob_clear(&pem);
	if (err == KVK_OK)
		err = kvk_practice_crls_pem(tsp, &pem);
	if (err == KVK_OK)
		err = kvk_file_create(KVK_REHEARSE_CRLS, 0644, kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	return err;
}

static enum kvk_err write_all(struct kvk_span csr, kvk_time now)
{
	const struct kvk_practice_options options = {
		.shape = KVK_PRACTICE_G4, .now = now, .rsa_bits = CA_BITS
	};
	struct kvk_practice *tsp = NULL;
	enum kvk_err err = kvk_practice_new(&options, &tsp);

	if (err == KVK_OK)
		err = write_root_and_crls(tsp);
	for (size_t i = 0; err == KVK_OK && i < sizeof deliveries / sizeof deliveries[0]; i++)
		err = write_delivery(tsp, csr, &deliveries[i]);
	kvk_practice_free(tsp);
	return err;
}

enum kvk_err kvk_rehearse_deliver(const char *request, kvk_time now, struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };
	const struct kvk_block *csr = NULL;
	enum kvk_err err = kvk_file_read(request, KVK_LIMIT_FILE, 0, &bytes);

	if (err == KVK_OK)
		err = kvk_contents_read(&bytes, &contents);
	if (err == KVK_OK)
		csr = kvk_contents_find(&contents, KVK_BLOCK_CSR);
	if (err == KVK_OK)
		err = csr != NULL ? write_all(csr->der, now) : KVK_ERR_FORMAT;
	if (err != KVK_OK)
		(void)kvk_error_set(
			why, err, _("the practice TSP could not deliver: %s"), kvk_error_text(err));
	kvk_contents_free(&contents);
	kvk_blob_free(&bytes);
	return err;
}

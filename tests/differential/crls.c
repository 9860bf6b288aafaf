/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/crls.h"

#include "cert/certificate.h"
#include "tests/differential/bytes.h"
#include "tests/differential/keys.h"
#include "tests/support/crl_issue.h"

enum kvk_err crls_add(struct chain *chain, size_t issuer)
{
	static const uint8_t other[] = { 0x5a, 0x01, 0x77 };
	struct chain_crl *crl = &chain->crls[chain->crl_count];
	uint8_t key_id[20];
	enum kvk_err err;

	if (chain->crl_count == CHAIN_CRLS)
		return KVK_ERR_LIMIT;
	chain->crl_count++;
	kvk_crl_issue_start(&crl->issue);
	crl->issuer = issuer;
	crl->signer = chain->owner[issuer];
	crl->issue.signing = keys_signing(crl->signer);
	crl->issue.this_update = CHAIN_NOW - KVK_DAY;
	crl->issue.next_update = CHAIN_NOW + 6 * KVK_DAY;
	kvk_crl_revoke(
		&crl->issue, (struct kvk_span){ other, sizeof other }, CHAIN_NOW - 2 * KVK_DAY, -1);
	kvk_crl_number(&crl->issue, 20 + issuer);
	err = kvk_issue_key_id(keys_spki(crl->signer), key_id);
	if (err == KVK_OK)
		kvk_crl_aki(&crl->issue, (struct kvk_span){ key_id, sizeof key_id });
	return err == KVK_OK ? crl->issue.err : err;
}

enum kvk_err crls_start(struct chain *chain)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i + 1 < chain->count; i++)
		err = crls_add(chain, i);
	return err;
}

/* Changes the signed part and signs it anew. */
static enum kvk_err change_signed(struct chain *chain, struct chain_crl *crl, struct dice *dice)
{
	struct kvk_blob changed = { 0 }, signature = { 0 }, algorithm = { 0 };
	const struct kvk_signing *signing = crl->issue.signing;
	const char *what = NULL;
	enum kvk_err err;

	err = bytes_mutate(bytes_first(kvk_span_of_blob(&crl->der)), dice, &changed, &what);
	if (err == KVK_OK)
		err = keys_sign(crl->signer, signing, kvk_span_of_blob(&changed), &signature);
	if (err == KVK_OK)
		err = kvk_signing_algorithm(signing, &algorithm);
	if (err == KVK_OK)
		err = chain_seal(kvk_span_of_blob(&changed), kvk_span_of_blob(&algorithm),
			kvk_span_of_blob(&signature), &crl->der);
	if (err == KVK_OK)
		err = chain_note(chain, what);
	kvk_blob_free(&changed);
	kvk_blob_free(&signature);
	kvk_blob_free(&algorithm);
	return err;
}

static enum kvk_err change_raw(struct chain *chain, struct chain_crl *crl, struct dice *dice)
{
	struct kvk_blob changed = { 0 };
	const char *what = NULL;
	enum kvk_err err = bytes_mutate(kvk_span_of_blob(&crl->der), dice, &changed, &what);

	kvk_blob_clear(&crl->der);
	if (err == KVK_OK)
		err = kvk_blob_append(&crl->der, kvk_span_of_blob(&changed));
	if (err == KVK_OK)
		err = chain_note(chain, what);
	kvk_blob_free(&changed);
	return err;
}

static enum kvk_err make_one(struct chain *chain, struct chain_crl *crl, struct dice *dice)
{
	struct kvk_blob name = { 0 };
	enum kvk_err err = kvk_issue_subject_der(&chain->issues[crl->issuer], &name);

	if (err == KVK_OK)
		err = kvk_crl_sign(
			&crl->issue, kvk_span_of_blob(&name), keys_key(crl->signer), &crl->der);
	/* a scheme that does not fit the key: the key's own */
	if (err == KVK_ERR_ALGORITHM) {
		crl->issue.signing = keys_signing(crl->signer);
		err = kvk_crl_sign(
			&crl->issue, kvk_span_of_blob(&name), keys_key(crl->signer), &crl->der);
	}
	if (err == KVK_OK && crl->bytes == CHAIN_BYTES_SIGNED)
		err = change_signed(chain, crl, dice);
	if (err == KVK_OK && crl->bytes == CHAIN_BYTES_RAW)
		err = change_raw(chain, crl, dice);
	kvk_blob_free(&name);
	return err;
}

enum kvk_err crls_make(struct chain *chain, struct dice *dice)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < chain->crl_count; i++)
		err = make_one(chain, &chain->crls[i], dice);
	return err;
}

void crls_free(struct chain *chain)
{
	for (size_t i = 0; i < chain->crl_count; i++) {
		kvk_crl_issue_free(&chain->crls[i].issue);
		kvk_blob_free(&chain->crls[i].der);
	}
}

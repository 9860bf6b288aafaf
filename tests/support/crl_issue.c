/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/crl_issue.h"

#include "practice/issue_list.h"
#include "practice/tsp.h"
#include "tests/support/tsp.h"

static void keep(struct kvk_crl_issue *crl, enum kvk_err err)
{
	if (crl->err == KVK_OK)
		crl->err = err;
}

void kvk_crl_issue_start(struct kvk_crl_issue *crl)
{
	*crl = (struct kvk_crl_issue){
		.version = 2,
		.signing = &kvk_signing_rsa_sha256,
		.revoked = KVK_VEC_INIT(struct kvk_crl_revoked, KVK_ISSUE_LIST_MAX),
		.extensions = KVK_VEC_INIT(struct kvk_issue_extension, KVK_ISSUE_LIST_MAX),
	};
}

void kvk_crl_issue_free(struct kvk_crl_issue *crl)
{
	if (crl == NULL)
		return;
	for (size_t i = 0; i < crl->revoked.count; i++) {
		struct kvk_crl_revoked *revoked = kvk_vec_at(&crl->revoked, i);

		kvk_blob_free(&revoked->serial);
		kvk_blob_free(&revoked->extensions);
	}
	kvk_vec_free(&crl->revoked);
	kvk_issue_list_free(&crl->extensions);
	kvk_blob_free(&crl->issuer);
	kvk_crl_issue_start(crl);
}

void kvk_crl_revoke(struct kvk_crl_issue *crl, struct kvk_span serial, kvk_time date, int reason)
{
	struct kvk_crl_revoked *revoked;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&crl->revoked, &revoked));
	revoked->date = date;
	revoked->reason = reason;
	err = kvk_blob_append(&revoked->serial, serial);
out:
	keep(crl, err);
}

void kvk_crl_extension(
	struct kvk_crl_issue *crl, const char *dotted, bool critical, struct kvk_span value)
{
	keep(crl, kvk_issue_list_set(&crl->extensions, dotted, critical, value));
}

void kvk_crl_drop(struct kvk_crl_issue *crl, enum kvk_oid oid)
{
	kvk_issue_list_remove(&crl->extensions, kvk_oid_octets(oid));
}

static void set(
	struct kvk_crl_issue *crl, enum kvk_oid oid, bool critical, struct kvk_der_writer *w)
{
	struct kvk_blob value = { .n = 0 };

	keep(crl, kvk_der_write_done(w, &value));
	kvk_crl_extension(crl, kvk_oid_dotted(oid), critical, kvk_span_of_blob(&value));
	kvk_der_writer_free(w);
	kvk_blob_free(&value);
}

void kvk_crl_number(struct kvk_crl_issue *crl, uint64_t number)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_put_uint(&w, number);
	set(crl, KVK_OID_EXT_CRL_NUMBER, false, &w);
}

void kvk_crl_aki(struct kvk_crl_issue *crl, struct kvk_span id)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_CONTEXT(0), id);
	kvk_der_close(&w);
	set(crl, KVK_OID_EXT_AKI, false, &w);
}

void kvk_crl_delta(struct kvk_crl_issue *crl, uint64_t base)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_put_uint(&w, base);
	set(crl, KVK_OID_EXT_DELTA_CRL, true, &w);
}

/*
 * A named bit list with an implicit tag: what kvk_der_put_named_bits() writes, under another tag.
 */
static void put_reasons(struct kvk_der_writer *w, uint32_t reasons)
{
	struct kvk_der_writer bits = { .depth = 0 };
	struct kvk_blob der = { .n = 0 };
	enum kvk_err err;

	kvk_der_put_named_bits(&bits, reasons);
	KVK_TRY(kvk_der_write_done(&bits, &der));
	der.p[0] = KVK_DER_CONTEXT(3);
	kvk_der_put_raw(w, kvk_span_of_blob(&der));
out:
	if (err != KVK_OK && w->err == KVK_OK)
		w->err = err;
	kvk_blob_free(&der);
}

void kvk_crl_idp(struct kvk_crl_issue *crl, const char *url, unsigned member, uint32_t reasons)
{
	static const uint8_t yes = 0xff;
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	if (url != NULL) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(url));
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	if (member == 1 || member == 2)
		kvk_der_put(&w, KVK_DER_CONTEXT(member), (struct kvk_span){ &yes, 1 });
	if (reasons != 0)
		put_reasons(&w, reasons);
	if (member == 4 || member == 5)
		kvk_der_put(&w, KVK_DER_CONTEXT(member), (struct kvk_span){ &yes, 1 });
	kvk_der_close(&w);
	set(crl, KVK_OID_EXT_IDP, true, &w);
}

static void put_entry_extensions(struct kvk_der_writer *w, const struct kvk_crl_revoked *revoked)
{
	uint8_t reason[] = { KVK_DER_ENUMERATED, 1, (uint8_t)revoked->reason };

	if (revoked->reason < 0 && revoked->extensions.n == 0)
		return;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (revoked->reason >= 0)
		kvk_issue_write_extension(w, kvk_oid_octets(KVK_OID_EXT_REASON_CODE), false,
			(struct kvk_span){ reason, sizeof(reason) });
	kvk_der_put_raw(w, kvk_span_of_blob(&revoked->extensions));
	kvk_der_close(w);
}

/* An empty list is left out (RFC 5280 5.1.2.6). */
static void put_revoked(struct kvk_der_writer *w, const struct kvk_crl_issue *crl)
{
	if (crl->revoked.count == 0)
		return;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < crl->revoked.count; i++) {
		const struct kvk_crl_revoked *revoked = kvk_vec_at(&crl->revoked, i);

		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put(w, KVK_DER_INTEGER, kvk_span_of_blob(&revoked->serial));
		kvk_der_put_time(w, revoked->date);
		if (crl->version > 1)
			put_entry_extensions(w, revoked);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static enum kvk_err write_tbs(const struct kvk_crl_issue *crl, struct kvk_span issuer,
	struct kvk_span algorithm, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	if (crl->version > 1)
		kvk_der_put_uint(&w, crl->version - 1);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_raw(&w, crl->issuer.n > 0 ? kvk_span_of_blob(&crl->issuer) : issuer);
	kvk_der_put_time(&w, crl->this_update);
	if (!crl->no_next_update)
		kvk_der_put_time(&w, crl->next_update);
	put_revoked(&w, crl);
	if (crl->version > 1 && crl->extensions.count > 0) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_issue_list_write(&w, &crl->extensions);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

enum kvk_err kvk_crl_sign(const struct kvk_crl_issue *crl, struct kvk_span issuer,
	const struct kvk_key *key, struct kvk_blob *out)
{
	struct kvk_blob algorithm = { .n = 0 }, tbs = { .n = 0 }, signature = { .n = 0 };
	enum kvk_err err;

	kvk_blob_clear(out);
	if (crl->err != KVK_OK)
		return crl->err;
	KVK_TRY(kvk_signing_algorithm(crl->signing, &algorithm));
	KVK_TRY(write_tbs(crl, issuer, kvk_span_of_blob(&algorithm), &tbs));
	KVK_TRY(kvk_key_sign(key, crl->signing, kvk_span_of_blob(&tbs), &signature));
	issue_damage(&signature, crl->damage);
	err = kvk_issue_seal(kvk_span_of_blob(&tbs), kvk_span_of_blob(&algorithm),
		kvk_span_of_blob(&signature), out);
out:
	kvk_blob_free(&algorithm);
	kvk_blob_free(&tbs);
	kvk_blob_free(&signature);
	return err;
}

enum kvk_err kvk_practice_crl(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_crl_issue *crl)
{
	kvk_crl_issue_start(crl);
	crl->this_update = tsp->now - KVK_HOUR;
	crl->next_update = crl->this_update + KVK_DAY;
	crl->signing = kvk_practice_signing(tsp, level);
	kvk_crl_aki(crl, kvk_practice_key_id(tsp, level));
	kvk_crl_number(crl, ++tsp->crls);
	return crl->err;
}

enum kvk_err kvk_practice_crl_sign(struct kvk_practice *tsp, enum kvk_practice_level level,
	struct kvk_crl_issue *crl, struct kvk_blob *out)
{
	return kvk_crl_sign(crl, kvk_practice_name(tsp, level), kvk_practice_key(tsp, level), out);
}

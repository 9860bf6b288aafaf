/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/pkcs12.h: reading a file. */
#include "config.h"

#include "crypto/pkcs12.h"

#include <string.h>

#include <gnutls/abstract.h>
#include <gnutls/pkcs12.h>

#include "crypto/gnutls.h"
#include "crypto/key_handle.h"
#include "der/ber.h"
#include "der/reader.h"

/* The bit of a tag that says that the value holds others. */
#define CONSTRUCTED 0x20u
/* How deep values may be in one another: a file of ours has them at 17. */
#define DEPTH_MAX 32u

/* Whether an INTEGER is no more rounds than are done. */
static bool is_bearable(struct kvk_span integer)
{
	uint64_t rounds = 0;

	for (size_t i = 0; i < integer.n; i++)
		rounds = rounds > KVK_PKCS12_ROUNDS_MAX ? rounds : rounds << 8 | integer.p[i];
	return rounds <= KVK_PKCS12_ROUNDS_MAX;
}

static enum kvk_err check_content(struct kvk_span content, unsigned depth);

/*
 * Looks at all values that are not encrypted. data is whether they are the contents of a
 * ContentInfo with plain data: its OCTET STRING holds more of them, every other one holds a
 * certificate, a salt or cipher text.
 */
static enum kvk_err check_values(struct kvk_span values, bool data, unsigned depth)
{
	static const char oid_data[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der_value value;
	bool after_data = false;
	struct kvk_der der;
	enum kvk_err err = depth < DEPTH_MAX ? KVK_OK : KVK_ERR_LIMIT;

	kvk_der_start(&der, values, true, &log);
	while (err == KVK_OK && !kvk_der_at_end(&der)) {
		KVK_TRY(kvk_der_any(&der, &value));
		if (value.tag == KVK_DER_INTEGER)
			KVK_TRY(is_bearable(value.content) ? KVK_OK : KVK_ERR_LIMIT);
		else if (value.tag == KVK_DER_OCTET_STRING && data)
			KVK_TRY(check_content(value.content, depth + 1));
		else if ((value.tag & CONSTRUCTED) != 0)
			KVK_TRY(check_values(value.content,
				after_data && value.tag == KVK_DER_CONTEXT_CONSTRUCTED(0),
				depth + 1));
		after_data = value.tag == KVK_DER_OID && kvk_span_is(value.content, oid_data);
	}
out:
	return err;
}

/* One value, which may be in BER: Windows and NSS write that. */
static enum kvk_err check_content(struct kvk_span content, unsigned depth)
{
	struct kvk_blob der = { .n = 0 };
	size_t used;
	enum kvk_err err;

	KVK_TRY(kvk_ber_to_der(content, &der, &used));
	KVK_TRY(check_values(kvk_span_of_blob(&der), false, depth));
out:
	kvk_blob_free(&der);
	return err;
}

/* The numbers that are not encrypted are versions, lengths and rounds, so none may be large. */
static enum kvk_err check_rounds(struct kvk_span file)
{
	const enum kvk_err err = file.n > 0 && file.p[0] == KVK_DER_SEQUENCE ?
		check_content(file, 0) :
		KVK_ERR_FORMAT;

	return err == KVK_ERR_DER ? KVK_ERR_FORMAT : err;
}

static enum kvk_err copy_certificate(gnutls_x509_crt_t certificate, struct kvk_blob *out)
{
	gnutls_datum_t der = { .data = NULL };
	const int rc = gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_DER, &der);
	enum kvk_err err = rc < 0 ? kvk_gnutls_error(rc) :
				    kvk_blob_append(out, (struct kvk_span){ der.data, der.size });

	gnutls_free(der.data);
	return err;
}

/* Takes over the key. */
static enum kvk_err copy_spki(gnutls_x509_privkey_t x509, struct kvk_blob *out)
{
	struct kvk_key *key = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_key_adopt_x509(x509, &key));
	KVK_TRY(kvk_key_spki(key, out));
out:
	kvk_key_free(key);
	return err;
}

/* What GnuTLS takes out of a file; owned. */
struct parsed {
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t *chain, *extra;
	unsigned chain_count, extra_count;
};

static enum kvk_err copy_list(
	const gnutls_x509_crt_t *list, unsigned count, struct kvk_pkcs12_contents *out)
{
	const size_t room = sizeof out->certificates / sizeof out->certificates[0];
	enum kvk_err err = KVK_OK;

	for (unsigned i = 0; i < count; i++) {
		KVK_TRY(out->count < room ? KVK_OK : KVK_ERR_LIMIT);
		KVK_TRY(copy_certificate(list[i], &out->certificates[out->count++]));
	}
out:
	return err;
}

static void free_list(gnutls_x509_crt_t *list, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		gnutls_x509_crt_deinit(list[i]);
	gnutls_free(list);
}

static enum kvk_err copy_parsed(struct parsed *parsed, struct kvk_pkcs12_contents *out)
{
	enum kvk_err err = KVK_OK;

	if (parsed->key != NULL)
		err = copy_spki(parsed->key, &out->spki);
	KVK_TRY(err);
	KVK_TRY(copy_list(parsed->chain, parsed->chain_count, out));
	KVK_TRY(copy_list(parsed->extra, parsed->extra_count, out));
out:
	free_list(parsed->chain, parsed->chain_count);
	free_list(parsed->extra, parsed->extra_count);
	return err;
}

/* Of a function of GnuTLS that decrypts. */
static enum kvk_err decode_error(int rc)
{
	if (rc == GNUTLS_E_DECRYPTION_FAILED)
		return KVK_ERR_PASSPHRASE;
	return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_FORMAT;
}

/* The rounds of each encrypted key in a bag. */
static enum kvk_err check_keys(gnutls_pkcs12_bag_t bag)
{
	const int count = gnutls_pkcs12_bag_get_count(bag);
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < count; i++) {
		gnutls_datum_t data = { .data = NULL };

		if (gnutls_pkcs12_bag_get_type(bag, (unsigned)i) != GNUTLS_BAG_PKCS8_ENCRYPTED_KEY)
			continue;
		KVK_TRY(gnutls_pkcs12_bag_get_data(bag, (unsigned)i, &data) == 0 ? KVK_OK :
										   KVK_ERR_FORMAT);
		KVK_TRY(check_rounds((struct kvk_span){ data.data, data.size }));
	}
out:
	return err;
}

/* Takes the certificates out of a bag. */
static enum kvk_err take_certificates(gnutls_pkcs12_bag_t bag, struct kvk_pkcs12_contents *out)
{
	const size_t room = sizeof out->certificates / sizeof out->certificates[0];
	const int count = gnutls_pkcs12_bag_get_count(bag);
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < count; i++) {
		gnutls_datum_t data = { .data = NULL };

		if (gnutls_pkcs12_bag_get_type(bag, (unsigned)i) != GNUTLS_BAG_CERTIFICATE)
			continue;
		KVK_TRY(gnutls_pkcs12_bag_get_data(bag, (unsigned)i, &data) == 0 ? KVK_OK :
										   KVK_ERR_FORMAT);
		KVK_TRY(out->count < room ? KVK_OK : KVK_ERR_LIMIT);
		KVK_TRY(kvk_blob_append(&out->certificates[out->count++],
			(struct kvk_span){ data.data, data.size }));
	}
out:
	return err;
}

/* The same in a bag that may be encrypted itself; *there is false after the last one. out, where
 * it is not NULL, gets its certificates. */
static enum kvk_err check_bag(gnutls_pkcs12_t pkcs12, int index, const char *word,
	struct kvk_pkcs12_contents *out, bool *there)
{
	gnutls_pkcs12_bag_t bag = NULL;
	enum kvk_err err = gnutls_pkcs12_bag_init(&bag) == 0 ? KVK_OK : KVK_ERR_MEMORY;
	int rc = err == KVK_OK ? gnutls_pkcs12_get_bag(pkcs12, index, bag) : 0;

	KVK_TRY(err);
	*there = rc != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
	if (!*there)
		goto out;
	if (rc == 0 && gnutls_pkcs12_bag_get_type(bag, 0) == GNUTLS_BAG_ENCRYPTED)
		rc = gnutls_pkcs12_bag_decrypt(bag, word);
	KVK_TRY(rc == 0 ? check_keys(bag) : decode_error(rc));
	if (out != NULL)
		KVK_TRY(take_certificates(bag, out));
out:
	if (bag != NULL)
		gnutls_pkcs12_bag_deinit(bag);
	return err;
}

/*
 * Looks at what check_rounds() cannot see: in a bag that is encrypted, a key may be encrypted once
 * more, with rounds of its own.
 */
static enum kvk_err check_bags(
	gnutls_pkcs12_t pkcs12, const char *word, struct kvk_pkcs12_contents *out)
{
	bool there = true;
	enum kvk_err err = KVK_OK;

	for (int i = 0; there && err == KVK_OK; i++)
		err = check_bag(pkcs12, i, word, out, &there);
	return err;
}

static enum kvk_err parse(gnutls_pkcs12_t pkcs12, const char *word, struct kvk_pkcs12_contents *out)
{
	struct parsed parsed = { .chain_count = 0 };
	int rc = gnutls_pkcs12_verify_mac(pkcs12, word);
	enum kvk_err err;

	if (rc == GNUTLS_E_MAC_VERIFY_FAILED)
		return KVK_ERR_PASSPHRASE;
	if (rc < 0)
		return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_FORMAT;
	KVK_TRY(check_bags(pkcs12, word, NULL));
	rc = gnutls_pkcs12_simple_parse(pkcs12, word, &parsed.key, &parsed.chain,
		&parsed.chain_count, &parsed.extra, &parsed.extra_count, NULL, 0);
	/* It opens, and lacks the key or the certificates. */
	if (rc == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
		return check_bags(pkcs12, word, out);
	KVK_TRY(rc < 0 ? decode_error(rc) : copy_parsed(&parsed, out));
out:
	return err;
}

enum kvk_err kvk_pkcs12_read(
	struct kvk_span file, const struct kvk_secret *pass, struct kvk_pkcs12_contents *out)
{
	const gnutls_datum_t datum = kvk_gnutls_datum(file);
	gnutls_pkcs12_t pkcs12 = NULL;
	enum kvk_err err;
	int rc;

	if (pass->n > 0 && memchr(pass->p, 0, pass->n) != NULL)
		return KVK_ERR_PASSPHRASE;
	KVK_TRY(gnutls_pkcs12_init(&pkcs12) == 0 ? KVK_OK : KVK_ERR_MEMORY);
	/* That does no rounds yet, and refuses a certificate, whose serial number is large too. */
	rc = gnutls_pkcs12_import(pkcs12, &datum, GNUTLS_X509_FMT_DER, 0);
	KVK_TRY(rc == 0 ? KVK_OK : rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_FORMAT);
	KVK_TRY(check_rounds(file));
	KVK_TRY(parse(pkcs12, pass->n > 0 ? (const char *)pass->p : "", out));
out:
	if (pkcs12 != NULL)
		gnutls_pkcs12_deinit(pkcs12);
	return err;
}

void kvk_pkcs12_contents_free(struct kvk_pkcs12_contents *contents)
{
	for (size_t i = 0; i < contents->count; i++)
		kvk_blob_free(&contents->certificates[i]);
	kvk_blob_free(&contents->spki);
	*contents = (struct kvk_pkcs12_contents){ .count = 0 };
}

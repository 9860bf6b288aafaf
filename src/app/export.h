/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Handing out what a dossier holds, in the form that a portal or a server reads. Nothing in the
 * dossier is changed. The steps are called in the order in which they are declared.
 */
#ifndef KVKCSR_APP_EXPORT_H
#define KVKCSR_APP_EXPORT_H

#include "app/store.h"
#include "cert/contents.h"
#include "crypto/key.h"
#include "report/export.h"

/* One run. Start all-zero, free with kvk_export_free(). */
struct kvk_export {
	struct kvk_entry entry;
	/* The dossier, or the renewal in it. */
	struct kvk_blob folder;
	/* certificate.pem and upload.pem; empty where there is no delivery. */
	struct kvk_contents certificate, upload;
	/* key.pem, once it was opened; NULL where its passphrase is not known. */
	struct kvk_secret key_file;
	struct kvk_key *key;
};

/*
 * Finds the dossier of an entry, or with next the renewal that is under way in it, and reads what
 * was delivered. KVK_ERR_USAGE where there is none, the errors of files and of the inventory; with
 * why.
 */
enum kvk_err kvk_export_open(struct kvk_store *store, const char *name, bool next,
	struct kvk_export *out, struct kvk_error *why);
/* What is known of the certificate. */
enum kvk_export_check kvk_export_checked(const struct kvk_export *run, bool next);
/* That there is a certificate to hand out. KVK_ERR_USAGE, with why. */
enum kvk_err kvk_export_need_certificate(const struct kvk_export *run, struct kvk_error *why);
/*
 * Reads the key, which must be that of the certificate where there is one. KVK_ERR_CREATE where
 * there is no key that could leave, KVK_ERR_PASSPHRASE where it is encrypted with another
 * passphrase than pass (NULL: none is known): it may be called again; with why.
 */
enum kvk_err kvk_export_open_key(
	struct kvk_export *run, const struct kvk_secret *pass, struct kvk_error *why);
/* The octets in a format that needs no key. KVK_ERR_MEMORY. */
enum kvk_err kvk_export_certificates(
	const struct kvk_export *run, enum kvk_export_format format, struct kvk_blob *out);
/*
 * Key and certificates as PKCS#12, which was read back. KVK_ERR_TEXT where the passphrase is not
 * UTF-8, KVK_ERR_INTERNAL where something else is read back, the errors of kvk_pkcs12_write(); with
 * why.
 */
enum kvk_err kvk_export_pkcs12(const struct kvk_export *run, const struct kvk_secret *pass,
	bool legacy, struct kvk_blob *out, struct kvk_error *why);
/* Accepts an all-zero struct. */
void kvk_export_free(struct kvk_export *run);

#endif

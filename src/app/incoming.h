/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a TSP delivered, in one file or in several, brought into the form that the portal wants:
 * the certificate of our own key first, the other certificates after it. It is evaluated in that
 * form.
 */
#ifndef KVKCSR_APP_INCOMING_H
#define KVKCSR_APP_INCOMING_H

#include "app/evaluator.h"
#include "cert/contents.h"
#include "dossier/delivery.h"

/* One file as it came. */
struct kvk_received {
	const char *path;
	/* It is no part of the delivery: given with --chain, or fetched. */
	bool extra;
	/* It was fetched because the delivery lacks it; path is then its address. */
	bool fetched;
	/* It was kept in the dossier. */
	bool kept;
	/* What was undone to get certificates out of it, or KVK_GUISE_NONE. */
	enum kvk_guise repaired;
	/* Its lines end with CR and LF, or with CR alone; those of the dossier's files with LF. */
	bool other_line_ends;
	struct kvk_blob bytes;
	struct kvk_contents contents;
};

/* Start all-zero, free with kvk_incoming_free(). */
struct kvk_incoming {
	struct kvk_received files[KVK_LIMIT_UPLOAD + KVK_LIMIT_OPTION_FILES];
	size_t count;
};

/* What was found of our key among the certificates. */
enum kvk_own { KVK_OWN_FOUND, KVK_OWN_OTHER_KEY, KVK_OWN_NO_CERTIFICATE };

/* Reads a file and keeps its bytes. The errors of kvk_file_read(), KVK_ERR_LIMIT above the number.
 */
enum kvk_err kvk_incoming_add(struct kvk_incoming *incoming, const char *path, bool extra);
/*
 * Adds a CA certificate that was fetched from an address, which is borrowed. KVK_ERR_LIMIT above
 * the number of files, and the errors of kvk_contents_read().
 */
enum kvk_err kvk_incoming_add_fetched(
	struct kvk_incoming *incoming, const char *url, struct kvk_span der);
void kvk_incoming_free(struct kvk_incoming *incoming);
/* Whether a file holds a private key, or may hold one (PKCS#12). */
bool kvk_received_has_key(const struct kvk_received *file);
/*
 * Finds the certificate with this public key (SHA-256 of its SubjectPublicKeyInfo); of several the
 * one that ends last. *out borrows; it is a certificate with another key, for messages, where
 * KVK_OWN_OTHER_KEY is returned.
 */
enum kvk_own kvk_incoming_find(const struct kvk_incoming *incoming,
	const uint8_t spki_sha256[static KVK_SHA256_SIZE], const struct kvk_certificate **out);
/*
 * Appends the PEM of leaf and, after it, of each other certificate once; clients' certificates
 * that issued nothing here are left out. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_incoming_pem(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_blob *out);

/* The leaf, and the certificates of the path above it; a self-signed one at its top is a root and
 * is left out. facts->leaf is not NULL. Borrows. */
void kvk_delivery_describe(const struct kvk_facts *facts, struct kvk_delivery *out);
/*
 * Evaluates what would be uploaded: leaf and issuing CAs in order, without a root; where leaf is
 * NULL, the first file as it is. The errors of kvk_evaluate_bytes(). Free with
 * kvk_evaluation_free().
 */
enum kvk_err kvk_incoming_evaluate(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator,
	struct kvk_evaluation **out, struct kvk_error *why);

#endif

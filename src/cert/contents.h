/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One call from bytes to "what is in this file and what is wrong with it": PEM with every block and
 * its line, DER (one or several values), PKCS#7, BER at the door, and the things that people upload
 * by mistake (PKCS#12, ZIP, plain text, requests, keys). It also says how Java's CertificateFactory
 * takes the file (domain: G.1, G.2), because the portal is a Java program.
 */
#ifndef KVKCSR_CERT_CONTENTS_H
#define KVKCSR_CERT_CONTENTS_H

#include "base/vec.h"
#include "cert/decoded.h"
#include "cert/guise.h"
#include "cert/kind.h"
#include "cert/remark.h"

/* How the whole file is built. */
enum kvk_file_form {
	KVK_FORM_EMPTY,
	KVK_FORM_PEM,
	KVK_FORM_DER,
	KVK_FORM_PKCS7,
	KVK_FORM_PKCS12,
	KVK_FORM_ZIP,
	KVK_FORM_TEXT,
	KVK_FORM_OTHER,
};

/* How Java's CertificateFactory.generateCertificates() takes the file. */
enum kvk_java_reading {
	/* It gives the certificates. */
	KVK_JAVA_READS,
	/* An exception while parsing: portal message 3. */
	KVK_JAVA_FAILS,
	/* No certificate data at all: portal message 18. */
	KVK_JAVA_NOTHING,
	/* Something that is no X.509 certificate: portal message 12. */
	KVK_JAVA_NOT_X509,
	/* A certificate is beyond a limit of this program, and the rest is read. */
	KVK_JAVA_UNSURE,
};

struct kvk_block {
	enum kvk_block_kind kind;
	/*
	 * PEM: the line of its BEGIN line, from 1, and its label (borrows from the file). Others: 0
	 * and empty.
	 */
	unsigned line;
	struct kvk_span label;
	/*
	 * Where it begins in the file and how many bytes of the file it takes. What came out of a
	 * PKCS#7 block has the place of that block, and in_pkcs7 set.
	 */
	size_t offset, size;
	bool in_pkcs7;
	/* It is after PKCS#7 at the beginning of the file, where Java reads no further. */
	bool overlooked;
	/* PKCS#7 whose signers are written in a way that Java cannot read. */
	bool odd_signer;
	/*
	 * The decoded bytes; lives as long as the contents. Empty for private keys: they are never
	 * kept.
	 */
	struct kvk_span der;
	/* KVK_OK, or why the block could not be read. */
	enum kvk_err err;
	/* Certificates that were read (else NULL); owned by the contents unless borrowed. */
	struct kvk_certificate *certificate;
	/* The certificate belongs to a store of decoded ones. */
	bool borrowed;
	/* Certificates that were not: why. */
	struct kvk_der_log log;
};

/*
 * What is in a file. Owns all bytes that its certificates borrow. Start all-zero, free with
 * kvk_contents_free().
 */
struct kvk_contents {
	enum kvk_file_form form;
	enum kvk_java_reading java;
	/* Where Java gives up: the block (from 0) and its line; -1 where it does not. */
	int failed_block;
	/* Bit (1 << remark). */
	uint32_t remarks;
	/* What else the file is, where Java gets no certificates out of it. */
	enum kvk_guise guise;
	uint8_t sha256[KVK_SHA256_SIZE];
	size_t size;
	/* struct kvk_block. */
	struct kvk_vec blocks;
	/* struct kvk_blob: decoded bytes that blocks borrow from. */
	struct kvk_vec storage;
	struct kvk_blob raw;
	/* Certificates that were met before, or NULL; borrowed. */
	struct kvk_decoded *decoded;
};

/*
 * Looks through bytes, which it takes over (bytes->p is NULL after success). KVK_ERR_MEMORY,
 * KVK_ERR_LIMIT (more than KVK_LIMIT_FILE, or of a CRL than KVK_LIMIT_CRL_FILE and, in PEM,
 * KVK_LIMIT_CRL_PEM), KVK_ERR_CRYPTO; a bad file is no error but an answer.
 */
enum kvk_err kvk_contents_read(struct kvk_blob *bytes, struct kvk_contents *out);
/* The most bytes that a file which begins so may have: CRLs may be large, nothing else may. */
size_t kvk_contents_limit(struct kvk_span file);
/*
 * The same, with a store that recognises CA certificates and takes new ones up. It outlives the
 * contents.
 */
enum kvk_err kvk_contents_read_with(
	struct kvk_blob *bytes, struct kvk_decoded *decoded, struct kvk_contents *out);
/*
 * The same for a reader that is not Java: a TRUSTED CERTIFICATE of OpenSSL is read too, without
 * what is written after it in the same block. How Java takes the file stays as it is.
 */
enum kvk_err kvk_contents_read_openssl(struct kvk_blob *bytes, struct kvk_contents *out);
void kvk_contents_free(struct kvk_contents *contents);
/* Certificate number i (from 0) among those that were read, with its block; NULL beyond the end. */
const struct kvk_certificate *kvk_contents_certificate(
	const struct kvk_contents *contents, size_t i, const struct kvk_block **block);
size_t kvk_contents_certificate_count(const struct kvk_contents *contents);
/* Whether a limit of this program kept a certificate from being read. */
bool kvk_block_is_beyond(const struct kvk_block *block);
/* The first block of a kind, or NULL. */
const struct kvk_block *kvk_contents_find(
	const struct kvk_contents *contents, enum kvk_block_kind kind);
/* The word for a form of file: "PEM", "PKCS#7", ..., translated where it is a word; static. */
const char *kvk_contents_form_text(enum kvk_file_form form);

#endif

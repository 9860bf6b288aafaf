/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate that is to be made, as plain fields that can be changed before it is signed.
 * Nothing is checked: what is asked for is written, also where no TSP would. The functions that
 * change an issue keep the first error in it, so that only the signing has to be looked at.
 *
 * What only a test wants in a certificate is in tests/support/issue_odd.h.
 */
#ifndef KVKCSR_PRACTICE_ISSUE_H
#define KVKCSR_PRACTICE_ISSUE_H

#include "base/time.h"
#include "base/vec.h"
#include "crypto/key.h"
#include "der/oid.h"
#include "der/reader.h"

struct kvk_issue;

/* One attribute of a name. */
struct kvk_issue_attribute {
	/* OID content octets. */
	struct kvk_blob type;
	/* The string type: KVK_DER_UTF8_STRING, KVK_DER_BMP_STRING, ... */
	unsigned tag;
	/* Contents in that type's own encoding. */
	struct kvk_blob value;
	/* Stands in one SET with the attribute before it (a multi-valued RDN). */
	bool joined;
};

/* One extension. */
struct kvk_issue_extension {
	struct kvk_blob type;
	bool critical;
	/* The contents of extnValue. */
	struct kvk_blob value;
};

/*
 * Another way to sign an issue, for certificates that no TSP makes, and to free what it needed for
 * that.
 */
struct kvk_issue_way {
	/* As kvk_issue_sign(). */
	enum kvk_err (*sign)(const struct kvk_issue *issue, struct kvk_span issuer,
		const struct kvk_key *key, struct kvk_blob *out);
	void (*free)(struct kvk_issue *issue);
};

/* Make with kvk_issue_start() or a profile, free with kvk_issue_free(). */
struct kvk_issue {
	/* Content octets of the INTEGER; empty: the simulated TSP chooses 20 octets. */
	struct kvk_blob serial;
	/* struct kvk_issue_attribute, in order. Empty: an empty subject. */
	struct kvk_vec subject;
	kvk_time not_before, not_after;
	/* SubjectPublicKeyInfo, whole. */
	struct kvk_blob spki;
	/* How it is signed: RSA with SHA-256, where nobody says otherwise. */
	const struct kvk_signing *signing;
	/* struct kvk_issue_extension, in order. None: the field is left out. */
	struct kvk_vec extensions;
	/* NULL, or what tests hang in. */
	const struct kvk_issue_way *way;
	void *odd;
	/* The first error of a function that changed it. */
	enum kvk_err err;
};

/* An empty version 3 certificate. */
void kvk_issue_start(struct kvk_issue *issue);
/* Frees what it holds and leaves it empty. Accepts NULL. */
void kvk_issue_free(struct kvk_issue *issue);

/* Appends an attribute: PrintableString for C and serialNumber, else UTF8String. */
void kvk_issue_name(struct kvk_issue *issue, enum kvk_oid oid, const char *text);
/* Appends an attribute with any type, tag and contents. dotted: "2.5.4.3". */
void kvk_issue_name_raw(
	struct kvk_issue *issue, const char *dotted, unsigned tag, struct kvk_span value);
/*
 * Gives the first attribute of this type another text, or appends one; NULL removes all of this
 * type.
 */
void kvk_issue_name_set(struct kvk_issue *issue, enum kvk_oid oid, const char *text);
/* Sets the public key. */
void kvk_issue_spki(struct kvk_issue *issue, struct kvk_span spki);

/* Sets an extension (in its place where it is there), its criticality and contents. */
void kvk_issue_extension(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value);
/* Removes an extension; nothing happens where it is not there. */
void kvk_issue_drop(struct kvk_issue *issue, enum kvk_oid oid);

/*
 * The extensions by name. Each sets the extension with the criticality that is usual for it:
 * critical are basicConstraints and keyUsage. Lists end with NULL.
 */

/* path_length below 0: none. */
void kvk_issue_basic_constraints(struct kvk_issue *issue, bool ca, int path_length);
/* usage: enum kvk_key_usage bits (cert/certificate.h). */
void kvk_issue_key_usage(struct kvk_issue *issue, uint32_t usage);
/* Dotted OIDs. */
void kvk_issue_eku(struct kvk_issue *issue, const char *const *usages);
void kvk_issue_policies(struct kvk_issue *issue, const char *const *policies);
/* subjectAltName of dNSNames; no names removes the extension. */
void kvk_issue_dns(struct kvk_issue *issue, const char *const *names);
/* subjectAltName from GeneralNames contents (without the outer SEQUENCE). */
void kvk_issue_san(struct kvk_issue *issue, struct kvk_span general_names);
/* The subject key identifier: SHA-1 of the public key (RFC 5280 4.2.1.2 method 1). */
void kvk_issue_ski(struct kvk_issue *issue);
/* The authority key identifier, only the keyIdentifier. */
void kvk_issue_aki(struct kvk_issue *issue, struct kvk_span id);
void kvk_issue_crl_point(struct kvk_issue *issue, const char *url);
/* Either may be NULL; both: the extension is removed. */
void kvk_issue_aia(struct kvk_issue *issue, const char *ocsp, const char *ca_issuers);
/* qcStatements with qcsSemanticsIdLegal, as PKIoverheid has them. */
void kvk_issue_qc_statements(struct kvk_issue *issue);

/* Appends the Name that the subject makes, DER. The error that is kept, KVK_ERR_MEMORY. */
enum kvk_err kvk_issue_subject_der(const struct kvk_issue *issue, struct kvk_blob *out);
/* SHA-1 over the public key's BIT STRING, 20 octets. KVK_ERR_DER, KVK_ERR_CRYPTO. */
enum kvk_err kvk_issue_key_id(struct kvk_span spki, uint8_t out[static 20]);
/*
 * Makes the certificate: signs with the key, for the issuer of this Name where the issue has none
 * of its own. *out is emptied first. The error that is kept, KVK_ERR_ARGUMENT where the serial is
 * empty, KVK_ERR_ALGORITHM, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_issue_sign(const struct kvk_issue *issue, struct kvk_span issuer,
	const struct kvk_key *key, struct kvk_blob *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate that is to be made, as plain fields that can be changed before it is signed: the
 * good ones of profile.h, and from them every bad one that a rule must catch. Nothing is checked:
 * what is asked for is written, also where no TSP would. The functions that change an issue keep
 * the first error in it, so that only the signing has to be looked at.
 */
#ifndef KVKCSR_PRACTICE_ISSUE_H
#define KVKCSR_PRACTICE_ISSUE_H

#include "base/time.h"
#include "base/vec.h"
#include "crypto/key.h"
#include "der/oid.h"
#include "der/reader.h"

/* Attributes, extensions or revoked certificates of one thing that is made. */
#define KVK_ISSUE_LIST_MAX 100000u

/* Faults of the signature itself. */
enum kvk_damage {
	KVK_DAMAGE_NONE,
	/* One bit of the signature is wrong. */
	KVK_DAMAGE_BIT,
	/* The signature is all zero. */
	KVK_DAMAGE_ZERO,
	/* The last octet of the signature is missing. */
	KVK_DAMAGE_SHORT,
};

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

/* Make with kvk_issue_start() or a profile, free with kvk_issue_free(). */
struct kvk_issue {
	/*
	 * 1 to 4, as people count; 3 is usual. Version 1 is written as DER wants it, without a
	 * field.
	 */
	unsigned version;
	/* Content octets of the INTEGER; empty: the practice TSP chooses 20 octets. */
	struct kvk_blob serial;
	/* struct kvk_issue_attribute, in order. Empty: an empty subject. */
	struct kvk_vec subject;
	/* The issuer's Name, whole; empty: the name of the CA that signs. */
	struct kvk_blob issuer;
	kvk_time not_before, not_after;
	/* Both times as GeneralizedTime, whatever the year. */
	bool generalized_time;
	/* SubjectPublicKeyInfo, whole. */
	struct kvk_blob spki;
	/* How it is signed. */
	enum kvk_signing signing;
	/*
	 * AlgorithmIdentifiers that it claims, whole; empty: the true one. inner stands in the
	 * signed part.
	 */
	struct kvk_blob algorithm, inner_algorithm;
	/* struct kvk_issue_extension, in order. None: the field is left out. */
	struct kvk_vec extensions;
	enum kvk_damage damage;
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
/*
 * Gives all attributes of this type another string type; BMPString values are converted from
 * UTF-8.
 */
void kvk_issue_name_tag(struct kvk_issue *issue, enum kvk_oid oid, unsigned tag);

/* Sets the serial number: content octets as they are. */
void kvk_issue_serial(struct kvk_issue *issue, struct kvk_span octets);
/* Sets the public key. */
void kvk_issue_spki(struct kvk_issue *issue, struct kvk_span spki);
/*
 * Claims another scheme than it is signed with, in both places, or (inner_only) in the signed
 * part.
 */
void kvk_issue_claim(struct kvk_issue *issue, enum kvk_signing signing, bool inner_only);
/* Claims any AlgorithmIdentifier, in both places. */
void kvk_issue_claim_raw(struct kvk_issue *issue, struct kvk_span algorithm);

/* Sets an extension (in its place where it is there), its criticality and contents. */
void kvk_issue_extension(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value);
/* Appends an extension, also where it is there already. */
void kvk_issue_extension_add(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value);
/* Removes an extension; nothing happens where it is not there. */
void kvk_issue_drop(struct kvk_issue *issue, enum kvk_oid oid);
/* Removes all extensions, as a version 1 certificate wants it. */
void kvk_issue_drop_all(struct kvk_issue *issue);
/* Changes only the criticality. KVK_ERR_NOT_FOUND is kept where it is not there. */
void kvk_issue_critical(struct kvk_issue *issue, enum kvk_oid oid, bool critical);

/*
 * The extensions by name. Each sets the extension with the criticality that is usual for it:
 * critical are basicConstraints, keyUsage, nameConstraints, policyConstraints and inhibitAnyPolicy;
 * kvk_issue_critical() changes that afterwards. Lists end with NULL.
 */

/* path_length below 0: none. */
void kvk_issue_basic_constraints(struct kvk_issue *issue, bool ca, int path_length);
/* usage: enum kvk_key_usage bits (cert/certificate.h). */
void kvk_issue_key_usage(struct kvk_issue *issue, uint32_t usage);
/* Dotted OIDs. */
void kvk_issue_eku(struct kvk_issue *issue, const char *const *usages);
void kvk_issue_policies(struct kvk_issue *issue, const char *const *policies);
/* One policy with a user notice or CPS as qualifier. */
void kvk_issue_policy_cps(struct kvk_issue *issue, const char *policy, const char *url);
/* Pairs: issuer domain, subject domain, ..., NULL. */
void kvk_issue_policy_mappings(struct kvk_issue *issue, const char *const *pairs);
/* Below 0: that member is left out. */
void kvk_issue_policy_constraints(
	struct kvk_issue *issue, int require_explicit, int inhibit_mapping);
void kvk_issue_inhibit_any_policy(struct kvk_issue *issue, unsigned skip);
/* subjectAltName of dNSNames; no names removes the extension. */
void kvk_issue_dns(struct kvk_issue *issue, const char *const *names);
/* subjectAltName from GeneralNames contents (without the outer SEQUENCE). */
void kvk_issue_san(struct kvk_issue *issue, struct kvk_span general_names);
/* Permitted and excluded dNSName subtrees; NULL: none. */
void kvk_issue_name_constraints(
	struct kvk_issue *issue, const char *const *permitted, const char *const *excluded);
/*
 * The subject key identifier: SHA-1 of the public key (RFC 5280 4.2.1.2 method 1), or these
 * octets.
 */
void kvk_issue_ski(struct kvk_issue *issue);
void kvk_issue_ski_raw(struct kvk_issue *issue, struct kvk_span id);
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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The extensions of RFC 5280 as plain data, and one Extension as it stands. What is in them is
 * decoded by cert/ext.h; cert/extensions.h reads all of a certificate or request.
 */
#ifndef KVKCSR_CERT_EXTENSION_H
#define KVKCSR_CERT_EXTENSION_H

#include "base/limits.h"
#include "cert/general_name.h"
#include "der/oid.h"

/* KeyUsage bits (RFC 5280 4.2.1.3), as kvk_der_named_bits() gives them. */
enum kvk_key_usage {
	KVK_KU_DIGITAL_SIGNATURE = 1 << 0,
	KVK_KU_NON_REPUDIATION = 1 << 1,
	KVK_KU_KEY_ENCIPHERMENT = 1 << 2,
	KVK_KU_DATA_ENCIPHERMENT = 1 << 3,
	KVK_KU_KEY_AGREEMENT = 1 << 4,
	KVK_KU_KEY_CERT_SIGN = 1 << 5,
	KVK_KU_CRL_SIGN = 1 << 6,
	KVK_KU_ENCIPHER_ONLY = 1 << 7,
	KVK_KU_DECIPHER_ONLY = 1 << 8,
};

/* One extension as it stands. */
struct kvk_extension {
	enum kvk_oid oid;
	struct kvk_span type;
	bool critical;
	/* It could not be read, and is passed over, as Java does. */
	bool malformed;
	/* The contents of extnValue. */
	struct kvk_span value;
};

struct kvk_policy {
	struct kvk_span oid;
	/* The policyQualifiers SEQUENCE, whole; empty where there is none. */
	struct kvk_span qualifiers;
};

struct kvk_policy_mapping {
	struct kvk_span issuer_domain;
	struct kvk_span subject_domain;
};

/* A DistributionPoint (4.2.1.13), also of freshestCRL. */
struct kvk_crl_point {
	/*
	 * fullName: the GeneralNames contents, empty where absent; read with
	 * kvk_general_name_read().
	 */
	struct kvk_span full_name;
	/* nameRelativeToCRLIssuer: the RDN's contents (members of the SET), empty where absent. */
	struct kvk_span relative_name;
	bool has_reasons;
	uint32_t reasons;
	/* cRLIssuer: the GeneralNames contents, empty where absent. */
	struct kvk_span crl_issuer;
	/* The first http or https URI of fullName, for people; empty where none. */
	struct kvk_span uri;
};

/* An AccessDescription (4.2.2.1). */
struct kvk_access {
	enum kvk_oid method;
	struct kvk_general_name location;
};

/* The extensions of RFC 5280 section 4.2, each with whether it is there. */
struct kvk_extensions {
	bool has_basic_constraints, ca, has_path_length;
	/* A path length beside cA FALSE, which means nothing. */
	bool idle_path_length;
	uint64_t path_length;
	bool has_key_usage;
	uint32_t key_usage;
	bool has_ski;
	struct kvk_span ski;
	/* AKI: key identifier, and issuer with serial, each empty where absent. */
	bool has_aki;
	struct kvk_span aki_key_id, aki_issuer, aki_serial;
	bool has_policy_constraints, has_require_explicit, has_inhibit_mapping;
	uint64_t require_explicit, inhibit_mapping;
	bool has_inhibit_any;
	uint64_t inhibit_any;
	/*
	 * NameConstraints: the contents of permittedSubtrees and excludedSubtrees, empty where
	 * absent; read with kvk_general_subtree_read(). Checked for form and number (at most
	 * KVK_LIMIT_SUBTREES) at decoding.
	 */
	bool has_name_constraints;
	struct kvk_span permitted, excluded;
	size_t subtree_count;
	bool has_freshest_crl;
	struct kvk_crl_point freshest;
	bool has_issuer_alt_name;
	bool has_qc_statements;
	bool has_ocsp_nocheck;
	bool has_eku, has_san, has_policies, policies_critical, has_mappings, has_crl_points;
	bool has_aia;
	/* Extensions of any type, known or not, in the order of the encoding. */
	size_t count;
	struct kvk_extension *all;
	/* What lists hold, in their order; each list has memory of its own. */
	size_t eku_count, san_count, policy_count, mapping_count, crl_point_count, aia_count;
	struct kvk_span *ekus;
	struct kvk_general_name *sans;
	struct kvk_policy *policies;
	struct kvk_policy_mapping *mappings;
	struct kvk_crl_point *crl_points;
	struct kvk_access *aia;
};

/* Frees the lists and leaves no extensions. Accepts NULL. */
void kvk_extensions_free(struct kvk_extensions *ext);
/* Whether the EKU extension names this usage (exactly; anyExtendedKeyUsage does not count). */
bool kvk_extensions_have_eku(const struct kvk_extensions *ext, enum kvk_oid usage);
/* Reads the next Extension as it stands. KVK_ERR_DER. */
enum kvk_err kvk_extension_read(struct kvk_der *list, struct kvk_extension *out);
/*
 * The same into the place after the first *count, which it then counts: KVK_ERR_DER also where
 * there are KVK_LIMIT_CRL_EXTENSIONS already, or one of this type (RFC 5280 4.2).
 */
enum kvk_err kvk_extension_next(struct kvk_der *list,
	struct kvk_extension all[static KVK_LIMIT_CRL_EXTENSIONS], size_t *count);
/* Whether one of the first has the type of one; those that could not be read do not count. */
bool kvk_extension_repeats(
	const struct kvk_extension *all, size_t count, const struct kvk_extension *one);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The extensions of certificates, requests and CRLs, decoded. For cert/ itself: others read what
 * struct kvk_extensions holds. Each decoder gets a cursor over the contents of extnValue and
 * changes *out only where it succeeds.
 */
#ifndef KVKCSR_CERT_EXTENSIONS_H
#define KVKCSR_CERT_EXTENSIONS_H

#include "cert/certificate.h"

/* Leaves no extension. */
void kvk_extensions_clear(struct kvk_extensions *ext);
/* Reads the next Extension as it stands. KVK_ERR_DER. */
enum kvk_err kvk_extension_read(struct kvk_der *list, struct kvk_extension *out);
/*
 * The same into the place behind the first *count, which it then counts: a fault where there are
 * KVK_LIMIT_EXTENSIONS already, or one of this type (RFC 5280 4.2). KVK_ERR_DER.
 */
enum kvk_err kvk_extension_next(
	struct kvk_der *list, struct kvk_extension all[static KVK_LIMIT_EXTENSIONS], size_t *count);
/*
 * Reads all from a cursor over the contents of Extensions. A malformed one that is not critical is
 * kept as unknown and noted, as Java does; all else that is malformed is KVK_ERR_DER.
 */
enum kvk_err kvk_extensions_read(struct kvk_der *list, struct kvk_extensions *out);

/* Reads member number n of a list into its place in *out. */
typedef enum kvk_err (*kvk_ext_member)(struct kvk_der *list, struct kvk_extensions *out, size_t n);
/*
 * Reads an extension that is a SEQUENCE OF, and nothing behind it: at most limit members, and at
 * least one, which Java does not ask for. *count only changes where it succeeds.
 */
enum kvk_err kvk_ext_list(struct kvk_der *der, size_t limit, kvk_ext_member read,
	struct kvk_extensions *out, size_t *count);

/* ext_basic.c */
enum kvk_err kvk_ext_basic_constraints(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_key_usage(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_eku(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_ski(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_aki(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_ocsp_nocheck(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_qc_statements(struct kvk_der *der, struct kvk_extensions *out);

/* ext_names.c */
enum kvk_err kvk_ext_san(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_issuer_alt_name(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_name_constraints(struct kvk_der *der, struct kvk_extensions *out);

/* ext_policy.c */
enum kvk_err kvk_ext_policies(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_mappings(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_policy_constraints(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_inhibit_any(struct kvk_der *der, struct kvk_extensions *out);

/* ext_points.c */
enum kvk_err kvk_ext_crl_points(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_freshest_crl(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_aia(struct kvk_der *der, struct kvk_extensions *out);
/* Reads a DistributionPointName with its explicit tag [0] (also of an IDP). */
enum kvk_err kvk_ext_point_name(struct kvk_der *der, struct kvk_crl_point *out);

#endif

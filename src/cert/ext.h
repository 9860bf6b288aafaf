/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The decoders of single extensions (RFC 5280 4.2, RFC 6960, RFC 3739). For cert/ itself: others
 * read what struct kvk_extensions holds. Each gets a cursor over the contents of extnValue and
 * changes *out only where it succeeds.
 */
#ifndef KVKCSR_CERT_EXT_H
#define KVKCSR_CERT_EXT_H

#include "base/vec.h"
#include "cert/extension.h"

/* Reads the next member of a list into an item of its type. */
typedef enum kvk_err (*kvk_ext_member)(struct kvk_der *list, void *item);
/*
 * Reads the members of a list to its end: KVK_DER_TOO_MANY above the limit of items. On an error
 * items is empty.
 */
enum kvk_err kvk_ext_members(struct kvk_der *list, kvk_ext_member read, struct kvk_vec *items);
/*
 * Reads an extension that is a SEQUENCE OF such members, and nothing after it; there is at least
 * one, which Java does not ask for.
 */
enum kvk_err kvk_ext_list(struct kvk_der *der, kvk_ext_member read, struct kvk_vec *items);

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

/*
 * ext_others.c: extensions that nobody here needs. They are read because Java reads them, and
 * refuses a critical one that it cannot read. Nothing is kept.
 */
enum kvk_err kvk_ext_key_period(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_number(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_reason(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_certificate_issuer(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_idp(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_netscape_type(struct kvk_der *der, struct kvk_extensions *out);

/* ext_points.c */
enum kvk_err kvk_ext_crl_points(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_freshest_crl(struct kvk_der *der, struct kvk_extensions *out);
enum kvk_err kvk_ext_aia(struct kvk_der *der, struct kvk_extensions *out);
/* As those of ext_others.c: nothing is kept. */
enum kvk_err kvk_ext_sia(struct kvk_der *der, struct kvk_extensions *out);
/* Reads a DistributionPointName with its explicit tag [0] (also of an IDP). */
enum kvk_err kvk_ext_point_name(struct kvk_der *der, struct kvk_crl_point *out);

#endif

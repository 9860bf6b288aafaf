/* SPDX-License-Identifier: Apache-2.0 */
/*
 * General names (RFC 5280 4.2.1.6) and the subtrees of them that constrain names (4.2.1.10). They
 * borrow from what they were read from. Comparing them is path/'s business.
 */
#ifndef KVKCSR_CERT_GENERAL_NAME_H
#define KVKCSR_CERT_GENERAL_NAME_H

#include "der/reader.h"

/* The GeneralName choices, by their tag numbers. */
enum kvk_general_kind {
	KVK_GENERAL_OTHER,
	KVK_GENERAL_EMAIL,
	KVK_GENERAL_DNS,
	KVK_GENERAL_X400,
	KVK_GENERAL_DIRECTORY,
	KVK_GENERAL_EDI,
	KVK_GENERAL_URI,
	KVK_GENERAL_IP,
	KVK_GENERAL_REGISTERED_ID,
};

/* One general name: the contents of its choice (for a directory name the whole Name). */
struct kvk_general_name {
	enum kvk_general_kind kind;
	struct kvk_span value;
};

/* One GeneralSubtree: its base; minimum and maximum are not used by RFC 5280 and only noted. */
struct kvk_subtree {
	struct kvk_general_name base;
	bool has_minimum_or_maximum;
};

/* Reads one GeneralName. KVK_ERR_DER. */
enum kvk_err kvk_general_name_read(struct kvk_der *der, struct kvk_general_name *out);
/*
 * Checks the contents of a GeneralNames, cut out of der, which has at least one member and at most
 * KVK_LIMIT_GENERAL_NAMES. KVK_ERR_DER.
 */
enum kvk_err kvk_general_names_check(const struct kvk_der *der, struct kvk_span content);
/* Reads the next GeneralSubtree from a cursor over permitted or excluded ones. KVK_ERR_DER. */
enum kvk_err kvk_general_subtree_read(struct kvk_der *der, struct kvk_subtree *out);

#endif

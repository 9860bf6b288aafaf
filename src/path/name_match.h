/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether one name lies within one subtree of a name constraint (RFC 5280 4.2.1.10), per form of
 * name. Where a constraint or a name cannot be read, or the form is one whose subtrees nobody
 * defined, the answer is "cannot be handled", and the caller refuses.
 */
#ifndef KVKCSR_PATH_NAME_MATCH_H
#define KVKCSR_PATH_NAME_MATCH_H

#include "path/path.h"

enum kvk_match { KVK_MATCH_OUTSIDE, KVK_MATCH_INSIDE, KVK_MATCH_UNHANDLED };

/* A name that is to be constrained. */
struct kvk_constrained_name {
	struct kvk_general_name name;
	/* Directory names that were read already; else NULL. */
	const struct kvk_name *directory;
};

/*
 * Compares a name with a subtree of the same form. In Java's manner a leading dot and an empty text
 * in a DNS constraint mean nothing, and the local part of a mail address has no case. excluded: in
 * doubt it is inside.
 */
enum kvk_match kvk_name_match(const struct kvk_constrained_name *name,
	const struct kvk_general_name *subtree, enum kvk_manner manner, bool excluded);

/*
 * Whether a constraint speaks of a name: the same form, and for otherNames the same type (in Java's
 * manner all of them are one form).
 */
bool kvk_name_match_same_form(
	const struct kvk_general_name *a, const struct kvk_general_name *b, enum kvk_manner manner);
/*
 * Whether an otherName is a mailbox with a local part in UTF-8 (SmtpUTF8Mailbox): *out is it as a
 * mail address, because constraints on these hold for it as well (RFC 9598 section 6).
 */
bool kvk_name_match_mailbox(const struct kvk_general_name *name, struct kvk_general_name *out);

#endif

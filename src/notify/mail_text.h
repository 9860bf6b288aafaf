/* SPDX-License-Identifier: Apache-2.0 */
/* A message as mail (RFC 5322): plain text in UTF-8, marked as sent by a program (RFC 3834). */
#ifndef KVKCSR_NOTIFY_MAIL_TEXT_H
#define KVKCSR_NOTIFY_MAIL_TEXT_H

#include "notify/channel.h"

/*
 * Appends header lines and body, with CR LF. The subject is encoded where it is not printable ASCII
 * (RFC 2047), and so is the body where it is not, or where a line is longer than SMTP allows (RFC
 * 2045 6.7). The Message-ID is made of the key. from and the recipients are valid addresses
 * (names/mailbox.h). KVK_ERR_MEMORY.
 */
enum kvk_err kvk_mail_text(
	const char *from, const struct kvk_message *message, struct kvk_blob *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a file is that a person took for a certificate, a request, a key or a CRL: a web page, a
 * mail, an archive, text that a mail program changed. It looks at the first bytes and the BEGIN
 * line, and checks nothing.
 */
#ifndef KVKCSR_CERT_GUISE_H
#define KVKCSR_CERT_GUISE_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/i18n.h"

/*
 * One list for enum, what the file is, and what helps. The former can follow a file's name and a
 * colon; the latter is for whom this kind of file can serve: where it cannot, another helps.
 */
#define KVK_GUISES(X) \
	X(KVK_GUISE_NONE, "", "") \
	X(KVK_GUISE_EMPTY, N_("the file is empty"), N_("copy or download the file again")) \
	X(KVK_GUISE_HTML, N_("a web page (HTML)"), \
		N_("open the address in a browser, sign in if it asks you to, and save the file " \
		   "that the page offers instead of the page itself")) \
	X(KVK_GUISE_XML, N_("an XML document"), \
		N_("export the file in PEM (text) or DER (binary) format")) \
	X(KVK_GUISE_WORD, N_("a Word document"), \
		N_("look for the file that came with the document; if its text is in the " \
		   "document, copy that from BEGIN to END into a new plain text file")) \
	X(KVK_GUISE_OFFICE, N_("an Office document"), \
		N_("look for the file that came with the document; if its text is in the " \
		   "document, copy that from BEGIN to END into a new plain text file")) \
	X(KVK_GUISE_OLE, N_("an old Office document or an Outlook message (.doc, .xls, .msg)"), \
		N_("open it in Office or Outlook, and save the attachment on its own")) \
	X(KVK_GUISE_TNEF, N_("an Outlook attachment (winmail.dat)"), \
		N_("ask the sender to send the file in a ZIP archive")) \
	X(KVK_GUISE_RTF, N_("an RTF document"), \
		N_("save it as plain text, or look for the file that came with it")) \
	X(KVK_GUISE_PDF, N_("a PDF document"), \
		N_("look for the file that came with the document, as a separate attachment or " \
		   "download")) \
	X(KVK_GUISE_IMAGE, N_("an image"), \
		N_("use the file itself; nothing can be read from a picture of it")) \
	X(KVK_GUISE_ZIP, N_("a ZIP archive"), N_("unpack it, and use the file in it")) \
	X(KVK_GUISE_ARCHIVE, N_("an archive (tar, 7-Zip or RAR)"), \
		N_("unpack it, and use the file in it")) \
	X(KVK_GUISE_GZIP, N_("a file compressed with gzip"), \
		N_("unpack it with 'gunzip', and use the file in it")) \
	X(KVK_GUISE_COMPRESSED, N_("a compressed file (bzip2, xz or zstd)"), \
		N_("unpack it, and use the file in it")) \
	X(KVK_GUISE_JKS, N_("a Java keystore (JKS)"), \
		N_("convert it with 'keytool -importkeystore -srckeystore FILE -destkeystore " \
		   "new.p12 -deststoretype PKCS12', then extract what you need with 'openssl " \
		   "pkcs12'")) \
	X(KVK_GUISE_OPENSSH_KEY, N_("an OpenSSH private key"), \
		N_("convert a copy of it: 'cp FILE key.pem && ssh-keygen -p -m PKCS8 -f " \
		   "key.pem'")) \
	X(KVK_GUISE_OPENSSH_PUBLIC, N_("an OpenSSH public key"), \
		N_("use the private key, the file of the same name without .pub")) \
	X(KVK_GUISE_PUTTY, N_("a PuTTY private key (.ppk)"), \
		N_("convert it with 'puttygen FILE -O private-openssh -o key.pem'")) \
	X(KVK_GUISE_PGP, N_("a PGP or GnuPG file"), \
		N_("decrypt it with 'gpg -d', and use the file that comes out")) \
	X(KVK_GUISE_UTF16, N_("the file is UTF-16 text, which Notepad calls Unicode"), \
		N_("save it again as plain text, with the encoding ANSI, UTF-8 or ASCII")) \
	X(KVK_GUISE_HTTP, N_("the header lines of an HTTP response precede the contents"), \
		N_("download the file again without its header lines: 'curl -o FILE' without -i")) \
	X(KVK_GUISE_MAIL, N_("an email, saved as a whole"), \
		N_("open it in your mail program, and save the attachment on its own")) \
	X(KVK_GUISE_LDIF, N_("an LDIF file, as LDAP directories export it"), \
		N_("decode the base64 after '::', its continuation lines joined, with 'base64 " \
		   "-d'")) \
	X(KVK_GUISE_QUOTED, N_("each line begins with '>', as in the reply to an email"), \
		N_("remove the '>' and the spaces from the beginning of each line")) \
	X(KVK_GUISE_INDENTED, N_("each line begins with spaces"), \
		N_("remove the spaces from the beginning of each line")) \
	X(KVK_GUISE_LITERAL_NEWLINE, N_("line breaks are written as '\\n', as in JSON"), \
		N_("replace each '\\n' by a line break")) \
	X(KVK_GUISE_ONE_LINE, \
		N_("the line ends are missing: text on the same line as BEGIN or END, which each " \
		   "need their own line"), \
		N_("copy the text again, or put BEGIN and END on lines of their own")) \
	X(KVK_GUISE_DASHES, \
		N_("the hyphens of the BEGIN and END lines were changed to long dashes, as mail " \
		   "programs and Word do"), \
		N_("type them again: five hyphens on each side")) \
	X(KVK_GUISE_HYPHENS, N_("the BEGIN and END lines do not have five hyphens on each side"), \
		N_("correct them: five hyphens on each side")) \
	X(KVK_GUISE_BASE64_CERTIFICATE, \
		N_("base64 of a certificate: the BEGIN and END lines are missing"), \
		N_("put '-----BEGIN CERTIFICATE-----' on a line before it, and '-----END " \
		   "CERTIFICATE-----' on a line after it")) \
	X(KVK_GUISE_BASE64, N_("base64 text: the BEGIN and END lines are missing"), \
		N_("copy the text again, with its BEGIN and END lines")) \
	X(KVK_GUISE_OTHER_DASHES, \
		N_("a line other than BEGIN and END begins with five dashes, as in a forwarded " \
		   "email"), \
		N_("remove that line, and all other text around the blocks"))

#define KVK_GUISE_ENUM(id, text, action) id,
enum kvk_guise { KVK_GUISES(KVK_GUISE_ENUM) KVK_GUISE_COUNT };
#undef KVK_GUISE_ENUM

/* What a file was taken for, which decides what helps. */
enum kvk_guise_wanted {
	KVK_GUISE_FOR_CERTIFICATE,
	KVK_GUISE_FOR_REQUEST,
	KVK_GUISE_FOR_KEY,
	/* A CRL or an OCSP response. */
	KVK_GUISE_FOR_REVOCATION,
	/* Somebody wants to know what it is. */
	KVK_GUISE_FOR_ANYTHING,
};

/* What the bytes of a file look like; KVK_GUISE_NONE where it is nothing of the list. */
enum kvk_guise kvk_guise_of(struct kvk_span file);
/*
 * The line of text that a mail program put between messages: it begins with five dashes and is
 * neither BEGIN nor END. Its number, from 1, or 0; *line is the text of it.
 */
unsigned kvk_guise_other_dashes(struct kvk_span file, struct kvk_span *line);
/* Whether the words of a private key are in UTF-16 text. */
bool kvk_guise_has_utf16_key(struct kvk_span file);
/* What it is, translated; static, "" for KVK_GUISE_NONE. */
const char *kvk_guise_text(enum kvk_guise guise);
/* What helps, translated, or marked for translation only; static, "" for KVK_GUISE_NONE. */
const char *kvk_guise_action(enum kvk_guise guise, enum kvk_guise_wanted wanted);
const char *kvk_guise_action_marked(enum kvk_guise guise, enum kvk_guise_wanted wanted);
/* Whether cert/salvage.h may get certificates out of it. */
bool kvk_guise_is_salvageable(enum kvk_guise guise);

#endif

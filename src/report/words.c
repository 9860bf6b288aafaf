/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/words.h"

#include <string.h>

#include "base/ascii.h"
#include "report/rows.h"

/* N_() marked: a word as it stands in texts, and what it means. */
static const struct {
	const char *word, *meaning;
} words[] = {
	{ N_("TSP"),
		N_("trust service provider, a company that issues certificates: KPN, "
		   "DigiCert, Digidentity") },
	{ N_("CA"),
		N_("certification authority: it signs certificates; a TSP has several, each "
		   "with its own certificate") },
	{ N_("chain"),
		N_("your certificate, the certificate of the CA that issued it, and so on, "
		   "up to the last one below the root (the topmost CA certificate)") },
	{ N_("root"),
		N_("the CA at the top of a chain; it signs its own certificate, and programs trust "
		   "it because it is built into them") },
	{ N_("PKIoverheid"), N_("the certificate scheme of the Dutch government") },
	{ N_("Logius"), N_("the government agency that manages PKIoverheid and the OIN register") },
	{ N_("G1"), N_("the older generation of PKIoverheid CAs; G4 is the newest") },
	{ N_("EV"),
		N_("extended validation: a public certificate issued after the organisation was "
		   "checked") },
	{ N_("OIN"), N_("the 20-digit number that identifies a Dutch government body") },
	{ N_("SubOIN"), N_("an OIN for part of an organisation") },
	{ N_("HRN"),
		N_("the 20-digit number of a company, made from its KVK number: 00000003, "
		   "then the KVK number, then 0000") },
	{ N_("RSIN"), N_("the tax number of an organisation (9 digits)") },
	{ N_("CRL"), N_("certificate revocation list: the certificates that a CA has revoked") },
	{ N_("OCSP"),
		N_("an online service of a CA that says whether a certificate has been revoked") },
	{ N_("TLS"),
		N_("the protocol underneath https, in which each side can prove its identity with "
		   "a certificate") },
	{ N_("request"),
		N_("a certificate signing request (CSR), which holds your public key and "
		   "names; 'kvkcsr new' creates it") },
	{ N_("subject"), N_("the part of a certificate that names its owner") },
	{ N_("subjectAltName"), N_("the extension that lists the domain names of a certificate") },
	{ N_("extension"),
		N_("a part of a certificate that says, for example, what it may be used "
		   "for") },
	{ N_("PEM"), N_("a text file with the certificate between a BEGIN line and an END line") },
	{ N_("DER"), N_("a binary file with the bytes of the certificate") },
};

#define WORDS (sizeof(words) / sizeof(words[0]))

static bool ends_word(const char *at)
{
	return !kvk_is_alnum((uint8_t)*at) || (*at == 's' && !kvk_is_alnum((uint8_t)at[1]));
}

/* Whether a word (or its plural) is in a text; *explained where it says there what it is. */
static bool stands_in(const char *text, const char *word, bool *explained)
{
	const size_t n = strlen(word);
	bool found = false;

	for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
		const char *end = at + n;

		if ((at > text && kvk_is_alnum((uint8_t)at[-1])) || !ends_word(end))
			continue;
		found = true;
		*explained |= strncmp(end, " (", 2) == 0 || strncmp(end, "s (", 3) == 0;
	}
	return found;
}

void kvk_words_append(struct kvk_page *page, const char *const *texts)
{
	struct kvk_rows rows = { 0 };

	for (size_t i = 0; i < WORDS; i++) {
		bool found = false, explained = false;

		for (size_t t = 0; texts[t] != NULL; t++)
			found |= stands_in(texts[t], _(words[i].word), &explained);
		if (found && !explained)
			kvk_rows_add(page, &rows, _(words[i].word), _(words[i].meaning));
	}
	if (rows.rows.n > 0)
		kvk_page_append_text(page, "\n");
	kvk_rows_write(page, &rows, 0);
}

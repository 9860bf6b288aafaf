/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/words.h"

#include <string.h>

#include "base/ascii.h"

/* N_() marked: a word as it stands in texts, and what it means. */
static const struct {
	const char *word, *meaning;
} words[] = {
	{ N_("TSP"),
		N_("trust service provider, a company that issues certificates: KPN, "
		   "DigiCert, Digidentity") },
	{ N_("CA"),
		N_("certification authority, who signs certificates; a TSP has several, with "
		   "certificates of their own") },
	{ N_("chain"),
		N_("your certificate, that of the CA that issued it, and so on up to below "
		   "the root") },
	{ N_("root"),
		N_("the CA at the top of a chain; it signs itself and is trusted because it "
		   "is known") },
	{ N_("PKIoverheid"), N_("the certificate scheme of the Dutch government") },
	{ N_("G1"), N_("the older generation of PKIoverheid's CAs; G4 is the newest") },
	{ N_("EV"),
		N_("extended validation: a public certificate for which the organisation was "
		   "checked") },
	{ N_("OIN"), N_("the number of 20 digits by which Dutch government bodies are known") },
	{ N_("HRN"),
		N_("such a number for a company, made from its KVK number: 00000003, the KVK "
		   "number, 0000") },
	{ N_("RSIN"), N_("the tax number of an organisation, 9 digits") },
	{ N_("CRL"), N_("certificate revocation list: the certificates that a CA has withdrawn") },
	{ N_("OCSP"),
		N_("a service of a CA that says of one certificate whether it is "
		   "withdrawn") },
	{ N_("TLS"),
		N_("the protocol under https, in which each side proves with a certificate "
		   "who it is") },
	{ N_("request"),
		N_("a certificate request (CSR), which holds your public key and names; "
		   "'kvkcsr new' makes it") },
	{ N_("subject"), N_("the part of a certificate that says whose it is") },
	{ N_("subjectAltName"), N_("the extension of a certificate that lists its domain names") },
	{ N_("extension"),
		N_("a part of a certificate that says, for example, what it may be used "
		   "for") },
	{ N_("PEM"), N_("a file of text with the certificate between a BEGIN and an END line") },
	{ N_("DER"), N_("a file with the bytes of the certificate as they are") },
};

#define WORDS (sizeof(words) / sizeof(words[0]))

static bool ends_word(const char *at)
{
	return !kvk_is_alnum((uint8_t)*at) || (*at == 's' && !kvk_is_alnum((uint8_t)at[1]));
}

/* Whether a word (or its plural) stands in a text; *explained where it says there what it is. */
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

void kvk_words_append(struct kvk_page *page, unsigned indent, const char *const *texts)
{
	bool any = false;

	for (size_t i = 0; i < WORDS; i++) {
		bool found = false, explained = false;

		for (size_t t = 0; texts[t] != NULL; t++)
			found |= stands_in(texts[t], _(words[i].word), &explained);
		if (!found || explained)
			continue;
		if (!any)
			kvk_page_append_text(page, "\n");
		any = true;
		kvk_page_append_paragraph(page, indent, _(words[i].word), _(words[i].meaning));
	}
}

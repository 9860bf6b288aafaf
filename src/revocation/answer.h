/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of the revocation of a certificate. The answer has three values; "could not find
 * out" always says why.
 */
#ifndef KVKCSR_REVOCATION_ANSWER_H
#define KVKCSR_REVOCATION_ANSWER_H

#include <stdbool.h>

#include "base/i18n.h"
#include "cert/crl.h"

enum kvk_revocation { KVK_REVOCATION_GOOD, KVK_REVOCATION_REVOKED, KVK_REVOCATION_UNDETERMINED };

/* Why the status could not be determined; one list for enum, id and text. */
#define KVK_REVOCATION_WHYS(X) \
	X(KVK_WHY_DETERMINED, "", N_("the status is known")) \
	X(KVK_WHY_NO_CRL, "no-crl", N_("no revocation list (CRL) of the issuer is available")) \
	X(KVK_WHY_CRL_UNREADABLE, "crl-unreadable", \
		N_("the revocation list (CRL) cannot be read")) \
	X(KVK_WHY_CRL_STALE, "crl-stale", N_("the revocation list (CRL) is out of date")) \
	X(KVK_WHY_CRL_EARLY, "crl-not-yet-valid", \
		N_("the revocation list (CRL) is dated in the future")) \
	X(KVK_WHY_CRL_SIGNER, "crl-signer", \
		N_("the signer of the revocation list (CRL) is unknown or not trusted")) \
	X(KVK_WHY_CRL_SIGNATURE, "crl-signature", \
		N_("the signature of the revocation list (CRL) does not match the issuer's key")) \
	X(KVK_WHY_CRL_SIGN, "crl-sign", \
		N_("the issuer's key may not sign revocation lists (key usage cRLSign is " \
		   "missing)")) \
	X(KVK_WHY_CRL_SCOPE, "crl-scope", \
		N_("the revocation list (CRL) does not cover this certificate")) \
	X(KVK_WHY_CRL_REASONS, "crl-reasons", \
		N_("the available revocation lists (CRLs) do not cover all reasons for " \
		   "revocation")) \
	X(KVK_WHY_CRL_CRITICAL, "crl-critical", \
		N_("the revocation list (CRL) has an unknown critical extension")) \
	X(KVK_WHY_CRL_ALGORITHM, "crl-algorithm", \
		N_("the signature algorithm of the revocation list (CRL) is not supported")) \
	X(KVK_WHY_OCSP, "ocsp", N_("the OCSP response cannot be used")) \
	X(KVK_WHY_OCSP_UNKNOWN, "ocsp-unknown", \
		N_("the OCSP responder does not know the certificate")) \
	X(KVK_WHY_BUDGET, "budget", N_("too many signatures would have to be checked"))

#define KVK_REVOCATION_WHY_ENUM(id, name, text) id,
enum kvk_revocation_why { KVK_REVOCATION_WHYS(KVK_REVOCATION_WHY_ENUM) KVK_REVOCATION_WHY_COUNT };
#undef KVK_REVOCATION_WHY_ENUM

/* What made an OCSP response that is there useless for a certificate; one list for enum and text.
 */
#define KVK_OCSP_FLAWS(X) \
	X(KVK_OCSP_FLAW_NONE, "") \
	X(KVK_OCSP_FLAW_UNREADABLE, N_("an OCSP response could not be used: it cannot be read")) \
	X(KVK_OCSP_FLAW_REFUSED, \
		N_("an OCSP response could not be used: the responder did not answer the " \
		   "question, but reported an error")) \
	X(KVK_OCSP_FLAW_MALFORMED, \
		N_("an OCSP response could not be used: the responder did not understand the " \
		   "question (malformedRequest)")) \
	X(KVK_OCSP_FLAW_INTERNAL, \
		N_("an OCSP response could not be used: the responder had an internal error " \
		   "(internalError)")) \
	X(KVK_OCSP_FLAW_LATER, \
		N_("an OCSP response could not be used: the responder is busy and asks to try " \
		   "again later (tryLater)")) \
	X(KVK_OCSP_FLAW_SIGN, \
		N_("an OCSP response could not be used: the responder answers signed questions " \
		   "only (sigRequired)")) \
	X(KVK_OCSP_FLAW_UNAUTHORIZED, \
		N_("an OCSP response could not be used: the responder may not answer for this " \
		   "certificate (unauthorized)")) \
	X(KVK_OCSP_FLAW_STALE, N_("an OCSP response could not be used: it is out of date")) \
	X(KVK_OCSP_FLAW_OPEN, \
		N_("an OCSP response could not be used: it does not say until when it is valid " \
		   "(no nextUpdate). Without that date it is too old")) \
	X(KVK_OCSP_FLAW_SIGNATURE, \
		N_("an OCSP response could not be used: it was not signed by the issuing CA or " \
		   "a responder of that CA")) \
	X(KVK_OCSP_FLAW_CRITICAL, \
		N_("an OCSP response could not be used: it has a critical extension that Java " \
		   "does not know")) \
	X(KVK_OCSP_FLAW_UNKNOWN, \
		N_("an OCSP response could not be used: the responder does not know the " \
		   "certificate"))

#define KVK_OCSP_FLAW_ENUM(id, text) id,
enum kvk_ocsp_flaw { KVK_OCSP_FLAWS(KVK_OCSP_FLAW_ENUM) KVK_OCSP_FLAW_COUNT };
#undef KVK_OCSP_FLAW_ENUM

#define KVK_OCSP_FLAW_BIT(flaw) (1u << (flaw))

struct kvk_revocation_answer {
	enum kvk_revocation state;
	enum kvk_revocation_why why;
	/*
	 * Java's manner, and not revoked: there is an entry, and its date (below) is still to come.
	 */
	bool planned;
	/* Revoked: since when and for which reason. */
	kvk_time date;
	bool has_reason;
	enum kvk_crl_reason reason;
	/* What was wrong with OCSP responses that could not be used: KVK_OCSP_FLAW_BIT() of each.
	 */
	unsigned flaws;
	/* The OCSP response that decided (index into those handed in), -1 where none did. */
	int ocsp;
	/* The CRL that decided or came nearest (index into those handed in), -1 where none. */
	int crl;
};

/* The id of a why ("crl-stale"), which never changes; static. */
const char *kvk_revocation_why_id(enum kvk_revocation_why why);
/* What an OCSPResponseStatus other than 0 (successful) means. */
enum kvk_ocsp_flaw kvk_ocsp_flaw_of_status(unsigned status);
/* Its text for people, translated. */
const char *kvk_revocation_why_text(enum kvk_revocation_why why);
/* Why an OCSP response could not be used, for people, translated; "" where none was there. */
const char *kvk_ocsp_flaw_text(enum kvk_ocsp_flaw flaw);
/*
 * Brings an OCSP answer and what CRLs say together: revoked by either is revoked, good by either is
 * good (Java falls back on CRLs), unless an OCSP answer was left unread because of a limit; else
 * the OCSP answer's why where there was one. The flaws are those of the OCSP answer, whatever
 * decided.
 */
void kvk_revocation_combine(const struct kvk_revocation_answer *ocsp,
	const struct kvk_revocation_answer *crl, struct kvk_revocation_answer *out);

#endif

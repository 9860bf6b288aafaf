/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why something was not evaluated, or could not be: one list of the reasons, from which the enum,
 * the words of JSON and the texts are made. Those of revocation have a list of their own
 * (revocation/answer.h), and are reasons here, too.
 */
#ifndef KVKCSR_GATHER_WHY_H
#define KVKCSR_GATHER_WHY_H

#include "revocation/answer.h"

#define KVK_WHYS(X) \
	X(KVK_WHY_SWITCHED_OFF, "switched-off", N_("switched off with --no-revocation")) \
	X(KVK_WHY_NEEDS_FILE, "needs-file", N_("the file could not be opened or read")) \
	X(KVK_WHY_NEEDS_READABLE, "needs-readable", N_("the portal cannot read the file")) \
	X(KVK_WHY_NEEDS_ONE_LEAF, "needs-one-leaf", \
		N_("the file does not contain exactly one client certificate")) \
	X(KVK_WHY_NEEDS_PATH, "needs-path", N_("no path to a trusted root certificate was found")) \
	X(KVK_WHY_NEEDS_ACCOUNT, "needs-account", \
		N_("the account's number is unknown; add --kvk or --oin")) \
	X(KVK_WHY_NEEDS_KVK, "needs-kvk", N_("the account's KVK number is unknown; add --kvk")) \
	X(KVK_WHY_NEEDS_OIN, "needs-oin", N_("the account's OIN is unknown; add --oin")) \
	X(KVK_WHY_NEEDS_PARTY, "needs-party", \
		N_("it depends on who you are, a company or a government body; add --party")) \
	X(KVK_WHY_SEVERAL_NUMBERS, "several-numbers", \
		N_("the subject has several serialNumbers, and KVK does not publish which one " \
		   "the " \
		   "portal reads")) \
	X(KVK_WHY_NO_HISTORY, "no-history", N_("earlier uploads are unknown; add --uploaded")) \
	X(KVK_WHY_OFFLINE, "offline", N_("no network requests were made")) \
	X(KVK_WHY_NO_API_KEY, "no-api-key", N_("no API key for the register is configured")) \
	X(KVK_WHY_API_KEY_REFUSED, "api-key-refused", N_("the register refused the API key")) \
	X(KVK_WHY_NAME_NEARLY, "name-nearly", \
		N_("the names differ only slightly, and KVK does not publish how the portal " \
		   "compares them")) \
	X(KVK_WHY_NOT_GOVERNMENT, "not-government", \
		N_("applies to government bodies only; add --party government if you are one")) \
	X(KVK_WHY_RULE_4, "rule-4", N_("not evaluated because message 4 applies")) \
	X(KVK_WHY_RULE_25, "rule-25", N_("not evaluated because message 25 applies")) \
	X(KVK_WHY_PATH_INCOMPLETE, "path-incomplete", \
		N_("the path does not reach a trusted root certificate, so not everything could " \
		   "be checked")) \
	X(KVK_WHY_CANNOT_HANDLE, "cannot-handle", N_("the algorithm or key is not supported")) \
	X(KVK_WHY_WORK, "budget", \
		N_("checking this file takes more work than this program allows")) \
	X(KVK_WHY_LIMIT, "limit", \
		N_("a certificate in the file is larger than this program can read")) \
	X(KVK_WHY_NOT_PROCESSED, "not-processed", \
		N_("constraints of this kind are not supported")) \
	X(KVK_WHY_NO_ANCHORS, "no-anchors", \
		N_("no trusted root certificate is available for this kind of certificate; add " \
		   "--trust")) \
	X(KVK_WHY_SERVICE_DOWN, "service-down", N_("the service did not respond correctly"))

/* The reasons of revocation keep their numbers; KVK_WHY_NONE is 0, as KVK_WHY_DETERMINED is. */
#define KVK_WHY_ENUM(id, word, text) id,
enum kvk_why {
	KVK_WHY_NONE,
	KVK_WHY_OF_REVOCATION = KVK_REVOCATION_WHY_COUNT - 1,
	KVK_WHYS(KVK_WHY_ENUM) KVK_WHY_COUNT
};
#undef KVK_WHY_ENUM

/* A reason of revocation as one of these. */
enum kvk_why kvk_why_of_revocation(enum kvk_revocation_why why);
/* The word of JSON ("needs-path"; "" for KVK_WHY_NONE), which never changes; static. */
const char *kvk_why_word(enum kvk_why why);
/* The text for people, translated. */
const char *kvk_why_text(enum kvk_why why);

#endif

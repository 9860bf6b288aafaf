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
		N_("there is not just one client certificate in the file")) \
	X(KVK_WHY_NEEDS_PATH, "needs-path", N_("no path to a trust anchor was found")) \
	X(KVK_WHY_NEEDS_ACCOUNT, "needs-account", \
		N_("it needs the number of the account: --kvk or --oin")) \
	X(KVK_WHY_NEEDS_KVK, "needs-kvk", N_("it needs the KVK number of the account: --kvk")) \
	X(KVK_WHY_NEEDS_OIN, "needs-oin", N_("it needs the OIN of the account: --oin")) \
	X(KVK_WHY_NO_HISTORY, "no-history", \
		N_("it is not known what was uploaded before: --uploaded")) \
	X(KVK_WHY_OFFLINE, "offline", N_("nothing was asked over the network")) \
	X(KVK_WHY_NO_API_KEY, "no-api-key", N_("no API key of the KVK is configured")) \
	X(KVK_WHY_NOT_GOVERNMENT, "not-government", \
		N_("it is for government bodies: --party government")) \
	X(KVK_WHY_RULE_4, "rule-4", N_("message 4 stands before it")) \
	X(KVK_WHY_RULE_25, "rule-25", N_("message 25 stands before it")) \
	X(KVK_WHY_PATH_INCOMPLETE, "path-incomplete", \
		N_("the path does not reach a trust anchor, so not all was seen")) \
	X(KVK_WHY_CANNOT_HANDLE, "cannot-handle", N_("an algorithm or a key cannot be handled")) \
	X(KVK_WHY_WORK, "budget", N_("the delivery asks for more work than this program does")) \
	X(KVK_WHY_NOT_PROCESSED, "not-processed", \
		N_("constraints of this kind are not processed")) \
	X(KVK_WHY_NO_ANCHORS, "no-anchors", \
		N_("no trust anchor for this kind of certificate is at hand: --trust")) \
	X(KVK_WHY_SERVICE_DOWN, "service-down", N_("the service did not answer as it should"))

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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `new` and `renew` have in common: the options that are answers, and the steps (KVK_STEP(),
 * base/exit.h) from complete answers to a stored request.
 */
#ifndef KVKCSR_CMD_MAKING_H
#define KVKCSR_CMD_MAKING_H

#include "app/new.h"
#include "base/exit.h"

/* The rows of these options; the subcommand's struct has the members text and flag, by field. */
#define OPT_MAKING(type) \
	OPT_TEXT(type, text[KVK_FIELD_KVK], "kvk", 0, N_("NUMBER"), N_("KVK number, 8 digits")), \
		OPT_TEXT(type, text[KVK_FIELD_OIN], "oin", 0, N_("NUMBER"), \
			N_("OIN (number of a government organisation) or HRN (made from the KVK " \
			   "number), " \
			   "20 digits")), \
		OPT_TEXT(type, text[KVK_FIELD_PARTY], "party", 0, "market|government", \
			N_("kind of organisation (default: market)")), \
		OPT_TEXT(type, text[KVK_FIELD_ORGANISATION], "organisation", 0, N_("TEXT"), \
			N_("name of the organisation, exactly as registered")), \
		OPT_TEXT(type, text[KVK_FIELD_LOCALITY], "locality", 0, N_("TEXT"), \
			N_("city of the registered office, if the TSP asks for it")), \
		OPT_TEXT(type, text[KVK_FIELD_STATE], "state", 0, N_("TEXT"), \
			N_("province of the registered office, if the TSP asks for it")), \
		OPT_TEXT(type, text[KVK_FIELD_COUNTRY], "country", 0, N_("CODE"), \
			N_("country of the organisation (default: NL)")), \
		OPT_TEXT(type, text[KVK_FIELD_UNIT], "unit", 0, N_("TEXT"), \
			N_("part of the organisation that has a SubOIN (an OIN of its own)")), \
		OPT_TEXT(type, text[KVK_FIELD_TSP], "tsp", 0, "kpn|digicert|digidentity|generic", \
			N_("TSP that issues the certificate (default: generic)")), \
		OPT_TEXT(type, text[KVK_FIELD_GENERATION], "generation", 0, "g4|g1|ev", \
			N_("kind of certificate (default: g4)")), \
		OPT_TEXT(type, text[KVK_FIELD_KEY_TYPE], "key-type", 0, "rsa|ecdsa", \
			N_("type of the key (default: rsa)")), \
		OPT_TEXT(type, text[KVK_FIELD_KEY_BITS], "key-bits", 0, N_("N"), \
			N_("size of the key (default: RSA 3072, or more if the TSP requires it; " \
			   "ECDSA " \
			   "256)")), \
		OPT_TEXT(type, text[KVK_FIELD_SIGNATURE], "signature", 0, "pkcs1|pss", \
			N_("how an RSA key signs the request (default: what the TSP requires)")), \
		OPT_TEXT(type, text[KVK_FIELD_KEY], "key", 0, N_("FILE|pkcs11:URI"), \
			N_("use an existing key")), \
		OPT_FLAG(type, flag[KVK_FIELD_GENERATE], "generate", 0, \
			N_("create the key of --key pkcs11:URI in the token")), \
		OPT_FLAG(type, flag[KVK_FIELD_CLIENT_ONLY], "client-only", 0, \
			N_("request the purpose \"client authentication\" only")), \
		OPT_FLAG(type, flag[KVK_FIELD_ENCRYPT_KEY], "encrypt-key", 0, \
			N_("encrypt the key with a passphrase")), \
		OPT_TEXT(type, text[KVK_FIELD_PASS_FILE], "pass-file", 0, N_("FILE"), \
			N_("read the passphrase from this file")), \
		OPT_TEXT(type, text[KVK_FIELD_PASS_FD], "pass-fd", 0, N_("N"), \
			N_("read the passphrase from this open file descriptor"))

/* Takes the options as answers. KVK_ERR_MEMORY, KVK_ERR_TEXT. */
enum kvk_err kvk_making_take(const char *const text[static KVK_FIELD_COUNT],
	const bool flag[static KVK_FIELD_COUNT], struct kvk_answers *answers);
/* Warns of all findings of the review, and is KVK_EXIT_USAGE. */
enum kvk_exit kvk_making_refuse(const struct kvk_new *run);
/* The answers are complete and the folder is found: everything that is slow, asks for secrets or
 * writes comes now, and the result is written. */
enum kvk_exit kvk_making_make(struct kvk_new *run);
/* Writes the result; refused is that a request from elsewhere would be. */
enum kvk_exit kvk_making_report(const struct kvk_new *run, bool refused);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked of the TSP: the answers, each checked against its rule and the TSP's preset, with
 * defaults filled in. An order without findings can be made into a request as it stands; one
 * with findings is only good for showing them.
 */
#ifndef KVKCSR_REQUEST_ORDER_H
#define KVKCSR_REQUEST_ORDER_H

#include "crypto/signing.h"
#include "names/oin.h"
#include "names/domain.h"
#include "request/review.h"
#include "request/preset.h"

/* Characters (RFC 5280 appendix A) of O and OU, and of L and ST. */
#define KVK_ORGANISATION_MAX 64
#define KVK_LOCALITY_MAX 128
/* Bytes of these as UTF-8 with the NUL. */
#define KVK_ORGANISATION_SIZE (KVK_ORGANISATION_MAX * 4 + 1)
#define KVK_LOCALITY_SIZE (KVK_LOCALITY_MAX * 4 + 1)

enum kvk_generation { KVK_GENERATION_G4, KVK_GENERATION_G1, KVK_GENERATION_EV };

struct kvk_order {
	/* Borrows from the presets; NULL only where there is a finding about `tsp`. */
	const struct kvk_preset *preset;
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	enum kvk_party party;
	enum kvk_generation generation;
	struct kvk_domain domain;
	/* The subject's serialNumber, given or derived. */
	struct kvk_oin oin;
	bool oin_given;
	/* "" where it is not known (an OIN that is not made from it). */
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	char organisation[KVK_ORGANISATION_SIZE];
	char unit[KVK_ORGANISATION_SIZE];
	char locality[KVK_LOCALITY_SIZE];
	char state[KVK_LOCALITY_SIZE];
	char country[3];
	/* "NTRNL-68750110" where the preset wants it, else "". */
	char organization_identifier[KVK_NUMBER_DIGITS + 7];
	enum kvk_key_type key_type;
	unsigned key_bits;
	bool pss;
	bool client_only;
	bool encrypt_key;
	bool practice;
};

/* One attribute of a subject to be. */
struct kvk_subject_part {
	enum kvk_oid oid;
	const char *value;
};
#define KVK_SUBJECT_PARTS 8

/*
 * Checks all answers and fills *out; what there is to say goes to review (also that a needed
 * answer is missing: id "missing"). KVK_ERR_REFUSED where there are findings, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_order_settle(const struct kvk_answers *answers, const struct kvk_presets *presets,
	struct kvk_order *out, struct kvk_review *review);
/*
 * Takes type and size from an existing key, and checks them as if they had been answered. Errors as
 * above.
 */
enum kvk_err kvk_order_use_key(struct kvk_order *order, const struct kvk_answers *answers,
	const struct kvk_key_info *key, struct kvk_review *review);
/* Writes the answer file that repeats the run. Appended; KVK_ERR_MEMORY. */
enum kvk_err kvk_order_write_answers(
	const struct kvk_order *order, const struct kvk_answers *answers, struct kvk_blob *out);

/*
 * Next step i after the request was made, NULL beyond the last: those of the preset, which are
 * about PKIoverheid, or those of an EV certificate. The order has a preset.
 */
const char *kvk_order_step(const struct kvk_order *order, size_t i);

/*
 * The attributes of an order's subject in the order in which they are written; the values borrow
 * from the order. Returns how many.
 */
size_t kvk_order_subject(
	const struct kvk_order *order, struct kvk_subject_part parts[static KVK_SUBJECT_PARTS]);
/* The key usages of an order, bits of enum kvk_key_usage. */
uint32_t kvk_order_key_usage(const struct kvk_order *order);
/* How its request is signed. */
const struct kvk_signing *kvk_order_signing(const struct kvk_order *order);

/* The word of the option: "g4"; static. */
const char *kvk_generation_name(enum kvk_generation generation);

#endif

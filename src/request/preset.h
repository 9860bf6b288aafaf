/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each TSP (trust service provider, who issues the certificate) wants in a request, as data:
 * one file a TSP in templates/tsp, with source and date. A preset refuses what its TSP refuses
 * and nothing else; where the TSP says nothing, neither does its preset.
 */
#ifndef KVKCSR_REQUEST_PRESET_H
#define KVKCSR_REQUEST_PRESET_H

#include "base/vec.h"
#include "conf/conf.h"
#include "crypto/scheme.h"
#include "trust/ends.h"

#define KVK_PRESET_DEFAULT "generic"
/* The least that any preset takes, and what is asked where nothing was said. */
#define KVK_RSA_BITS_MIN 2048u
#define KVK_RSA_BITS_MAX 8192u
#define KVK_RSA_BITS_WANTED 3072u

/* A list of texts of a preset. */
enum kvk_preset_list {
	/* Where its facts come from. */
	KVK_PRESET_SOURCES,
	/* What its order form asks. */
	KVK_PRESET_FORM,
	/* What it puts in the certificate whatever the request says. */
	KVK_PRESET_OVERRIDES,
	/* The next steps, in order. */
	KVK_PRESET_STEPS,
	/* In which forms it delivers. */
	KVK_PRESET_DELIVERY,
};

/* A preset; its strings live as long as the presets. */
struct kvk_preset {
	const char *id;
	const char *name;
	/* The day its facts were looked up. */
	const char *date;
	/* Where to order; never NULL. */
	const char *order_url;
	/* The form in which it takes a request: "PEM". */
	const char *request_form;
	/* Days after which it delivers, as a rule; KVK_LEAD_DAYS where nobody knows. */
	int lead_days;
	bool wants_state, wants_locality, wants_organization_identifier;
	/* The request is signed with RSASSA-PSS unless asked otherwise. */
	bool pss;
	struct kvk_conf *conf;
};

/* All presets. Start all-zero. */
struct kvk_presets {
	/* struct kvk_preset. */
	struct kvk_vec list;
	/* What of that which TSPs offer will end, and when: for advice. */
	struct kvk_ends ends;
};

/*
 * Reads every file in datadir/tsp, ordered by id, and datadir/trust/ends.cfg. KVK_ERR_NOT_FOUND,
 * KVK_ERR_CONFIG and the errors of kvk_conf_open(), with why.
 */
enum kvk_err kvk_presets_load(const char *datadir, struct kvk_presets *out, struct kvk_error *why);
void kvk_presets_free(struct kvk_presets *presets);
/* The preset with this id, in capitals or not, or NULL. */
const struct kvk_preset *kvk_preset_find(const struct kvk_presets *presets, const char *id);
/* The ids, "digicert, digidentity, generic, kpn", appended. KVK_ERR_MEMORY. */
enum kvk_err kvk_preset_ids(const struct kvk_presets *presets, struct kvk_blob *out);

/* Member i of a list, NULL beyond its end. */
const char *kvk_preset_text(const struct kvk_preset *preset, enum kvk_preset_list list, size_t i);
/*
 * Whether the TSP takes such a key. KVK_ERR_REFUSED, and why says what it takes. No preset takes
 * less than RSA 2048 or P-256, or another type than RSA and ECDSA.
 */
enum kvk_err kvk_preset_takes_key(const struct kvk_preset *preset, enum kvk_key_type type,
	unsigned bits, struct kvk_error *why);
/*
 * The bits to make a key with where nothing was asked: RSA 3072 or the nearest above that the TSP
 * takes, ECDSA 256.
 */
unsigned kvk_preset_key_bits(const struct kvk_preset *preset, enum kvk_key_type type);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors: those that are installed as facts (templates/trust: name, public key, SHA-256), or the certificates given with --trust instead. A root certificate that is met anywhere counts only when its
 * SHA-256 is pinned here. Also what is known of CA certificates and policies (generation, TSP), for people and for rule 20. It fetches nothing.
 */
#ifndef KVKCSR_TRUST_TRUST_H
#define KVKCSR_TRUST_TRUST_H

#include "base/vec.h"
#include "cert/contents.h"
#include "path/path.h"

/* The anchors of a run. Start all-zero; owns everything that its anchors borrow. */
struct kvk_trust {
	/* struct kvk_anchor. */
	struct kvk_vec anchors;
	/* Given by the user in place of the installed ones. */
	bool replaced;
	/* The date of the installed facts ("2026-11-22"), "" where replaced. */
	char date[16];
	/* Held for the anchors. */
	struct kvk_vec storage;
	struct kvk_vec contents;
};

/* Loads the installed anchors from folder/trust. KVK_ERR_CONFIG and the errors of kvk_conf_open(), with why. */
enum kvk_err kvk_trust_load(const char *datadir, struct kvk_trust *out, struct kvk_why *why);
/* Makes every certificate of these files an anchor. The errors of kvk_file_read(); KVK_ERR_FORMAT where a file holds no certificate. */
enum kvk_err kvk_trust_from_files(const char *const *paths, size_t count, struct kvk_trust *out, struct kvk_why *why);
/* The same from certificates at hand; they must outlive the trust. */
enum kvk_err kvk_trust_from_certificates(const struct kvk_certificate *const *certificates, size_t count, struct kvk_trust *out);
void kvk_trust_free(struct kvk_trust *trust);

/* The anchors as an array. */
const struct kvk_anchor *kvk_trust_anchors(const struct kvk_trust *trust, size_t *count);
/* The anchor with this certificate fingerprint, or NULL. */
const struct kvk_anchor *kvk_trust_pinned(const struct kvk_trust *trust, const uint8_t sha256[static KVK_SHA256_SIZE]);

/* What is known of CA certificates and policy OIDs, read from templates/trust. */
struct kvk_knowledge;

/* What a certificate is recognised as. All strings are static in the knowledge; NULL where not known. */
struct kvk_recognised {
	/* "G1", "G3", "G4", "EV", "TRIAL", "ACCEPTATIE", "TEST". */
	const char *generation;
	/* "KPN", "DigiCert", "Digidentity", "CIBG", "Staat der Nederlanden". */
	const char *tsp;
	/* "root", "intermediate", "tsp", "leaf". */
	const char *level;
	/* "revoked" CAs carry that word here, else "active". */
	const char *status;
	/* Known by its fingerprint, not only by its name or policy. */
	bool certain;
};

enum kvk_err kvk_knowledge_load(const char *datadir, struct kvk_knowledge **out, struct kvk_why *why);
void kvk_knowledge_free(struct kvk_knowledge *knowledge);
/* Recognises a certificate by fingerprint, else by the names of subject and issuer and the policies. */
void kvk_recognise(const struct kvk_knowledge *knowledge, const struct kvk_certificate *cert, struct kvk_recognised *out);
/* Whether a policy OID is an EV policy (the CA/Browser Forum's or a CA's own). */
bool kvk_knowledge_is_ev(const struct kvk_knowledge *knowledge, struct kvk_span oid);
/* Whether a policy OID lies below the arc of PKIoverheid (2.16.528.1.1003.1), TRIAL included. */
bool kvk_knowledge_is_pkio(const struct kvk_knowledge *knowledge, struct kvk_span oid);
/* What a policy OID means, for people; NULL where not known. */
const char *kvk_knowledge_policy(const struct kvk_knowledge *knowledge, struct kvk_span oid);

#endif

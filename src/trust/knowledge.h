/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of CA certificates and policy OIDs (generation, TSP, meaning), for people and for
 * rule 20, read from templates/trust. Nothing is trusted because it is known here.
 */
#ifndef KVKCSR_TRUST_KNOWLEDGE_H
#define KVKCSR_TRUST_KNOWLEDGE_H

#include "cert/certificate.h"
#include "trust/cas.h"
#include "trust/ends.h"

struct kvk_knowledge;

/*
 * What a certificate is recognised as. All strings are static in the knowledge; NULL where not
 * known.
 */
struct kvk_recognised {
	/* "G1", "G3", "G4", "EV", "TRIAL", "ACCEPTATIE", "TEST". */
	const char *generation;
	/* "KPN", "DigiCert", "Digidentity", "CIBG", "Staat der Nederlanden". */
	const char *tsp;
	/* "root", "intermediate", "tsp", "leaf". */
	const char *level;
	/* CAs that are known: "revoked" or "active". */
	const char *status;
	/* Its subject or issuer begins as those of a test hierarchy do ("TRIAL "). */
	bool named_test;
	/* Known by its fingerprint, not only by its name or policy. */
	bool certain;
};

/*
 * Reads cas.cfg, policies.cfg, ev.cfg and ends.cfg below datadir/trust. KVK_ERR_CONFIG and the
 * errors of kvk_conf_open(), with why.
 */
enum kvk_err kvk_knowledge_load(
	const char *datadir, struct kvk_knowledge **out, struct kvk_error *why);
/* Adds the CAs of one further list, in the form of cas.cfg. The errors of kvk_cas_add(). */
enum kvk_err kvk_knowledge_add_cas(
	struct kvk_knowledge *knowledge, const char *path, struct kvk_error *why);
void kvk_knowledge_free(struct kvk_knowledge *knowledge);
/*
 * Recognises a certificate by fingerprint, else by the names of subject and issuer and the
 * policies.
 */
void kvk_recognise(const struct kvk_knowledge *knowledge, const struct kvk_certificate *cert,
	struct kvk_recognised *out);
/* Whether a policy OID is an EV policy (the CA/Browser Forum's or a CA's own). */
bool kvk_knowledge_is_ev(const struct kvk_knowledge *knowledge, struct kvk_span oid);
/* Whether a policy OID lies below the arc of PKIoverheid (2.16.528.1.1003.1), TRIAL included. */
bool kvk_knowledge_is_pkio(const struct kvk_knowledge *knowledge, struct kvk_span oid);
/* Whether a policy OID is known to be that of server certificates. */
bool kvk_knowledge_is_server(const struct kvk_knowledge *knowledge, struct kvk_span oid);
/* What a policy OID means, for people; NULL where not known. */
const char *kvk_knowledge_policy(const struct kvk_knowledge *knowledge, struct kvk_span oid);
/* The CAs that are known; live as long as the knowledge. */
const struct kvk_cas *kvk_knowledge_cas(const struct kvk_knowledge *knowledge);
/* What will end, and when; lives as long as the knowledge. */
const struct kvk_ends *kvk_knowledge_ends(const struct kvk_knowledge *knowledge);

#endif

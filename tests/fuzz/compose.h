/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates, CRLs and OCSP answers that are made from a fuzzer's input, choice by choice: a few
 * bytes make a chain that hangs together, a few more make it strange. So a fuzzer reaches what lies
 * past the readers without having to guess lengths. Signatures are made up, and checked by
 * compose_verify() alone.
 */
#ifndef KVKCSR_TESTS_FUZZ_COMPOSE_H
#define KVKCSR_TESTS_FUZZ_COMPOSE_H

#include "der/writer.h"
#include "path/path.h"

/* The clock of the fuzz targets: 2026-11-22T12:00:00Z. */
#define COMPOSE_NOW ((kvk_time)1795348800 * KVK_SECOND)

/* What is left of the input. */
struct choices {
	const uint8_t *p;
	size_t n;
};

/* The next choice, from 0 to below - 1 (at most 256); 0 where the input is used up. */
unsigned choose(struct choices *c, unsigned below);
/* The next bytes, as many as the first of them says, at most max. */
struct kvk_span choose_bytes(struct choices *c, size_t max);
/* One of a table of texts, or bytes of the input where everything is past the table. */
struct kvk_span choose_text(struct choices *c, const char *const *texts, unsigned count);
/* A time: around the clock, far away, or any. */
kvk_time choose_time(struct choices *c);

/* Writes a Name: one of a few that recur, the same in another writing, or any. */
void compose_name(struct kvk_der_writer *w, struct choices *c);
/* Writes GeneralNames (without an outer tag), `most` at most. */
void compose_general_names(struct kvk_der_writer *w, struct choices *c, unsigned most);
/* Writes an AlgorithmIdentifier for signatures. */
void compose_algorithm(struct kvk_der_writer *w, unsigned which);
/* Writes a SubjectPublicKeyInfo: one of 16 that differ in their last octets. */
void compose_key(struct kvk_der_writer *w, unsigned which);
/* Writes the BIT STRING of a signature. */
void compose_signature(struct kvk_der_writer *w, struct choices *c);
/* Writes the extensions of a certificate, without the outer [3] { SEQUENCE }. */
void compose_extensions(struct kvk_der_writer *w, struct choices *c);

/* Make a whole thing; *out is emptied first. False where the writer refuses. */
bool compose_certificate(struct choices *c, struct kvk_blob *out);
bool compose_crl(struct choices *c, struct kvk_blob *out);
/*
 * An OCSP answer, in some entries about this certificate and issuer; both may be NULL. Certificates
 * may come along.
 */
bool compose_ocsp(struct choices *c, const struct kvk_certificate *about,
	const struct kvk_certificate *issuer, struct kvk_blob *out);
/* A request (PKCS#10). */
bool compose_csr(struct choices *c, struct kvk_blob *out);

/* How often compose_verify() said yes. */
struct compose_oracle {
	unsigned good;
};

/*
 * Answers in place of kvk_verify(): the first octet of the signature decides (0: good, 1: bad, 2:
 * an algorithm that cannot be handled, else whether it fits the key). context: struct
 * compose_oracle.
 */
enum kvk_err compose_verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature);

/* Aborts unless the condition holds. */
void check(bool condition);
/* Aborts unless a text is UTF-8 on lines without control or other risky characters. */
void check_text(struct kvk_span text);
/* The folder with the installed knowledge, of the source tree. */
const char *compose_templates(void);
/*
 * Whether an input is to be rendered, which takes longer than all the rest: all, or one of 16 where
 * the environment has KVK_FUZZ_SAMPLE, for long runs.
 */
bool is_rendered(const uint8_t *data, size_t size);
/* Processor time in milliseconds, for the watch over slow inputs. */
double compose_clock(void);
/* Aborts where more than the bound went by since start (generous: sanitizers are slow). */
void check_time(double start);

#endif

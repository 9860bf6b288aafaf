/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of validation: the state that RFC 5280 section 6.1 carries from certificate to
 * certificate, and one function per thing that it checks, each in a file of its own. Only path/
 * includes this header.
 */
#ifndef KVKCSR_PATH_STEP_H
#define KVKCSR_PATH_STEP_H

#include "path/path.h"

/* One certificate under validation, and the state variables of 6.1.2. */
struct kvk_step {
	const struct kvk_path *path;
	const struct kvk_path_input *input;
	struct kvk_path_report *report;
	enum kvk_name_manner names;

	/* Which certificate: its index in the path (0 is the leaf), and itself. */
	size_t at;
	const struct kvk_certificate *certificate;
	bool self_issued;

	/* working_issuer_name; NULL where nobody issued the last certificate of the path. */
	const struct kvk_name *issuer_name;
	/* working_public_key with its parameters: the key, and the one above it to inherit from. */
	struct kvk_span issuer_spki, issuer_parent_spki;
	bool issuer_inherits;
	/* max_path_length. */
	size_t max_path_length;
	/* Where faults go that the report has no room for. */
	struct kvk_path_fault spare;
};

/* Adds a fault of this certificate and returns it, to be filled in further; never NULL. */
struct kvk_path_fault *kvk_step_fault(
	struct kvk_step *step, enum kvk_reason reason, const char *field);

/* Signature algorithm and keys against what Java disables (only in Java's manner). */
enum kvk_err kvk_step_algorithm(struct kvk_step *step);
/* 6.1.4(n): keyCertSign of a CA. */
void kvk_step_usage(struct kvk_step *step);
/* 6.1.4(k), (l), (m): cA and path length. */
void kvk_step_basic(struct kvk_step *step);
/* 6.1.3(a)(2): validity. */
void kvk_step_time(struct kvk_step *step);
/* 6.1.3(a)(4): issuer and subject names chain. */
enum kvk_err kvk_step_chaining(struct kvk_step *step);
/* 6.1.3(a)(1): the signature. */
enum kvk_err kvk_step_signature(struct kvk_step *step);
/* 6.1.4(o), 6.1.5(f): critical extensions that nobody processed. */
void kvk_step_extensions(struct kvk_step *step);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What there is to say about a set of answers or a request: faults, advice, and changes to what
 * was typed. Each names its field and has an id for scripts.
 */
#ifndef KVKCSR_REQUEST_NOTES_H
#define KVKCSR_REQUEST_NOTES_H

#include "base/vec.h"
#include "request/answers.h"

enum kvk_note_kind {
	/* It cannot be asked like this. */
	KVK_NOTE_FAULT,
	/* It can, but is unwise. */
	KVK_NOTE_ADVICE,
	/* What was typed is used in another form. */
	KVK_NOTE_CHANGE,
};

struct kvk_note {
	enum kvk_note_kind kind;
	enum kvk_field field;
	/* Static, English: "rsa-below-3072". */
	const char *id;
	/* Escaped and translated. */
	char *text;
};

/* Start all-zero; free with kvk_notes_free(). */
struct kvk_notes {
	/* struct kvk_note. */
	struct kvk_vec list;
};

/*
 * Adds one; arguments that are not the program's own words must be escaped. KVK_ERR_MEMORY,
 * KVK_ERR_LIMIT.
 */
enum kvk_err kvk_note(struct kvk_notes *notes, enum kvk_note_kind kind, enum kvk_field field,
	const char *id, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Note i of the list, NULL beyond its end. */
const struct kvk_note *kvk_notes_at(const struct kvk_notes *notes, size_t i);
/* How many there are of a kind. */
size_t kvk_notes_count(const struct kvk_notes *notes, enum kvk_note_kind kind);
/* The first fault of a field, or NULL. */
const struct kvk_note *kvk_notes_fault(const struct kvk_notes *notes, enum kvk_field field);
/* "fault", "advice", "change"; static. */
const char *kvk_note_kind_name(enum kvk_note_kind kind);
void kvk_notes_free(struct kvk_notes *notes);

#endif

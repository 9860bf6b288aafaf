/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

enum kvk_err kvk_note(struct kvk_notes *notes, enum kvk_note_kind kind, enum kvk_field field,
	const char *id, const char *format, ...)
{
	char text[2 * KVK_ERROR_SIZE];
	struct kvk_note *note;
	enum kvk_err err;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (notes->list.item_size == 0)
		notes->list = (struct kvk_vec)KVK_VEC_INIT(struct kvk_note, KVK_LIMIT_NOTES);
	err = kvk_vec_push(&notes->list, &note);
	if (err != KVK_OK)
		return err;
	note->kind = kind;
	note->field = field;
	note->id = id;
	note->text = kvk_strdup(text);
	if (note->text == NULL) {
		kvk_vec_remove(&notes->list, notes->list.count - 1);
		return KVK_ERR_MEMORY;
	}
	return KVK_OK;
}

const struct kvk_note *kvk_notes_at(const struct kvk_notes *notes, size_t i)
{
	return kvk_vec_at(&notes->list, i);
}

size_t kvk_notes_count(const struct kvk_notes *notes, enum kvk_note_kind kind)
{
	const struct kvk_note *note;
	size_t count = 0;

	for (size_t i = 0; (note = kvk_notes_at(notes, i)) != NULL; i++)
		count += note->kind == kind;
	return count;
}

const struct kvk_note *kvk_notes_fault(const struct kvk_notes *notes, enum kvk_field field)
{
	const struct kvk_note *note;

	for (size_t i = 0; (note = kvk_notes_at(notes, i)) != NULL; i++)
		if (note->kind == KVK_NOTE_FAULT && note->field == field)
			return note;
	return NULL;
}

const char *kvk_note_kind_name(enum kvk_note_kind kind)
{
	switch (kind) {
	case KVK_NOTE_FAULT:
		return "fault";
	case KVK_NOTE_ADVICE:
		return "advice";
	case KVK_NOTE_CHANGE:
		return "change";
	}
	return "";
}

void kvk_notes_free(struct kvk_notes *notes)
{
	if (notes == NULL)
		return;
	for (size_t i = 0; i < notes->list.count; i++)
		kvk_free(((struct kvk_note *)kvk_vec_at(&notes->list, i))->text);
	kvk_vec_free(&notes->list);
}

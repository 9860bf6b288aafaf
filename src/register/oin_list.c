/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/oin_list.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "register/csv.h"
#include "register/json.h"
#include "register/oin_register.h"

struct kvk_oin_list {
	/* struct kvk_oin_entry: they point into one of the two below. */
	struct kvk_vec entries;
	struct kvk_blob octets;
	json_t *document;
};

static enum kvk_err add(struct kvk_oin_list *list, const struct kvk_oin_entry *entry)
{
	struct kvk_oin_entry *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&list->entries, &slot));
	*slot = *entry;
out:
	return err;
}

/* An array, or the answer of the register with one in it. */
static enum kvk_err read_json(struct kvk_oin_list *list)
{
	const json_t *entries;
	struct kvk_oin_entry entry;
	bool any = false;
	enum kvk_err err;

	KVK_TRY(kvk_register_json(
		kvk_span_of_blob(&list->octets), KVK_LIMIT_OIN_LIST, &list->document));
	entries = json_object_get(list->document, "organisaties");
	if (entries == NULL)
		entries = list->document;
	for (size_t i = 0; i < json_array_size(entries); i++) {
		kvk_oin_entry_read(json_array_get(entries, i), &entry);
		any |= entry.oin != NULL;
		KVK_TRY(add(list, &entry));
	}
	if (!any)
		err = KVK_ERR_FORMAT;
out:
	return err;
}

/* Where the columns are, from the header line; -1: there is none. */
static enum kvk_err read_header(struct kvk_csv *csv, int columns[static KVK_OIN_COLUMNS])
{
	char *fields[KVK_CSV_FIELDS];
	size_t count;
	enum kvk_err err;

	for (int i = 0; i < KVK_OIN_COLUMNS; i++)
		columns[i] = -1;
	KVK_TRY(kvk_csv_next(csv, fields, &count));
	for (size_t i = 0; i < count; i++) {
		const int column = kvk_oin_column_of(kvk_span_of(fields[i]));

		if (column >= 0 && columns[column] < 0)
			columns[column] = (int)i;
	}
	if (columns[KVK_OIN_NUMBER] < 0 || columns[KVK_OIN_STATUS] < 0)
		err = KVK_ERR_FORMAT;
out:
	return err;
}

static const char *field_of(char *const *fields, size_t count, int column)
{
	return column >= 0 && (size_t)column < count && fields[column][0] != '\0' ? fields[column] :
										    NULL;
}

static enum kvk_err read_csv(struct kvk_oin_list *list)
{
	int columns[KVK_OIN_COLUMNS];
	char *fields[KVK_CSV_FIELDS];
	struct kvk_csv csv;
	size_t count;
	enum kvk_err err;

	if (!kvk_utf8_valid(kvk_span_of_blob(&list->octets)))
		return KVK_ERR_TEXT;
	kvk_csv_start(&list->octets, &csv);
	KVK_TRY(read_header(&csv, columns));
	for (;;) {
		KVK_TRY(kvk_csv_next(&csv, fields, &count));
		if (count == 0)
			break;
		KVK_TRY(add(list,
			&(struct kvk_oin_entry){
				.oin = field_of(fields, count, columns[KVK_OIN_NUMBER]),
				.kvk = field_of(fields, count, columns[KVK_OIN_KVK_NUMBER]),
				.name = field_of(fields, count, columns[KVK_OIN_NAME]),
				.status = field_of(fields, count, columns[KVK_OIN_STATUS]),
			}));
	}
out:
	return err;
}

/* Whether the first octet that is no blank begins an array or an object. */
static bool is_json(struct kvk_span octets)
{
	size_t i = 0;

	while (i < octets.n && strchr(" \t\r\n", octets.p[i]) != NULL && octets.p[i] != '\0')
		i++;
	return i < octets.n && (octets.p[i] == '[' || octets.p[i] == '{');
}

enum kvk_err kvk_oin_list_read(struct kvk_blob *octets, struct kvk_oin_list **out)
{
	struct kvk_oin_list *list = kvk_calloc(1, sizeof *list);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (list == NULL)
		return err;
	list->entries = (struct kvk_vec)KVK_VEC_INIT(struct kvk_oin_entry, KVK_LIMIT_OIN_ENTRIES);
	list->octets = *octets;
	*octets = (struct kvk_blob){ 0 };
	/* An empty blob has no NUL at its end. */
	KVK_TRY(kvk_blob_reserve(&list->octets, 1));
	if (is_json(kvk_span_of_blob(&list->octets)))
		KVK_TRY(read_json(list));
	else
		KVK_TRY(read_csv(list));
	*out = list;
	list = NULL;
out:
	kvk_oin_list_free(list);
	return err;
}

enum kvk_err kvk_oin_list_ask(const struct kvk_oin_list *list,
	const struct kvk_register_question *question, struct kvk_register_reply *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < list->entries.count; i++)
		KVK_TRY(kvk_oin_entry_take(kvk_vec_at(&list->entries, i), question, out));
	if (out->state == KVK_REGISTER_NOT_ASKED)
		out->state = KVK_REGISTER_NOT_FOUND;
out:
	return err;
}

void kvk_oin_list_free(struct kvk_oin_list *list)
{
	if (list == NULL)
		return;
	json_decref(list->document);
	kvk_blob_free(&list->octets);
	kvk_vec_free(&list->entries);
	kvk_free(list);
}

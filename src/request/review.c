/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/review.h"

#include "base/alloc.h"
#include "base/format.h"
#include "base/limits.h"

enum kvk_err kvk_review_add(struct kvk_review *review, enum kvk_review_kind kind,
	enum kvk_field field, const char *id, const char *format, va_list args)
{
	char text[2 * KVK_ERROR_SIZE];
	struct kvk_review_item *item;
	enum kvk_err err;

	(void)kvk_format_args(text, sizeof text, format, args);
	if (review->list.item_size == 0)
		review->list =
			(struct kvk_vec)KVK_VEC_INIT(struct kvk_review_item, KVK_LIMIT_REVIEW);
	KVK_TRY(kvk_vec_push(&review->list, &item));
	*item = (struct kvk_review_item){ kind, field, id, kvk_strdup(text) };
	if (item->text == NULL) {
		kvk_vec_remove(&review->list, review->list.count - 1);
		err = KVK_ERR_MEMORY;
	}
out:
	return err;
}

const struct kvk_review_item *kvk_review_at(const struct kvk_review *review, size_t i)
{
	return kvk_vec_at(&review->list, i);
}

size_t kvk_review_count(const struct kvk_review *review, enum kvk_review_kind kind)
{
	const struct kvk_review_item *item;
	size_t count = 0;

	for (size_t i = 0; (item = kvk_review_at(review, i)) != NULL; i++)
		count += item->kind == kind;
	return count;
}

bool kvk_review_finds(const struct kvk_review *review, enum kvk_field field)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(review, i)) != NULL; i++)
		if (item->kind == KVK_REVIEW_FINDING && item->field == field)
			return true;
	return false;
}

const char *kvk_review_kind_name(enum kvk_review_kind kind)
{
	switch (kind) {
	case KVK_REVIEW_FINDING:
		return "fault";
	case KVK_REVIEW_WARNING:
		return "advice";
	case KVK_REVIEW_CHANGE:
		return "change";
	}
	return "";
}

void kvk_review_free(struct kvk_review *review)
{
	if (review == NULL)
		return;
	for (size_t i = 0; i < review->list.count; i++)
		kvk_free(((struct kvk_review_item *)kvk_vec_at(&review->list, i))->text);
	kvk_vec_free(&review->list);
}

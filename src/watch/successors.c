/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/successors.h"

#include <stdlib.h>
#include <string.h>

static bool is_in_use(enum kvk_entry_stage stage, kvk_time ends, kvk_time at)
{
	return (stage == KVK_STAGE_UPLOADED || stage == KVK_STAGE_TRACKED) && at <= ends;
}

/*
 * The certificate has to end later, and its path must not end before the other's: what a CA cuts
 * short is no successor.
 */
static bool is_later(kvk_time not_after, kvk_time ends, kvk_time than_not_after, kvk_time than_ends)
{
	return not_after > than_not_after && ends >= than_ends;
}

bool kvk_entry_in_use(const struct kvk_entry *entry, kvk_time at)
{
	return entry->certificate.present && entry->revocation.status != KVK_STATUS_REVOKED &&
		is_in_use(entry->stage, entry->certificate.ends, at);
}

bool kvk_entry_replaces(const struct kvk_entry *later, const struct kvk_entry *earlier)
{
	const struct kvk_entry_certificate *a = &later->certificate, *b = &earlier->certificate;

	return b->present && !earlier->kept &&
		kvk_holder_compare(&a->holder, &b->holder) == KVK_HOLDER_SAME &&
		is_later(a->not_after, a->ends, b->not_after, b->ends);
}

static bool has_holder(const struct kvk_entry_view *view)
{
	static const uint8_t none[KVK_SHA256_SIZE];

	return view->has_certificate && memcmp(view->holder, none, sizeof none) != 0;
}

enum kvk_err kvk_successors_add(
	struct kvk_successors *successors, const struct kvk_entry_view *view)
{
	struct kvk_successor *successor;
	enum kvk_err err = KVK_OK;

	if (!has_holder(view) || view->state == KVK_VIEW_REVOKED ||
		!is_in_use(view->stage, view->ends, view->at))
		return KVK_OK;
	KVK_TRY(kvk_vec_push(&successors->list, &successor));
	memcpy(successor->holder, view->holder, sizeof successor->holder);
	successor->not_after = view->not_after;
	successor->ends = view->ends;
	successor->id = view->id;
	successors->sorted = false;
out:
	return err;
}

/* By holder, the latest first. */
static int compare(const void *a, const void *b)
{
	const struct kvk_successor *x = a;
	const struct kvk_successor *y = b;
	const int order = memcmp(x->holder, y->holder, sizeof x->holder);

	if (order != 0)
		return order;
	if (x->not_after != y->not_after)
		return x->not_after > y->not_after ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

const struct kvk_successor *kvk_successors_find(
	struct kvk_successors *successors, const struct kvk_entry_view *view)
{
	const struct kvk_successor *found;
	size_t low = 0, high = successors->list.count;

	if (!successors->sorted && high > 1)
		qsort(successors->list.items, high, sizeof(struct kvk_successor), compare);
	successors->sorted = true;
	if (view->kept || !has_holder(view))
		return NULL;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		found = kvk_vec_at(&successors->list, middle);
		if (memcmp(found->holder, view->holder, sizeof found->holder) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	found = kvk_vec_at(&successors->list, low);
	if (found == NULL || memcmp(found->holder, view->holder, sizeof found->holder) != 0)
		return NULL;
	return is_later(found->not_after, found->ends, view->not_after, view->ends) ? found : NULL;
}

void kvk_successors_free(struct kvk_successors *successors)
{
	kvk_vec_free(&successors->list);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An answer file: whatever it says, it is settled into an order or refused with review that harm no
 * terminal, and the answer file that an order writes makes the same order again.
 */
#include "config.h"

#include <string.h>

#include "report/request.h"
#include "request/order.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kvk_presets presets;

/* Reads and settles; false where there are faults. */
static bool settle(struct kvk_span text, struct kvk_answers *answers, struct kvk_order *order)
{
	struct kvk_review review = { 0 };
	struct kvk_error why = { "" };
	const struct kvk_review_item *item;
	enum kvk_err err = kvk_answers_parse(text, "fuzz", answers, &why);

	check((err == KVK_OK) == (why.text[0] == '\0'));
	check_text(kvk_span_of(why.text));
	if (err != KVK_OK)
		return false;
	memset(order, 0, sizeof(*order));
	err = kvk_order_settle(answers, &presets, order, &review);
	check(err == KVK_OK || err == KVK_ERR_REFUSED);
	check((err == KVK_OK) == (kvk_review_count(&review, KVK_REVIEW_FINDING) == 0));
	for (size_t i = 0; (item = kvk_review_at(&review, i)) != NULL; i++) {
		check(strchr(item->text, '\n') == NULL);
		check_text(kvk_span_of(item->text));
	}
	kvk_review_free(&review);
	return err == KVK_OK;
}

static void check_same_key(const struct kvk_order *a, const struct kvk_order *b)
{
	check(a->key_type == b->key_type && a->key_bits == b->key_bits && a->pss == b->pss);
}

static void check_same(const struct kvk_order *a, const struct kvk_order *b)
{
	check(a->preset == b->preset && strcmp(a->name, b->name) == 0);
	check(strcmp(a->domain.name, b->domain.name) == 0 && strcmp(a->oin.text, b->oin.text) == 0);
	check(strcmp(a->organisation, b->organisation) == 0 && strcmp(a->unit, b->unit) == 0);
	check(strcmp(a->locality, b->locality) == 0 && strcmp(a->state, b->state) == 0);
	check(strcmp(a->country, b->country) == 0 && a->party == b->party);
	check(a->generation == b->generation);
	check(a->client_only == b->client_only && a->practice == b->practice);
}

static void write_and_settle_again(const struct kvk_order *order, const struct kvk_answers *answers)
{
	static const struct kvk_paper paper = { .width = 60 };
	static struct kvk_order second;
	struct kvk_answers again = { 0 };
	struct kvk_blob out = { 0 };

	check(kvk_request_order_text(order, &paper, &out) == KVK_OK);
	check_text(kvk_span_of_blob(&out));
	kvk_blob_clear(&out);
	check(kvk_order_write_answers(order, answers, &out) == KVK_OK);
	check(settle(kvk_span_of_blob(&out), &again, &second));
	check_same(order, &second);
	/* A request made elsewhere has a key that is not here: the next one is made anew. */
	if (kvk_answer(answers, KVK_FIELD_CSR) == NULL)
		check_same_key(order, &second);
	kvk_answers_free(&again);
	kvk_blob_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kvk_order order;
	struct kvk_answers answers = { 0 };

	if (presets.list.count == 0)
		check(kvk_presets_load(compose_templates(), &presets, NULL) == KVK_OK);
	if (settle((struct kvk_span){ data, size }, &answers, &order))
		write_and_settle_again(&order, &answers);
	kvk_answers_free(&answers);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request made elsewhere, composed or raw: it is read, evaluated against the TSPs' presets, and
 * shown in text and JSON, none of which it can disturb. A request that is taken has a domain and a
 * number.
 */
#include "config.h"

#include <string.h>

#include "report/json.h"
#include "report/request.h"
#include "request/evaluate.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kvk_presets presets;

static void check_notes(const struct kvk_review *review)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(review, i)) != NULL; i++) {
		check(item->id != NULL && item->field < KVK_FIELD_COUNT);
		check(strchr(item->text, '\n') == NULL);
		check_text(kvk_span_of(item->text));
	}
}

static void check_report(const struct kvk_request_report *report)
{
	static const struct kvk_paper paper = { .width = 60 };
	struct kvk_blob out = { 0 };
	json_t *document;

	check(kvk_request_text(report, &paper, &out) == KVK_OK);
	check_text(kvk_span_of_blob(&out));
	kvk_blob_clear(&out);
	check(kvk_request_json(report, &out) == KVK_OK);
	check_text(kvk_span_of_blob(&out));
	document = json_loadb((const char *)out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
	check(document != NULL);
	json_decref(document);
	kvk_blob_free(&out);
}

static void evaluate(const struct kvk_csr *csr, struct choices *c, bool rendered)
{
	static const char *const tsps[] = { "generic", "kpn", "digicert", "digidentity" };
	static const char *const generations[] = { "g4", "g1", "ev" };
	static struct kvk_order order;
	struct kvk_answers answers = { 0 };
	struct kvk_review review = { 0 };
	struct kvk_request_report report = { .order = &order,
		.review = &review,
		.csr = csr,
		.pem = kvk_span_of("pem\n"),
		.evaluated = true };
	enum kvk_err err;

	check(kvk_answer_set(&answers, KVK_FIELD_TSP, KVK_GIVEN_OPTION,
		      kvk_span_of(tsps[choose(c, 4)])) == KVK_OK);
	check(kvk_answer_set(&answers, KVK_FIELD_GENERATION, KVK_GIVEN_OPTION,
		      kvk_span_of(generations[choose(c, 3)])) == KVK_OK);
	memset(&order, 0, sizeof(order));
	err = kvk_request_evaluate(csr, &answers, &presets, &order, &review);
	check(err == KVK_OK || err == KVK_ERR_REFUSED || err == KVK_ERR_USAGE);
	check_notes(&review);
	report.refused = err != KVK_OK;
	if (err == KVK_OK)
		check(order.domain.name[0] != '\0' &&
			kvk_review_count(&review, KVK_REVIEW_FINDING) == 0);
	if (rendered && err != KVK_ERR_USAGE && order.preset != NULL)
		check_report(&report);
	kvk_review_free(&review);
	kvk_answers_free(&answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kvk_blob der;
	static struct kvk_csr csr;
	struct choices c = { data, size };
	double start;

	if (presets.list.count == 0)
		check(kvk_presets_load(compose_templates(), &presets, NULL) == KVK_OK);
	start = compose_clock();
	kvk_blob_clear(&der);
	if (choose(&c, 8) == 7)
		check(kvk_blob_append(&der, choose_bytes(&c, 255)) == KVK_OK);
	else if (!compose_csr(&c, &der))
		return 0;
	if (kvk_csr_read(kvk_span_of_blob(&der), &csr) == KVK_OK) {
		evaluate(&csr, &c, is_rendered(data, size));
		kvk_csr_free(&csr);
	}
	check_time(start);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file as `show` shows it, in text and JSON: composed certificates, requests and CRLs, or raw
 * bytes. Nothing in them disturbs a terminal or the JSON.
 */
#include "config.h"

#include <jansson.h>
#include <string.h>

#include "report/show.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kvk_knowledge *knowledge;

static void make_file(struct choices *c, struct kvk_blob *out)
{
	switch (choose(c, 8)) {
	case 0:
	case 1:
	case 2:
		check(compose_certificate(c, out) || out->n == 0);
		break;
	case 3:
	case 4:
		check(compose_csr(c, out) || out->n == 0);
		break;
	case 5:
	case 6:
		check(compose_crl(c, out) || out->n == 0);
		break;
	default:
		check(kvk_blob_append(out, (struct kvk_span){ c->p, c->n }) == KVK_OK);
	}
}

static void check_shown(const struct kvk_show *show)
{
	struct kvk_blob out = { 0 };
	json_t *document;

	check(kvk_show_text(show, &out) == KVK_OK);
	check_text(kvk_span_of_blob(&out));
	kvk_blob_clear(&out);
	check(kvk_show_json(show, &out) == KVK_OK);
	for (size_t i = 0; i < out.n; i++)
		check((out.p[i] >= 0x20 && out.p[i] < 0x7f) || out.p[i] == '\n');
	document = json_loadb((const char *)out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
	check(document != NULL);
	json_decref(document);
	kvk_blob_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_contents contents = { 0 };
	struct kvk_show show = { .file = "a\033\nb", .contents = &contents, .at = COMPOSE_NOW };
	struct kvk_blob file = { 0 };
	struct choices c = { data, size };
	double start;

	if (knowledge == NULL)
		check(kvk_knowledge_load(compose_templates(), &knowledge, NULL) == KVK_OK);
	show.knowledge = knowledge;
	start = compose_clock();
	make_file(&c, &file);
	if (kvk_contents_read(&file, &contents) == KVK_OK)
		check_shown(&show);
	check_time(start);
	kvk_contents_free(&contents);
	kvk_blob_free(&file);
	return 0;
}

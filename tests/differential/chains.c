/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chains SEED FIRST COUNT FOLDER: makes mutated chains, and writes to FOLDER/cases what Theirs.java
 * reads (every number four octets, high one first, and everything with its length before it) and
 * to FOLDER/ours one line for each: number, our verdict (evaluate.h), mutations. The same seed and
 * number give the same chain whatever the range.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/path.h"
#include "tests/differential/crls.h"
#include "tests/differential/cross.h"
#include "tests/differential/evaluate.h"
#include "tests/differential/keys.h"
#include "tests/differential/mutate.h"
#include "tests/differential/ocsps.h"

struct output {
	FILE *cases, *ours;
	struct kvk_verifier *verifier;
	struct kvk_blob line;
};

static void write_number(FILE *file, uint64_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		(void)putc((int)(number >> shift & 0xff), file);
}

static void write_span(FILE *file, struct kvk_span span)
{
	write_number(file, span.n);
	(void)fwrite(span.p, 1, span.n, file);
}

static void write_case(FILE *file, const struct chain *chain)
{
	const uint64_t at = (uint64_t)chain->at;

	write_number(file, chain->number);
	write_number(file, at >> 32);
	write_number(file, at & 0xffffffff);
	write_number(file,
		(uint64_t)chain->explicit_policy | (uint64_t)chain->inhibit_mapping << 1 |
			(uint64_t)chain->inhibit_any << 2 |
			(uint64_t)(chain->kind != CHAIN_PATH) << 3 |
			(uint64_t)(chain->kind == CHAIN_OCSP) << 4);
	write_number(file, chain->policy_count);
	for (size_t i = 0; i < chain->policy_count; i++)
		write_span(file, kvk_span_of(chain->policies[i]));
	write_span(file, kvk_span_of_blob(&chain->der[0]));
	write_span(file, kvk_span_of_blob(&chain->file));
	write_number(file, chain->crl_count);
	for (size_t i = 0; i < chain->crl_count; i++)
		write_span(file, kvk_span_of_blob(&chain->crls[i].der));
	if (chain->kind != CHAIN_OCSP)
		return;
	write_span(file, kvk_span_of_blob(&chain->der[chain->ocsp_about]));
	write_span(file, kvk_span_of_blob(&chain->ocsp));
}

static enum kvk_err make_crls(struct chain *chain, struct dice *dice)
{
	enum kvk_err err = crls_start(chain);

	if (err == KVK_OK)
		err = crls_mutate(chain, dice);
	if (err == KVK_OK)
		err = chain_make(chain, dice);
	return err == KVK_OK ? crls_make(chain, dice) : err;
}

/* Nobody is to be asked over the network: without an address Java does not try. */
static enum kvk_err make_ocsp(struct chain *chain, struct dice *dice)
{
	enum kvk_err err = crls_start(chain);

	for (size_t i = 0; i < chain->count; i++)
		kvk_issue_drop(&chain->issues[i], KVK_OID_EXT_AIA);
	if (err == KVK_OK && dice_one_in(dice, 8))
		err = crls_mutate(chain, dice);
	if (err == KVK_OK)
		err = chain_make(chain, dice);
	if (err == KVK_OK)
		err = crls_make(chain, dice);
	return err == KVK_OK ? ocsps_make(chain, dice) : err;
}

static enum kvk_err make(struct chain *chain, unsigned long number, struct dice *dice)
{
	enum kvk_err err = chain_start(chain, dice);

	chain->number = number;
	chain->kind = (enum chain_kind)(number / CHAIN_KIND_NUMBERS);
	if (err == KVK_OK && chain->kind == CHAIN_CRL)
		return make_crls(chain, dice);
	if (err == KVK_OK && chain->kind == CHAIN_OCSP)
		return make_ocsp(chain, dice);
	if (err == KVK_OK && number >= CHAIN_CROSS_FIRST)
		err = cross_plan(chain, dice);
	else if (err == KVK_OK)
		err = mutate(chain, dice);
	return err == KVK_OK ? chain_make(chain, dice) : err;
}

static enum kvk_err run_one(struct output *out, uint64_t seed, unsigned long number)
{
	struct dice dice = { seed * UINT64_C(0x100000001b3) + number };
	struct chain chain;
	enum kvk_err err = make(&chain, number, &dice);

	kvk_blob_clear(&out->line);
	if (err == KVK_OK)
		err = evaluate(&chain, out->verifier, &out->line);
	if (err == KVK_OK) {
		write_case(out->cases, &chain);
		fprintf(out->ours, "%lu\t%s\t%s\n", number, kvk_blob_str(&out->line),
			kvk_blob_str(&chain.what));
	} else {
		fprintf(stderr, "chains: %lu (%s): %s\n", number, kvk_blob_str(&chain.what),
			kvk_error_text(err));
	}
	crls_free(&chain);
	chain_free(&chain);
	return err;
}

static FILE *open_in(const char *folder, const char *name)
{
	struct kvk_blob path = { 0 };
	FILE *file = NULL;

	if (kvk_path_join(&path, folder, name) == KVK_OK)
		file = fopen(kvk_blob_str(&path), "wb");
	if (file == NULL)
		fprintf(stderr, "chains: cannot write %s/%s\n", folder, name);
	kvk_blob_free(&path);
	return file;
}

static int run(char **argv)
{
	const unsigned long first = strtoul(argv[2], NULL, 10);
	const unsigned long count = strtoul(argv[3], NULL, 10);
	struct output out = {
		.cases = open_in(argv[4], "cases"),
		.ours = open_in(argv[4], "ours"),
	};
	enum kvk_err err = KVK_ERR_WRITE;

	if (out.cases != NULL && out.ours != NULL)
		err = keys_open();
	if (err == KVK_OK)
		err = kvk_verifier_new(&out.verifier);
	for (unsigned long i = first; err == KVK_OK && i < first + count; i++)
		err = run_one(&out, strtoul(argv[1], NULL, 10), i);
	if (out.cases != NULL && fclose(out.cases) != 0)
		err = KVK_ERR_WRITE;
	if (out.ours != NULL && fclose(out.ours) != 0)
		err = KVK_ERR_WRITE;
	kvk_verifier_free(out.verifier);
	kvk_blob_free(&out.line);
	keys_close();
	return err == KVK_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: chains SEED FIRST COUNT FOLDER\n");
		return 64;
	}
	return run(argv);
}

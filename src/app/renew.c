/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/renew.h"

#include <stdlib.h>
#include <string.h>

#include "app/complete.h"
#include "app/g1.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "base/when.h"
#include "dossier/files.h"
#include "inventory/events.h"

#define URI_SCHEME "pkcs11:"

/* The folder of the dossier, which a tracked file may not have yet, and the one in it. */
static enum kvk_err find_folder(struct kvk_new *run, const char *name, struct kvk_error *why)
{
	struct kvk_blob dossier = { 0 };
	enum kvk_err err;
	bool open;

	KVK_TRY(kvk_store_error(
		kvk_inventory_renewal_open(run->place.store.inventory, name, &open, NULL), why));
	KVK_TRY(kvk_home_path(&run->place.store.home, KVK_HOME_DOSSIERS, name, &dossier));
	KVK_TRY(kvk_path_join(&run->place.folder, kvk_blob_str(&dossier), KVK_DOSSIER_NEXT));
	if (open || kvk_path_exists(kvk_blob_str(&run->place.folder)))
		err = kvk_new_refuse_renewal(name, why);
out:
	kvk_blob_free(&dossier);
	return err;
}

/* The day of the switch is still to come, and within the life of the certificate in use. */
static enum kvk_err check_switch(
	const struct kvk_new *run, const struct kvk_entry *entry, struct kvk_error *why)
{
	const kvk_time ends = entry->certificate.not_after;
	char day[KVK_WHEN_SIZE], end[KVK_WHEN_SIZE];

	if (run->switch_at == 0)
		return KVK_OK;
	kvk_when_day(run->switch_at, day);
	kvk_when_day(ends, end);
	if (run->at >= run->switch_at + KVK_DAY)
		return kvk_error_set(why, KVK_ERR_USAGE, _("switch: %s is in the past"), day);
	if (run->at > ends)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("switch: the certificate in use ended on %s, so the new one cannot take "
			  "over too early; leave --switch out"),
			end);
	if (run->switch_at > ends)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("switch: the certificate in use ends on %s, before %s; choose an earlier "
			  "day"),
			end, day);
	return KVK_OK;
}

enum kvk_err kvk_renew_find(struct kvk_new *run, const char *home, const char *name,
	struct kvk_renewal *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_store_open(home, false, &run->place.store, why));
	KVK_TRY(kvk_complete_delivery(&run->place.store, name, why));
	KVK_TRY(kvk_store_find(&run->place.store, name, &out->entry, why));
	if (!out->entry.certificate.present)
		KVK_TRY(kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' has no certificate yet, so there is nothing to renew; 'kvkcsr "
			  "accept %s FILE' adds the one that the TSP sent"),
			name, name));
	if (out->entry.certificate.ca)
		KVK_TRY(kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' is the certificate of a CA, which only that CA can renew"), name));
	KVK_TRY(check_switch(run, &out->entry, why));
	KVK_TRY(find_folder(run, name, why));
	run->renewal = &out->entry;
	err = kvk_answer_set(
		&run->answers, KVK_FIELD_NAME, KVK_GIVEN_OPTION, kvk_span_of(out->entry.name));
out:
	return err;
}

/* What was answered for one run only, and the key, which is to be another. */
static bool is_of_one_run(enum kvk_field field)
{
	static const enum kvk_field fields[] = { KVK_FIELD_NAME, KVK_FIELD_KEY, KVK_FIELD_GENERATE,
		KVK_FIELD_PASS_FILE, KVK_FIELD_PASS_FD, KVK_FIELD_LIKE, KVK_FIELD_CSR,
		KVK_FIELD_OUT, KVK_FIELD_DRY_RUN, KVK_FIELD_JSON };

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (fields[i] == field)
			return true;
	return false;
}

static enum kvk_err take_answers(const struct kvk_answers *before, struct kvk_answers *answers)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < KVK_FIELD_COUNT; i++) {
		const enum kvk_field field = (enum kvk_field)i;

		if (kvk_answer(before, field) != NULL && !is_of_one_run(field))
			KVK_TRY(kvk_answer_set(answers, field, KVK_GIVEN_FILE,
				kvk_span_of(kvk_answer(before, field))));
	}
out:
	return err;
}

/* A key in a token was wanted there: a file in its place would be a surprise. */
static enum kvk_err check_token(const struct kvk_new *run, const struct kvk_answers *before,
	const char *name, struct kvk_error *why)
{
	const char *key = kvk_answer(before, KVK_FIELD_KEY);

	if (key == NULL || strncmp(key, URI_SCHEME, strlen(URI_SCHEME)) != 0 ||
		kvk_answer(&run->answers, KVK_FIELD_KEY) != NULL)
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("the key of '%s' is in a token; to create a new one there, name it with --key "
		  "pkcs11:URI and add --generate"),
		name);
}

/* The answers of before, from the dossier, where it has any. */
static enum kvk_err read_answers(
	struct kvk_new *run, const struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 }, path = { 0 };
	struct kvk_answers before = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&run->place.store.home, KVK_HOME_DOSSIERS, entry->name, &folder));
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&folder), KVK_DOSSIER_ANSWERS));
	if (!entry->dossier || !kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	KVK_TRY(kvk_answers_read(kvk_blob_str(&path), &before, why));
	KVK_TRY(check_token(run, &before, entry->name, why));
	KVK_TRY(take_answers(&before, &run->answers));
out:
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), 0);
	kvk_answers_free(&before);
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
	/* They are no configuration, for which there is an exit code of its own. */
	return err == KVK_ERR_CONFIG ? KVK_ERR_FORMAT : err;
}

static bool was_given(const struct kvk_new *run, enum kvk_field field)
{
	return run->answers.source[field] >= KVK_GIVEN_OPTION;
}

/* A key size of before that would not be chosen or not be taken today makes way for the default. */
static void raise_key(struct kvk_new *run, struct kvk_renewal *renewal)
{
	const char *type = kvk_answer(&run->answers, KVK_FIELD_KEY_TYPE);
	const char *bits = kvk_answer(&run->answers, KVK_FIELD_KEY_BITS);
	const char *tsp = kvk_answer(&run->answers, KVK_FIELD_TSP);
	const struct kvk_preset *preset =
		kvk_preset_find(&run->presets, tsp != NULL ? tsp : KVK_PRESET_DEFAULT);
	const bool rsa = type == NULL || strcmp(type, "rsa") == 0;
	const unsigned size = bits != NULL ? (unsigned)strtoul(bits, NULL, 10) : 0;
	struct kvk_error ignored = { "" };

	if (bits == NULL || preset == NULL || was_given(run, KVK_FIELD_KEY_BITS))
		return;
	if (was_given(run, KVK_FIELD_KEY_TYPE) || (rsa && size < KVK_RSA_BITS_WANTED) ||
		kvk_preset_takes_key(preset, rsa ? KVK_KEY_RSA : KVK_KEY_ECDSA, size, &ignored) !=
			KVK_OK) {
		renewal->larger_key = rsa;
		kvk_answer_drop(&run->answers, KVK_FIELD_KEY_BITS);
	}
}

/* Whether a G1 certificate that lives as long as the one of now would outlive its hierarchy. */
static bool outlives_g1(const struct kvk_new *run, const struct kvk_entry *entry)
{
	const char *day = kvk_ends_of_generation(&run->presets.ends, "G1");
	const kvk_time lifetime = entry->certificate.not_after - entry->certificate.not_before;
	char text[KVK_TIME_TEXT_SIZE];
	kvk_time end;

	return day != NULL && kvk_format(text, sizeof text, "%sT23:59:59Z", day) &&
		kvk_time_parse(text, &end) == KVK_OK && run->at + lifetime > end;
}

/* A file that is only tracked has no answers: its certificate says whether it is a G1, after which
 * comes a G4. */
static enum kvk_err look_for_g1(const struct kvk_new *run, struct kvk_renewal *renewal)
{
	const struct kvk_entry_certificate *certificate = &renewal->entry.certificate;
	struct kvk_g1 g1 = { .inventory = run->place.store.inventory };
	kvk_time end;
	enum kvk_err err;

	err = kvk_g1_find_end(&g1, renewal->entry.path, certificate->sha256,
		run->at + (certificate->not_after - certificate->not_before), &end);
	renewal->becomes_g4 = end != 0;
	kvk_g1_free(&g1);
	return err;
}

static enum kvk_err choose_generation(struct kvk_new *run, struct kvk_renewal *renewal)
{
	const char *generation = kvk_answer(&run->answers, KVK_FIELD_GENERATION);

	if (generation == NULL)
		return look_for_g1(run, renewal);
	if (strcmp(generation, kvk_generation_name(KVK_GENERATION_G1)) != 0 ||
		!outlives_g1(run, &renewal->entry))
		return KVK_OK;
	renewal->becomes_g4 = true;
	if (was_given(run, KVK_FIELD_GENERATION))
		return KVK_OK;
	kvk_answer_drop(&run->answers, KVK_FIELD_GENERATION);
	return kvk_answer_set(&run->answers, KVK_FIELD_GENERATION, KVK_GIVEN_FILE,
		kvk_span_of(kvk_generation_name(KVK_GENERATION_G4)));
}

enum kvk_err kvk_renew_read(struct kvk_new *run, struct kvk_renewal *renewal, struct kvk_error *why)
{
	const struct kvk_entry *entry = &renewal->entry;
	enum kvk_err err;

	KVK_TRY(read_answers(run, entry, why));
	if (kvk_path_exists(entry->path))
		KVK_TRY(kvk_new_read_like(run, entry->path, entry->certificate.sha256, why));
	raise_key(run, renewal);
	KVK_TRY(choose_generation(run, renewal));
out:
	return err;
}

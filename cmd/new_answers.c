/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "app/load.h"
#include "cmd/new.h"
#include "cli/terminal.h"

void kvk_new_tell(const struct kvk_review *review, enum kvk_review_kind kind, size_t from)
{
	const struct kvk_review_item *item;

	for (size_t i = from; (item = kvk_review_at(review, i)) != NULL; i++) {
		if (item->kind != kind)
			continue;
		if (kind == KVK_REVIEW_WARNING)
			kvk_warn(_("advice: %s: %s"), kvk_field_name(item->field), item->text);
		else
			kvk_warn("%s: %s", kvk_field_name(item->field), item->text);
	}
}

static enum kvk_err take_options(const struct kvk_new_config *config, struct kvk_answers *answers)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; err == KVK_OK && i < KVK_FIELD_COUNT; i++) {
		const char *text = config->flag[i] ? "true" : config->text[i];

		if (text != NULL)
			err = kvk_answer_set(
				answers, (enum kvk_field)i, KVK_GIVEN_OPTION, kvk_span_of(text));
	}
	return err;
}

/* A wrong answer file is a wrong answer, and none that is there cannot be read. */
static enum kvk_exit read_answers(struct kvk_new *run)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_answers_read(run->config.answers, &run->answers, &why);

	if (err == KVK_OK)
		return KVK_EXIT_OK;
	if (why.text[0] != '\0')
		kvk_warn("%s", why.text);
	else
		kvk_warn_error(err, run->config.answers);
	return err == KVK_ERR_CONFIG ? KVK_EXIT_USAGE : kvk_exit_of(err);
}

/* Takes the fields of the first certificate of a file that is no CA, else of the first. */
static const struct kvk_certificate *choose(const struct kvk_contents *contents)
{
	const struct kvk_certificate *cert;

	for (size_t i = 0; (cert = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (!cert->ext.ca)
			return cert;
	return kvk_contents_certificate(contents, 0, NULL);
}

static enum kvk_exit take_certificate(struct kvk_new *run, const char *path)
{
	struct kvk_contents *contents = NULL;
	const struct kvk_certificate *cert = NULL;
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_load_contents(path, KVK_LIMIT_FILE, &contents, &why);

	if (err == KVK_OK) {
		cert = choose(contents);
		err = cert == NULL ? KVK_ERR_FORMAT :
				     kvk_answers_from_certificate(cert, &run->answers, &why);
	}
	if (err == KVK_ERR_FORMAT)
		kvk_warn(_("like: the file holds no certificate"));
	else if (err != KVK_OK)
		kvk_warn("like: %s", why.text[0] != '\0' ? why.text : kvk_error_text(err));
	kvk_unload_contents(contents);
	return kvk_exit_of(err);
}

enum kvk_exit kvk_new_collect(struct kvk_new *run)
{
	enum kvk_err err;
	enum kvk_exit code = KVK_EXIT_OK;

	if (run->config.common.json)
		run->config.flag[KVK_FIELD_JSON] = true;
	err = take_options(&run->config, &run->answers);
	if (err != KVK_OK) {
		kvk_warn("%s", kvk_error_text(err));
		return kvk_exit_of(err);
	}
	if (run->config.answers != NULL)
		code = read_answers(run);
	if (code == KVK_EXIT_OK && kvk_answer(&run->answers, KVK_FIELD_LIKE) != NULL &&
		kvk_answer(&run->answers, KVK_FIELD_CSR) == NULL)
		code = take_certificate(run, kvk_answer(&run->answers, KVK_FIELD_LIKE));
	return code;
}

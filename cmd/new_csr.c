/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "cert/pem.h"
#include "app/load.h"
#include "cmd/new.h"
#include "cli/terminal.h"
#include "request/evaluate.h"

/* Reads the file: the request in it, in DER. A file that holds none is refused as the TSP would. */
static enum kvk_exit read_request(struct kvk_new *run, struct kvk_blob *der)
{
	const char *path = kvk_answer(&run->answers, KVK_FIELD_CSR);
	struct kvk_contents *contents = NULL;
	struct kvk_error why = { "" };
	const struct kvk_block *block;
	enum kvk_err err = kvk_load_contents(path, KVK_LIMIT_FILE, &contents, &why);
	enum kvk_exit code = KVK_EXIT_OK;

	if (err != KVK_OK) {
		kvk_warn("%s", why.text);
		return kvk_exit_of(err);
	}
	if ((contents->remarks & (1u << KVK_REMARK_PRIVATE_KEY)) != 0)
		kvk_warn(_("advice: csr: that file holds a private key too; do not hand it in"));
	block = kvk_contents_find(contents, KVK_BLOCK_CSR);
	if (block == NULL || block->err != KVK_OK) {
		kvk_warn(block == NULL ? _("csr: the file holds no certificate request (CSR)") :
					 _("csr: the certificate request in the file is damaged"));
		code = KVK_EXIT_CRITICAL;
		goto out;
	}
	err = kvk_blob_append(der, block->der);
	if (err != KVK_OK)
		code = kvk_exit_of(err);
out:
	kvk_unload_contents(contents);
	return code;
}

static enum kvk_exit file_request(struct kvk_new *run, const struct kvk_csr *csr)
{
	enum kvk_err err;
	enum kvk_exit code;

	err = kvk_pem_write(&run->request_pem, "CERTIFICATE REQUEST", csr->der);
	if (err == KVK_OK)
		err = kvk_order_write_answers(&run->order, &run->answers, &run->answers_cfg);
	if (err != KVK_OK) {
		kvk_warn("%s", kvk_error_text(err));
		return kvk_exit_of(err);
	}
	code = kvk_new_find_place(run);
	if (code == KVK_EXIT_OK && kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN))
		return kvk_new_report(run, csr, true, false, false);
	if (code == KVK_EXIT_OK)
		code = kvk_new_store(run);
	if (code == KVK_EXIT_OK)
		code = kvk_new_report(run, csr, true, false, true);
	return code;
}

static enum kvk_exit judge(struct kvk_new *run, struct kvk_csr *csr)
{
	enum kvk_err err;
	enum kvk_exit code;

	err = kvk_request_evaluate(csr, &run->answers, &run->presets, &run->order, &run->review);
	if (err == KVK_OK)
		return file_request(run, csr);
	if (err == KVK_ERR_USAGE) {
		kvk_new_tell(&run->review, KVK_REVIEW_FINDING, 0);
		return KVK_EXIT_USAGE;
	}
	if (err != KVK_ERR_REFUSED) {
		kvk_warn(_("the request could not be judged: %s"), kvk_error_text(err));
		return kvk_exit_of(err);
	}
	err = kvk_pem_write(&run->request_pem, "CERTIFICATE REQUEST", csr->der);
	code = err == KVK_OK ? kvk_new_report(run, csr, true, true, false) : kvk_exit_of(err);
	if (code != KVK_EXIT_OK)
		return code;
	kvk_warn(_("the request is not filed"));
	return KVK_EXIT_CRITICAL;
}

enum kvk_exit kvk_new_judge(struct kvk_new *run)
{
	struct kvk_csr *csr = kvk_calloc(1, sizeof *csr);
	struct kvk_blob der = { .p = NULL };
	enum kvk_err err;
	enum kvk_exit code;

	code = csr == NULL ? kvk_exit_of(KVK_ERR_MEMORY) : read_request(run, &der);
	if (code == KVK_EXIT_OK) {
		err = kvk_csr_read(kvk_span_of_blob(&der), csr);
		if (err == KVK_OK) {
			code = judge(run, csr);
		} else {
			kvk_warn(_("csr: the request cannot be read: %s"),
				err == KVK_ERR_DER ? kvk_der_remark_text(csr->log.remark) :
						     kvk_error_text(err));
			code = err == KVK_ERR_MEMORY ? KVK_EXIT_UNKNOWN : KVK_EXIT_CRITICAL;
		}
	}
	kvk_blob_free(&der);
	kvk_free(csr);
	return code;
}

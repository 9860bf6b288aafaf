/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/passed.h"

#include "report/json.h"

static const char *const words[KVK_PASSED_COUNT] = {
#define KVK_PASSED_WORD(id, word) [id] = word,
	KVK_PASSED_KINDS(KVK_PASSED_WORD)
#undef KVK_PASSED_WORD
};

/* What is not often there. */
static enum kvk_err append_rare(enum kvk_passed kind, unsigned long n, struct kvk_blob *out)
{
	switch (kind) {
	case KVK_PASSED_DANGLING:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu link that leads nowhere",
				"passed over %lu links that lead nowhere", n),
			n);
	case KVK_PASSED_LARGE:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu file that is too large for a certificate",
				"passed over %lu files that are too large for certificates", n),
			n);
	case KVK_PASSED_SPECIAL:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu pipe, socket or device",
				"passed over %lu pipes, sockets or devices", n),
			n);
	case KVK_PASSED_SYSTEM:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu system folder (/proc, /sys, /dev)",
				"passed over %lu system folders (/proc, /sys, /dev)", n),
			n);
	case KVK_PASSED_OWN:
		return kvk_blob_append_format(out,
			kvk_ngettext(
				"passed over %lu folder of dossiers, which have their own entries",
				"passed over %lu folders of dossiers, which have their own entries",
				n),
			n);
	default:
		break;
	}
	return KVK_ERR_INTERNAL;
}

static enum kvk_err append_count(enum kvk_passed kind, unsigned long n, struct kvk_blob *out)
{
	switch (kind) {
	case KVK_PASSED_LINKED:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu file or folder that a link leads to",
				"passed over %lu files or folders that a link leads to", n),
			n);
	case KVK_PASSED_EARLIER:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu earlier certificate beside one that a link "
				     "leads to",
				"passed over %lu earlier certificates beside one that a link "
				"leads to",
				n),
			n);
	case KVK_PASSED_CA:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu file that contains only CA certificates",
				"passed over %lu files that contain only CA certificates", n),
			n);
	case KVK_PASSED_NONE:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu file without a certificate",
				"passed over %lu files without a certificate", n),
			n);
	case KVK_PASSED_LOCKED:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu PKCS#12 file; to track it, run 'kvkcsr track "
				     "FILE --pass-file PASSFILE' on it",
				"passed over %lu PKCS#12 files; to track them, run 'kvkcsr track "
				"FILE --pass-file PASSFILE' on each",
				n),
			n);
	case KVK_PASSED_BACKUP:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu backup copy (by its name)",
				"passed over %lu backup copies (by their names)", n),
			n);
	case KVK_PASSED_DOTS:
		return kvk_blob_append_format(out,
			kvk_ngettext("passed over %lu name that begins with '..'",
				"passed over %lu names that begin with '..'", n),
			n);
	default:
		return append_rare(kind, n, out);
	}
}

enum kvk_err kvk_report_passed_count(
	enum kvk_passed kind, size_t count, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob text = { 0 };

	KVK_PAGE_TRY(&page, append_count(kind, (unsigned long)count, &text));
	kvk_page_append_paragraph(&page, 0, kvk_blob_str(&text));
	kvk_blob_free(&text);
	return page.err;
}

enum kvk_err kvk_report_passed_name(
	const char *path, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_blanks(&page, 4);
	kvk_page_append_escaped(&page, kvk_span_of(path));
	kvk_page_append_text(&page, "\n");
	return page.err;
}

void kvk_report_passed_json(const size_t counts[static KVK_PASSED_COUNT], json_t **object)
{
	for (size_t i = 0; i < KVK_PASSED_COUNT; i++)
		if (counts[i] > 0)
			kvk_json_set(object, words[i], json_integer((json_int_t)counts[i]));
}

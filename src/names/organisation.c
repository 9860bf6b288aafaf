/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/organisation.h"

#include <unictype.h>

#include "base/utf8.h"
#include "names/fold.h"

/* What a comparison leaves out. */
enum leave_out { PUNCTUATION = 1, DIACRITICS = 2, FORM = 4 };

/*
 * Legal forms, as they are after folding and without punctuation: those of the trade register, in
 * full and as people shorten them, and what companies from abroad are often called.
 */
static const char *const forms[] = {
	"besloten vennootschap met beperkte aansprakelijkheid",
	"besloten vennootschap",
	"naamloze vennootschap",
	"vennootschap onder firma",
	"commanditaire vennootschap",
	"cooperatie ua",
	"cooperatie ba",
	"cooperatie wa",
	"cooperatie",
	"stichting",
	"vereniging",
	"maatschap",
	"bv",
	"b v",
	"nv",
	"n v",
	"vof",
	"v o f",
	"cv",
	"c v",
	"ua",
	"ba",
	"wa",
	"gmbh",
	"ag",
	"ltd",
	"limited",
	"inc",
	"plc",
	"sa",
	"se",
};

/* Letters with a stroke, of which Unicode has no decomposition. */
static uint32_t without_stroke(uint32_t c)
{
	switch (c) {
	case 0x00f8:
		return 'o';
	case 0x0111:
		return 'd';
	case 0x0127:
		return 'h';
	case 0x0142:
		return 'l';
	default:
		return c;
	}
}

static enum kvk_err fold(struct kvk_fold *out, struct kvk_span name)
{
	enum kvk_err err = KVK_OK;
	uint32_t c;

	while (kvk_utf8_next(&name, &c))
		KVK_TRY(kvk_fold_append(out, uc_is_property_white_space(c) ? ' ' : c));
	KVK_TRY(kvk_fold(out, false));
	kvk_fold_squeeze(out);
out:
	return err;
}

static bool is_mark(uint32_t c)
{
	return uc_is_general_category(c, UC_NON_SPACING_MARK);
}

/* A full stop and an apostrophe part no words. */
static bool is_silent(uint32_t c)
{
	return c == '.' || c == '\'' || c == 0x2019;
}

static bool is_punctuation(uint32_t c)
{
	return c != ' ' && uc_is_general_category(c, UC_PUNCTUATION);
}

/* joined: hyphens and the like part no words either. */
static void leave_out(struct kvk_fold *text, unsigned what, bool joined)
{
	size_t n = 0;

	for (size_t i = 0; i < text->n; i++) {
		uint32_t c = text->p[i];

		if ((what & DIACRITICS) != 0 && is_mark(c))
			continue;
		if ((what & DIACRITICS) != 0)
			c = without_stroke(c);
		if ((what & PUNCTUATION) != 0 && is_punctuation(c)) {
			if (joined || is_silent(c))
				continue;
			c = ' ';
		}
		text->p[n++] = c;
	}
	text->n = n;
	kvk_fold_squeeze(text);
}

/* Whether a form is at the front, or at the end, with a blank and a name beside it. */
static bool has_form(const struct kvk_fold *text, const struct kvk_fold *form, bool front)
{
	const size_t rest = text->n - form->n;

	if (text->n < form->n + 2)
		return false;
	return memcmp(text->p + (front ? 0 : rest), form->p, form->n * sizeof(*form->p)) == 0 &&
		text->p[front ? form->n : rest - 1] == ' ';
}

/* Takes one legal form away at the end, and one at the front. */
static enum kvk_err leave_out_form(struct kvk_fold *text)
{
	struct kvk_fold form;
	bool front = false, end = false;
	enum kvk_err err = KVK_OK;

	kvk_fold_start(&form);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		KVK_TRY(fold(&form, kvk_span_of(forms[i])));
		if (!end && has_form(text, &form, false)) {
			text->n -= form.n + 1;
			end = true;
		}
		if (!front && has_form(text, &form, true)) {
			text->n -= form.n + 1;
			memmove(text->p, text->p + form.n + 1, text->n * sizeof(*text->p));
			front = true;
		}
		kvk_fold_free(&form);
		kvk_fold_start(&form);
	}
out:
	kvk_fold_free(&form);
	return err;
}

static enum kvk_err prepare(struct kvk_fold *text, struct kvk_span name, unsigned what, bool joined)
{
	enum kvk_err err;

	KVK_TRY(fold(text, name));
	leave_out(text, what, joined);
	if ((what & FORM) != 0)
		KVK_TRY(leave_out_form(text));
out:
	return err;
}

static enum kvk_err is_same_without(
	struct kvk_span a, struct kvk_span b, unsigned what, bool joined, bool *same)
{
	struct kvk_fold one, other;
	enum kvk_err err;

	kvk_fold_start(&one);
	kvk_fold_start(&other);
	KVK_TRY(prepare(&one, a, what, joined));
	KVK_TRY(prepare(&other, b, what, joined));
	/* Of a name that is nothing but punctuation nothing is left to compare. */
	*same = kvk_fold_same(&one, &other) && (one.n > 0 || what == 0);
out:
	kvk_fold_free(&one);
	kvk_fold_free(&other);
	return err;
}

bool kvk_organisation_same(struct kvk_span a, struct kvk_span b)
{
	bool same = false;

	if (!kvk_utf8_valid(a) || !kvk_utf8_valid(b))
		return kvk_span_equal(a, b);
	return is_same_without(a, b, 0, false, &same) == KVK_OK && same;
}

enum kvk_err kvk_organisation_compare(
	struct kvk_span a, struct kvk_span b, enum kvk_name_difference *out)
{
	static const struct {
		unsigned left_out;
		enum kvk_name_difference difference;
	} steps[] = {
		{ 0, KVK_NAME_SAME },
		{ DIACRITICS, KVK_NAME_DIACRITICS },
		{ PUNCTUATION, KVK_NAME_PUNCTUATION },
		/* "BV", "B.V." and "(B.V.)" are one form. */
		{ FORM | PUNCTUATION, KVK_NAME_FORM },
		{ PUNCTUATION | DIACRITICS, KVK_NAME_SEVERAL },
		{ FORM | PUNCTUATION | DIACRITICS, KVK_NAME_SEVERAL },
	};
	bool same = false;
	enum kvk_err err = KVK_OK;

	*out = KVK_NAME_OTHER;
	if (!kvk_utf8_valid(a) || !kvk_utf8_valid(b)) {
		*out = kvk_span_equal(a, b) ? KVK_NAME_SAME : KVK_NAME_OTHER;
		return KVK_OK;
	}
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		for (int joined = 0; joined < 2; joined++) {
			KVK_TRY(is_same_without(a, b, steps[i].left_out, joined != 0, &same));
			if (same) {
				*out = steps[i].difference;
				return KVK_OK;
			}
		}
out:
	return err;
}

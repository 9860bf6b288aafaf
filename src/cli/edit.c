/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/edit.h"

#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/typing.h"

/* Shown, and refused at the end, in place of what is not text. */
#define NOT_TEXT 0xfffd

/* One line that is being typed. */
struct edit {
	char *question;
	struct kvk_typing typing;
	/* An octet that was read and belongs to the next character, or -1. */
	int pending;
	bool too_long;
};

bool kvk_edit_possible(void)
{
	const char *term = getenv("TERM");

	return isatty(STDIN_FILENO) && term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static struct edit *edit_of(EditLine *el)
{
	void *edit = NULL;

	(void)el_get(el, EL_CLIENTDATA, &edit);
	return edit;
}

static char *question_of(EditLine *el)
{
	return edit_of(el)->question;
}

static int next_octet(struct edit *edit)
{
	int octet = edit->pending;

	edit->pending = -1;
	return octet >= 0 ? octet : kvk_typing_octet(&edit->typing);
}

/* The octets of a character that begins so; 1 where none does. */
static size_t length_of(int first)
{
	if (first >= 0xf0)
		return 4;
	if (first >= 0xe0)
		return 3;
	return first >= 0xc0 ? 2 : 1;
}

/* A character that begins with this octet, NOT_TEXT for what is none. */
static wchar_t complete(struct edit *edit, int first)
{
	uint8_t octets[4] = { (uint8_t)first };
	struct kvk_span text = { octets, 1 };
	uint32_t code_point;

	while (text.n < length_of(first)) {
		int octet = next_octet(edit);

		if ((octet & 0xc0) != 0x80) {
			edit->pending = octet;
			return NOT_TEXT;
		}
		octets[text.n++] = (uint8_t)octet;
	}
	return kvk_utf8_next(&text, &code_point) && code_point != 0 ? (wchar_t)code_point :
								      NOT_TEXT;
}

/* What libedit calls for each character: 1, or -1 where there is none. */
static int next_character(EditLine *el, wchar_t *out)
{
	struct edit *edit = edit_of(el);
	const LineInfoW *line = el_wline(el);
	int octet = next_octet(edit);

	if (line->lastchar - line->buffer >= (ptrdiff_t)KVK_LIMIT_LINE) {
		edit->too_long = true;
		while (octet >= 0 && octet != '\n' && octet != '\r')
			octet = next_octet(edit);
	}
	if (octet < 0)
		return -1;
	*out = complete(edit, octet);
	return 1;
}

/* The line without what ends it. */
static enum kvk_err take(const wchar_t *line, int n, const struct edit *edit, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < n && line[i] != L'\n' && line[i] != L'\r'; i++) {
		KVK_TRY(line[i] == NOT_TEXT ? KVK_ERR_TEXT : KVK_OK);
		KVK_TRY(kvk_utf8_append(out, (uint32_t)line[i]));
	}
	if (edit->too_long || out->n >= KVK_LIMIT_LINE)
		err = KVK_ERR_LIMIT;
out:
	return err;
}

/* errors is where libedit would complain about a terminal that it does not know. */
static enum kvk_err read_line(struct edit *edit, FILE *errors, struct kvk_blob *out)
{
	EditLine *el = el_init(PACKAGE_NAME, stdin, stderr, errors);
	const wchar_t *line;
	int n = 0;
	enum kvk_err err = KVK_ERR_CANCELLED;

	if (el == NULL)
		return KVK_ERR_MEMORY;
	(void)el_set(el, EL_CLIENTDATA, edit);
	(void)el_set(el, EL_PROMPT, question_of);
	(void)el_set(el, EL_EDITOR, "emacs");
	(void)el_wset(el, EL_GETCFN, next_character);
	line = el_wgets(el, &n);
	if (line != NULL && n > 0)
		err = take(line, n, edit, out);
	/* Else el_end() would throw away what is typed ahead. */
	(void)el_set(el, EL_EDITMODE, 0);
	el_end(el);
	return err;
}

/* With signals taken over, in a locale whose characters are UTF-8, as the program's are. */
static enum kvk_err read_in_utf8(struct edit *edit, FILE *errors, struct kvk_blob *out)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before;
	struct termios shown;
	enum kvk_err err;

	if (utf8 == (locale_t)0)
		return KVK_ERR_OPEN;
	before = uselocale(utf8);
	if (tcgetattr(STDIN_FILENO, &shown) == 0) {
		err = read_line(edit, errors, out);
		tcsetattr(STDIN_FILENO, TCSADRAIN, &shown);
	} else {
		err = KVK_ERR_OPEN;
	}
	uselocale(before);
	freelocale(utf8);
	return err;
}

enum kvk_err kvk_edit_line(const char *question, struct kvk_blob *out)
{
	struct edit edit = { .pending = -1, .question = kvk_strdup(question) };
	FILE *errors = fopen("/dev/null", "we");
	enum kvk_err err = KVK_ERR_OPEN;
	bool stopped = true;

	if (edit.question == NULL)
		err = KVK_ERR_MEMORY;
	/* A program that was stopped and goes on asks once more. */
	while (edit.question != NULL && errors != NULL && stopped) {
		kvk_typing_start(&edit.typing);
		err = read_in_utf8(&edit, errors, out);
		if (err == KVK_ERR_CANCELLED)
			fputc('\n', stderr);
		stopped = kvk_typing_end(&edit.typing) == SIGTSTP && err == KVK_ERR_CANCELLED;
	}
	if (errors != NULL)
		fclose(errors);
	kvk_free(edit.question);
	return err;
}

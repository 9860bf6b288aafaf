/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "made.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(bool condition, const char *text)
{
	if (condition)
		return;
	fprintf(stderr, "not a text for octets: %.60s\n", text);
	abort();
}

static unsigned digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	must(at != NULL, "a digit");
	return (unsigned)(at - digits);
}

static void append_length(struct kvk_blob *out, size_t n)
{
	must(n < 0x1000000, "a length");
	if (n >= 0x10000) {
		must(kvk_blob_append_byte(out, 0x83) == KVK_OK, "memory");
		must(kvk_blob_append_byte(out, (uint8_t)(n >> 16)) == KVK_OK, "memory");
	} else if (n >= 0x100) {
		must(kvk_blob_append_byte(out, 0x82) == KVK_OK, "memory");
	} else if (n >= 0x80) {
		must(kvk_blob_append_byte(out, 0x81) == KVK_OK, "memory");
	}
	if (n >= 0x100)
		must(kvk_blob_append_byte(out, (uint8_t)(n >> 8)) == KVK_OK, "memory");
	must(kvk_blob_append_byte(out, (uint8_t)n) == KVK_OK, "memory");
}

/* Appends the octets of text up to its end or a closing bracket; returns what is left. */
static const char *append(struct kvk_blob *out, const char *text)
{
	while (*text != '\0' && *text != ')') {
		if (*text == ' ') {
			text++;
		} else if (*text == '\'') {
			for (text++; *text != '\''; text++) {
				must(*text != '\0', "a closing quote");
				must(kvk_blob_append_byte(out, (uint8_t)*text) == KVK_OK, "memory");
			}
			text++;
		} else if (*text == '(') {
			struct kvk_blob inner = { 0 };

			text = append(&inner, text + 1);
			must(*text == ')', "a closing bracket");
			text++;
			append_length(out, inner.n);
			must(kvk_blob_append(out, kvk_span_of_blob(&inner)) == KVK_OK, "memory");
			kvk_blob_free(&inner);
		} else {
			must(kvk_blob_append_byte(out,
				     (uint8_t)(digit(text[0]) << 4 | digit(text[1]))) == KVK_OK,
				"memory");
			text += 2;
		}
	}
	return text;
}

struct made made_of(const char *text)
{
	struct kvk_blob all = { 0 };
	struct made out;

	must(*append(&all, text) == '\0', text);
	out.n = all.n;
	out.p = malloc(all.n > 0 ? all.n : 1);
	must(out.p != NULL, "memory");
	if (all.n > 0)
		memcpy(out.p, all.p, all.n);
	kvk_blob_free(&all);
	return out;
}

struct made made_format(const char *format, ...)
{
	static char text[1 << 20];
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	must(n >= 0 && (size_t)n < sizeof(text), format);
	return made_of(text);
}

struct kvk_span made_span(const struct made *made)
{
	return (struct kvk_span){ made->p, made->n };
}

void made_free(struct made *made)
{
	free(made->p);
	made->p = NULL;
	made->n = 0;
}

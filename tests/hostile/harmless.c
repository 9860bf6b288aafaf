/* SPDX-License-Identifier: Apache-2.0 */
/*
 * harmless [--ascii] FILE...: whether what a program wrote can do nothing to a terminal and nothing
 * to what stands around it: UTF-8, no character that controls, hides, turns round or has no look,
 * and no line that begins with FORGED after blanks. Says where not, and exits 1. With --ascii
 * nothing beyond ASCII either, as JSON is written.
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Written down here once more, so that the program is not measured by its own table. */
static const uint32_t harmful[][2] = { { 0, 9 }, { 11, 31 }, { 0x7f, 0xa0 }, { 0xad, 0xad },
	{ 0x34f, 0x34f }, { 0x61c, 0x61c }, { 0x115f, 0x1160 }, { 0x1680, 0x1680 },
	{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x2000, 0x200f }, { 0x2028, 0x202f },
	{ 0x205f, 0x206f }, { 0x2800, 0x2800 }, { 0x3000, 0x3000 }, { 0x3164, 0x3164 },
	{ 0xd800, 0xf8ff }, { 0xfdd0, 0xfdef }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff }, { 0x1fffe, 0x1ffff },
	{ 0xe0000, UINT32_MAX } };

/* One character of UTF-8 as RFC 3629 has it; UINT32_MAX where there is none. */
static uint32_t next(const uint8_t **p, const uint8_t *end)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = *(*p)++;
	int more = first < 0x80 ? 0 :
		first >= 0xf8	? -1 :
		first >= 0xf0	? 3 :
		first >= 0xe0	? 2 :
		first >= 0xc0	? 1 :
				  -1;
	uint32_t c = more == 0 ? first : first & (0x3fu >> (unsigned)more);

	if (more < 0 || end - *p < more)
		return UINT32_MAX;
	for (int i = 0; i < more; i++, (*p)++) {
		if ((**p & 0xc0) != 0x80)
			return UINT32_MAX;
		c = c << 6 | (**p & 0x3f);
	}
	return c < least[more + 1] ? UINT32_MAX : c;
}

static bool is_harmful(uint32_t c)
{
	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++)
		if (c >= harmful[i][0] && c <= harmful[i][1])
			return true;
	return false;
}

/* Whether a line begins with FORGED, or with that turned round. */
static bool is_forged(const uint8_t *p, const uint8_t *end)
{
	while (p < end && *p == ' ')
		p++;
	return end - p >= 6 && (memcmp(p, "FORGED", 6) == 0 || memcmp(p, "DEGROF", 6) == 0);
}

static int look(const char *name, const uint8_t *p, size_t n, bool ascii)
{
	const uint8_t *end = p + n;
	unsigned line = 1;
	bool begins = true;

	while (p < end) {
		uint32_t c;

		if (begins && is_forged(p, end)) {
			printf("%s: line %u begins with FORGED\n", name, line);
			return 1;
		}
		c = next(&p, end);
		if (is_harmful(c) || (ascii && c > 0x7e)) {
			printf("%s: line %u: U+%04X\n", name, line, (unsigned)c);
			return 1;
		}
		begins = c == '\n';
		line += begins;
	}
	return 0;
}

int main(int argc, char **argv)
{
	static uint8_t bytes[64 * 1024 * 1024];
	bool ascii = argc > 1 && strcmp(argv[1], "--ascii") == 0;
	int code = 0;

	for (int i = 1 + ascii; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		size_t n;

		if (file == NULL) {
			perror(argv[i]);
			return 2;
		}
		n = fread(bytes, 1, sizeof(bytes), file);
		fclose(file);
		code |= look(argv[i], bytes, n, ascii);
	}
	return code;
}

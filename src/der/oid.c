/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/oid.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "base/ascii.h"
#include "base/format.h"

struct row {
	const char *octets;
	uint8_t n;
	const char *dotted;
	const char *name;
};

#define OID_ROW(id, dots, bytes, label) \
	[id] = { .octets = bytes, .n = sizeof(bytes) - 1, .dotted = dots, .name = label },
static const struct row rows[KVK_OID_COUNT] = {
	[KVK_OID_UNKNOWN] = { .octets = "", .dotted = "", .name = "" },
	KVK_OIDS(OID_ROW)
};
#undef OID_ROW

/* At most half full, so that a search ends after a step or two. */
enum { SLOTS = 512 };
_Static_assert(KVK_OID_COUNT * 2 <= SLOTS, "the table of slots is too small for the list of OIDs");

/* The known OIDs by hash: each in the first free slot from its own on. */
static uint16_t slots[SLOTS];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static const struct row *row_of(enum kvk_oid oid)
{
	return &rows[(unsigned)oid < KVK_OID_COUNT ? oid : KVK_OID_UNKNOWN];
}

/* The arcs differ mostly at the end; octets.n is at least 1. */
static unsigned slot_of(struct kvk_span octets)
{
	unsigned last = octets.p[octets.n - 1];
	unsigned before = octets.n > 1 ? octets.p[octets.n - 2] : 0;

	return (last + before * 37u + (unsigned)octets.n * 101u) % SLOTS;
}

static void fill_slots(void)
{
	for (unsigned oid = KVK_OID_UNKNOWN + 1; oid < KVK_OID_COUNT; oid++) {
		unsigned i = slot_of(kvk_oid_octets((enum kvk_oid)oid));

		while (slots[i] != KVK_OID_UNKNOWN)
			i = (i + 1) % SLOTS;
		slots[i] = (uint16_t)oid;
	}
}

enum kvk_oid kvk_oid_find(struct kvk_span octets)
{
	if (octets.n == 0)
		return KVK_OID_UNKNOWN;
	pthread_once(&slots_once, fill_slots);
	for (unsigned i = slot_of(octets); slots[i] != KVK_OID_UNKNOWN; i = (i + 1) % SLOTS)
		if (kvk_oid_is(octets, (enum kvk_oid)slots[i]))
			return (enum kvk_oid)slots[i];
	return KVK_OID_UNKNOWN;
}

bool kvk_oid_is(struct kvk_span octets, enum kvk_oid oid)
{
	const struct row *row = row_of(oid);

	return row->n > 0 && octets.n == row->n && memcmp(octets.p, row->octets, row->n) == 0;
}

struct kvk_span kvk_oid_octets(enum kvk_oid oid)
{
	const struct row *row = row_of(oid);

	return (struct kvk_span){ (const uint8_t *)row->octets, row->n };
}

const char *kvk_oid_dotted(enum kvk_oid oid)
{
	return row_of(oid)->dotted;
}

const char *kvk_oid_name(enum kvk_oid oid)
{
	return row_of(oid)->name;
}

/* An arc, and whether it is one of 2^64 or more, whose value is lost. */
struct arc {
	uint64_t value;
	bool large;
};

/* Takes one arc from the front; false where it is not in shortest form or does not end. */
static bool take_arc(struct kvk_span *octets, struct arc *arc)
{
	*arc = (struct arc){ 0 };
	if (octets->n == 0 || octets->p[0] == 0x80)
		return false;
	while (octets->n > 0) {
		uint8_t c = octets->p[0];

		octets->p++;
		octets->n--;
		arc->large = arc->large || arc->value > UINT64_MAX >> 7;
		arc->value = arc->value << 7 | (c & 0x7fu);
		if ((c & 0x80) == 0)
			return true;
	}
	return false;
}

/* Appends an arc to the dotted form; false where there is no room. */
static bool append_arc(char text[static KVK_LIMIT_OID_TEXT], const struct arc *arc)
{
	size_t n = strlen(text);

	if (arc->large)
		return kvk_format(text + n, KVK_LIMIT_OID_TEXT - n, ".?");
	return kvk_format(text + n, KVK_LIMIT_OID_TEXT - n, ".%" PRIu64, arc->value);
}

const char *kvk_oid_text(struct kvk_span octets, char text[static KVK_LIMIT_OID_TEXT])
{
	struct arc arc;

	if (octets.n == 0 || octets.n > KVK_LIMIT_OID)
		return strcpy(text, "?");
	for (bool first = true; octets.n > 0; first = false) {
		if (!take_arc(&octets, &arc))
			return strcpy(text, "?");
		/* the first two arcs share a number: 40 * first + second (X.690 8.19.4) */
		if (first) {
			unsigned top = arc.large || arc.value >= 80 ? 2 : arc.value >= 40 ? 1 : 0;

			arc.value -= 40 * top;
			kvk_format(text, KVK_LIMIT_OID_TEXT, "%u", top);
		}
		if (!append_arc(text, &arc))
			return strcpy(text, "?");
	}
	return text;
}

const char *kvk_oid_label(struct kvk_span octets, char text[static KVK_LIMIT_OID_TEXT])
{
	enum kvk_oid oid = kvk_oid_find(octets);

	if (oid == KVK_OID_UNKNOWN)
		return kvk_oid_text(octets, text);
	strcpy(text, kvk_oid_name(oid));
	return text;
}

/* Reads one decimal arc without leading zeros. */
static enum kvk_err read_arc(const char **dotted, uint64_t *out)
{
	const char *at = *dotted;
	uint64_t value = 0;

	if (!kvk_is_digit((uint8_t)*at) || (at[0] == '0' && kvk_is_digit((uint8_t)at[1])))
		return KVK_ERR_ARGUMENT;
	for (; kvk_is_digit((uint8_t)*at); at++) {
		unsigned digit = (unsigned)(*at - '0');

		if (value > (UINT64_MAX - digit) / 10)
			return KVK_ERR_LIMIT;
		value = value * 10 + digit;
	}
	*dotted = at;
	*out = value;
	return KVK_OK;
}

static enum kvk_err add_arc(struct kvk_blob *out, uint64_t arc)
{
	int shift = 63;
	enum kvk_err err = KVK_OK;

	while (shift > 0 && arc >> shift == 0)
		shift -= 7;
	for (; shift >= 0; shift -= 7)
		KVK_TRY(kvk_blob_append_byte(
			out, (uint8_t)((arc >> shift & 0x7fu) | (shift > 0 ? 0x80u : 0u))));
	if (out->n > KVK_LIMIT_OID)
		err = KVK_ERR_LIMIT;
out:
	return err;
}

/* The first two arcs, which share a number. */
static enum kvk_err first_arcs(const char **dotted, uint64_t *out)
{
	uint64_t top;
	enum kvk_err err;

	KVK_TRY(read_arc(dotted, &top));
	if (top > 2 || **dotted != '.')
		return KVK_ERR_ARGUMENT;
	++*dotted;
	KVK_TRY(read_arc(dotted, out));
	if (top < 2 && *out >= 40)
		return KVK_ERR_ARGUMENT;
	if (*out > UINT64_MAX - 40 * top)
		return KVK_ERR_LIMIT;
	*out += 40 * top;
out:
	return err;
}

enum kvk_err kvk_oid_encode(const char *dotted, struct kvk_blob *out)
{
	uint64_t arc;
	enum kvk_err err;

	kvk_blob_clear(out);
	if (dotted == NULL)
		return KVK_ERR_ARGUMENT;
	KVK_TRY(first_arcs(&dotted, &arc));
	KVK_TRY(add_arc(out, arc));
	while (*dotted == '.') {
		dotted++;
		KVK_TRY(read_arc(&dotted, &arc));
		KVK_TRY(add_arc(out, arc));
	}
	if (*dotted != '\0')
		err = KVK_ERR_ARGUMENT;
out:
	if (err != KVK_OK)
		kvk_blob_clear(out);
	return err;
}

bool kvk_oid_below(struct kvk_span octets, struct kvk_span arc)
{
	return arc.n > 0 && octets.n >= arc.n && memcmp(octets.p, arc.p, arc.n) == 0;
}

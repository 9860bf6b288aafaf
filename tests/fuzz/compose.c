/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/compose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/escape.h"
#include "base/utf8.h"

/*
 * Milliseconds of processor time after which an input counts as slow. The promise is 50; the
 * sanitizers make everything several times slower.
 */
#define SLOW_MS 500.0

void check(bool condition)
{
	if (!condition)
		abort();
}

void check_text(struct kvk_span text)
{
	size_t start = 0;

	check(kvk_utf8_valid(text));
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != '\n')
			continue;
		if (i > start)
			check(!kvk_text_is_risky((struct kvk_span){ text.p + start, i - start }));
		start = i + 1;
	}
}

const char *compose_templates(void)
{
	static char path[4096];
	const char *top = getenv("top_srcdir");

	snprintf(path, sizeof(path), "%s/templates", top != NULL ? top : ".");
	return path;
}

bool is_rendered(const uint8_t *data, size_t size)
{
	static int sampled = -1;
	unsigned sum = 0;

	if (sampled < 0)
		sampled = getenv("KVK_FUZZ_SAMPLE") != NULL;
	for (size_t i = 0; sampled && i < size; i++)
		sum += data[i];
	return (sum & 15) == 0;
}

double compose_clock(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void check_time(double start)
{
	check(compose_clock() - start < SLOW_MS);
}

unsigned choose(struct choices *c, unsigned below)
{
	if (c->n == 0)
		return 0;
	c->n--;
	return *c->p++ % below;
}

struct kvk_span choose_bytes(struct choices *c, size_t max)
{
	struct kvk_span bytes = { 0 };

	bytes.n = choose(c, 256);
	bytes.n = bytes.n < max ? bytes.n : max;
	bytes.n = bytes.n < c->n ? bytes.n : c->n;
	bytes.p = c->p;
	c->p += bytes.n;
	c->n -= bytes.n;
	return bytes;
}

struct kvk_span choose_text(struct choices *c, const char *const *texts, unsigned count)
{
	unsigned which = choose(c, 256);

	return which < count ? kvk_span_of(texts[which]) : choose_bytes(c, 64);
}

kvk_time choose_time(struct choices *c)
{
	static const kvk_time near[] = { -365 * KVK_DAY, 365 * KVK_DAY, 0, -1 * KVK_SECOND,
		KVK_SECOND, -30 * KVK_DAY, 30 * KVK_DAY, -16 * 60 * KVK_SECOND,
		16 * 60 * KVK_SECOND, -4000 * KVK_DAY, 4000 * KVK_DAY, 800 * KVK_DAY };
	unsigned which = choose(c, 16);

	if (which < sizeof(near) / sizeof(near[0]))
		return COMPOSE_NOW + near[which];
	/* from the year 0 to 9999 */
	return ((kvk_time)choose(c, 256) * 39 * 365 - 1970 * 365) * KVK_DAY;
}

enum kvk_err compose_verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	struct compose_oracle *oracle = context;
	unsigned sum = 0;

	check(spki.n > 0 && algorithm.n > 0 && data.n > 0);
	for (size_t i = spki.n > 8 ? spki.n - 8 : 0; i < spki.n; i++)
		sum += spki.p[i];
	if (signature.n == 0 || signature.p[0] == 1)
		return KVK_ERR_SIGNATURE;
	if (signature.p[0] == 2)
		return KVK_ERR_ALGORITHM;
	if (signature.p[0] > 2 && ((sum ^ signature.p[0]) & 3) != 0)
		return KVK_ERR_SIGNATURE;
	oracle->good++;
	return KVK_OK;
}

void compose_signature(struct kvk_der_writer *w, struct choices *c)
{
	const uint8_t octets[] = { (uint8_t)choose(c, 256), 0xa1, 0xa2 };

	kvk_der_put_bits(w, (struct kvk_span){ octets, sizeof(octets) });
}

void compose_algorithm(struct kvk_der_writer *w, unsigned which)
{
	static const enum kvk_oid oids[] = { KVK_OID_RSA_SHA256, KVK_OID_RSA_PSS, KVK_OID_RSA_SHA1,
		KVK_OID_RSA_MD5, KVK_OID_ECDSA_SHA256, KVK_OID_DSA_SHA1, KVK_OID_ED25519,
		KVK_OID_RSA_SHA512, KVK_OID_RSA_MD2, KVK_OID_ECDSA_SHA1 };
	enum kvk_oid oid = oids[which % (sizeof(oids) / sizeof(oids[0]))];

	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, oid);
	if (oid == KVK_OID_RSA_PSS) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		for (unsigned i = 0; i < 2; i++) {
			kvk_der_open(w, 0xa0 + i);
			kvk_der_open(w, KVK_DER_SEQUENCE);
			kvk_der_put_oid(w, i == 0 ? KVK_OID_SHA512 : KVK_OID_RSA_MGF1);
			if (i == 1) {
				kvk_der_open(w, KVK_DER_SEQUENCE);
				kvk_der_put_oid(w, which < 16 ? KVK_OID_SHA512 : KVK_OID_SHA1);
				kvk_der_close(w);
			}
			kvk_der_close(w);
			kvk_der_close(w);
		}
		kvk_der_open(w, 0xa2);
		kvk_der_put_uint(w, 64);
		kvk_der_close(w);
		kvk_der_close(w);
	} else if (oid != KVK_OID_ECDSA_SHA256 && oid != KVK_OID_ED25519) {
		kvk_der_put_null(w);
	}
	kvk_der_close(w);
}

static void put_number(struct kvk_der_writer *w, size_t octets, unsigned last)
{
	static uint8_t number[2048];

	memset(number, 0xc5, octets);
	number[octets - 1] = (uint8_t)(0x81 + 2 * last);
	kvk_der_put_unsigned(w, (struct kvk_span){ number, octets });
}

static void rsa_key(struct kvk_der_writer *w, size_t octets, unsigned last, unsigned exponent)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_RSA);
	kvk_der_put_null(w);
	kvk_der_close(w);
	kvk_der_open_bits(w);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	put_number(w, octets, last);
	kvk_der_put_uint(w, exponent);
	kvk_der_close(w);
	kvk_der_close(w);
}

static void ec_key(struct kvk_der_writer *w, unsigned last)
{
	uint8_t point[65];

	memset(point, 0x5a, sizeof(point));
	point[0] = 4;
	point[64] = (uint8_t)last;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_EC_PUBLIC_KEY);
	kvk_der_put_oid(w, KVK_OID_CURVE_P256);
	kvk_der_close(w);
	kvk_der_put_bits(w, (struct kvk_span){ point, sizeof(point) });
}

static void dsa_key(struct kvk_der_writer *w, bool inherits, unsigned last)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_DSA);
	if (!inherits) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		put_number(w, 32, 1);
		put_number(w, 20, 2);
		put_number(w, 32, 3);
		kvk_der_close(w);
	}
	kvk_der_close(w);
	kvk_der_open_bits(w);
	put_number(w, 32, last);
	kvk_der_close(w);
}

void compose_key(struct kvk_der_writer *w, unsigned which)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	switch (which & 15) {
	case 8:
		rsa_key(w, 384, 0, 65537);
		break;
	case 9:
		rsa_key(w, 256, 1, 65537);
		break;
	case 10:
		rsa_key(w, 127, 2, 3);
		break;
	case 11:
		rsa_key(w, 2048, 3, 65537);
		break;
	case 12:
		dsa_key(w, false, 0);
		break;
	case 13:
		dsa_key(w, true, 1);
		break;
	case 14:
		dsa_key(w, true, 2);
		break;
	case 15:
		rsa_key(w, 1, 5, 1);
		break;
	default:
		ec_key(w, which & 15);
	}
	kvk_der_close(w);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, algorithm identifiers and signatures. */
#include "config.h"

#include "tests/differential/mutate.h"

#include <string.h>

#include "der/writer.h"
#include "tests/differential/keys.h"
#include "tests/support/issue_odd.h"
#include "tests/support/signings.h"

#define RSA_OID "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01"
#define SHA512 "\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00"
#define SHA256 "\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00"
#define MGF1 "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08"

/* AlgorithmIdentifiers: without NULL, with other parameters, broken hashes, unknown ones, PSS. */
static const struct kvk_span algorithms[] = {
	OCTETS("\x30\x0b" RSA_OID "\x0b"),
	OCTETS("\x30\x0d" RSA_OID "\x0b\x05\x00"),
	OCTETS("\x30\x0e" RSA_OID "\x0b\x05\x01\x00"),
	OCTETS("\x30\x0e" RSA_OID "\x0b\x02\x01\x05"),
	OCTETS("\x30\x0f" RSA_OID "\x0b\x05\x00\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x02\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x03\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x04\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x05\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x0e\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x0c\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x0f\x05\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x01\x05\x00"),
	OCTETS("\x30\x0d\x06\x09\x2b\x06\x01\x04\x01\x81\xfd\x59\x01\x05\x00"),
	OCTETS("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02"),
	OCTETS("\x30\x0c\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02\x05\x00"),
	OCTETS("\x30\x09\x06\x07\x2a\x86\x48\xce\x3d\x04\x01"),
	OCTETS("\x30\x05\x06\x03\x2b\x65\x70"),
	OCTETS("\x30\x07\x06\x03\x2b\x65\x70\x05\x00"),
	OCTETS("\x30\x07\x06\x05\x2b\x0e\x03\x02\x1d"),
	OCTETS("\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x03\x02"),
	OCTETS("\x30\x0b" RSA_OID "\x0a"),
	OCTETS("\x30\x0d" RSA_OID "\x0a\x30\x00"),
	OCTETS("\x30\x0d" RSA_OID "\x0a\x05\x00"),
	OCTETS("\x30\x41" RSA_OID "\x0a\x30\x34\xa0\x0f" SHA512 "\xa1\x1c\x30\x1a" MGF1 SHA512
	       "\xa2\x03\x02\x01\x40"),
	OCTETS("\x30\x41" RSA_OID "\x0a\x30\x34\xa0\x0f" SHA256 "\xa1\x1c\x30\x1a" MGF1 SHA256
	       "\xa2\x03\x02\x01\x20"),
	OCTETS("\x30\x41" RSA_OID "\x0a\x30\x34\xa0\x0f" SHA512 "\xa1\x1c\x30\x1a" MGF1 SHA256
	       "\xa2\x03\x02\x01\x40"),
	OCTETS("\x30\x41" RSA_OID "\x0a\x30\x34\xa0\x0f" SHA512 "\xa1\x1c\x30\x1a" MGF1 SHA512
	       "\xa2\x03\x02\x01\x20"),
	OCTETS("\x30\x46" RSA_OID "\x0a\x30\x39\xa0\x0f" SHA512 "\xa1\x1c\x30\x1a" MGF1 SHA512
	       "\xa2\x03\x02\x01\x40\xa3\x03\x02\x01\x01"),
	OCTETS("\x30\x46" RSA_OID "\x0a\x30\x39\xa0\x0f" SHA512 "\xa1\x1c\x30\x1a" MGF1 SHA512
	       "\xa2\x03\x02\x01\x40\xa3\x03\x02\x01\x02"),
	OCTETS("\x30\x00"),
	OCTETS("\x30\x02\x05\x00"),
	OCTETS("\x05\x00"),
};

MUTATION(claim)
{
	kvk_issue_claim_raw(v->issue, DICE_PICK(v->dice, algorithms));
}

MUTATION(claim_inside)
{
	struct kvk_span algorithm = DICE_PICK(v->dice, algorithms);

	kvk_blob_clear(&issue_odd(v->issue)->inner_algorithm);
	if (kvk_blob_append(&issue_odd(v->issue)->inner_algorithm, algorithm) != KVK_OK)
		v->issue->err = KVK_ERR_MEMORY;
}

MUTATION(scheme)
{
	v->issue->signing = DICE_PICK(v->dice, kvk_signings);
}

MUTATION(rsa_scheme)
{
	static const struct kvk_signing *const schemes[] = { &kvk_signing_rsa_sha1,
		&kvk_signing_rsa_md5, &kvk_signing_rsa_pss_sha256, &kvk_signing_rsa_pss_sha384,
		&kvk_signing_rsa_pss_sha512, &kvk_signing_rsa_sha384, &kvk_signing_rsa_sha512 };

	if (v->chain->signer[v->i] < KEY_RSA_COUNT)
		v->issue->signing = DICE_PICK(v->dice, schemes);
}

MUTATION(damage)
{
	issue_odd(v->issue)->damage = (enum kvk_damage)(1 + dice_roll(v->dice, 3));
}

MUTATION(other_signer)
{
	v->chain->signer[v->i] = dice_roll(v->dice, KEY_COUNT);
	v->issue->signing = keys_signing(v->chain->signer[v->i]);
}

MUTATION(weak_key)
{
	const size_t below = v->i + 1;

	v->chain->owner[v->i] = KEY_WEAK;
	kvk_issue_spki(v->issue, keys_spki(KEY_WEAK));
	if (below < v->chain->count) {
		v->chain->signer[below] = KEY_WEAK;
		v->chain->issues[below].signing = &kvk_signing_rsa_sha256;
	}
}

/* Modulus sizes in octets, with the highest bit of the first octet set or not, and exponents. */
MUTATION(rsa_key)
{
	static const size_t sizes[] = { 32, 63, 64, 65, 96, 127, 128, 129, 192, 256, 512, 1024 };
	static const struct kvk_span exponents[] = { OCTETS("\x01\x00\x01"), OCTETS("\x03"),
		OCTETS("\x01"), OCTETS("\x02"), OCTETS("\x00"),
		OCTETS("\x01\x00\x00\x00\x00\x00\x00\x00\x01") };
	static const uint8_t first[] = { 0xff, 0x80, 0x7f, 0x40, 0x01 };
	struct kvk_der_writer w = { 0 };
	struct kvk_blob spki = { 0 };
	uint8_t modulus[1024];
	size_t n = DICE_PICK(v->dice, sizes);

	memset(modulus, 0x5b, sizeof modulus);
	modulus[0] = DICE_PICK(v->dice, first);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, (struct kvk_span)OCTETS("\x30\x0d" RSA_OID "\x01\x05\x00"));
	kvk_der_open_bits(&w);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_unsigned(&w, (struct kvk_span){ modulus, n });
	kvk_der_put_unsigned(&w, DICE_PICK(v->dice, exponents));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	if (kvk_der_write_done(&w, &spki) == KVK_OK)
		kvk_issue_spki(v->issue, kvk_span_of_blob(&spki));
	kvk_blob_free(&spki);
	kvk_der_writer_free(&w);
}

#define EC_OID "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"

/* Other keys, whole: curves, points that are none, unknown algorithms. */
static const struct kvk_span foreign[] = {
	OCTETS("\x30\x49\x30\x13" EC_OID "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x01\x03\x32\x00\x04"
	       "\x18\x8d\xa8\x0e\xb0\x30\x90\xf6\x7c\xbf\x20\xeb\x43\xa1\x88\x00\xf4\xff\x0a\xfd"
	       "\x82\xff\x10\x12\x07\x19\x2b\x95\xff\xc8\xda\x78\x63\x10\x11\xed\x6b\x24\xcd\xd5"
	       "\x73\xf9\x77\xa1\x1e\x79\x48\x11"),
	OCTETS("\x30\x4e\x30\x10" EC_OID "\x06\x05\x2b\x81\x04\x00\x21\x03\x3a\x00\x04"
	       "\xb7\x0e\x0c\xbd\x6b\xb4\xbf\x7f\x32\x13\x90\xb9\x4a\x03\xc1\xd3\x56\xc2\x11\x22"
	       "\x34\x32\x80\xd6\x11\x5c\x1d\x21\xbd\x37\x63\x88\xb5\xf7\x23\xfb\x4c\x22\xdf\xe6"
	       "\xcd\x43\x75\xa0\x5a\x07\x47\x64\x44\xd5\x81\x99\x85\x00\x7e\x34"),
	OCTETS("\x30\x17\x30\x13" EC_OID "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x00"),
	OCTETS("\x30\x1a\x30\x13" EC_OID "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x03\x00\x04"
	       "\x01"),
	OCTETS("\x30\x0f\x30\x0b" EC_OID "\x05\x00\x03\x00"),
	OCTETS("\x30\x16\x30\x0d\x06\x09\x2b\x06\x01\x04\x01\x81\xfd\x59\x02\x05\x00\x03\x05\x00"
	       "\x01\x02\x03\x04"),
	OCTETS("\x30\x0a\x30\x05\x06\x03\x2b\x65\x70\x03\x01\x00"),
	OCTETS("\x30\x2a\x30\x05\x06\x03\x2b\x65\x6e\x03\x21\x00\x01\x02\x03\x04\x05\x06\x07\x08"
	       "\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04\x05\x06\x07\x08"
	       "\x01\x02\x03\x04\x05\x06\x07\x08"),
	OCTETS("\x30\x12\x30\x0d" RSA_OID "\x01\x05\x00\x03\x01\x00"),
	OCTETS("\x30\x1a\x30\x0d" RSA_OID
	       "\x01\x05\x00\x03\x09\x00\x30\x06\x02\x01\x05\x02\x01\x03"),
	OCTETS("\x30\x0c\x30\x07\x06\x05\x2b\x0e\x03\x02\x0c\x03\x01\x00"),
};

MUTATION(foreign_key)
{
	kvk_issue_spki(v->issue, DICE_PICK(v->dice, foreign));
}

const struct mutation mutations_key[] = {
	{ "claim", claim },
	{ "claim", claim },
	{ "claim-inside", claim_inside },
	{ "scheme", scheme },
	{ "rsa-scheme", rsa_scheme },
	{ "rsa-scheme", rsa_scheme },
	{ "damage", damage },
	{ "other-signer", other_signer },
	{ "weak-key", weak_key },
	{ "rsa-key", rsa_key },
	{ "rsa-key", rsa_key },
	{ "foreign-key", foreign_key },
	{ NULL, NULL },
};

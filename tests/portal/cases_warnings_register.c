/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

static void no_key(struct sample *s)
{
	s->facts.company.asked = KVK_ASKED_NOT;
	s->facts.company.not_asked = KVK_WHY_NO_API_KEY;
}

static void key_of_others(struct sample *s)
{
	no_key(s);
	s->facts.company.failure = "'key' can be read by others";
}

static void no_key_of_oin(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.asked = KVK_ASKED_NOT;
	s->facts.oin_register.not_asked = KVK_WHY_NO_API_KEY;
}

static void no_keys(struct sample *s)
{
	no_key(s);
	no_key_of_oin(s);
}

static void key_refused(struct sample *s)
{
	s->facts.company.asked = KVK_ASKED_NOT;
	s->facts.company.not_asked = KVK_WHY_API_KEY_REFUSED;
	s->facts.company.status = 401;
}

static void key_without_access(struct sample *s)
{
	key_refused(s);
	s->facts.company.status = 403;
}

static void key_of_oin_refused(struct sample *s)
{
	no_key_of_oin(s);
	s->facts.oin_register.not_asked = KVK_WHY_API_KEY_REFUSED;
	s->facts.oin_register.status = 403;
}

const struct sample_warning cases_warnings_register[] = {
	{ "no-api-key", no_key },
	{ "no-api-key", key_of_others },
	{ "no-api-key", no_key_of_oin },
	{ "no-api-key", no_keys },
	{ "api-key-refused", key_refused },
	{ "api-key-refused", key_without_access },
	{ "api-key-refused", key_of_oin_refused },
	{ NULL, NULL },
};

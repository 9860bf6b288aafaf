/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name and city of an organisation exactly as registered, which `kvkcsr new` offers as answers
 * where an API key for the trade register is configured.
 */
#ifndef KVKCSR_CMD_REGISTERED_H
#define KVKCSR_CMD_REGISTERED_H

#include "app/settings.h"
#include "request/answers.h"

/* Start with the settings, which are borrowed; free with kvk_registered_free(). */
struct kvk_registered {
	const struct kvk_settings *settings;
	/* The registers were asked, or there is nobody to ask. */
	bool asked;
	/* From outside, not escaped; empty where nothing is known. */
	struct kvk_blob name, city;
};

/*
 * What is offered for the question about a field: *out, which is empty where there is nothing. The
 * first such question asks the registers about the number that was answered, and says on stderr
 * what they do not have. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_registered_offer(struct kvk_registered *registered,
	const struct kvk_answers *answers, enum kvk_field field, struct kvk_span *out);
void kvk_registered_free(struct kvk_registered *registered);

#endif

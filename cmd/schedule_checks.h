/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `schedule install` looks at before it does anything, and what it warns of: whether the
 * schedule would work, which tracked files the check could not read, and whether it would warn
 * anybody.
 */
#ifndef KVKCSR_CMD_SCHEDULE_CHECKS_H
#define KVKCSR_CMD_SCHEDULE_CHECKS_H

#include "app/schedule.h"
#include "app/store.h"
#include "base/exit.h"

/* KVK_EXIT_CREATE, with a warning, where the files would be useless, so that none is to be written;
 * else KVK_GO_ON. */
enum kvk_exit kvk_schedule_checks_place(const struct kvk_schedule_order *order);
/* KVK_EXIT_WARNING, with a warning, where the check could not read a tracked file; else
 * KVK_EXIT_OK. */
enum kvk_exit kvk_schedule_checks_hidden(
	enum kvk_schedule_kind kind, const struct kvk_store *store);
/* KVK_EXIT_WARNING, with a warning, where nobody would be warned; else KVK_EXIT_OK. */
enum kvk_exit kvk_schedule_checks_channels(
	enum kvk_schedule_kind kind, const struct kvk_schedule_channels *channels);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KVKCSR_INVENTORY_HOLD_H
#define KVKCSR_INVENTORY_HOLD_H

#include "inventory/inventory.h"

/*
 * One lock for many reads, instead of one each: call it before each of them. Others can write every
 * KVK_LIMIT_HELD calls; this process cannot before kvk_inventory_release().
 */
enum kvk_err kvk_inventory_hold(struct kvk_inventory *inventory);
void kvk_inventory_release(struct kvk_inventory *inventory);

#endif

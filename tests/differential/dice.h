/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dice that fall the same way for the same seed, on every machine (splitmix64), so that a case can
 * be made again by its number.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_DICE_H
#define KVKCSR_TESTS_DIFFERENTIAL_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

static inline uint64_t dice_next(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* A number from 0 to n - 1; 0 where n is 0. */
static inline size_t dice_roll(struct dice *dice, size_t n)
{
	return n > 0 ? (size_t)(dice_next(dice) % n) : 0;
}

/* Whether one of n comes up. */
static inline bool dice_one_in(struct dice *dice, size_t n)
{
	return dice_roll(dice, n) == 0;
}

/* One of a list. */
#define DICE_PICK(dice, list) ((list)[dice_roll((dice), sizeof(list) / sizeof((list)[0]))])

#endif

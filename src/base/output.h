/* SPDX-License-Identifier: Apache-2.0 */
/* How wide the lines on standard output are. What wraps text asks here, and nowhere else. */
#ifndef KVKCSR_BASE_OUTPUT_H
#define KVKCSR_BASE_OUTPUT_H

/* The width where nothing says otherwise, and the least that is ever returned. */
#define KVK_OUTPUT_WIDTH 80u
#define KVK_OUTPUT_WIDTH_LEAST 40u

/*
 * The columns of a line on standard output: the value of the variable COLUMNS where it is a whole
 * number from 1 to 9999, else the width of the terminal, else KVK_OUTPUT_WIDTH. Never less than
 * KVK_OUTPUT_WIDTH_LEAST. It asks the system on each call.
 */
unsigned kvk_output_width(void);

#endif

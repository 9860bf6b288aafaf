/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Standard output: how wide its lines are, and the one way to write to it, which remembers why a
 * write failed until the program ends. It escapes nothing.
 */
#ifndef KVKCSR_BASE_OUTPUT_H
#define KVKCSR_BASE_OUTPUT_H

#include "base/blob.h"

/* The width where nothing says otherwise, and the least that is ever returned. */
#define KVK_OUTPUT_WIDTH 80u
#define KVK_OUTPUT_WIDTH_LEAST 40u

/*
 * The columns of a line on standard output: the value of the variable COLUMNS where it is a whole
 * number from 1 to 9999, else the width of the terminal, else KVK_OUTPUT_WIDTH. Never less than
 * KVK_OUTPUT_WIDTH_LEAST. It asks the system on each call.
 */
unsigned kvk_output_width(void);
/* Writes a text; it may wait in a buffer. False where a write failed. */
bool kvk_output_write(struct kvk_span text);
/* Writes as printf does. */
bool kvk_output_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Writes what waits in the buffer. False where this or an earlier write failed. */
bool kvk_output_flush(void);
/* Writes what waits and closes. Returns the errno of the first write that failed, 0 for none. */
int kvk_output_close(void);

#endif

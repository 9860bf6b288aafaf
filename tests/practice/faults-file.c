/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of the uploaded file, and of the choice of what is in it. */
#include "config.h"

#include "tests/practice/faults.h"

#define FAULT(name) static void name(struct maker *m)

FAULT(truncated)
{
	m->file = FILE_TRUNCATED;
}
FAULT(no_end)
{
	m->file = FILE_NO_END;
}
FAULT(bad_base64)
{
	m->file = FILE_BAD_BASE64;
}
FAULT(key_first)
{
	m->file = FILE_KEY_FIRST;
}
FAULT(empty)
{
	m->file = FILE_EMPTY;
}
FAULT(text)
{
	m->file = FILE_TEXT;
}
FAULT(crl_file)
{
	m->file = FILE_CRL;
}
FAULT(reversed)
{
	m->file = FILE_REVERSED;
}
FAULT(two_leaves)
{
	m->file = FILE_TWO_LEAVES;
}
FAULT(with_root)
{
	m->without[KVK_PRACTICE_ROOT] = false;
}
FAULT(no_tsp)
{
	m->without[KVK_PRACTICE_TSP] = true;
}
FAULT(no_intermediate)
{
	m->without[KVK_PRACTICE_INTERMEDIATE] = true;
}
FAULT(no_leaf)
{
	m->without_leaf = true;
}

FAULT(root_no_intermediate)
{
	with_root(m);
	no_intermediate(m);
}

FAULT(leaf_only)
{
	no_tsp(m);
	no_intermediate(m);
}

const struct fault file_faults[] = {
	{ .name = "truncated", .message = 3, .file = truncated },
	{ .name = "no-end", .message = 3, .file = no_end },
	{ .name = "bad-base64", .message = 3, .file = bad_base64 },
	{ .name = "key-first", .message = 3, .file = key_first },
	{ .name = "crl-file", .message = 18, .file = crl_file },
	{ .name = "no-leaf", .message = 13, .file = no_leaf },
	{ .name = "no-tsp", .message = 17, .file = no_tsp },
	{ .name = "empty", .message = 18, .file = empty },
	{ .name = "text", .message = 18, .file = text },
	{ .name = "two-leaves", .message = 21, .file = two_leaves },
	{ .name = "no-intermediate", .message = 22, .file = no_intermediate },
	{ .name = "leaf-only", .message = 22, .file = leaf_only },
	{ .name = "root-no-intermediate", .message = 22, .file = root_no_intermediate },
	{ .name = "reversed", .file = reversed },
	{ .name = "with-root", .file = with_root },
	{ .name = NULL },
};

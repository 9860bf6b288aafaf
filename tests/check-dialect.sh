#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-dialect.sh [ROOT]: everywhere in cmd/ and src/, a function leaves at the first failure, through KVK_TRY()
# (base/error.h). Fails on a ladder ("if (err == KVK_OK) err = ..."), on an assignment inside a condition, on a bare
# "if (err)", and on an error that is only passed on ("if (err != KVK_OK) goto out").
set -eu
cd "${1:-$top_srcdir}"
find cmd src -name '*.[ch]' ! -path src/base/error.h | LC_ALL=C sort | xargs awk '
function fail(line, text) {
	printf "%s:%d: %s\n", FILENAME, line, text
	failures++
}
FNR == 1 {
	files++
	previous = before = ""
}
# Comments are ignored. The line after a condition is examined together with it.
{
	line = $0
	gsub(/\/\*.*\*\//, "", line)
	if (line ~ /^[ \t]*\/?\*/)
		line = ""
}
/\(err = [^=].*\) *[!=]= *KVK_OK/ { fail(FNR, "an assignment in a condition; use KVK_TRY()") }
line ~ /(if|while) \(!?err\)/ { fail(FNR, "\"" "if (err)\" does not say what it tests; use KVK_TRY()") }
previous ~ /if \(err == KVK_OK( |\))/ && line ~ /^[ \t]*err = / { fail(FNR - 1, "a ladder; use KVK_TRY()") }
line ~ /if \(err == KVK_OK\) err = / { fail(FNR, "a ladder; use KVK_TRY()") }
line ~ /err = err [!=]= KVK_OK \?/ { fail(FNR, "a ladder; use KVK_TRY()") }
previous ~ /^[ \t]*if \(err != KVK_OK\)$/ && line ~ /^[ \t]*(goto [a-z_]+|return err);$/ && before ~ /;[ \t]*$/ {
	fail(FNR - 1, "an error that is only passed on; use KVK_TRY()")
}
{
	before = previous
	previous = line
}
END {
	if (files == 0)
		fail(0, "no sources found")
	exit failures > 0
}'

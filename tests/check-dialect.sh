#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-dialect.sh [ROOT]: errors leave at the first failure, through KVK_TRY() (base/error.h), all over cmd/ and src/.
# Fails on a ladder ("if (err == KVK_OK) err = ..."), on an assignment inside a condition, on a bare "if (err)", and on
# an error that is only handed on ("if (err != KVK_OK) goto out").
set -eu
cd "${1:-$top_srcdir}"
find cmd src -name '*.[ch]' ! -path src/base/error.h | LC_ALL=C sort | xargs awk '
function fault(line, text) {
	printf "%s:%d: %s\n", FILENAME, line, text
	faults++
}
FNR == 1 {
	files++
	previous = before = ""
}
# Comments do not count; what follows a condition is looked at together with it.
{
	line = $0
	gsub(/\/\*.*\*\//, "", line)
	if (line ~ /^[ \t]*\/?\*/)
		line = ""
}
/\(err = [^=].*\) *[!=]= *KVK_OK/ { fault(FNR, "an assignment in a condition; use KVK_TRY()") }
line ~ /(if|while) \(!?err\)/ { fault(FNR, "\"" "if (err)\" does not say what it asks; use KVK_TRY()") }
previous ~ /if \(err == KVK_OK( |\))/ && line ~ /^[ \t]*err = / { fault(FNR - 1, "a ladder; use KVK_TRY()") }
line ~ /if \(err == KVK_OK\) err = / { fault(FNR, "a ladder; use KVK_TRY()") }
line ~ /err = err [!=]= KVK_OK \?/ { fault(FNR, "a ladder; use KVK_TRY()") }
previous ~ /^[ \t]*if \(err != KVK_OK\)$/ && line ~ /^[ \t]*(goto [a-z_]+|return err);$/ && before ~ /;[ \t]*$/ {
	fault(FNR - 1, "an error that is only handed on; use KVK_TRY()")
}
{
	before = previous
	previous = line
}
END {
	if (files == 0)
		fault(0, "no sources found")
	exit faults > 0
}'

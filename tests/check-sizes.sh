#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-sizes.sh [ROOT]: no function over 60 lines, no file over 400 (not counting the rows of its tables), no line over
# 100 columns (a tab is 8). What looks at a configuration before libconfig does stays a guard: at most 120 lines.
set -eu
cd "${1:-$top_srcdir}"
# A function starts at the first line of the paragraph in column one that contains its name, and ends with } in column
# one.
find cmd src tests -name '*.[ch]' | LC_ALL=C sort | LC_ALL=C xargs awk -v functions="${FUNCTIONS:-60}" '
function fail(line, text) {
	printf "%s:%d: %s\n", FILENAME, line, text
	failures++
}
function columns(text, n, i, c) {
	gsub(/[\200-\277]/, "", text)
	if (text !~ /\t/)
		return length(text)
	n = 0
	for (i = 1; i <= length(text); i++)
		n += substr(text, i, 1) == "\t" ? 8 - n % 8 : 1
	return n
}
FNR == 1 {
	head = body = table = rows = 0
	files++
}
/^(static )?(const )?[a-z].* = {$/ { table = 1 }
table {
	rows++
	if (/^}/)
		table = 0
}
FNR == 121 && FILENAME ~ /conf\/guard\.c$/ { fail(FNR, "guard is over 120 lines") }
FNR - rows == 401 && !table { fail(FNR, "file is over 400 lines, not counting its tables") }
length($0) > 40 && columns($0) > 100 { fail(FNR, "line is " columns($0) " columns, over 100") }
/^}/ {
	if (body && FNR - body + 1 > functions)
		fail(body, "function is " FNR - body + 1 " lines, over " functions)
	head = body = 0
	next
}
body { next }
/^{/ || (/^[A-Za-z_].*\(.*{[ \t]*$/ && !/=/) { body = head ? head : FNR; next }
/^[A-Za-z_]/ && !/;[ \t]*$/ { if (!head) head = FNR; next }
/^[ \t]*[^ \t]/ && head && !/;[ \t]*$/ { next }
{ head = 0 }
END {
	if (files == 0)
		fail(0, "no sources found")
	exit failures > 0
}'

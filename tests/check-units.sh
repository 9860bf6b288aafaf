#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-units.sh [ROOT]: a unit is x.c and x.h, and the files whose opening comments say that they belong to it ("Part
# of cert/name.h: ..."). Fails on a .c file in src/ that neither has a header of the same name nor says which unit it
# belongs to, on a file name with a hyphen, and on units that include each other in a circle.
set -eu
cd "${1:-$top_srcdir}"
edges=$(mktemp)
trap 'rm -f "$edges"' EXIT
failures=0
find cmd src -name '*.[ch]' | LC_ALL=C sort | xargs awk -v edges="$edges" '
function fail(text) {
	print FILENAME ": " text
	failures++
}
BEGIN {
	for (i = 1; i < ARGC; i++)
		there[ARGV[i]] = 1
}
FNR == 1 {
	files++
	if (FILENAME ~ /\/[^\/]*-[^\/]*$/)
		fail("use underscores in file names, not hyphens")
	unit = FILENAME
	sub(/^src\//, "", unit)
	sub(/\.[ch]$/, "", unit)
	lost = FILENAME ~ /^src\/.*\.c$/ && !(("src/" unit ".h") in there)
}
FNR <= 6 && match($0, /Part of [a-z_0-9\/]*\.h/) {
	part = substr($0, RSTART + 8, RLENGTH - 10)
	if (("src/" part ".h") in there) {
		whole[unit] = part
		lost = 0
	}
}
lost && FNR == 7 {
	fail("has no header of the same name and does not say which unit it belongs to")
	lost = 0
}
match($0, /^[ \t]*#[ \t]*include[ \t]*"[a-z_0-9]*\/[a-z_0-9]*\.h"/) {
	target = substr($0, RSTART, RLENGTH - 3)
	sub(/.*"/, "", target)
	arrows[unit " " target] = 1
}
function unit_of(file) {
	while (file in whole)
		file = whole[file]
	return file
}
END {
	for (arrow in arrows) {
		split(arrow, end, " ")
		if (unit_of(end[1]) != unit_of(end[2]))
			print unit_of(end[1]), unit_of(end[2]) >edges
	}
	if (files == 0)
		print "no sources found"
	exit failures > 0 || files == 0
}' || failures=1
circle=$(LC_ALL=C tsort "$edges" 2>&1 >/dev/null) || {
	echo "units that include each other in a circle:"
	echo "$circle"
	failures=1
}
exit "$failures"

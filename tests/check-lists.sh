#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-lists.sh [ROOT]: every source, test and template, or its folder, is listed in a Makefile.inc, so that
# nothing is left out of the build, the tests, the translation or the tarball. No Makefile.inc lists a source twice.
set -eu
cd "${1:-$top_srcdir}"
named=$(mktemp)
trap 'rm -f "$named"' EXIT
failures=0
find . \( -name Makefile.inc -o -name Makefile.am \) -exec cat {} + | tr -s '[:blank:]' '\n' | sort -u >"$named"
find cmd src po tests templates \( -name '*.[ch]' -o -name '*.sh' -o -name '*.bats' -o -name '*.[0-9]' \
	-o -name '*.po' -o -name '*.cfg' -o -path 'templates/*' -o -path 'tests/*.in/*' \) \
	-type f ! -name Makefile.inc ! -name '.*' | LC_ALL=C sort |
	awk -v named="$named" 'BEGIN { while ((getline line <named) > 0) is_named[line] }
		{ folder = $0; sub(/\/[^\/]*$/, "", folder) }
		!($0 in is_named) && !(folder in is_named) { print $0 ": not listed in any Makefile.inc"; bad = 1 }
		END { exit bad }' || failures=1
for list in cmd/Makefile.inc src/*/Makefile.inc; do
	[ -f "$list" ] || continue
	twice=$(tr -s '[:blank:]' '\n' <"$list" | grep '\.[ch]$' | sort | uniq -d | xargs)
	[ -z "$twice" ] || { echo "$list: listed twice: $twice"; failures=1; }
done
exit "$failures"

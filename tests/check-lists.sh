#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-lists.sh [ROOT]: every source, test and template, or its folder, is listed in a Makefile.inc, so that
# nothing is left out of the build, the tests, the translation or the tarball. No Makefile.inc lists a source twice.
set -eu
cd "${1:-$top_srcdir}"
named=$(find . \( -name Makefile.inc -o -name Makefile.am \) -exec cat {} + | tr -s '[:blank:]' '\n' | sort -u)
is_named() { printf '%s\n' "$named" | grep -qxF "$1"; }
failures=0
for file in $(find cmd src po tests templates \( -name '*.[ch]' -o -name '*.sh' -o -name '*.bats' -o -name '*.[0-9]' \
	-o -name '*.po' -o -name '*.cfg' -o -path 'templates/*' -o -path 'tests/*.in/*' \) \
	-type f ! -name Makefile.inc ! -name '.*' | LC_ALL=C sort); do
	is_named "$file" || is_named "${file%/*}" || { echo "$file: not listed in any Makefile.inc"; failures=1; }
done
for list in cmd/Makefile.inc src/*/Makefile.inc; do
	[ -f "$list" ] || continue
	twice=$(tr -s '[:blank:]' '\n' <"$list" | grep '\.[ch]$' | sort | uniq -d | xargs)
	[ -z "$twice" ] || { echo "$list: listed twice: $twice"; failures=1; }
done
exit "$failures"

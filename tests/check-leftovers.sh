#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-leftovers.sh [ROOT]: no mark of unfinished work is left, every file except the corpora has its licence line, and
# no key, certificate or database was committed: tests make their own.
set -eu
cd "${1:-$top_srcdir}"
# written with brackets so that this file does not match itself
words='to[d]o|fix[m]e|x[x]x|ha[c]k|st[u]b|placehold[e]r|not impl[e]mented'
list=$(find autogen.sh configure.ac Makefile.am cmd src po tests templates \( -name '*.[ch]' -o -name '*.sh' \
	-o -name '*.bats' -o -name '*.cfg' -o -name '*.inc' -o -name '*.a[cm]' \) -type f ! -path '*/fuzz-*.in/*' | LC_ALL=C sort)
failures=0
# shellcheck disable=SC2086 # names without blanks
if grep -nEiw "$words" $list; then failures=1; fi
for file in $list; do
	[ -s "$file" ] || { echo "$file: no licence line"; failures=1; }
done
# shellcheck disable=SC2086
awk 'FNR == 1 { look(); file = FILENAME; has = 0 }
	/SPDX-License-Identifier: Apache-2\.0/ { has = 1 }
	FNR == 3 { nextfile }
	END { look(); exit bad }
	function look() { if (file != "" && !has) { print file ": no licence line"; bad = 1 } }' $list || failures=1
if [ -e .git ] && command -v git >/dev/null; then
	made=$(git -c safe.directory='*' ls-files '*.pem' '*.key' '*.csr' '*.p12' '*.crl' '*.der' '*.db')
	[ -z "$made" ] || { printf 'made by a run, not written: %s\n' $made; failures=1; }
fi
exit "$failures"

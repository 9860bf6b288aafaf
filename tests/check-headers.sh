#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-headers.sh [ROOT]: every header compiles on its own, and when included twice. Needs CC and KVK_CFLAGS.
set -eu
root=${1:-$top_srcdir}
cd "$root"
failures=0
for header in $(find cmd src tests -name '*.h' | LC_ALL=C sort); do
	name=${header#src/}
	# shellcheck disable=SC2086 # lists of words
	printf '#include "config.h"\n#include "%s"\n#include "%s"\n' "$name" "$name" |
		$CC -std=c11 -Wall -Wextra -Wundef -Werror -fsyntax-only \
			-Isrc -I. -I"$top_builddir" $KVK_CFLAGS -x c - || { echo "$header: does not compile on its own"; failures=1; }
done
# shellcheck disable=SC2046
awk 'FNR == 1 {
		look()
		file = guard = FILENAME
		sub(/^src\//, "", guard)
		gsub(/[.\/-]/, "_", guard)
		guard = "KVKCSR_" toupper(guard)
		said = guarded = 0
	}
	FNR == 2 { said = /^\/\*/ }
	$0 == "#ifndef " guard { guarded = 1 }
	END { look(); exit bad }
	function look() {
		if (file != "" && !said) { print file ": does not say what it is for"; bad = 1 }
		if (file != "" && !guarded) { print file ": has no guard " guard; bad = 1 }
	}' $(find cmd src tests -name '*.h' | LC_ALL=C sort) || failures=1
exit "$failures"

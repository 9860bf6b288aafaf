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
	sed -n 2p "$header" | grep -q '^/\*' || { echo "$header: does not say what it is for"; failures=1; }
	guard=KVKCSR_$(printf '%s' "$name" | tr 'a-z./-' 'A-Z___')
	grep -q "^#ifndef $guard\$" "$header" || { echo "$header: has no guard $guard"; failures=1; }
done
exit "$failures"

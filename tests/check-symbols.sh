#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-symbols.sh [ARCHIVE]: two functions of one name in the library are never both meant, but the linker takes
# the first without a word.
set -eu
archive=${1:-$top_builddir/src/libkvkcsr.a}
command -v nm >/dev/null || { echo "skipped: no nm (binutils)"; exit 77; }
twice=$(nm "$archive" 2>/dev/null | awk '$2 ~ /^[TDBR]$/ && $3 ~ /^kvk_/ { print $3 }' | sort | uniq -d)
[ -z "$twice" ] || { echo "defined twice in the library:"; echo "$twice"; exit 1; }

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program that was built carries the hardening that configure promises.
set -eu
grep -q '^SANITIZE_CFLAGS = *$' "$top_builddir/Makefile" || { echo "built with sanitizers"; exit 77; }
command -v readelf >/dev/null || { echo "no readelf here"; exit 77; }
faults=0
has() {
	printf '%s\n' "$found" | grep -q -- "$1" || { echo "$KVKCSR: $2"; faults=1; }
}
found=$(readelf -W -h -l -d -s "$KVKCSR")
has 'Type: *DYN' "is not position independent"
has GNU_RELRO "has no RELRO"
has 'FLAGS.*NOW' "binds lazily"
has __stack_chk_fail "has no stack protector"
if grep -q '^FORTIFY_CPPFLAGS.*-D' "$top_builddir/Makefile"; then
	has '_chk@' "is not fortified"
fi
exit "$faults"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program was built with the hardening that configure reports.
set -eu
grep -q '^SANITIZE_CFLAGS = *$' "$top_builddir/Makefile" || { echo "skipped: built with sanitizers"; exit 77; }
command -v readelf >/dev/null || { echo "skipped: no readelf (binutils)"; exit 77; }
failures=0
has() {
	printf '%s\n' "$found" | grep -q -- "$1" || { echo "$KVKCSR: $2"; failures=1; }
}
found=$(readelf -W -h -l -d -s "$KVKCSR")
has 'Type: *DYN' "is not position independent"
has GNU_RELRO "has no RELRO"
has 'FLAGS.*NOW' "binds lazily"
has __stack_chk_fail "has no stack protector"
if grep -q '^FORTIFY_CPPFLAGS.*-D' "$top_builddir/Makefile"; then
	has '_chk@' "is not fortified"
fi
if printf '%s\n' "$found" | grep -q 'NEEDED.*libcurl'; then
	echo "$KVKCSR: loads libcurl at every start (src/net/curl.h)"
	failures=1
fi
exit "$failures"

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A CRL of 30 MB takes little more memory than its size and little time, and is read to its last entry.

bats_require_minimum_version 1.5.0

setup_file() {
	dir=$(mktemp -d)
	export dir
	"$top_builddir/tests/bigcrl" "$dir/pki" 900000
}

teardown_file() {
	rm -rf "$dir"
}

verify() {
	run --separate-stderr "$top_builddir/tests/measure" "$KVKCSR" verify --offline --at 2026-11-22T12:00:00Z \
		--trust "$dir/pki/root.pem" --crl "$dir/pki/cas.crl" --crl "$1" "$dir/pki/delivery.pem"
}

# The sanitizers and valgrind take memory and time of their own.
is_instrumented() {
	nm "$KVKCSR" 2>/dev/null | grep -q '__asan_init'
}

@test "900,000 entries: below 48 MB of memory in all" {
	[ "$(stat -c %s "$dir/pki/tsp.crl")" -gt 30000000 ]
	verify "$dir/pki/tsp.crl"
	[ "$status" -eq 1 ]
	[[ "$output" == *"verdict: ACCEPT"* ]]
	is_instrumented && skip "sanitizers: memory is not the program's own"
	[[ "$stderr" =~ measured:\ ([0-9]+)\ KiB,\ ([0-9]+)\ ms ]]
	[ "${BASH_REMATCH[1]}" -lt 49152 ]
	[ "${BASH_REMATCH[2]}" -lt 1000 ]
}

@test "the last of 900,001 entries is found" {
	verify "$dir/pki/revoked.crl"
	[ "$status" -eq 2 ]
	[[ "$output" == *"(message 28)"* ]]
}

@test "a signature over 30 MB that is wrong in one bit is found" {
	cp "$dir/pki/tsp.crl" "$dir/bad.crl"
	printf '\377' | dd of="$dir/bad.crl" bs=1 seek=15000000 conv=notrunc status=none
	verify "$dir/bad.crl"
	[ "$status" -eq 3 ]
}

@test "a CRL above 32 MiB is refused with a word" {
	cp "$dir/pki/tsp.crl" "$dir/huge.crl"
	truncate -s 34000000 "$dir/huge.crl"
	verify "$dir/huge.crl"
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"huge.crl"* ]]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The program and servers that mean harm (tests/net/server.h): each ends within its limit, in little memory, and with a
# reason of its own.

load net

setup() {
	need_nginx
	net_scratch
	web_start
	settings 'net: { allow_private = true; connect_timeout = 2; total_timeout = 3; run_timeout = 8; };'
}

teardown() {
	net_clean
}

# Evaluates a delivery whose CRL is at an address; the answer is in $output, what it cost in $kib and $seconds.
evaluate() {
	pki pki --crl-address "$1"
	rm -rf home
	local start=$SECONDS
	run --separate-stderr "$top_builddir/tests/measure" "${program:-$KVKCSR}" verify --json --config kvkcsr.cfg \
		--trust pki/root.pem pki/delivery.pem
	seconds=$((SECONDS - start))
	kib=$(sed -n 's/^measured: \([0-9]*\) KiB.*/\1/p' <<<"$stderr")
	echo "$1: $status, $(json '.revocation[0].why'), $kib KiB, $seconds s"
}

# evaluate, and: it is not known whether it is revoked, for this reason, after so many seconds at most.
ends() {
	evaluate "$1"
	[ "$status" -eq 3 ]
	[ "$(json '.messages | join(" ")')" = 2 ]
	[ "$(json '.revocation[0].why')" = "$2" ]
	[[ "$(json '.findings[1].found')" == *"$1"* ]]
	# A sanitizer takes memory of its own.
	nm -D "${program:-$KVKCSR}" 2>/dev/null | grep -q __asan || [ "$kib" -lt 65536 ]
	[ "$seconds" -le "$3" ]
}

@test "servers that send too much, or something else" {
	hostile_start
	while read -r path why; do
		ends "$hostile/$path" "$why" 4
	done <<-END
		redirect http-status
		endless-headers too-large
		endless-header too-large
		endless-1xx too-large
		endless-trailers too-large
		gzip not-expected
		transfer-gzip not-expected
		empty not-expected
		no-http not-expected
	END
	# None was asked for anything else.
	[ "$(sort -u hostile.log | wc -l)" -eq 9 ]
	run ! grep -q /ok hostile.log
}

@test "an endless body ends at the size of the largest list" {
	hostile_start
	ends "$hostile/endless-body" too-large 5
	ends "$hostile/too-long" too-large 4
}

@test "servers that are slow end when their time is over" {
	hostile_start
	ends "$hostile/endless-extension" time-out 6
	ends "$hostile/silence" time-out 6
	ends "$hostile/drip" time-out 6
}

@test "a connection that is lost is tried three times" {
	hostile_start
	ends "$hostile/reset" connection 8
	[ "$(grep -c 'GET /reset ' hostile.log)" -eq 3 ]
	ends "$hostile/half" connection 8
}

@test "a name server that never answers" {
	program=$tests_net/kvkcsr
	echo "crl.example silent 0" >world
	export KVK_WORLD=$dir/world
	ends http://crl.example/a.crl time-out 6
}

@test "a name that does not exist" {
	program=$tests_net/kvkcsr
	: >world
	export KVK_WORLD=$dir/world
	ends http://crl.example/a.crl name-not-found 2
}

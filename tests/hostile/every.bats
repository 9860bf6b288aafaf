#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Every fault that tests/mkpki knows, in every command that reads certificates: whatever is wrong with a delivery, each
# command ends by itself with an exit code of the manual, writes JSON that is JSON, and nothing that could harm a terminal.
bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_TMPDIR"
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home
	"$top_builddir/tests/mkpki" --list | cut -f1 >faults
	: >wrong
}

# try CODES COMMAND...: runs it and notes what is wrong in `wrong`.
try() {
	codes=$1
	shift
	code=0
	"$KVKCSR" "$@" >out 2>err </dev/null || code=$?
	[[ " $codes " == *" $code "* ]] || echo "$fault: $*: exit $code" >>wrong
	[ "$(LC_ALL=C tr -d '\n\040-\176' <out)" = '' ] || echo "$fault: $*: writes bytes that are no ASCII" >>wrong
	[[ " $* " != *' --json '* ]] || jq -e .schema out >/dev/null || echo "$fault: $*: no JSON" >>wrong
}

@test "verify, show, track, check and status survive every fault" {
	while read -r fault; do
		"$top_builddir/tests/mkpki" d "--$fault"
		try '1 2 3' verify --json --offline --trust d/root.pem --crl d/crls.pem --at 2026-11-22T12:00:00Z d/delivery.pem
		try '0 2' show --json d/delivery.pem
		try '0 3' track --json --name "$fault" d/leaf.pem
		rm -r d
	done <faults
	try '0 1 2 3' check --json --at 2026-11-22T12:00:00Z
	try '0 1 2 3' status
	cat wrong
	[ ! -s wrong ]
}

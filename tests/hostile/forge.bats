#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Names that try to start a line, move the cursor, ring, hide or turn round what stands beside them (H02, H03), in every
# command that shows what a certificate, a request or a file name says. What comes out is printable ASCII on lines of the
# program's own.
bats_require_minimum_version 1.5.0

line=$'x\nFORGED: all is well\r\033[2J\033]0;t\a\b\x7f'
marks=$'\xe2\x80\xae\xe2\x80\x8b\xe2\x80\xa8\xc2\x9b\xef\xbb\xbf\xe2\x81\xa6'

setup_file() {
	export dir=$BATS_FILE_TMPDIR
	cd "$dir"
	"$top_builddir/tests/mkpki" pki --organisation "${line:0:40}" --domain "${marks}${line:0:30}" --now 2026-11-22T12:00:00Z
	openssl req -new -newkey rsa:2048 -nodes -keyout request.key -utf8 -out request.pem 2>openssl.err \
		-subj "/C=NL/O=${line:0:20}$marks/CN=api.kvk.nl/serialNumber=00000003687501100000"
}

setup() {
	cd "$dir"
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home
	evaluating=(--offline --trust pki/root.pem --crl pki/crls.pem --at 2026-11-22T12:00:00Z)
}

# harmless COMMAND...: runs it; neither stdout nor stderr holds anything that could harm.
harmless() {
	code=0
	"$KVKCSR" "$@" >out 2>err </dev/null || code=$?
	cat out err
	[ "$(LC_ALL=C tr -d '\n\040-\176' <out)" = '' ]
	[ "$(LC_ALL=C tr -d '\n\040-\176' <err)" = '' ]
	! grep '^ *FORGED' out err
}

# holds JQ-EXPRESSION: the JSON in out is whole and says the name, escaped as JSON does.
holds() {
	jq -e "$1" out
}

@test "verify" {
	harmless verify --all "${evaluating[@]}" pki/delivery.pem
	[ "$code" -eq 2 ]
	grep -q '^verdict: ' out
	harmless verify --json "${evaluating[@]}" pki/delivery.pem
	holds '.certificate.subject.O | contains("\nFORGED")'
	harmless verify --all -j 2 "${evaluating[@]}" pki/delivery.pem pki/leaf.pem
}

@test "show" {
	for file in pki/leaf.pem request.pem pki/crls.pem pki/root.pem; do
		harmless show $file
		[ "$code" -eq 0 ]
		harmless show --json $file
		holds '.schema == 1'
	done
}

@test "track, status, check, uploaded, untrack" {
	harmless track pki/leaf.pem
	[ "$code" -eq 0 ]
	name=$(harmless status --json >/dev/null; jq -r '.. | .name? // empty' out | head -1)
	[[ "$name" =~ ^[a-z0-9][a-z0-9.-]*$ ]]
	harmless status
	harmless check --at 2027-12-20T00:00:00Z
	[ "$code" -eq 2 ]
	harmless check --json --at 2027-12-20T00:00:00Z
	holds '.schema == 1'
	harmless check --plugin --at 2027-12-21T00:00:00Z
	[ "$(wc -l <out)" -eq 1 ]
	harmless uploaded "$name"
	[ "$code" -eq 0 ]
	harmless untrack "$name"
	[ "$code" -eq 0 ]
}

@test "new --csr and accept" {
	harmless new --csr request.pem
	[ "$code" -eq 2 ]
	harmless new --csr request.pem --json
	holds '.schema == 1'
	"$KVKCSR" new mine --domain api.kvk.nl --kvk 68750110 --organisation Voorbeeld --key-bits 2048 >out
	openssl req -in "$KVKCSR_HOME/dossiers/mine/request.pem" -outform DER -out mine.der
	"$top_builddir/tests/mkpki" answer --csr mine.der --organisation "${line:0:40}" --san "$marks${line:0:30}"
	harmless accept mine --offline --trust answer/root.pem --crl answer/crls.pem --at 2026-11-22T12:00:00Z \
		answer/delivery.pem
	grep -q FORGED out
	harmless status
	harmless check --at 2026-11-23T00:00:00Z
}

@test "new --like" {
	harmless new again --like pki/leaf.pem --dry-run
	[ "$code" -eq 64 ]
	grep -q organisation err
}

@test "what people type, and the names of files" {
	cp pki/delivery.pem "./$line.pem"
	harmless verify "${evaluating[@]}" "./$line.pem"
	harmless verify --json "${evaluating[@]}" "./$line.pem"
	holds '.file | contains("\nFORGED")'
	harmless show "./$line.pem"
	harmless track "./$line.pem"
	harmless status
	for command in accept check config explain export new rehearse renew show status track untrack uploaded verify; do
		harmless $command "$line$marks"
		[ "$code" -ne 70 ]
		harmless $command "--$line$marks"
		[ "$code" -eq 64 ]
		harmless $command --home "$line$marks" x y
		harmless $command --config "$line$marks" x
	done
	harmless "$line$marks"
	[ "$code" -eq 64 ]
	for option in domain kvk oin organisation country tsp; do
		harmless new x --domain a.kvk.nl --kvk 68750110 --organisation v --dry-run --$option "$line$marks"
	done
}

@test "settings and answers" {
	printf '%s = "%s";\n' 'a' "$line" >"$BATS_TEST_TMPDIR/x.cfg"
	chmod 600 "$BATS_TEST_TMPDIR/x.cfg"
	harmless config --config "$BATS_TEST_TMPDIR/x.cfg"
	[ "$code" -eq 78 ]
	harmless new x --answers "$BATS_TEST_TMPDIR/x.cfg"
	printf 'domain = "%s"; kvk = "6875\\x1b0110"; organisation = "%s"; tsp = "%s";\n' "a\\n$marks" "\\x1b[2J$marks" \
		"x\\x07" >"$BATS_TEST_TMPDIR/y.cfg"
	harmless new x --answers "$BATS_TEST_TMPDIR/y.cfg"
	[ "$code" -eq 64 ]
}

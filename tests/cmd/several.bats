#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Several end certificates in one file: each has an entry of its own, and keeps it.

load helpers

# The certificates of api.example.nl end at 2027-01-21T10:59:59Z (old) and 2027-11-22T10:59:59Z (new).
setup_file() {
	cd "$BATS_FILE_TMPDIR"
	pki old --days 60
	pki new --days 365
	pki one --domain one.example.nl --days 300
	pki two --domain two.example.nl --days 200
}

setup() {
	scratch
	made=$BATS_FILE_TMPDIR
	one=$made/one/leaf.pem two=$made/two/leaf.pem old=$made/old/leaf.pem new=$made/new/leaf.pem
	ca=$made/new/tsp.pem
}

teardown() {
	rm -rf "$dir"
}

early=2026-12-01T00:00:00Z

# Makes one line of the output: it is wrapped.
unwrap() {
	output=$(tr -s '\n ' ' ' <<<"$output")
}

# The entries as "name until state", sorted by name.
entries() {
	"$KVKCSR" status --json --at "${1:-$early}" >entries.json || :
	jq -r '[.entries | sort_by(.name)[] | "\(.name) \(.not_after[:10]) \(.state)"] | join(", ")' entries.json
}

@test "each is an entry, and which gets which name does not depend on the order in the file" {
	for files in "$old $new $ca $one" "$one $ca $new $old" "$new $one $old"; do
		rm -rf home
		# shellcheck disable=SC2086 # words
		cat $files >file.pem
		for _ in 1 2; do
			run -0 "$KVKCSR" track file.pem
			[ "$(entries)" = "api.example.nl 2027-11-22 valid, api.example.nl-2 2027-01-21 replaced, one.example.nl 2027-09-18 valid" ]
		done
	done
}

@test "with --name the others get numbers behind it" {
	cat "$one" "$two" >file.pem
	"$KVKCSR" track --name mijn file.pem
	[ "$(entries)" = "mijn 2027-09-18 valid, mijn-2 2027-06-10 valid" ]
}

@test "one that appears is entered and told once, and a look remembers nothing" {
	cp "$one" file.pem
	"$KVKCSR" track file.pem
	cat "$two" >>file.pem
	for option in "--at $early" --dry-run --plugin --quiet; do
		# shellcheck disable=SC2086 # words
		run "$KVKCSR" check $option
		[ "$(entries)" = "one.example.nl 2027-09-18 valid" ]
	done
	run -0 "$KVKCSR" check --at $early
	[[ "$output" == *"two.example.nl: new certificate in '$dir/file.pem'"*"10 June 2027"* ]]
	run -0 "$KVKCSR" check --remember --at $early
	[[ "$output" == "OK: two.example.nl: new certificate in '$dir/file.pem'"*"10 June 2027"* ]]
	run -0 "$KVKCSR" check --remember --at $early
	[ -z "$output" ]
	[ "$(entries)" = "one.example.nl 2027-09-18 valid, two.example.nl 2027-06-10 valid" ]
}

@test "one that appears counts by its state at once" {
	cp "$one" file.pem
	"$KVKCSR" track file.pem
	cat "$two" >>file.pem
	run -2 "$KVKCSR" check --at 2027-06-09T00:00:00Z --json
	[ "$(json '[.entries[] | select(.name == "two.example.nl") | .state, .found, .notified[0]] | map(tostring) | join(" ")')" = "expiring true stdout" ]
}

@test "one that vanishes without a successor is unreadable, told, and keeps its date" {
	cat "$one" "$two" >file.pem
	"$KVKCSR" track file.pem
	cp "$two" file.pem
	run -3 "$KVKCSR" check --remember --at $early
	unwrap
	[[ "$output" == "UNKNOWN: one.example.nl: "*"18 September 2027"* ]]
	[[ "$output" != *"two.example.nl:"* ]]
	run -3 "$KVKCSR" check --remember --at $early
	[ -z "$output" ]
	[ "$(entries)" = "one.example.nl 2027-09-18 unreadable, two.example.nl 2027-06-10 valid" ]
}

@test "a file that comes to hold the certificate of somebody else is told of both" {
	cp "$one" file.pem
	"$KVKCSR" track file.pem
	cp "$two" file.pem
	run -3 "$KVKCSR" check --remember --at $early
	[[ "$output" == *"one.example.nl:"*"two.example.nl: new certificate"* ]]
	[ "$(entries)" = "one.example.nl 2027-09-18 unreadable, two.example.nl 2027-06-10 valid" ]
}

@test "a later one of the same holder is a renewal of its entry, the others stay" {
	cat "$one" "$old" >file.pem
	"$KVKCSR" track file.pem
	cat "$new" "$one" >file.pem
	run -0 "$KVKCSR" check --remember --at $early
	[ -z "$output" ]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid, one.example.nl 2027-09-18 valid" ]
}

@test "a renewal beside the certificate itself is a second entry, which replaces the first" {
	cp "$old" file.pem
	"$KVKCSR" track file.pem
	cat "$new" >>file.pem
	run -0 "$KVKCSR" check --remember --at 2027-01-20T00:00:00Z
	[[ "$output" == *"api.example.nl-2: new certificate"* ]]
	[ "$(entries 2027-01-20T00:00:00Z)" = "api.example.nl 2027-01-21 replaced, api.example.nl-2 2027-11-22 valid" ]
}

@test "what cannot be remembered is told all the same, and again" {
	cp "$one" file.pem
	"$KVKCSR" track file.pem
	cat "$two" >>file.pem
	for _ in 1 2; do
		run -3 bash -c 'set -o pipefail; ulimit -f 0; "$@" 2>&1 | cat' sh "$KVKCSR" check --remember --at $early
		[[ "$output" == *"two.example.nl: new certificate"*"could not be remembered"*"repeat"* ]]
	done
	run -0 "$KVKCSR" check --remember --at $early
	[[ "$output" == *"two.example.nl: new certificate"* ]]
}

@test "an end certificate that is damaged is named with the reason, and nothing is entered" {
	sed '3s/^./!/' "$one" >file.pem
	cat "$two" "$ca" >>file.pem
	run -3 "$KVKCSR" track file.pem
	[[ "$output" == *"the certificate on line 1 of 'file.pem' cannot be read: "*"PEM"* ]]
	head -c 500 <(openssl x509 -in "$one" -outform DER) >cut.der
	run -3 "$KVKCSR" track cut.der
	[[ "$output" == *"'cut.der': the certificate is cut off; copy or download the complete file again" ]]
	[ ! -e home/inventory.db ] || [ "$(entries)" = "" ]
}

@test "a watched file that is damaged is unreadable where its certificate cannot be told" {
	cat "$one" "$two" >file.pem
	"$KVKCSR" track file.pem
	{ cat "$two"; sed '3s/^./!/' "$one"; } >file.pem
	run -3 "$KVKCSR" check --remember --at $early
	[[ "$output" == "UNKNOWN: one.example.nl:"* ]]
	[[ "$output" != *"two.example.nl:"* ]]
}

@test "a file of CA certificates alone watches the first, and says so" {
	run -0 "$KVKCSR" track "$made/new/chain.pem"
	unwrap
	[[ "$output" == "tracking the CA '"*"contains only CA certificates "* ]]
	[ "$(entries | tr ',' '\n' | wc -l)" = 1 ]
}

@test "a TRUSTED CERTIFICATE of OpenSSL is tracked and shown, and verify does not read it" {
	openssl x509 -in "$one" -trustout -addtrust clientAuth -out file.pem
	grep -q "BEGIN TRUSTED CERTIFICATE" file.pem
	run -0 "$KVKCSR" track file.pem
	[ "$(entries)" = "one.example.nl 2027-09-18 valid" ]
	run -0 "$KVKCSR" check --remember --at $early
	run -0 "$KVKCSR" show file.pem
	[[ "$output" == *"CN = one.example.nl"* ]]
	run -2 "$KVKCSR" verify file.pem
	[[ "$output" == *"(message 3)"* ]]
}

@test "untrack of one certificate of a file lasts, whatever becomes of the file, until it is tracked again" {
	cat "$one" "$two" >file.pem
	"$KVKCSR" track file.pem
	"$KVKCSR" untrack one.example.nl
	for _ in 1 2; do
		echo >>file.pem
		run -0 "$KVKCSR" check --remember --at $early
		[ -z "$output" ]
		[ "$(entries)" = "two.example.nl 2027-06-10 valid" ]
	done
	"$KVKCSR" track file.pem
	[ "$(entries)" = "one.example.nl 2027-09-18 valid, two.example.nl 2027-06-10 valid" ]
	run -0 "$KVKCSR" track file.pem
	[ "$output" = "new: 0, already tracked: 2, further copies: 0" ]
}

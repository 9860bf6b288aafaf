#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0

@test "explain without a number lists every message" {
	run "$KVKCSR" explain
	[ "$status" -eq 0 ]
	[ "$(printf '%s\n' "$output" | grep -c '^ *[0-9][0-9]*  [a-z]')" -eq 33 ]
}

@test "each message is explained: sentence, meaning, cause, remedy, what it rests on" {
	for n in $(seq 33); do
		run "$KVKCSR" explain "$n"
		[ "$status" -eq 0 ]
		[[ "${lines[0]}" == "message $n: "* ]]
		for part in Portal Meaning Cause Fix "To the TSP" Source "First seen"; do
			[[ "$output" == *"
$part  "* ]]
		done
		# one advice, not several that differ
		run ! grep -E "^(What to do|Summary)  " <<<"$output"
	done
}

@test "no word of the field stands unexplained" {
	: >"$BATS_TEST_TMPDIR/wrong"
	for n in $(seq 33); do
		"$KVKCSR" explain "$n" >"$BATS_TEST_TMPDIR/out"
		# what it says, without labels, the portal's own sentence and the line breaks
		sed -n '/^Meaning/,/^Source/p' "$BATS_TEST_TMPDIR/out" |
			sed 's/^To the TSP/ /; s/^Source.*//' | tr -s ' \n' ' ' >"$BATS_TEST_TMPDIR/said"
		for word in TSP CA chain root PKIoverheid EV OIN HRN RSIN CRL OCSP TLS PEM DER; do
			grep -qwE "${word}s?" "$BATS_TEST_TMPDIR/said" || continue
			grep -qE "${word}s? \(" "$BATS_TEST_TMPDIR/said" || grep -qE "^$word  " "$BATS_TEST_TMPDIR/out" ||
				echo "$n: $word" >>"$BATS_TEST_TMPDIR/wrong"
		done
	done
	cat "$BATS_TEST_TMPDIR/wrong"
	[ ! -s "$BATS_TEST_TMPDIR/wrong" ]
}

@test "hint and remedy say the same, and the command that they give does it" {
	"$KVKCSR" explain --json >"$BATS_TEST_TMPDIR/all"
	while IFS='|' read -r n both; do
		[ "$(jq --arg b "$both" --argjson n "$n" \
			'.rules[$n - 1] | [.hint, .remedy] | all(ascii_downcase | contains($b))' "$BATS_TEST_TMPDIR/all")" = true ] ||
			{ echo "$n: $both"; false; }
	done <<-EOF
		5|'kvkcsr renew name'
		6|start date
		15|new certificate
		25|oinregister.logius.nl
		26|whichever is wrong
		27|pkioverheid tsp, issued directly
		29|remove the root
		32|try again in an hour
		33|contact kvk
	EOF
}

@test "a message is found by the portal's sentence, or a part of it" {
	run "$KVKCSR" explain "The certificate is expired."
	[[ "${lines[0]}" == "message 5: "* ]]
	run "$KVKCSR" explain the CERTIFICATE  is expired
	[[ "${lines[0]}" == "message 5: "* ]]
	run "$KVKCSR" explain 'verdict: REJECT: "The certificate is expired." (message 5)'
	[[ "${lines[0]}" == "message 5: "* ]]
	run "$KVKCSR" explain validity
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == " 6  "* ]] || [[ "${lines[0]}" == "message 6: "* ]]
	run "$KVKCSR" explain chain
	[ "$(grep -c '^ *[0-9][0-9]*  [a-z]' <<<"$output")" -gt 1 ]
	run "$KVKCSR" explain --json chain
	[ "$(jq '.rules | length' <<<"$output")" -gt 1 ]
	run "$KVKCSR" explain no such sentence
	[ "$status" -eq 64 ]
	[[ "$output" == *"'no such sentence'"* ]]
}

@test "a sentence that is not quite the portal's finds the messages that come nearest" {
	for words in "certificate has been revoked" "the certificate has been revoked" "revoked certificates"; do
		run "$KVKCSR" explain --json $words
		[ "$status" -eq 0 ]
		[ "$(jq -c '[.rules[].number]' <<<"$output")" = '[2,28]' ]
	done
	run "$KVKCSR" explain certificate expired
	[[ "${lines[0]}" == "message 5: "* ]]
	run "$KVKCSR" explain "kvk number mismatch, it does not match"
	[[ "${lines[0]}" == "message 14: "* ]]
	for words in "The certficate has a wilcard" wildcrad self-signed; do
		run "$KVKCSR" explain $words
		[ "$status" -eq 0 ]
		[ -n "$output" ]
	done
	run "$KVKCSR" explain wildcrad
	[[ "${lines[0]}" == "message 31: "* ]]
	run "$KVKCSR" explain EV
	[[ $output != *revoked* ]]
	run "$KVKCSR" explain the certificate of a computer
	[ "$status" -eq 64 ]
}

@test "a message is found by its id too" {
	run "$KVKCSR" explain kvk-number-mismatch
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "message 14: kvk-number-mismatch" ]]
	for number in 14 "message 14" "(message 14)" "#14"; do
		run "$KVKCSR" explain "$number"
		[[ "${lines[0]}" == "message 14: kvk-number-mismatch" ]]
	done
}

@test "no other messages are known" {
	for wrong in 0 34 4294967310 no-such -1; do
		run "$KVKCSR" explain "$wrong"
		[ "$status" -eq 64 ]
	done
	run "$KVKCSR" explain 1 2
	[ "$status" -eq 64 ]
}

@test "JSON: one rule or all of them" {
	run "$KVKCSR" explain --json
	[ "$(printf '%s\n' "$output" | jq -c '[.schema, [.rules[].number] == [range(1;34)]]')" = '[1,true]' ]
	run "$KVKCSR" explain --json 14
	[ "$(printf '%s\n' "$output" | jq -c '[.rules[].id]')" = '["kvk-number-mismatch"]' ]
	[ "$(printf '%s\n' "$output" | jq -r '.rules[0].portal')" = \
		"The certificate's KVK number does not match our registered KVK number." ]
}

@test "the portal's sentences are the portal's, to the letter" {
	rules="$top_srcdir/../shared/data/rules.tsv"
	[ -f "$rules" ] || skip "the list of the portal's messages is not here"
	run "$KVKCSR" explain --json
	diff <(printf '%s\n' "$output" | jq -r '.rules[] | "\(.number)\t\(.portal)"') \
		<(tail -n +2 "$rules" | cut -f1,2)
}

@test "the other reading is named where there is one" {
	for n in 6 11 16 20 21 29; do
		run "$KVKCSR" explain --json $n
		[[ "$(jq -r '.rules[0].reading' <<<"$output")" == *" may "* ]]
	done
	run "$KVKCSR" explain 16
	[[ "$output" == *'"an SKI or AKI"'* ]]
}

@test "3, 12 and 18 name one message for a PKCS#12 file and a request, and verify gives it" {
	for n in 3 12 18; do
		run "$KVKCSR" explain --json $n
		[[ "$(jq -r '.rules[0].reading' <<<"$output")" == *"PKCS#12"*"request"*"message 18"* ]]
	done
	run "$KVKCSR" explain --json 12
	[[ "$(jq -r '.rules[0].cause' <<<"$output")" != *"request"* ]]
	printf -- '-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n' >"$BATS_TEST_TMPDIR/request.pem"
	run env KVKCSR_HOME="$BATS_TEST_TMPDIR/home" "$KVKCSR" verify --json "$BATS_TEST_TMPDIR/request.pem"
	[ "$(jq .first <<<"$output")" = 18 ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Text fits the width of the output (COLUMNS), and what is to be copied stays in one piece.

load helpers

setup() {
	scratch
	"$top_builddir/tests/mkpki" pki --days 365 >/dev/null
	at=2026-11-22T12:00:00Z
	evidence=(--at "$at" --trust pki/root.pem --crl pki/crls.pem --kvk 68750110)
}

teardown() {
	rm -rf "$dir"
}

# Whether each line of $output has at most so many columns. A line may be longer only by its last word, where that
# is a path, an address, a hash, a command of the program (in quotes), Base64, or a name of 64 letters.
assert_fits() {
	local line word
	while IFS= read -r line; do
		[ "${#line}" -le "$1" ] && continue
		word=$(sed -E "s/^.* '(kvkcsr |\/)/'\1/; /^'/!s/^.* //" <<<"$line")
		[[ "$word" =~ ^\'?(/|kvkcsr\ |https?://|n{64})|^[0-9a-f]{32}|^[A-Za-z0-9+/=]{64}$ ]] &&
			[ $((${#line} - ${#word})) -le "$1" ] && continue
		echo "wider than $1 columns: $line"
		return 1
	done <<<"$output"
}

# Runs a command at each width. What it prints on the way is kept in $output.
at_each_width() {
	local width
	for width in 60 80 132; do
		run --separate-stderr env COLUMNS=$width "$KVKCSR" "$@"
		[ -n "$output" ] || { echo "nothing from: $*"; return 1; }
		assert_fits $width || return 1
	done
}

@test "explain, one and all" {
	at_each_width explain
	for n in 1 2 14 22 28 33; do at_each_width explain $n; done
	# Running text is not wider than people like to read it.
	run env COLUMNS=500 "$KVKCSR" explain 14
	assert_fits 100
	grep -qE '^.{90}' <<<"$output"
}

@test "verify, with all that it has to say" {
	at_each_width verify "${evidence[@]}" pki/delivery.pem
	openssl req -new -key pki/leaf.key -subj "/C=NL/O=Voorbeeld BV/L=Utrecht/CN=api.example.nl" -out own.csr
	at_each_width verify "${evidence[@]}" --csr own.csr pki/delivery.pem
	at_each_width verify --at "$at" --trust pki/root.pem --offline pki/delivery.pem
	at_each_width verify --offline pki/leaf.pem
	at_each_width verify --verbose "${evidence[@]}" --csr own.csr pki/delivery.pem
	at_each_width verify --all "${evidence[@]}" pki/delivery.pem
	"$top_builddir/tests/mkpki" bad --no-client-auth >/dev/null
	at_each_width verify --at "$at" --trust bad/root.pem --crl bad/crls.pem bad/delivery.pem
}

@test "verify, of several files: how many there are of each" {
	run env COLUMNS=60 "$KVKCSR" verify "${evidence[@]}" pki/delivery.pem pki/leaf.pem
	output=$(sed '/^verdict: /d' <<<"$output")
	[[ "$output" == "2 files: "*"--verbose"* ]]
	assert_fits 60
}

@test "what was changed stands below one another where it does not fit beside one another" {
	openssl req -new -key pki/leaf.key -subj "/C=NL/O=Voorbeeld BV/CN=api.example.nl" \
		-addext subjectAltName=DNS:api.example.nl,DNS:www.example.nl -out own.csr
	run env COLUMNS=80 "$KVKCSR" verify --verbose "${evidence[@]}" --csr own.csr pki/delivery.pem
	grep -qE '^ {4}O +Voorbeeld BV +Voorbeeld B\.V\.$' <<<"$output"
	run env COLUMNS=60 "$KVKCSR" verify --verbose "${evidence[@]}" --csr own.csr pki/delivery.pem
	[[ "$output" == *$'\n    O\n        requested  Voorbeeld BV\n        received   Voorbeeld B.V.\n'* ]]
}

@test "show: certificates, lists and requests" {
	openssl req -new -key pki/leaf.key -subj "/C=NL/O=Voorbeeld BV/CN=api.example.nl" -out own.csr
	for file in pki/delivery.pem pki/crls.pem own.csr; do at_each_width show "$file"; done
}

@test "new, config" {
	at_each_width new --dry-run --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V."
	at_each_width config
	openssl req -new -key pki/leaf.key -subj "/C=NL/O=Voorbeeld BV/CN=api.example.nl" -out own.csr
	at_each_width new --dry-run --csr own.csr
}

@test "track, status, check, untrack" {
	long=$(printf 'n%.0s' {1..64})
	for name in a "$long" gone; do
		cp pki/leaf.pem "$name.pem"
		at_each_width track --name "$name" "$name.pem"
	done
	rm gone.pem
	"$KVKCSR" new waiting --domain b.example.nl --kvk 68750110 --organisation "V" --key-type ecdsa \
		</dev/null >/dev/null 2>&1
	at_each_width status --at 2027-11-20T00:00:00Z
	at_each_width check --at 2027-11-20T00:00:00Z --dry-run
	for width in 60 80 132; do
		# A table at every width: a line each, and no line beyond it.
		run env COLUMNS=$width "$KVKCSR" status --at 2027-11-20T00:00:00Z
		table=${output%%$'\n\n'*}
		[ "$(wc -l <<<"$table")" -eq 5 ]
		run ! grep -E "^.{$((width + 1))}" <<<"$table"
		[ "$(grep -c 'n\.\.\.n\|nnnn' <<<"$table")" -eq 1 ]
	done
	for name in a "$long"; do COLUMNS=60 "$KVKCSR" untrack "$name" >text; output=$(<text); assert_fits 60; done
}

@test "a path with blanks and a command stay in one line" {
	export KVKCSR_HOME="$dir/a home with a very long name and more than one blank in it"
	run env COLUMNS=60 "$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 \
		--organisation "Voorbeeld B.V." --key pki/leaf.key </dev/null
	[ "$status" -eq 0 ]
	grep -qF "$KVKCSR_HOME/dossiers/api.example.nl/request.pem" <<<"$output"
	grep -qF "'kvkcsr accept api.example.nl FILE...'" <<<"$output"
	run env COLUMNS=60 "$KVKCSR" accept "${evidence[@]:0:6}" api.example.nl pki/delivery.pem
	grep -qF "'$KVKCSR_HOME/dossiers/api.example.nl/upload.pem'" <<<"$output"
	grep -qF "'kvkcsr uploaded api.example.nl'" <<<"$output"
	run env COLUMNS=60 "$KVKCSR" status --at "$at"
	grep -qF "'$KVKCSR_HOME/dossiers/api.example.nl/upload.pem'" <<<"$output"
	at_each_width uploaded api.example.nl --at "$at"
}

@test "without a terminal and without COLUMNS there are 80" {
	unset COLUMNS
	run "$KVKCSR" explain 14
	assert_fits 80
	grep -qE '^.{75}' <<<"$output"
}

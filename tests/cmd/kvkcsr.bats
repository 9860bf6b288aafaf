#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
bats_require_minimum_version 1.5.0

@test "--version names the program and, in the build tree, the data beside it" {
	run "$KVKCSR" --version
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" =~ ^kvkcsr\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	[ "${lines[1]}" = "data: $top_builddir/templates" ]
}

@test "no command is a usage error that goes to stderr" {
	run --separate-stderr "$KVKCSR"
	[ "$status" -eq 64 ]
	[ -z "$output" ]
	[[ "$stderr" == usage:* ]]
}

@test "an unknown command is a usage error that names it, and what may have been meant" {
	run "$KVKCSR" no-such-command
	[ "$status" -eq 64 ]
	[[ "$output" == *"'no-such-command'"* ]]
	run "$KVKCSR" verfy
	[ "$status" -eq 64 ]
	[[ "$output" == *"did you mean 'kvkcsr verify'?"* ]]
	run "$KVKCSR" rehea
	[[ "$output" == *"did you mean 'kvkcsr rehearse'?"* ]]
	run "$KVKCSR" $'no\033[2Jsuch'
	[[ "$output" != *$'\033'* ]]
}

@test "help and help COMMAND are what people try first" {
	[ "$("$KVKCSR" help)" = "$("$KVKCSR" --help)" ]
	[ "$("$KVKCSR" help verify)" = "$("$KVKCSR" verify --help)" ]
	run --separate-stderr "$KVKCSR" help verfy
	[ "$status" -eq 64 ]
	[[ "$stderr" == *"did you mean 'kvkcsr verify'"* ]]
}

@test "version is --version" {
	[ "$("$KVKCSR" version)" = "$("$KVKCSR" --version)" ]
}

@test "--help lists the commands in groups, from the order to the settings" {
	run "$KVKCSR" --help
	[ "$(grep -c '^[A-Z].*:$' <<<"$output")" -eq 5 ]
	[ "$(sed -n 's/^\([A-Z].*:\)$/\1/p; s/^  \([a-z]*\) .*/\1/p' <<<"$output" | paste -sd' ')" = \
		"Order a certificate: new renew Handle the delivery: accept verify uploaded export Inspect files and messages: show explain lookup \
rehearse Watch certificates: track untrack status check notify schedule Set up: config adopt trust" ]
}

@test "no option takes a secret, which every user of the machine could read in the list of processes" {
	for command in $("$KVKCSR" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
		"$KVKCSR" "$command" --help | grep -oE -e '--[a-z-]+ [A-Z|a-z]+' || [ $? -eq 1 ]
	done | sort -u >"$BATS_TEST_TMPDIR/options"
	grep -q '^--pass-file FILE$' "$BATS_TEST_TMPDIR/options"
	run grep -E '(pass|secret|token|pin|api).* ' "$BATS_TEST_TMPDIR/options"
	[ "$output" = $'--pass-fd N\n--pass-file FILE' ]
}

@test "nothing of a private key gets out, whatever a command says of it" {
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home
	cd "$BATS_TEST_TMPDIR"
	"$top_builddir/tests/mkpki" pki
	cat pki/leaf.key pki/delivery.pem >both.pem
	openssl pkey -in pki/leaf.key -outform DER -out key.der
	chmod 600 pki/leaf.key both.pem key.der
	for json in '' --json; do
		"$KVKCSR" new mine$json --key pki/leaf.key --domain api.kvk.nl --kvk 68750110 --organisation v $json || true
		for file in pki/leaf.key both.pem key.der "$KVKCSR_HOME/dossiers/mine/key.pem"; do
			"$KVKCSR" verify --all --offline --trust pki/root.pem --key pki/leaf.key $json "$file" || true
			"$KVKCSR" show $json "$file" || true
			"$KVKCSR" accept mine --offline --trust pki/root.pem $json "$file" || true
			"$KVKCSR" new x --dry-run --like "$file" || true
			"$KVKCSR" new x --csr "$file" || true
			"$KVKCSR" new x --dry-run --answers "$file" || true
			"$KVKCSR" config --config "$file" || true
			"$KVKCSR" track $json "$file" || true
		done
		"$KVKCSR" status $json || true
		"$KVKCSR" check $json || true
	done >out 2>&1
	grep -q 'private key' out
	# no line of it in PEM, and no eight octets of it in hex
	sed '/-----/d' pki/leaf.key | cut -c1-40 >secret
	od -An -tx1 -v key.der | tr -d ' \n' | fold -w 16 | sed -n '20,$p' | grep '.\{16\}' >>secret
	[ "$(wc -l <secret)" -gt 100 ]
	openssl pkey -in pki/leaf.key -pubout -outform DER | od -An -tx1 -v | tr -d ' \n' >public
	while read -r piece; do grep -qF "$piece" public || echo "$piece"; done <secret >private
	[ "$(wc -l <private)" -gt 60 ]
	run ! grep -aoiFf private out
}

@test "no message names a command that is not there" {
	"$KVKCSR" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p' | sort >"$BATS_TEST_TMPDIR/there"
	LC_ALL=C grep -aoE "'kvkcsr [a-z]+" "$KVKCSR" | sed "s/^'kvkcsr //" | sort -u >"$BATS_TEST_TMPDIR/named"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/named")" -ge 6 ]
	run comm -23 "$BATS_TEST_TMPDIR/named" "$BATS_TEST_TMPDIR/there"
	[ -z "$output" ]
}

# Whether the texts beside the options, or the commands, of $output all begin two columns after the longest of those
# that leave half of 60 columns.
assert_aligned() {
	awk '{
		if (match($0, /^  (-.,|   ) --[a-z-]+( [^ ]+)?/) == 0 && match($0, /^  [a-z]+  /) > 0)
			RLENGTH -= 2
		if (RLENGTH > 0 && RLENGTH <= 28) {
			longest = RLENGTH > longest ? RLENGTH : longest
			rest = substr($0, RLENGTH + 1)
			match(rest, /^ */)
			columns[length($0) - length(rest) + RLENGTH]
		}
	}
	END {
		for (column in columns)
			if (column + 0 != longest + 2)
				exit 1
		exit longest == 0
	}' <<<"$output"
}

@test "no line of any help is over 80 columns, and what explains stands in one column" {
	for c in "" $("$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		# Without a command it is the program's own help.
		run "$KVKCSR" ${c:+"$c"} --help
		[ "$status" -eq 0 ]
		[ -z "$(printf '%s\n' "$output" | grep '.\{81\}')" ]
		# What is an example stays as it is.
		COLUMNS=60 run "$KVKCSR" ${c:+"$c"} --help
		[ -z "$(printf '%s\n' "$output" | grep '.\{61\}')" ]
		assert_aligned
	done
}

# cannot_write ARGUMENT...: on a full disk, to a pipe that nobody reads and to a closed standard output
# the exit code is 3, and the last line says what is wrong.
cannot_write() {
	run bash -c '"$KVKCSR" "$@" >/dev/full' - "$@"
	[ "$status" -eq 3 ]
	[[ "${lines[-1]}" == *"cannot write the result to standard output: No space left on device" ]]
	run bash -c '"$KVKCSR" "$@" > >(:); exit $?' - "$@"
	# The reader may not be gone yet: then nothing is wrong.
	[ "$status" -ne 3 ] || [[ "${lines[-1]}" == *"standard output: Broken pipe" ]]
	run bash -c '"$KVKCSR" "$@" >&-' - "$@"
	[ "$status" -eq 3 ]
	[[ "${lines[-1]}" == *"cannot write the result: standard output is closed" ]]
}

@test "a result that cannot be written is exit 3, and the reason is the real one" {
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home TMPDIR=$BATS_TEST_TMPDIR
	cd "$BATS_TEST_TMPDIR"
	"$top_builddir/tests/mkpki" pki
	# More than one buffer of standard output.
	for i in {1..50}; do cp pki/leaf.pem "pki/a-rather-long-name-of-a-certificate-file-$i.pem"; done
	"$KVKCSR" track pki
	for command in --help --version 'status --help' status 'check --plugin' config explain 'explain 14' 'show pki/chain.pem' \
		'verify pki/delivery.pem' 'verify pki' 'track pki/leaf.pem' 'new --dry-run --domain api.voorbeeld.nl --kvk
		68750110 --organisation v'; do
		# shellcheck disable=SC2086 # words
		cannot_write $command
		# shellcheck disable=SC2086 # words
		[[ "$command" == *--* ]] || cannot_write $command --json
	done
	cannot_write rehearse
}

@test "the README's table has every command, and no other" {
	[ -f "$top_srcdir/README.md" ]
	listed=$(sed -n '/^## Commands/,/^## /s/^| `\([a-z]*\)`.*/\1/p' "$top_srcdir/README.md" | sort)
	real=$("$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | sort)
	[ -n "$real" ]
	[ "$listed" = "$real" ]
}

@test "every command has help that names it, and refuses an unknown option with 64" {
	for c in $("$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		run "$KVKCSR" "$c" --help
		[ "$status" -eq 0 ]
		[[ "${lines[0]}" == "usage: kvkcsr $c "* ]]
		run "$KVKCSR" "$c" --no-such-option </dev/null
		[ "$status" -eq 64 ]
	done
}

@test "the option that is suggested begins with what was typed, where there is one" {
	run "$KVKCSR" verify --off
	[[ "$output" == *"unknown option '--off'; did you mean '--offline'?"* ]]
	run "$KVKCSR" verify --ofline
	[[ "$output" == *"did you mean '--offline'?"* ]]
	run "$KVKCSR" verify --x
	[[ "$output" != *"did you mean"* ]]
}

@test "no variable of the libraries changes a verdict, a key or what is written" {
	local p="$BATS_TEST_TMPDIR/priorities" args
	args=(--practice --domain api.voorbeeld.example --kvk 68750110 --key-type ecdsa
		--organisation Voorbeeld --encrypt-key --pass-fd 3)
	printf '%s\n' '[overrides]' 'disabled-curve = SECP256R1' >"$p"
	for v in GNUTLS_SYSTEM_PRIORITY_FILE="$p" GNUTLS_NO_IMPLICIT_INIT=1 \
		GNUTLS_FORCE_FIPS_MODE=1 NETTLE_FAT_VERBOSE=1; do
		# Descriptors and arguments are still there.
		run --separate-stderr env "$v" GNUTLS_CPUID_OVERRIDE=1 "$KVKCSR" new "${args[@]}" \
			--out "$BATS_TEST_TMPDIR/${v%%=*}" 3< <(echo geheim)
		[ "$status" -eq 0 ]
		openssl req -in "$BATS_TEST_TMPDIR/${v%%=*}/request.pem" -noout -text | grep -q "ASN1 OID: prime256v1"
	done
	run env GNUTLS_SYSTEM_PRIORITY_FILE="$p" "$KVKCSR" rehearse
	[ "$status" -eq 0 ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The whole road, as a newcomer walks it.

setup() {
	dir=$(mktemp -d)
	export TMPDIR=$dir HOME=$dir/own
	mkdir "$HOME"
}

teardown() {
	rm -rf "$dir"
}

@test "the rehearsal walks the whole road, quickly, and leaves nothing behind" {
	SECONDS=0
	run "$KVKCSR" rehearse
	[ "$status" -eq 0 ]
	[ "$SECONDS" -lt 10 ]
	[[ "$output" == *"Trade register  registered and active"*"Voorbeeld B.V."*"Utrecht"* ]]
	[[ "$output" == *"verdict: ACCEPT"* ]]
	[[ "$output" == *"(message 19)"* ]]
	[[ "$output" == *"(message 14)"* ]]
	[[ "$output" == *"(message 31)"* ]]
	[[ "$output" == *"The certificate has a wildcard in the domain."* ]]
	[[ "$output" == *"WARNING: api.voorbeeld.example: expires in 50 days,"* ]]
	[[ "$output" == *"CRITICAL: api.voorbeeld.example: expires in 10 days,"* ]]
	# The next certificate has taken over, and there is nothing to report.
	[[ "$(sed -n '/Quiet for another year/,$p' <<<"$output" | tr -s '\n ' ' ')" == *" check --remember --at "*" (exit status 0) "* ]]
	[ -z "$(find "$dir" -mindepth 1 ! -path "$HOME")" ]
}

@test "it asks nothing, and does not touch the user's own home" {
	mkdir -p "$HOME/state"
	# Also on a terminal, where it says how to read all that.
	KVKCSR_HOME="$HOME/state" COLUMNS=60 run "$top_builddir/tests/cmd/talk" /dev/null "$KVKCSR" rehearse
	[ "$status" -eq 0 ]
	output=$(tr -d '\r' <<<"$output")
	[[ "$output" == *$'\nThat is the whole process. For a real certificate, run\n'"'kvkcsr new'."$'\n'* ]]
	[[ "$output" == *"To read it page by page, run 'kvkcsr rehearse | less'."* ]]
	[ -z "$(ls -A "$HOME/state")" ]
}

@test "--keep leaves the files, with the key for the owner only" {
	run "$KVKCSR" rehearse --keep "$dir/kept"
	[ "$status" -eq 0 ]
	d=$dir/kept/home/dossiers/api.voorbeeld.example
	[ "$(stat -c %a "$d/key.pem")" = 600 ]
	[ "$(grep -c 'BEGIN CERTIFICATE' "$d/upload.pem")" -eq 3 ]
	run openssl verify -attime "$(date -d '395 days' +%s)" -CAfile "$dir/kept/next-root.pem" -untrusted "$d/chain.pem" "$d/certificate.pem"
	[[ "$output" == *": OK"* ]]
	run openssl x509 -in "$d/certificate.pem" -noout -checkhost api.voorbeeld.example
	[[ "$output" == *"does match"* ]]
	# Its predecessor is kept with its key.
	for old in "$d"/archive/*/; do
		[ "$(openssl pkey -in "$old/key.pem" -pubout)" = "$(openssl x509 -in "$old/certificate.pem" -noout -pubkey)" ]
		run openssl verify -CAfile "$dir/kept/practice-root.pem" -untrusted "$old/chain.pem" "$old/certificate.pem"
		[[ "$output" == *": OK"* ]]
	done
	[ ! -e "$d/next" ]
	[ "$(openssl pkey -in "$d/key.pem" -pubout)" = "$(openssl x509 -in "$d/certificate.pem" -noout -pubkey)" ]
}

@test "--keep does not take a folder that is there" {
	mkdir "$dir/kept"
	run "$KVKCSR" rehearse --keep "$dir/kept"
	[ "$status" -eq 73 ]
	[ -z "$(ls -A "$dir/kept")" ]
}

@test "a full disk is 3" {
	run bash -c '"$KVKCSR" rehearse >/dev/full'
	[ "$status" -eq 3 ]
}

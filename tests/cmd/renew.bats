#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# From one certificate to the next: renew, accept, uploaded; and giving up.

load helpers

setup_file() {
	dir=$(mktemp -d)
	export dir HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	order=(--practice --domain api.example.nl --kvk 68750110 --organisation 'Voorbeeld B.V.')
	"$KVKCSR" new api.example.nl "${order[@]}" --key-bits 2048 </dev/null >/dev/null 2>&1
	delivery pki home/dossiers/api.example.nl 2026-11-22T12:00:00Z
	"$KVKCSR" accept api.example.nl pki/delivery.pem --at 2026-11-22T12:00:00Z --trust pki/root.pem --crl pki/crls.pem \
		>/dev/null 2>&1 || [ $? -le 1 ]
	"$KVKCSR" uploaded api.example.nl --at 2026-11-23T12:00:00Z --deployed >/dev/null
	cp -a home saved
}

teardown_file() {
	rm -rf "$dir"
}

setup() {
	cd "$dir" || return 1
	rm -rf home
	cp -a saved home
	dossier=home/dossiers/api.example.nl
	renewing=2027-10-22T12:00:00Z
}

# delivery FOLDER DOSSIER TIME: what a TSP delivers for the request in a dossier.
delivery() {
	openssl req -in "$2/request.pem" -outform DER -out request.der
	"$top_builddir/tests/mkpki" "$1" --csr request.der --days 365 --now "$3" >/dev/null
}

accept() {
	run --separate-stderr "$KVKCSR" accept "$@" --at "$renewing" --trust "$pki/root.pem" --crl "$pki/crls.pem"
	[ "$status" -le 1 ]
}

spki() {
	openssl "$@" -pubout 2>/dev/null | sha256sum
}

# The output of a command, unwrapped.
says() {
	run --separate-stderr "$KVKCSR" "$@"
	output=$(tr -s '\n ' ' ' <<<"$output")
}

in_use() {
	find "$dossier" -path "$dossier/next" -prune -o -type f -exec sha256sum {} + | sort
}

# The life of one certificate: setup_file has new, accept and uploaded; eleven months later, check asks for the next one.
@test "renew, accept and uploaded: the files in use stay what they are until the renewal takes over" {
	local before old new serial
	before=$(in_use) old=$(spki pkey -in $dossier/key.pem)
	says check --at 2027-10-26T12:00:00Z --offline
	[ "$status" -eq 1 ]
	[[ "$output" == *"'kvkcsr renew api.example.nl'"* ]]
	"$KVKCSR" renew api.example.nl --at "$renewing" --switch 2027-11-15 </dev/null >out 2>err
	grep -q 'BEGIN CERTIFICATE REQUEST' out
	# Who renews has the authorisation, and is told the day that was chosen.
	[ "$(grep -cE "authorisation now|choose a TSP|to repeat" out)" -eq 0 ]
	tr -s '\n ' ' ' <out | grep -qF 'is to take over on 15 November 2027'
	[ "$(in_use)" = "$before" ]
	[ "$(stat -c %a $dossier/next $dossier/next/key.pem | paste -sd' ')" = "700 600" ]
	new=$(spki pkey -in $dossier/next/key.pem)
	[ "$new" != "$old" ]
	# The key of before had fewer bits than is advised today.
	openssl req -in $dossier/next/request.pem -noout -text | grep -q '(3072 bit)'
	[ "$(openssl req -in $dossier/next/request.pem -noout -subject)" = "$(openssl req -in $dossier/request.pem -noout -subject)" ]
	for again in renew new; do
		run --separate-stderr "$KVKCSR" $again api.example.nl </dev/null
		[ "$status" -eq "$([ $again = renew ] && echo 73 || echo 64)" ]
	done
	# What it waits for is in the table and in the notices, and the day of the switch.
	says status --at 2027-10-25T12:00:00Z
	[[ "$output" == *"waiting for the TSP since 22 October 2027, to take over on 15 November 2027;"* ]]
	says check --at 2027-11-15T12:00:00Z --offline
	[[ "$output" == *"nothing received for the renewal that was requested on 22 October 2027: ask the TSP"* ]]
	# Nothing moves before there is something to move.
	run "$KVKCSR" uploaded api.example.nl --at "$renewing"
	[ "$status" -eq 64 ]
	[ "$(in_use)" = "$before" ]
	pki=later
	delivery later $dossier/next "$renewing"
	accept later/delivery.pem
	[ -f $dossier/next/upload.pem ]
	[ "$(in_use)" = "$before" ]
	says check --at 2027-10-25T12:00:00Z --offline
	[[ "$output" == *"the renewal is ready: on 15 November 2027, upload '"*"/dossiers/api.example.nl/next/upload.pem' to the KVK portal"* ]]
	serial=$(openssl x509 -in $dossier/certificate.pem -noout -serial | sed 's/.*=//' | tr A-F a-f)
	run --separate-stderr "$KVKCSR" uploaded api.example.nl --at 2027-11-01T12:00:00Z --json
	[ "$status" -eq 0 ]
	[ "$(json '[.renewed, .deployed] | join(" ")')" = "true false" ]
	[ ! -e $dossier/next ]
	[ "$(spki pkey -in $dossier/key.pem)" = "$new" ]
	[ "$(openssl x509 -in $dossier/certificate.pem -noout -pubkey | sha256sum)" = "$new" ]
	[ "$(spki pkey -in "$(echo $dossier/archive/*"$serial"/key.pem)")" = "$old" ]
	[ "$(ls $dossier/archive/*"$serial" | paste -sd' ')" = "answers.cfg certificate.pem chain.pem key.pem request.pem upload.pem" ]
	[ "$(find $dossier/received -type f | wc -l)" -eq 2 ]
	# All of it is in the history, in order, each line with its time first.
	run --separate-stderr "$KVKCSR" status api.example.nl
	[ "$(sed -n 's/^[0-9]\{4\}-[0-9T:-]*Z  \([a-z-]*\) .*/\1/p' <<<"$output" | paste -sd' ')" = \
		"requested verified uploaded deployed renewal-requested renewal-verified renewal-uploaded" ]
	[[ "$output" == *"'kvkcsr uploaded api.example.nl"*"--deployed'"* ]]
	run --separate-stderr "$KVKCSR" check --at 2027-11-02T12:00:00Z --offline
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	# A server has it once a tracked file holds it.
	says status --at 2027-11-02T12:00:00Z
	[[ "$output" == *" deploy it"* ]]
	cp $dossier/certificate.pem served.pem
	"$KVKCSR" track served.pem --name served >/dev/null
	run --separate-stderr "$KVKCSR" status --json --at 2027-11-02T12:00:00Z
	[ "$(json '[.entries[] | .name + " " + .action] | sort | join(", ")')" = "api.example.nl none, served none" ]
	run --separate-stderr "$KVKCSR" status api.example.nl --json
	[ "$(json '[.deployed, .kvk, .tsp, (.files | length), .history[-1].what, .history[-1].command] | map(tostring) | join("|")')" = \
		"true|68750110|$(json .tsp)|6|deployed|track" ]
	[ "$(json .key_sha256)" = "$(openssl pkey -in $dossier/key.pem -pubout -outform DER | sha256sum | cut -d' ' -f1)" ]
}

@test "a delivery for the key in use, while a renewal is under way, leaves the renewal as it is" {
	"$KVKCSR" renew api.example.nl --at "$renewing" </dev/null >/dev/null 2>&1
	pki=same
	delivery same $dossier "$renewing"
	accept same/delivery.pem
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"the key in use"* ]]
	[ "$(ls $dossier/next | paste -sd' ')" = "answers.cfg key.pem request.pem" ]
	# The command that is to be repeated has the options of the run.
	says accept api.example.nl $dossier/request.pem --offline --at "$renewing" --home home
	[[ "$output" == *"kvkcsr accept api.example.nl FILE --offline --at $renewing --home home"* ]]
	# One that was uploaded already is not the one to wait for (message 15).
	delivery later $dossier/next "$renewing"
	"$KVKCSR" track later/delivery.pem --name other >/dev/null
	"$KVKCSR" uploaded other >/dev/null
	says accept api.example.nl later/delivery.pem --at "$renewing" --trust later/root.pem --crl later/crls.pem
	[[ "$output" == *"the certificate that you already uploaded. Wait for the new one, then run 'kvkcsr accept api.example.nl FILE' with it."* ]]
	# A renewal is no file to track: it would silence the certificate in use.
	cp same/delivery.pem $dossier/next/upload.pem
	run -64 --separate-stderr "$KVKCSR" track $dossier/next/upload.pem --name zz
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"belongs to the renewal of 'api.example.nl', which is watched already"* ]]
}

@test "giving a renewal up keeps its key, and another can be started" {
	"$KVKCSR" renew api.example.nl --at "$renewing" </dev/null >/dev/null 2>&1
	key=$(sha256sum <$dossier/next/key.pem) before=$(in_use)
	"$KVKCSR" untrack api.example.nl --next
	[ ! -e $dossier/next ]
	[ "$(sha256sum <home/archive/api.example.nl/key.pem)" = "$key" ]
	[ "$(in_use)" = "$before" ]
	run "$KVKCSR" untrack api.example.nl --next
	[ "$status" -eq 64 ]
	"$KVKCSR" renew api.example.nl --at "$renewing" --dry-run </dev/null >/dev/null 2>&1
	[ ! -e $dossier/next ]
	"$KVKCSR" renew api.example.nl --at "$renewing" --organisation 'Ander B.V.' </dev/null >/dev/null 2>&1
	openssl req -in $dossier/next/request.pem -noout -subject | grep -q 'Ander B.V.'
}

@test "a tracked file gets a dossier of its name, and stays an entry" {
	rm -r home
	"$KVKCSR" track pki/leaf.pem --name file >/dev/null
	"$KVKCSR" renew file --at "$renewing" </dev/null >/dev/null 2>&1
	# The inventory may be lost.
	rm home/inventory.db
	run --separate-stderr "$KVKCSR" adopt
	[ "$status" -eq 64 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"'kvkcsr track FILE --name file' with that file, and then 'kvkcsr adopt file'"* ]]
	"$KVKCSR" track pki/leaf.pem --name file >/dev/null
	says adopt
	[[ "$output" == *"adopted the renewal of 'file'"* ]]
	dossier=home/dossiers/file pki=filed
	delivery filed $dossier/next "$renewing"
	accept file filed/delivery.pem
	"$KVKCSR" export file --format fullchain --next 2>/dev/null | cmp - $dossier/next/upload.pem
	"$KVKCSR" uploaded file --at "$renewing" >/dev/null
	[ "$(openssl x509 -in $dossier/certificate.pem -noout -pubkey | sha256sum)" = "$(spki pkey -in $dossier/key.pem)" ]
	run --separate-stderr "$KVKCSR" status --json --at "$renewing"
	[ "$(json '[.entries[] | .name + " " + .state] | sort | join(", ")')" = "file valid, file-2 replaced" ]
}

@test "what cannot be renewed, and what is wrong on the command line" {
	run "$KVKCSR" renew nobody </dev/null
	[ "$status" -eq 64 ]
	run "$KVKCSR" renew api.example.nl --switch tomorrow </dev/null
	[ "$status" -eq 64 ]
	says renew api.example.nl --key $dossier/key.pem </dev/null
	[[ "$status $(tr -s '\n ' ' ' <<<"$stderr")" == "64 "*"the key of the certificate in use"*"leave --key out"* ]]
	says renew api.example.nl --at "$renewing" --switch 2028-12-15 </dev/null
	[[ "$status $(tr -s '\n ' ' ' <<<"$stderr")" == "64 "*"ends on "*", before 15 December 2028; choose an earlier day"* ]]
	says renew api.example.nl --at "$renewing" --switch 2020-10-20 </dev/null
	[[ "$status $(tr -s '\n ' ' ' <<<"$stderr")" == "64 "*"20 October 2020 is in the past"* ]]
	run "$KVKCSR" new other --domain api.example.nl --kvk 68750110 --organisation X </dev/null
	[ "$status" -eq 73 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"'kvkcsr renew api.example.nl'"* ]]
	[ ! -e $dossier/next ]
}

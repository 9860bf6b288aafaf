#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# replaced: nothing more is told of an entry whose successor is in use. It is named when that
# happens, visible, and can be undone.

load helpers

setup() {
	scratch
	pki old --days 60
	pki new --days 365
}

teardown() {
	rm -rf "$dir"
}

# The old one ends at 2027-01-21T10:59:59Z, the new one at 2027-11-22T10:59:59Z.
due=2027-01-15T00:00:00Z
over=2027-01-22T00:00:00Z

# make NAME: a dossier of the old certificate's name and number, with a certificate of 397 days.
make() {
	"$KVKCSR" new "$1" --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
		--practice --key-bits 2048 </dev/null >/dev/null 2>&1
	openssl req -in "home/dossiers/$1/request.pem" -outform DER -out request.der
	pki "made-$1" --csr request.der
	"$KVKCSR" accept --at 2026-11-22T12:00:00Z --trust "made-$1/root.pem" --crl "made-$1/crls.pem" \
		"$1" "made-$1/delivery.pem" >/dev/null 2>&1 || [ $? -le 1 ]
}

# The states of all entries at a time.
states() {
	"$KVKCSR" status --json --at "$1" >states.json || :
	jq -r '[.entries | sort_by(.name)[] | "\(.name)=\(.state)"] | join(" ")' states.json
}

@test "track names the entry that it silences, and how to undo it" {
	"$KVKCSR" track old/leaf.pem
	run --separate-stderr "$KVKCSR" track new/leaf.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *"'api.example.nl' is replaced by 'api.example.nl-2'"* ]]
	[[ "$output" == *"kvkcsr track --keep $dir/old/leaf.pem"* ]]
	[ "$(states $over)" = "api.example.nl=replaced api.example.nl-2=valid" ]
	run "$KVKCSR" status --at $over
	[ "$status" -eq 0 ]
	[[ "$output" == *replaced*"replaced by 'api.example.nl-2'"*"track --keep"* ]]
}

@test "nothing more is told of it, exit 0, and it stays visible" {
	"$KVKCSR" track old/leaf.pem
	"$KVKCSR" track new/leaf.pem
	for at in $due $over; do
		run --separate-stderr "$KVKCSR" check --remember --at $at
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	done
	rm old/leaf.pem
	run -0 --separate-stderr "$KVKCSR" check --remember --at $over --json
	[ "$(json '.entries[] | select(.name == "api.example.nl") | [.state, .replaced_by, .threshold, .action] | map(tostring) | join(" ")')" \
		= "replaced api.example.nl-2 null none" ]
	run -0 "$KVKCSR" check --at $over --plugin
	# Behind it, it may be told that nobody can be asked about the new one.
	[[ "$output" == "KVKCSR OK: 2 of 2 fine"[\;\ ]*"| entries=2 "* ]]
}

@test "the order in which they are tracked does not matter" {
	"$KVKCSR" track new/leaf.pem
	run --separate-stderr "$KVKCSR" track --json old/leaf.pem
	[ "$(json '.replaced[] | [.name, .by, .path] | join(" ")')" = "api.example.nl-2 api.example.nl $dir/old/leaf.pem" ]
	[ "$(states $over)" = "api.example.nl=valid api.example.nl-2=replaced" ]
}

@test "track --keep undoes it, and that is remembered" {
	"$KVKCSR" track old/leaf.pem
	"$KVKCSR" track new/leaf.pem
	run -0 "$KVKCSR" track --keep old/leaf.pem
	[[ "$output" == *"no other entry replaces it"* ]]
	"$KVKCSR" track old/leaf.pem
	run -2 "$KVKCSR" check --remember --at $over
	[[ "$output" == "CRITICAL: api.example.nl: expired"* ]]
	pki next --days 400
	run -0 "$KVKCSR" track next/leaf.pem
	[[ "$output" == *"'api.example.nl-2' is replaced by 'api.example.nl-3'"* ]]
	[[ "$output" != *"'api.example.nl' is replaced"* ]]
}

@test "what is tracked with --keep is never replaced" {
	"$KVKCSR" track new/leaf.pem
	run -0 "$KVKCSR" track --keep old/leaf.pem
	[[ "$output" != *replaced* ]]
	[ "$(states $over)" = "api.example.nl=valid api.example.nl-2=expired" ]
}

@test "it wakes when the successor is untracked" {
	"$KVKCSR" track old/leaf.pem
	"$KVKCSR" track new/leaf.pem
	"$KVKCSR" check --remember --at $due
	"$KVKCSR" untrack api.example.nl-2
	run -1 "$KVKCSR" check --remember --at $due
	[[ "$output" == "WARNING: api.example.nl: expires in 6 days"* ]]
}

@test "it wakes when the successor has expired" {
	"$KVKCSR" track old/leaf.pem
	"$KVKCSR" track new/leaf.pem
	[ "$(states 2027-11-22T10:59:59Z)" = "api.example.nl=replaced api.example.nl-2=expiring" ]
	[ "$(states 2027-11-22T11:00:00Z)" = "api.example.nl=expired api.example.nl-2=expired" ]
}

@test "a dossier replaces when it was uploaded, which names what falls silent" {
	make dossier
	"$KVKCSR" track old/leaf.pem --name old
	[ "$(states $over)" = "dossier=valid old=expired" ]
	run -0 "$KVKCSR" uploaded dossier --at 2026-11-23T00:00:00Z
	[[ "$output" == *"'old' is replaced by 'dossier'"*"kvkcsr track --keep $dir/old/leaf.pem"* ]]
	[ "$(states $over)" = "dossier=valid old=replaced" ]
	run -0 --separate-stderr "$KVKCSR" check --remember --at $over
	[ -z "$output" ]
	run -0 "$KVKCSR" uploaded dossier --json --at 2026-11-24T00:00:00Z
	[ "$(json '.replaced | length')" = 0 ]
}

@test "the JSON of uploaded names it too, and a dossier can be kept" {
	make first
	pki later --days 400
	"$KVKCSR" track later/leaf.pem --name later
	run -0 "$KVKCSR" uploaded first --json --at 2026-11-23T00:00:00Z
	[ "$(json '.replaced[] | [.name, .by] | join(" ")')" = "first later" ]
	[ "$(states 2027-12-25T00:00:00Z)" = "first=replaced later=expiring" ]
	"$KVKCSR" track --keep home/dossiers/first/certificate.pem
	[ "$(states 2027-12-25T00:00:00Z)" = "first=expired later=expiring" ]
}

@test "names compare without case and blanks; another number is another machine" {
	pki shouting --days 365 --domain API.Example.NL
	pki other --days 365 --kvk 69599068
	"$KVKCSR" track old/leaf.pem --name old
	"$KVKCSR" track other/leaf.pem --name other
	[ "$(states $over)" = "old=expired other=valid" ]
	run -0 "$KVKCSR" track shouting/leaf.pem --name shouting
	[[ "$output" == *"'old' is replaced by 'shouting'"* ]]
	[ "$(states $over)" = "old=replaced other=valid shouting=valid" ]
}

@test "the same certificate twice replaces nothing" {
	cp old/leaf.pem copy.pem
	"$KVKCSR" track old/leaf.pem --name old
	run -0 "$KVKCSR" track copy.pem --name copy
	[[ "$output" != *replaced* ]]
	[[ "$(states $over)" != *replaced* ]]
}

@test "where no command silenced it, check names it once, when it would have warned" {
	cp old/leaf.pem a.pem
	cp old/leaf.pem b.pem
	"$KVKCSR" track a.pem --name a
	"$KVKCSR" track b.pem --name b
	cp new/leaf.pem b.pem
	run -0 --separate-stderr "$KVKCSR" check --remember --at $due
	[[ "$output" == "OK: a: replaced by 'b'"*"kvkcsr track --keep $dir/a.pem"* ]]
	run -0 --separate-stderr "$KVKCSR" check --remember --at $over
	[ -z "$output" ]
}

@test "an inventory that does not know the names yet learns them" {
	"$KVKCSR" track old/leaf.pem --name old
	"$KVKCSR" track new/leaf.pem --name new
	sqlite3 home/inventory.db 'UPDATE entries SET cn = NULL, number = NULL; DELETE FROM told'
	[ "$(states $over)" = "new=valid old=replaced" ]
	run -0 "$KVKCSR" check --remember --at $due
	[[ "$output" == "OK: old: replaced by 'new'"* ]]
	[ "$(sqlite3 home/inventory.db 'SELECT count(*) FROM entries WHERE cn = "api.example.nl"')" = 2 ]
}

@test "a folder with many certificates of one name names each that falls silent, once" {
	for days in 40 50 60 70; do
		pki made --days $days
		mkdir -p folder
		cp made/leaf.pem "folder/$days.pem"
	done
	run -0 "$KVKCSR" track folder
	[ "$(grep -c 'is replaced by' <<<"$output")" -ge 3 ]
	run -0 "$KVKCSR" track folder
	[[ "$output" != *"is replaced by"* ]]
	[ "$("$KVKCSR" status --at 2026-12-01T00:00:00Z --json | jq '[.entries[] | select(.state == "replaced")] | length')" = 3 ]
}

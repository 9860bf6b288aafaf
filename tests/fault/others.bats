#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The other commands that write: what they were to do is done or not, wherever they are stopped.

load helpers

@test "new" {
	mkdir -m 700 empty
	run fault --acknowledged "BEGIN CERTIFICATE REQUEST" --again 0,1,73 empty "${order[@]}"
	report
}

@test "new --out" {
	mkdir -m 700 empty
	export KVKCSR_HOME=$dir/elsewhere
	run fault --acknowledged "BEGIN CERTIFICATE REQUEST" --again 0,1,73 empty "${order[@]}" --out "$dir/home/made"
	report
}

@test "uploaded" {
	with_request
	accept pki/delivery.pem
	keep accepted
	run fault --acknowledged "uploaded" --again 0 accepted uploaded api.example.nl --at "$now"
	report
}

@test "track" {
	with_request
	mkdir -m 700 empty
	run fault --acknowledged "tracked" --again 0 empty track pki/leaf.pem --name leaf
	report
}

@test "track: what falls silent is named by it, or by the next one" {
	with_request
	rm -r home
	"$KVKCSR" track later/leaf.pem --name later
	keep tracked
	run fault --again 0 tracked track pki/leaf.pem --name leaf
	report
}

@test "untrack of several" {
	with_request
	"$KVKCSR" untrack api.example.nl
	"$KVKCSR" track later/leaf.pem --name later
	"$KVKCSR" track pki/leaf.pem --name leaf
	keep tracked
	run fault --again 0,64 tracked untrack later leaf
	report
}

@test "untrack of a dossier" {
	with_request
	accept pki/delivery.pem
	keep accepted
	run fault --acknowledged "archive" --again 0,64 accepted untrack api.example.nl
	report
}

@test "check: nothing counts as told that was not" {
	with_request
	accept pki/delivery.pem
	keep accepted
	run fault --repeated "api.example.nl" --again 0,1,2 accepted check --remember --at 2027-12-10T12:00:00Z
	report
}

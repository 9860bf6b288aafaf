#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Folders are tracked, checked and forgotten as a whole or not at all, wherever a run is stopped.

load helpers

@test "track of a folder" {
	with_folder
	mkdir -m 700 empty
	run fault --acknowledged "tracking 'other.example.nl'" --again 0 empty track certs
	report
}

@test "untrack of a folder" {
	with_folder
	"$KVKCSR" track certs
	keep tracked
	run fault --acknowledged "no longer searched" --again 0,64 tracked untrack ./certs
	report
}

@test "check: what appears in a folder, and places that part, are entered whole and told" {
	with_folder
	rm certs/c.pem
	"$KVKCSR" track certs
	keep tracked
	cp later/leaf.pem certs/a.pem
	cp other/leaf.pem certs/other.pem
	run fault --repeated "other.example.nl" --again 0,1,2 tracked check --remember --at 2026-12-10T12:00:00Z
	report
}

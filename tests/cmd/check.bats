#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# check: the state is the exit code, on every run; the event is told once.

load helpers

setup() {
	scratch
	pki pki --days 365
	cp pki/leaf.pem a.pem
}

teardown() {
	rm -rf "$dir"
}

# The certificate ends at 2027-11-22T10:59:59Z.
fine=2027-09-23T10:59:58Z
at60=2027-09-23T10:59:59Z
at30=2027-10-23T10:59:59Z
at14=2027-11-08T10:59:59Z
at7=2027-11-15T10:59:59Z
at1=2027-11-21T10:59:59Z
last=2027-11-22T10:59:59Z
over=2027-11-22T11:00:00Z

@test "the exit code is the state, and each threshold is told once" {
	"$KVKCSR" track a.pem
	while read -r at code id; do
		run "$KVKCSR" check --at "$at" --dry-run --json
		[ "$(json '.entries[0].threshold')" = "$id" ]
		run --separate-stderr "$KVKCSR" check --remember --at "$at"
		[ "$status" -eq "$code" ]
		[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"api.example.nl: expire"*"22 November 2027"* ]]
		for _ in 1 2; do
			run "$KVKCSR" check --remember --at "$at"
			[ "$status" -eq "$code" ]
			[ -z "$output" ]
		done
	done <<-END
		$at60 1 60d
		$at30 1 30d
		$at14 2 14d
		$at7 2 7d
		$at1 2 1d
		$over 2 expired
	END
}

@test "above every threshold it is 0, and a run without news writes nothing" {
	"$KVKCSR" track a.pem
	run "$KVKCSR" check --remember --at $fine
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "to the second of the end it is valid" {
	"$KVKCSR" track a.pem
	run "$KVKCSR" check --remember --at $last --json
	[ "$status" -eq 2 ]
	[ "$(json '.entries[0].state')" = expiring ]
	[ "$(json '.entries[0].days_left')" = 0 ]
	run "$KVKCSR" check --remember --at $over --json
	[ "$(json '.entries[0].state')" = expired ]
	[ "$(json '.entries[0].days_left')" = -1 ]
}

@test "on the day itself hours count, and days_left stays the floor" {
	"$KVKCSR" track a.pem
	run -2 --separate-stderr "$KVKCSR" check --at 2027-11-22T14:30:00Z
	[[ "$output" == "CRITICAL: api.example.nl: expired today, 3 hours ago, on 22 November 2027"* ]]
	run -2 --separate-stderr "$KVKCSR" check --at 2027-11-22T14:30:00Z --json
	[ "$(json '.entries[0].days_left')" = -1 ]
}

@test "several thresholds crossed at once are one notice, and the lesser ones are never told later" {
	"$KVKCSR" track a.pem
	run "$KVKCSR" check --remember --at $at7 --json
	[ "$status" -eq 2 ]
	[ "$(json '.entries[0].threshold')" = 7d ]
	[ "$(json '.entries[0].notified | join(" ")')" = stdout ]
	for at in $at60 $at30 $at14 $at7; do
		run "$KVKCSR" check --remember --at $at
		[ -z "$output" ]
	done
	run "$KVKCSR" check --remember --at $at1
	[[ "$output" == CRITICAL:* ]]
}

@test "--plugin, --dry-run and --quiet tell nobody" {
	"$KVKCSR" track a.pem
	for _ in 1 2; do
		run "$KVKCSR" check --at $at30 --plugin
		[ "$status" -eq 1 ]
		[ "${#lines[@]}" -eq 1 ]
		[[ "$output" == "KVKCSR WARNING: 0 of 1 fine - api.example.nl: expires in 30 days, on 22 November 2027 | entries=1 warning=1 critical=0 unknown=0 'api.example.nl'=30" ]]
		run "$KVKCSR" check --at $at30 --dry-run
		[ "$status" -eq 1 ]
		[[ "$output" == WARNING:* ]]
		run "$KVKCSR" check --at $at30 --quiet
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		run "$KVKCSR" check --at $at30 --quiet --json
		[ -z "$output" ]
	done
	run "$KVKCSR" check --remember --at $at30
	[[ "$output" == WARNING:* ]]
}

@test "options that contradict one another are 64" {
	"$KVKCSR" track a.pem
	for options in "--plugin --json" "--plugin --quiet" "--quiet --quiet" "--at x"; do
		run "$KVKCSR" check $options
		[ "$status" -eq 64 ]
	done
}

@test "the fields of --json, and the state that --json tells counts as told" {
	"$KVKCSR" track a.pem
	run --separate-stderr "$KVKCSR" check --remember --at 2027-11-01T00:00:00Z --json
	[ "$status" -eq 1 ]
	[ "$(json 'keys_unsorted[0]')" = schema ]
	[ "$(json '.schema')" = 1 ]
	[ "$(json '.at')" = 2027-11-01T00:00:00Z ]
	[ "$(json '.entries[0] | [.name, .state, .not_after, .days_left, .threshold, .notified[0], .revocation, .action] | map(tostring) | join("|")')" \
		= "api.example.nl|expiring|2027-11-22T10:59:59Z|21|30d|stdout|unknown|renew" ]
	run "$KVKCSR" check --remember --at 2027-11-01T00:00:00Z --json
	[ "$(json '.entries[0].notified | length')" = 0 ]
	run "$KVKCSR" check --remember --at 2027-11-01T00:00:00Z
	[ -z "$output" ]
}

@test "a renewed certificate at the same path begins anew" {
	"$KVKCSR" track a.pem
	"$KVKCSR" check --remember --at $over || :
	pki next --now 2027-11-22T12:00:00Z --days 365
	cp next/leaf.pem a.pem
	run "$KVKCSR" check --at 2027-11-23T00:00:00Z --dry-run --json
	[ "$(json '.entries[0].changed')" = true ]
	run "$KVKCSR" check --remember --at 2027-11-23T00:00:00Z
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	run --separate-stderr "$KVKCSR" status --at 2027-11-23T00:00:00Z --json
	[ "$(json '.entries[0] | [.changed, .days_left] | map(tostring) | join(" ")')" = "false 364" ]
	run "$KVKCSR" check --remember --at 2028-10-20T00:00:00Z
	[ "$status" -eq 1 ]
	[[ "$output" == WARNING:*"21 November 2028"* ]]
}

@test "a file that goes away is 3, told once, and told again when it went away again" {
	"$KVKCSR" track a.pem
	for _ in 1 2; do
		mv a.pem away.pem
		run "$KVKCSR" check --remember --at $fine
		[ "$status" -eq 3 ]
		[[ "$output" == "UNKNOWN: api.example.nl: its file is missing; expires in 60 days, on 22"*"$dir/a.pem"* ]]
		run "$KVKCSR" check --remember --at $fine
		[ "$status" -eq 3 ]
		[ -z "$output" ]
		mv away.pem a.pem
		run "$KVKCSR" check --remember --at $fine
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	done
}

@test "what is known of a file that is gone still counts" {
	"$KVKCSR" track a.pem
	rm a.pem
	run "$KVKCSR" check --remember --at $over --json
	[ "$status" -eq 2 ]
	[ "$(json '.entries[0].state')" = missing ]
	[ "$(json '.entries[0].threshold')" = expired ]
}

@test "a file that holds no certificate any more is 3" {
	"$KVKCSR" track a.pem
	echo rubbish >a.pem
	run "$KVKCSR" check --remember --at $fine --json
	[ "$status" -eq 3 ]
	[ "$(json '.entries[0].state')" = unreadable ]
}

@test "after the end it is told on the day and then weekly, four times in all, with the way to stop it" {
	"$KVKCSR" track a.pem
	told=""
	for day in {22..30}; do days+=("2027-11-$day"); done
	for day in {01..31}; do days+=("2027-12-$day"); done
	for day in "${days[@]}"; do
		run -2 --separate-stderr "$KVKCSR" check --remember --at "${day}T12:00:00Z"
		if [ -n "$output" ]; then
			told+=" $day"
			[[ "$output" == "CRITICAL: api.example.nl: expired"*"'kvkcsr untrack api.example.nl'"* ]]
		fi
	done
	[ "$told" = " 2027-11-22 2027-11-29 2027-12-06 2027-12-13" ]
	run -2 "$KVKCSR" check --at 2027-12-31T12:00:00Z --json
	[ "$(json '.entries[0].threshold')" = expired ]
}

@test "what nobody was told of for weeks after the end is one notice" {
	"$KVKCSR" track a.pem
	run -2 --separate-stderr "$KVKCSR" check --remember --at 2027-12-08T12:00:00Z
	[ "$(grep -c CRITICAL <<<"$output")" = 1 ]
	run -2 --separate-stderr "$KVKCSR" check --remember --at 2027-12-12T12:00:00Z
	[ -z "$output" ]
	run -2 --separate-stderr "$KVKCSR" check --remember --at 2027-12-13T12:00:00Z
	[[ "$output" == CRITICAL* ]]
}

@test "a short lifetime warns by its share" {
	pki short --now 2026-11-22T12:00:00Z --days 90
	"$KVKCSR" track short/leaf.pem
	while read -r at code id; do
		run "$KVKCSR" check --remember --at "$at" --json
		[ "$status" -eq "$code" ]
		[ "$(json '.entries[0].threshold')" = "$id" ]
	done <<-END
		2027-01-21T00:00:00Z 0 null
		2027-01-22T00:00:00Z 1 1/3
		2027-02-06T00:00:00Z 1 1/6
		2027-02-13T12:00:00Z 2 1/12
		2027-02-21T00:00:00Z 2 expired
	END
}

@test "the configuration sets the days of one kind, and the other keeps its own" {
	echo 'check: { warning_days = [ 100 ]; };' >c.cfg
	"$KVKCSR" track a.pem
	run "$KVKCSR" check --config c.cfg --at 2027-08-20T00:00:00Z --json
	[ "$status" -eq 1 ]
	[ "$(json '.entries[0].threshold')" = 100d ]
	run "$KVKCSR" check --config c.cfg --at $at60 --json
	[ "$(json '.entries[0].threshold')" = 100d ]
	run "$KVKCSR" check --config c.cfg --at $at14 --json
	[ "$status" -eq 2 ]
	[ "$(json '.entries[0].threshold')" = 14d ]
	echo 'check: { warning_days = [ 0 ]; };' >c.cfg
	run "$KVKCSR" check --config c.cfg
	[ "$status" -eq 78 ]
}

@test "the gravest entry decides, and is listed first" {
	pki other --days 20 --domain b.example.nl --kvk 69599068
	"$KVKCSR" track a.pem
	"$KVKCSR" track other/leaf.pem
	"$KVKCSR" track pki/tsp.pem --name gone
	rm pki/tsp.pem
	run "$KVKCSR" check --at 2026-12-20T00:00:00Z --plugin
	[ "$status" -eq 2 ]
	[[ "$output" == "KVKCSR CRITICAL: 1 of 3 fine - b.example.nl: expired"*"; gone: its file is missing"*"entries=3 warning=0 critical=1 unknown=1"* ]]
	run "$KVKCSR" check --at 2026-11-23T00:00:00Z --plugin
	[ "$status" -eq 3 ]
	[[ "$output" == "KVKCSR UNKNOWN: 2 of 3 fine - gone"* ]]
}

@test "a home that is not there, or holds no inventory, is 3 and is named" {
	run "$KVKCSR" check
	[ "$status" -eq 3 ]
	[[ "$output" == *"'$dir/home'"* ]]
	[ ! -e home ]
	mkdir -m 700 home
	run "$KVKCSR" check --json
	[ "$status" -eq 3 ]
	[[ "$output" == *"'$dir/home'"* ]]
	[ -z "$(ls home)" ]
}

@test "an empty inventory is 0 and says on stderr where" {
	"$KVKCSR" track a.pem
	"$KVKCSR" untrack api.example.nl
	for options in "" --json --plugin --dry-run; do
		run --separate-stderr "$KVKCSR" check $options
		[ "$status" -eq 0 ]
		[[ "$stderr" == *"nothing"*"'$dir/home'"* ]]
	done
	run --separate-stderr "$KVKCSR" check --json
	[ "$(json '.entries | length')" = 0 ]
	run --separate-stderr "$KVKCSR" check --plugin
	[[ "$output" == "KVKCSR OK: 0 of 0 fine | entries=0 "* ]]
	# Monitoring gets its line also where there is nothing to look at.
	run -3 --separate-stderr "$KVKCSR" check --plugin --home 'no|where'
	[[ "${lines[0]}" == "KVKCSR UNKNOWN: "*"'no/where'"* ]] && [ "${#lines[@]}" -eq 1 ]
	echo 'nothing = "x";' >bad.cfg
	run --separate-stderr "$KVKCSR" check --plugin --config bad.cfg
	[ "$status" -eq 78 ]
	[[ "$output" == "KVKCSR UNKNOWN: "*bad.cfg* ]]
	run -64 --separate-stderr "$KVKCSR" check --plugin x
	[ -z "$output" ]
}

@test "what could not be written counts as not told" {
	"$KVKCSR" track a.pem
	run bash -c '"$KVKCSR" check --remember --at '$at30' >/dev/full'
	[ "$status" -eq 3 ]
	[[ "$output" == *"will be repeated by the next run"* ]]
	# The reader is gone before the first byte: else it would be told, and the next run has no news.
	run bash -c '{ sleep 0.5; "$KVKCSR" check --remember --at '$at30'; } | true; exit ${PIPESTATUS[0]}'
	[ "$status" -eq 3 ]
	run bash -c '"$KVKCSR" check --remember --at '$at30' >&-'
	[ "$status" -eq 3 ]
	run "$KVKCSR" check --remember --at $at14
	[ "$status" -eq 2 ]
	[[ "$output" == CRITICAL:* ]]
}

@test "who does not read what check writes keeps nobody else waiting" {
	"$KVKCSR" track a.pem
	mkfifo pipe
	sleep 60 <>pipe 3>&- &
	reader=$!
	# The pipe is full before the first word: check waits.
	{ head -c 65536 /dev/zero; exec "$KVKCSR" check --remember --at $at30; } >pipe 2>/dev/null 3>&- &
	blocked=$!
	while flock -n home/notify.lock true; do sleep 0.1; done
	sleep 0.5
	cp a.pem b.pem
	run timeout 10 "$KVKCSR" track b.pem --name b
	[ "$status" -eq 0 ]
	# Another check waits its time, and then tells nobody; its exit code is the state all the same.
	run --separate-stderr timeout 50 "$KVKCSR" check --remember --at $at30 --json
	[ "$status" -eq 1 ]
	[ "$(json '[.entries[].notified | length] | add')" = 0 ]
	[[ "$stderr" == *"another check is still sending notifications"* ]]
	# What nobody has read is not told.
	kill -9 $blocked $reader
	wait $blocked $reader || :
	run "$KVKCSR" check --remember --at $at30
	[ "$status" -eq 1 ]
	[ "$(grep -c ^WARNING <<<"$output")" -eq 2 ]
}

@test "a full disk is 3, and what was printed then is told again rather than lost" {
	"$KVKCSR" track a.pem
	run bash -c "ulimit -f 0; exec '$KVKCSR' check --remember --at $at30"
	[ "$status" -eq 3 ]
	run "$KVKCSR" check --remember --at $at30
	[ "$status" -eq 1 ]
	[[ "$output" == WARNING:* ]]
}

@test "fifty at once tell each threshold once in all" {
	for i in {1..20}; do cp a.pem "c$i.pem"; "$KVKCSR" track "c$i.pem" >/dev/null; done
	for at in $at30 $at7; do
		for i in {1..50}; do
			{ "$KVKCSR" check --remember --at $at >"out.$i" 2>>errors || echo $? >>codes; } &
		done
		wait
		[ ! -s errors ]
		[ "$(cat out.* | grep -c '^[A-Z]*: api.example.nl')" -eq 20 ]
		[ "$(cat out.* | grep '^[A-Z]*: ' | sort -u | wc -l)" -eq 20 ]
	done
	[ "$(sort codes | uniq -c | xargs)" = "50 1 50 2" ]
}

@test "track, untrack and check at once do not disturb one another" {
	for i in {1..50}; do cp a.pem "c$i.pem"; done
	for i in {1..25}; do "$KVKCSR" track "c$i.pem" --name "c$i" >/dev/null; done
	for i in {1..25}; do
		"$KVKCSR" untrack "c$i" >/dev/null 2>>errors &
		{ "$KVKCSR" check --remember --at $at30 >/dev/null 2>>check.errors || echo $? >>codes; } &
		"$KVKCSR" track "c$((i + 25)).pem" --name "c$((i + 25))" >/dev/null 2>>errors &
	done
	wait
	[ ! -s errors ]
	run ! grep -v nothing check.errors
	[ "$(sort -u codes)" = 1 ]
	run "$KVKCSR" status --json
	[ "$(json '.entries | map(.name) | sort | join(" ")')" = "$(printf 'c%s\n' {26..50} | sort | xargs)" ]
}

@test "killed at any moment, what was told or not stays consistent" {
	for i in {1..40}; do cp a.pem "c$i.pem"; "$KVKCSR" track "c$i.pem" >/dev/null; done
	for i in {1..20}; do
		"$KVKCSR" check --remember --at $at30 >"out.$i" 2>/dev/null &
		sleep "0.00$((i % 10))"
		kill -9 $! 2>/dev/null || :
		wait $! 2>/dev/null || :
	done
	"$KVKCSR" check --remember --at $at30 >out.last || :
	[ "$(cat out.* | grep '^WARNING: api.example.nl' | sort -u | wc -l)" -eq 40 ]
	run "$KVKCSR" check --remember --at $at30
	[ "$status" -eq 1 ]
	[ -z "$output" ]
}

@test "a clock that was set back is told" {
	"$KVKCSR" track a.pem
	"$top_builddir/tests/note-run" home 2200-01-01T00:00:00Z
	run --separate-stderr "$KVKCSR" check --remember --at $fine
	[ -z "$stderr" ]
	"$top_builddir/tests/note-run" home 2200-01-01T00:00:00Z
	run --separate-stderr "$KVKCSR" check
	[[ "$stderr" == *"2200-01-01T00:00:00Z"*"check the clock"* ]]
	run --separate-stderr "$KVKCSR" check
	[ -z "$stderr" ]
}

@test "the languages and separators of the surroundings change nothing" {
	"$KVKCSR" track a.pem
	expected=$("$KVKCSR" check --at $at30 --dry-run --json || :)
	for lang in tr_TR.UTF-8 nl_NL.UTF-8 C; do
		run env LC_ALL=$lang TZ=Pacific/Kiritimati "$KVKCSR" check --at $at30 --dry-run --json
		[ "$status" -eq 1 ]
		[ "$output" = "$expected" ]
	done
}

@test "a dossier that waits is no warning, and its certificate counts as soon as it is there" {
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 \
		--organisation "Voorbeeld B.V." --key-type ecdsa </dev/null >/dev/null 2>&1
	run "$KVKCSR" check --json
	[ "$status" -eq 0 ]
	[ "$(json '.entries[0] | [.state, .action, .not_after, .days_left, .threshold] | map(tostring) | join(" ")')" \
		= "requested wait null null null" ]
	cp a.pem home/dossiers/api.example.nl/certificate.pem
	run "$KVKCSR" check --remember --at $at30 --json
	[ "$status" -eq 1 ]
	[ "$(json '.entries[0] | [.stage, .threshold] | join(" ")')" = "received 30d" ]
	mv home elsewhere
	run "$KVKCSR" check --remember --at $at14 --json --home elsewhere
	[ "$status" -eq 2 ]
	[ "$(json '.entries[0].state')" = expiring ]
}

@test "--at without --remember leaves no trace" {
	"$KVKCSR" track a.pem
	cp home/inventory.db before.db
	run --separate-stderr "$KVKCSR" check --at $at14
	[ "$status" -eq 2 ]
	[[ "$output" == CRITICAL* ]]
	cmp home/inventory.db before.db
	run --separate-stderr "$KVKCSR" check --remember --at $at14
	[[ "$output" == CRITICAL* ]]
	run --separate-stderr "$KVKCSR" check --remember --at $at14
	[ -z "$output" ]
	run -64 "$KVKCSR" check --remember --at $at14 --dry-run
}

@test "what cannot be remembered is told all the same, and will be repeated" {
	"$KVKCSR" track a.pem
	for _ in 1 2; do
		run -3 bash -c 'set -o pipefail; ulimit -f 0; "$@" 2>&1 | cat' sh "$KVKCSR" check --remember --at $over
		[[ "$output" == "CRITICAL: api.example.nl: expired"*"could not be remembered"*"repeat"* ]]
	done
	run -2 --separate-stderr "$KVKCSR" check --remember --at $over
	[[ "$output" == CRITICAL* ]]
	[ -z "$stderr" ]
}

@test "what cannot be remembered on a read-only disk is told all the same" {
	"$KVKCSR" track a.pem
	mount -t tmpfs none "$dir/home" 2>/dev/null || skip "nothing can be mounted here"
	umount "$dir/home"
	mount --bind "$dir/home" "$dir/home"
	mount -o remount,bind,ro "$dir/home"
	run -3 --separate-stderr "$KVKCSR" check --remember --at $over
	umount "$dir/home"
	[[ "$output" == "CRITICAL: api.example.nl: expired"* ]]
	[[ "$stderr" == *"could not be remembered"* ]]
}

@test "what cannot be remembered because another program writes is told all the same, within 30 seconds" {
	"$KVKCSR" track a.pem
	mkfifo hold
	sqlite3 home/inventory.db 'BEGIN IMMEDIATE' '.read hold' &
	holder=$!
	exec 4>hold
	sleep 0.5
	SECONDS=0
	run -3 --separate-stderr "$KVKCSR" check --remember --at $over
	[ $SECONDS -le 40 ]
	exec 4>&-
	wait $holder || :
	[[ "$output" == "CRITICAL: api.example.nl: expired"* ]]
	[[ "$stderr" == *"could not be remembered"* ]]
}

@test "an end certificate that is damaged or gone is no CA: 3, and the old date stays" {
	cat pki/leaf.pem pki/tsp.pem >watched.pem
	"$KVKCSR" track watched.pem
	for kind in damaged gone; do
		if [ $kind = damaged ]; then
			sed '3s/./!/' pki/leaf.pem | cat - pki/tsp.pem >watched.pem
		else
			cp pki/tsp.pem watched.pem
		fi
		run -3 "$KVKCSR" track watched.pem
		run -3 --separate-stderr "$KVKCSR" check --at $fine --json
		[ "$(json '.entries[] | select(.name == "api.example.nl") | [.state, .not_after] | join(" ")')" = "unreadable 2027-11-22T10:59:59Z" ]
	done
}

@test "a file that flips between two certificates gives one notice each" {
	pki next --days 366
	"$KVKCSR" track a.pem
	notices=0
	for i in {1..10}; do
		cp "$([ $((i % 2)) = 0 ] && echo pki || echo next)/leaf.pem" a.pem
		run --separate-stderr "$KVKCSR" check --remember --at $at7
		notices=$((notices + $(grep -c CRITICAL <<<"$output" || :)))
	done
	[ $notices = 2 ]
}

@test "a certificate that is not valid yet is told once, and is 1" {
	"$KVKCSR" track a.pem
	run -1 --separate-stderr "$KVKCSR" check --remember --at 2026-01-01T00:00:00Z
	[[ "$output" == "WARNING: api.example.nl: not valid before 22 November 2026"* ]]
	run -1 --separate-stderr "$KVKCSR" check --remember --at 2026-01-02T00:00:00Z
	[ -z "$output" ]
}

@test "a request without a delivery, and a delivery that is not uploaded, are told once" {
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
		--key-bits 2048 </dev/null >/dev/null 2>&1
	run -0 --separate-stderr "$KVKCSR" check --remember --at "$(date -u -d '20 days' +%FT%TZ)"
	[ -z "$output" ]
	later=$(date -u -d '22 days 1 hour' +%FT%TZ)
	run -1 --separate-stderr "$KVKCSR" check --remember --at "$later"
	[[ "$output" == "WARNING: api.example.nl: no certificate was delivered within 22 days"*"ask the TSP"* ]]
	run -1 --separate-stderr "$KVKCSR" check --remember --at "$later"
	[ -z "$output" ]
	openssl req -in home/dossiers/api.example.nl/request.pem -outform DER -out request.der
	pki made --csr request.der
	run -1 "$KVKCSR" accept --at 2026-11-22T12:00:00Z --trust made/root.pem --crl made/crls.pem api.example.nl made/delivery.pem
	run -0 --separate-stderr "$KVKCSR" check --remember --at 2026-11-29T11:00:00Z
	[ -z "$output" ]
	run -1 --separate-stderr "$KVKCSR" check --remember --at 2026-11-29T12:00:00Z
	[[ "$output" == "WARNING: api.example.nl: accepted 7 days ago and not uploaded yet"*"kvkcsr uploaded api.example.nl"* ]]
	"$KVKCSR" uploaded api.example.nl
	run -0 --separate-stderr "$KVKCSR" check --remember --at 2026-12-29T12:00:00Z
	[ -z "$output" ]
}

@test "a request without a delivery is told after the lead time of its TSP and a week" {
	"$KVKCSR" new fast.example.nl --domain fast.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
		--practice --key-bits 2048 --tsp digidentity </dev/null >/dev/null 2>&1
	sqlite3 home/inventory.db "UPDATE entries SET since = 1000 * strftime('%s', '2026-11-22T12:00:00Z')"
	run -0 --separate-stderr "$KVKCSR" check --remember --at 2026-12-03T11:59:59Z
	[ -z "$output" ]
	run -1 --separate-stderr "$KVKCSR" check --remember --at 2026-12-03T12:00:00Z
	[[ "$output" == "WARNING: fast.example.nl: no certificate was delivered within 11 days"* ]]
	# An inventory that does not know the lead time: two weeks.
	sqlite3 home/inventory.db 'UPDATE entries SET lead_days = NULL; DELETE FROM told'
	run -0 "$KVKCSR" check --remember --at 2026-12-13T11:59:59Z
	run -1 "$KVKCSR" check --remember --at 2026-12-13T12:00:00Z
	[[ "$output" == "WARNING: fast.example.nl: no certificate was delivered within 21 days"* ]]
}

@test "a private key in a dossier that everybody can read is told once, until it is repaired" {
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
		--key-bits 2048 </dev/null >/dev/null 2>&1
	key=$dir/home/dossiers/api.example.nl/key.pem
	for _ in 1 2; do
		chmod 644 "$key"
		run -1 --separate-stderr "$KVKCSR" check
		[[ "$output" == "WARNING: api.example.nl: everyone can read its private key"*"'$key'"*"(mode 0644)"*"chmod 600 $key"* ]]
		run -1 --separate-stderr "$KVKCSR" check
		[ -z "$output" ]
		run -1 "$KVKCSR" status --json
		[ "$(json '.entries[0].key | [.path, .mode] | join(" ")')" = "$key 0644" ]
		for mode in 640 600; do
			chmod $mode "$key"
			run -0 --separate-stderr "$KVKCSR" check
			[ -z "$output" ]
		done
	done
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].key')" = null ]
}

@test "a private key beside a tracked certificate, or in its file, that everybody can read is told" {
	for name in privkey.pem key.pem site.key site-key.pem; do
		rm -rf web home
		mkdir web
		cp a.pem web/cert.pem
		"$KVKCSR" track web/cert.pem
		install -m 604 pki/leaf.key web/$name
		run -1 "$KVKCSR" check --remember --at $fine
		[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"api.example.nl: everyone can read its private key '$dir/web/$name' (mode 0604)"* ]]
		run -1 "$KVKCSR" check --at $fine --plugin
		[[ "$output" == *"api.example.nl: everyone can read its private key"* ]]
		chmod 640 web/$name
		run -0 "$KVKCSR" check --remember --at $fine
	done
	cat pki/leaf.key >>web/cert.pem
	run -1 "$KVKCSR" check --remember --at $fine --json
	[ "$(json '.entries[0] | [.key.path, .action, .notified[]] | join(" ")')" = "$dir/web/cert.pem protect-key stdout" ]
	chmod 600 web/cert.pem
	run -0 "$KVKCSR" check --remember --at $fine
	# Neither a public key nor a key of another name elsewhere is meant.
	openssl pkey -in pki/leaf.key -pubout -out web/public.key
	mkdir web/other
	install -m 644 pki/leaf.key web/other/x.key
	run -0 "$KVKCSR" check --remember --at $fine
	# Nor is the key of another certificate; of an encrypted one nobody knows whose it is.
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out web/another.key 2>/dev/null
	chmod 644 web/another.key
	run -0 "$KVKCSR" check --remember --at $fine
	openssl pkey -in pki/leaf.key -aes256 -passout pass:x -out web/site.key
	chmod 644 web/site.key
	run -1 "$KVKCSR" check --remember --at $fine
	text=$(tr -s ' \n' ' ' <<<"$output")
	[[ "$text" == *"'$dir/web/site.key', beside this certificate, can be read by everyone (mode 0644)"* ]]
	[[ "$text" == *"if it is the certificate's private key, run 'chmod 600 $dir/web/site.key'"* ]]
	[[ "$text" != *"with a new key"* ]]
	# A CA keeps its key elsewhere.
	rm -rf home
	cp pki/intermediate.pem web/cert.pem
	"$KVKCSR" track web/cert.pem
	run "$KVKCSR" check --at $fine --json
	[ "$(json '.entries | map(.key) | unique | tostring')" = "[null]" ]
}

@test "one key beside several certificates is told once in a run" {
	pki other --days 365
	mkdir web
	cp a.pem web/a.pem
	cp other/leaf.pem web/b.pem
	"$KVKCSR" track web/a.pem --name a
	"$KVKCSR" track --keep web/b.pem --name b
	install -m 644 pki/leaf.key web/x.key
	run -1 "$KVKCSR" check --dry-run --at $fine --json
	[ "$(json '[.entries[] | .notified[]] | join(" ")')" = "stdout stdout" ]
	run -1 --separate-stderr "$KVKCSR" check --remember --at $fine
	[ "$(grep -c "everyone can read its private key" <<<"$(tr -s ' \n' ' ' <<<"$output" | sed 's/WARNING: /\n&/g')")" -eq 1 ]
	run -1 --separate-stderr "$KVKCSR" check --remember --at $fine
	[ -z "$output" ]
}

@test "a second key that everybody can read is told when the first was repaired, and an end beside it" {
	mkdir web
	cp a.pem web/cert.pem
	for name in a b; do install -m 644 pki/leaf.key web/$name.key; done
	"$KVKCSR" track web/cert.pem
	run -1 "$KVKCSR" check --remember --at $fine
	[[ "$output" == *web/a.key* ]]
	chmod 600 web/a.key
	run -1 "$KVKCSR" check --remember --at $fine
	[[ "$output" == *web/b.key* ]]
	run -2 "$KVKCSR" check --remember --at $at7
	[[ "$output" == "CRITICAL: api.example.nl: expires in 7 days"* ]]
	[[ "$output" != *web/b.key* ]]
}

@test "where a CA that ended first was renewed, the end of the certificate is news" {
	cat pki/leaf.pem pki/tsp.pem >watched.pem
	"$KVKCSR" track watched.pem
	sqlite3 home/inventory.db "UPDATE entries SET ends = not_before + 86400000, ends_by = 'A CA', file_sha256 = zeroblob(32)"
	# The inventory knows the CA's end and has notified of it.
	sqlite3 home/inventory.db "INSERT INTO told SELECT id, sha256, '60d', 'stdout', 0 FROM entries; INSERT INTO told SELECT id, sha256, '30d', 'stdout', 0 FROM entries"
	run -1 --separate-stderr "$KVKCSR" check --remember --at $at60
	[[ "$output" == WARNING* ]]
	run -1 --separate-stderr "$KVKCSR" check --remember --at $at30
	[[ "$output" == WARNING* ]]
	run -1 --separate-stderr "$KVKCSR" check --remember --at $at30
	[ -z "$output" ]
}

@test "an inventory of version 1 on a read-only disk is read, and what is due is told" {
	"$KVKCSR" track a.pem
	# As the first program made it.
	mv home/inventory.db now.db
	sqlite3 home/inventory.db "CREATE TABLE entries (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
		dossier INTEGER NOT NULL, stage TEXT NOT NULL, path TEXT NOT NULL, since INTEGER NOT NULL, sha256 BLOB,
		serial TEXT, not_before INTEGER, not_after INTEGER);
		CREATE INDEX entries_path ON entries (path);
		CREATE TABLE uploads (sha256 BLOB NOT NULL UNIQUE, name TEXT NOT NULL, at INTEGER NOT NULL);
		CREATE TABLE told (entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, sha256 BLOB NOT NULL,
		threshold TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,
		PRIMARY KEY (entry, sha256, threshold, channel)) WITHOUT ROWID;
		CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
		PRAGMA application_id = 1802922851; PRAGMA user_version = 1; ATTACH 'now.db' AS now;
		INSERT INTO entries SELECT id, name, dossier, stage, path, since, sha256, serial, not_before, not_after
		FROM now.entries;"
	chmod 600 home/inventory.db
	mount --bind "$dir/home" "$dir/home" 2>/dev/null || skip "nothing can be mounted here"
	mount -o remount,bind,ro "$dir/home"
	run -3 --separate-stderr "$KVKCSR" check --remember --at $over
	umount "$dir/home"
	[[ "$output" == "CRITICAL: api.example.nl: expired"* ]]
	[[ "$stderr" == *"could not be remembered"* ]]
	run -2 --separate-stderr "$KVKCSR" check --remember --at $over
	[[ "$output" == CRITICAL* ]]
	[ -z "$stderr" ]
}

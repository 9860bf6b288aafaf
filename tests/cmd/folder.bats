#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A folder that is tracked: what counts in it, what is passed over, and what appears later.

load helpers

# The certificates of api.example.nl end at 2027-01-21T10:59:59Z (old) and 2027-11-22T10:59:59Z (new).
setup_file() {
	cd "$BATS_FILE_TMPDIR"
	pki old --days 60
	pki new --days 365
	pki one --domain one.example.nl --days 300
	pki short --outlives-ca
	pki two --domain two.example.nl --days 300
}

setup() {
	scratch
	made=$BATS_FILE_TMPDIR
	one=$made/one/leaf.pem two=$made/two/leaf.pem old=$made/old/leaf.pem new=$made/new/leaf.pem ca=$made/new/tsp.pem
	mkdir d
}

teardown() {
	rm -rf "$dir"
}

early=2026-12-01T00:00:00Z

# Entries as "name until state places", by name; paths below the scratch folder.
entries() {
	"$KVKCSR" status --json --at "${1:-$early}" >entries.json || :
	jq -r --arg dir "$dir/" '[.entries | sort_by(.name)[] |
		"\(.name) \(.not_after[:10]) \(.state) \(.places | map(ltrimstr($dir)) | join(" "))"] | join(", ")' entries.json
}

check() {
	run --separate-stderr "$KVKCSR" check --remember --at "${1:-$early}"
	# It is wrapped.
	[ -z "$output" ] || output=$(tr -s '\n ' ' ' <<<"$output")
}

# certbot NUMBER FILE: as certbot leaves them, live/ with links into archive/.
certbot() {
	mkdir -p d/archive/n d/live/n
	cp "$2" "d/archive/n/cert$1.pem"
	cat "$2" "$ca" >"d/archive/n/fullchain$1.pem"
	cp "$ca" "d/archive/n/chain$1.pem"
	for file in cert fullchain chain; do
		ln -sfn "../../archive/n/$file$1.pem" "d/live/n/$file.pem"
	done
}

@test "of a link and its target the link stays, through a renewal, and nothing is told of the earlier one" {
	certbot 1 "$old"
	run -0 "$KVKCSR" track d
	[[ "$output" == *"passed over 3 files or folders that a link leads to"* ]]
	[ "$(entries)" = "api.example.nl 2027-01-21 valid d/live/n/cert.pem d/live/n/fullchain.pem" ]
	certbot 2 "$new"
	for at in $early 2027-02-01T00:00:00Z; do
		check $at
		[ "$status" -eq 0 ]
		[ -z "$output" ]
		[ "$(entries $at)" = "api.example.nl 2027-11-22 valid d/live/n/cert.pem d/live/n/fullchain.pem" ]
	done
	run -0 "$KVKCSR" track d
	[[ "$output" == *"passed over 2 earlier certificates beside one that a link leads to"* ]]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/live/n/cert.pem d/live/n/fullchain.pem" ]
}

@test "a folder that is swapped behind a link is watched through the link" {
	mkdir -p d/releases/1 d/releases/2
	cp "$old" d/releases/1/c.pem
	ln -s releases/1 d/current
	"$KVKCSR" track d
	[ "$(entries)" = "api.example.nl 2027-01-21 valid d/current/c.pem" ]
	cp "$new" d/releases/2/c.pem
	ln -sfn releases/2 d/current
	check
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/current/c.pem" ]
}

@test "names that begin with two dots are passed over, as Kubernetes makes them" {
	mkdir d/..2026
	cp "$one" d/..2026/tls.crt
	ln -s ..2026 d/..data
	ln -s ..data/tls.crt d/tls.crt
	run -0 "$KVKCSR" track d
	[[ "$output" == *"passed over 2 names that begin with '..'"* ]]
	[ "$(entries)" = "one.example.nl 2027-09-18 valid d/tls.crt" ]
}

@test "links in a circle do no harm, and nothing is lost in them" {
	mkdir -p d/a d/b d/c
	cp "$one" d/a/one.pem
	cp "$new" d/b/new.pem
	cp "$two" d/c/two.pem
	ln -s ../b d/a/b
	ln -s ../a d/b/a
	ln -s ../c d/c/self
	ln -s . d/loop
	ln -s nowhere d/dangling
	run -0 "$KVKCSR" track d
	[[ "$output" == *"new: 3, "* ]]
	[[ "$output" == *"passed over 1 link that leads nowhere"* ]]
}

@test "a link to a folder elsewhere is followed; /proc, /sys and /dev are not" {
	mkdir elsewhere
	cp "$one" elsewhere/
	ln -s "$dir/elsewhere" d/e
	for system in /proc /sys /dev; do ln -s $system "d/s${system#/}"; done
	run -0 "$KVKCSR" track d
	[[ "$output" == *"passed over 3 system folders"* ]]
	[ "$(entries)" = "one.example.nl 2027-09-18 valid d/e/leaf.pem" ]
	run -3 "$KVKCSR" track /proc
	[[ "$output" == *"'/proc' is a system folder"* ]]
}

@test "a link to what blocks for ever is named at once, and the rest is recorded" {
	[ -e /proc/kmsg ] || skip "there is no /proc/kmsg"
	cp "$one" d/one.pem
	ln -s /proc/kmsg d/x.pem
	run -3 timeout 20 "$KVKCSR" track d
	[[ "$output" == *"'$dir/d/x.pem'"* ]]
	[[ "$output" == *"new: 1, "* ]]
}

@test "backups and CA certificates are no entries" {
	cp "$one" d/one.pem
	for name in one.pem~ one.pem.bak one.pem.orig one.pem.dpkg-old .one.pem.swp one.pem.old one.pem.save \
		one.pem.rpmsave one.pem.rpmnew '#one.pem#'; do
		cp "$new" "d/$name"
	done
	mkdir d/certs.bak
	cp "$new" d/certs.bak/
	cp "$ca" d/ca.pem
	run -0 "$KVKCSR" track d
	[[ "$output" == *"passed over 1 file that contains only CA certificates"* ]]
	[[ "$output" == *"passed over 11 backup copies"* ]]
	[ "$(entries)" = "one.example.nl 2027-09-18 valid d/one.pem" ]
}

@test "what was passed over is told by number, and by name with --verbose" {
	cp "$one" d/one.pem
	cp "$new" d/new.pem~
	echo text >d/notes.txt
	run -0 "$KVKCSR" track d
	[ "${lines[-2]}" = "passed over 1 file without a certificate" ]
	[ "${lines[-1]}" = "passed over 1 backup copy (by its name)" ]
	run -0 "$KVKCSR" track --verbose d
	[ "${lines[-3]}" = "    $dir/d/notes.txt" ]
	[ "${lines[-1]}" = "    $dir/d/new.pem~" ]
	run -64 "$KVKCSR" track --verbose --json d
}

@test "one certificate in several files is one entry, whose places part when they differ" {
	mkdir d/old
	cp "$old" d/old/a.pem
	cp "$old" d/b.pem
	cat "$old" "$ca" >d/c.pem
	run -0 "$KVKCSR" track d
	[[ "$output" == *"new: 1, already tracked: 0, further copies: 2"* ]]
	[ "$(entries)" = "api.example.nl 2027-01-21 valid d/b.pem d/c.pem d/old/a.pem" ]
	cp "$new" d/c.pem
	check
	[ "$status" -eq 0 ]
	[[ "$output" == *"api.example.nl-2: '$dir/d/b.pem' no longer has the same certificate as its copies"*"21 January 2027"* ]]
	check
	[ -z "$output" ]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/c.pem, api.example.nl-2 2027-01-21 replaced d/b.pem d/old/a.pem" ]
}

@test "a place that is left behind when the others are renewed is told" {
	for name in a b c; do cp "$old" d/$name.pem; done
	"$KVKCSR" track d
	cp "$new" d/a.pem
	cp "$new" d/b.pem
	check
	[[ "$output" == *"api.example.nl-2: '$dir/d/c.pem' no longer has the same certificate as its copies"* ]]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/a.pem d/b.pem, api.example.nl-2 2027-01-21 replaced d/c.pem" ]
}

@test "a place that is damaged is told; one that is removed is not" {
	for name in a b c; do cp "$one" d/$name.pem; done
	"$KVKCSR" track d
	rm d/a.pem
	check
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(entries)" = "one.example.nl 2027-09-18 valid d/b.pem d/c.pem" ]
	sed -i '3s/^./!/' d/c.pem
	check
	[ "$status" -eq 3 ]
	[[ "$output" == *"one.example.nl-2: its file cannot be read"* ]]
}

@test "a file that appears is told once; a copy, a CA and a backup are not" {
	cp "$new" d/new.pem
	"$KVKCSR" track d
	cp "$new" d/copy.pem
	cp "$ca" d/ca.pem
	cp "$one" d/one.pem~
	check
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/new.pem d/copy.pem" ]
	mkdir -p d/below
	cp "$one" d/below/one.pem
	check 2027-09-17T00:00:00Z
	[ "$status" -eq 2 ]
	[[ "$output" == *"CRITICAL: one.example.nl: new certificate in '$dir/d/below/one.pem'"*"18 September 2027"* ]]
	check 2027-09-17T00:00:00Z
	[ "$status" -eq 2 ]
	[ -z "$output" ]
}

@test "untrack of an entry lasts; the folder or the file brings it back; untrack of the folder forgets it" {
	cp "$new" d/new.pem
	cp "$one" d/one.pem
	"$KVKCSR" track d
	"$KVKCSR" untrack one.example.nl
	check
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/new.pem" ]
	for again in d d/one.pem; do
		"$KVKCSR" track $again
		[ "$(entries)" = "api.example.nl 2027-11-22 valid d/new.pem, one.example.nl 2027-09-18 valid d/one.pem" ]
		"$KVKCSR" untrack one.example.nl
	done
	run -64 "$KVKCSR" untrack d
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"there is no entry 'd', but a tracked folder; to stop searching it, run 'kvkcsr untrack d/'"* ]]
	run -0 "$KVKCSR" untrack d/
	[[ "$output" =~ "'d/' is no longer searched; "[0-9]+" entr"(y was|ies were)" removed" ]]
	[ "$(entries)" = "" ]
	cp "$one" d/two.pem
	check
	[ "$status" -eq 0 ]
	[ "$(entries)" = "" ]
	run -64 "$KVKCSR" untrack d/
	[[ "$output" == *"'$dir/d' is not tracked"* ]]
}

@test "a file whose end certificate is damaged is named, 3, and the rest is recorded" {
	cp "$one" d/one.pem
	sed '3s/^./!/' "$new" >d/bad.pem
	cat "$ca" >>d/bad.pem
	run -3 "$KVKCSR" track d
	[[ "$output" == *"the certificate on line 1 of '$dir/d/bad.pem' cannot be read"* ]]
	[ "$(entries)" = "one.example.nl 2027-09-18 valid d/one.pem" ]
}

@test "a damaged certificate that appears in a tracked folder is named by every check, 3" {
	cp "$one" d/one.pem
	"$KVKCSR" track d
	sed '3s/^./!/' "$new" >d/bad.pem
	for _ in 1 2; do
		check
		[ "$status" -eq 3 ]
		[[ "$stderr" == *"may contain a new certificate"*"line 1 of '$dir/d/bad.pem'"* ]]
	done
	run --separate-stderr "$KVKCSR" check --plugin --at $early
	[ "$status" -eq 3 ]
	[[ "$output" == "KVKCSR UNKNOWN: 1 of 1 fine; in a tracked folder: "*"'$dir/d/bad.pem'"*" |"* ]]
	rm d/bad.pem
	check
	[ "$status" -eq 0 ]
}

@test "a tracked folder that is gone is named, 3" {
	cp "$one" d/one.pem
	"$KVKCSR" track d
	cp "$one" kept.pem
	rm -r d
	check
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"a tracked folder cannot be searched"*"'$dir/d'"* ]]
}

@test "names do not depend on the order in which a folder gives them" {
	pki two --domain one.example.nl --days 200
	for order in "a b c" "c a b" "b c a"; do
		rm -rf d home
		mkdir d
		for name in $order; do
			case $name in
			a) cp "$one" d/a.pem ;;
			b) cp two/leaf.pem d/b.pem ;;
			c) cp "$new" d/c.pem ;;
			esac
		done
		"$KVKCSR" track d
		[ "$(entries | sed 's/ [a-z]* d/ d/g')" = "api.example.nl 2027-11-22 d/c.pem, one.example.nl 2027-09-18 d/a.pem, one.example.nl-2 2027-06-10 d/b.pem" ]
	done
}

@test "the dossiers of the home are passed over" {
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
		--key-type ecdsa </dev/null >/dev/null 2>&1
	cp "$new" home/dossiers/api.example.nl/upload.pem
	cp "$one" home/one.pem
	run -0 "$KVKCSR" track home
	[[ "$output" == *"passed over 1 folder of dossiers"* ]]
	[[ "$output" == *"new: 1, "* ]]
}

@test "an earlier certificate that appears may be that of another machine: an entry, which is replaced" {
	mkdir d/m1 d/m2
	cp "$new" d/m1/api.pem
	"$KVKCSR" track d
	cp "$old" d/m2/api.pem
	check
	[ "$status" -eq 0 ]
	[[ "$output" == *"'$dir/d/m2/api.pem'"*"replaced by 'api.example.nl'"* ]]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/m1/api.pem, api.example.nl-2 2027-01-21 replaced d/m2/api.pem" ]
	check
	[ -z "$output" ]
}

@test "a file that moves takes its entry along, and untrack of it is not asked for" {
	cp "$new" d/a.pem
	"$KVKCSR" track d
	mv d/a.pem d/b.pem
	check
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(entries)" = "api.example.nl 2027-11-22 valid d/b.pem" ]
	check 2027-12-01T00:00:00Z
	[ "$status" -eq 2 ]
}

@test "a copy that is away for a while and comes back with something else is told" {
	mkdir d/disk
	cp "$old" d/a.pem
	cp "$old" d/disk/b.pem
	"$KVKCSR" track d
	mv d/disk away
	check
	[ "$status" -eq 0 ]
	cp "$new" d/a.pem
	check
	mv away d/disk
	check
	[[ "$output" == *"'$dir/d/disk/b.pem' no longer has the same certificate"* ]]
}

@test "a copy with a CA that ends first is an entry of its own" {
	cp "$new" d/cert.pem
	cat "$new" "$made/short/tsp.pem" >d/fullchain.pem
	run -0 "$KVKCSR" track d
	[[ "$output" == *"new: 1, "* ]]
	rm -r home
	cp "$made/short/leaf.pem" d/cert.pem
	cat "$made/short/leaf.pem" "$made/short/tsp.pem" >d/fullchain.pem
	run -0 "$KVKCSR" track d
	[[ "$output" == *"new: 2, "* ]]
}

@test "a certificate that was to be kept is kept when its files part" {
	cp "$old" d/a.pem
	cp "$old" d/b.pem
	"$KVKCSR" track --keep d
	cp "$new" d/b.pem
	check
	[[ "$(entries)" == *"2027-01-21 valid d/a.pem"* ]]
}

@test "track of a file whose certificate is gone, and that holds CA certificates alone, is 3" {
	cp "$new" d/a.pem
	"$KVKCSR" track d/a.pem
	cp "$ca" d/a.pem
	run -3 "$KVKCSR" track d/a.pem
	[[ "$output" == *"its own certificate is gone"* ]]
}

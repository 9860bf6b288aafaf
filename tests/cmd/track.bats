#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# track, untrack, uploaded, and the inventory below them.

load helpers

setup() {
	scratch
	pki pki --days 365
	mkdir certs
	cp pki/leaf.pem certs/a.pem
}

teardown() {
	rm -rf "$dir"
}

@test "a certificate is recorded under its name, and home and database are private whatever the umask" {
	umask 0
	run "$KVKCSR" track certs/a.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *"'api.example.nl'"*"22 November 2027"*"$dir/certs/a.pem"* ]]
	[ "$(stat -c %a home)" = 700 ]
	[ "$(stat -c %a home/inventory.db)" = 600 ]
}

@test "the same file again is known, however its path is written" {
	"$KVKCSR" track certs/a.pem
	for path in ./certs//a.pem certs/../certs/a.pem "$dir/certs/./a.pem"; do
		run "$KVKCSR" track "$path"
		[ "$status" -eq 0 ]
		[[ "$output" == *"already"*"'api.example.nl'"* ]]
	done
	run "$KVKCSR" status --json
	[ "$(json '.entries | length')" = 1 ]
}

@test "a name that is taken gets a number; one that was asked for is 73" {
	cp certs/a.pem certs/b.pem
	cp certs/a.pem certs/c.pem
	"$KVKCSR" track certs/a.pem
	"$KVKCSR" track certs/b.pem --name api.example.nl-2
	run "$KVKCSR" track certs/c.pem --name api.example.nl
	[ "$status" -eq 73 ]
	[[ "$output" == *"'api.example.nl' is already in use"* ]]
	run "$KVKCSR" track certs/c.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *"'api.example.nl-3'"* ]]
}

@test "names that could leave the folder are refused" {
	for name in ../x a..b .a -a A 'a b' a/b "$(printf 'a%.0s' {1..65})"; do
		run "$KVKCSR" track --name="$name" certs/a.pem
		[ "$status" -eq 64 ]
	done
	run "$KVKCSR" track certs/a.pem certs/b.pem
	[ "$status" -eq 64 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"one FILE or FOLDER at a time"*"name the folder"* ]]
	[ ! -e home ]
}

@test "a folder tracks every certificate below it and passes over the rest" {
	mkdir -p certs/deep/deeper
	pki other --days 300
	openssl x509 -in other/leaf.pem -outform DER -out certs/deep/deeper/b.cer
	echo "no certificate" >certs/deep/readme.txt
	cp pki/leaf.key certs/deep/
	mkfifo certs/deep/pipe
	run "$KVKCSR" track certs
	[ "$status" -eq 0 ]
	[[ "$output" == *"new: 2, already tracked: 0, further copies: 0"*"passed over 2 files without a certificate"* ]]
	[[ "$output" == *"passed over 1 pipe, socket or device"* ]]
	run "$KVKCSR" track --json certs
	[ "$status" -eq 0 ]
	[ "$(json '.schema')" = 1 ]
	[ "$(json '.known')" = 2 ]
	[ "$(json '.passed_over')" = 3 ]
	[ "$(json '.passed | map_values(tostring) | to_entries | map(.key + .value) | join(" ")')" = "no-certificate2 special1" ]
	[ "$(json '.recorded | length')" = 0 ]
}

@test "track --json lists what is new" {
	pki other --days 365
	cp other/leaf.pem certs/b.pem
	run "$KVKCSR" track --json certs
	[ "$status" -eq 0 ]
	[ "$(json '.recorded | map(.name) | join(" ")')" = "api.example.nl api.example.nl-2" ]
	[ "$(json '.recorded[1].path')" = "$dir/certs/b.pem" ]
	[ "$(json '.recorded[0].not_after')" = 2027-11-22T10:59:59Z ]
}

@test "a folder without a certificate is 3" {
	mkdir empty
	run "$KVKCSR" track empty
	[ "$status" -eq 3 ]
	[[ "$output" == *"no certificate"* ]]
}

@test "a link whose target moves on is followed to the renewed certificate" {
	mkdir live archive
	cp certs/a.pem archive/cert1.pem
	ln -s ../archive/cert1.pem live/cert.pem
	run "$KVKCSR" track live
	[ "$status" -eq 0 ]
	[[ "$output" == *"$dir/live/cert.pem"* ]]
	pki renewed --days 380
	cp renewed/leaf.pem archive/cert2.pem
	ln -sfn ../archive/cert2.pem live/cert.pem
	rm archive/cert1.pem
	run "$KVKCSR" check --json
	[ "$(json '.entries[0].changed')" = true ]
	[ "$(json '.entries[0].not_after')" = 2027-12-07T10:59:59Z ]
}

@test "a link to a file below the same folder is not tracked twice, and one to a folder is not followed" {
	ln -s a.pem certs/again.pem
	ln -s .. certs/up
	run "$KVKCSR" track certs
	[ "$status" -eq 0 ]
	[[ "$output" == *"new: 1, "* ]]
}

@test "what holds no certificate, or is not there, is 3 and names the file" {
	for file in pki/leaf.key /dev/null none.pem certs/a.pem/x; do
		run "$KVKCSR" track "$file"
		[ "$status" -eq 3 ]
		[[ "$output" == *"'$file'"* ]]
	done
}

@test "a certificate that is expired is recorded all the same" {
	pki old --now 2020-01-01T00:00:00Z --days 100
	run "$KVKCSR" track old/leaf.pem
	[ "$status" -eq 0 ]
}

@test "a terminal is not written to by a file name" {
	mv certs/a.pem certs/$'b\e[2Jb.pem'
	run "$KVKCSR" track certs
	[ "$status" -eq 0 ]
	[[ "$output" != *$'\e'* ]]
	[[ "$output" == *'b\x1b[2Jb.pem'* ]]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].path')" = "$dir/certs/"$'b\e[2Jb.pem' ]
}

@test "a folder that lies too deep is named, and the rest is recorded" {
	deep=certs
	for _ in $(seq 17); do deep=$deep/a; done
	mkdir -p "$deep"
	cp certs/*.pem "$deep/"
	run "$KVKCSR" track certs
	[ "$status" -eq 3 ]
	[[ "$output" == *"'$dir/${deep%/a}': it is nested more than 16 folders deep"* ]]
	[[ "$output" == *"new: 1, "* ]]
	run "$KVKCSR" verify certs
	[ "$status" -eq 2 ]
	[[ "$output" == *"nested more than 16 folders deep"*"verdict: "* ]]
}

@test "a folder of which a part cannot be read is 3, and the rest is recorded" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to become somebody else"
	mkdir certs/closed
	chmod 000 certs/closed
	chmod 755 "$dir"
	chown -R nobody certs
	run setpriv --reuid nobody --clear-groups "$KVKCSR" track certs --home "$dir/certs/home"
	[ "$status" -eq 3 ]
	[[ "$output" == *"certs/closed"* ]]
	[[ "$output" == *"new: 1, "* ]]
}

@test "untrack forgets a file and leaves it where it is" {
	"$KVKCSR" track certs/a.pem
	run "$KVKCSR" untrack api.example.nl --json
	[ "$status" -eq 0 ]
	[ "$(json '.name')" = api.example.nl ]
	[ "$(json '.archived')" = null ]
	[ -e certs/a.pem ]
	run "$KVKCSR" untrack api.example.nl
	[ "$status" -eq 64 ]
	[[ "$output" == *"'api.example.nl'"*"$dir/home"* ]]
}

@test "a further copy of a tracked certificate is said to be tracked already" {
	mkdir folder
	cp certs/a.pem folder/a.pem
	cp certs/a.pem folder/b.pem
	"$KVKCSR" track folder
	run -0 "$KVKCSR" track folder/b.pem
	[ "$output" = "already tracked as 'api.example.nl'; the entry is up to date" ]
}

@test "untrack takes several names: each is done, or named with why" {
	for name in one two; do cp certs/a.pem "$name.pem"; "$KVKCSR" track --name $name "$name.pem"; done
	run -64 --separate-stderr "$KVKCSR" untrack one absent two
	[ "$output" = "'one' is no longer tracked
'two' is no longer tracked" ]
	[[ "$stderr" == *"there is no entry 'absent'"* ]]
	"$KVKCSR" track --name one one.pem
	run -64 --separate-stderr "$KVKCSR" untrack --json absent one
	[ "${#lines[@]}" -eq 2 ]
	[ "$(jq -s -r '[.[] | "\(.schema) \(.name) \(.archived) \(.error != null)"] | join("; ")' <<<"$output")" \
		= "1 absent null true; 1 one null false" ]
	"$KVKCSR" track --name one one.pem
	"$KVKCSR" track --name two two.pem
	run -0 --separate-stderr "$KVKCSR" untrack --json one two
	[ "$(jq -s '[.[].error] | unique' -c <<<"$output")" = "[null]" ]
}

@test "untrack moves a dossier with its key to the archive, and the name is free again" {
	for i in 1 2; do
		"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 \
			--organisation "Voorbeeld B.V." --key-type ecdsa </dev/null >/dev/null 2>&1
		cp home/dossiers/api.example.nl/key.pem key$i.pem
		run "$KVKCSR" untrack api.example.nl
		[ "$status" -eq 0 ]
	done
	cmp key1.pem home/archive/api.example.nl/key.pem
	cmp key2.pem home/archive/api.example.nl-2/key.pem
	[ "$(stat -c %a home/archive/api.example.nl/key.pem)" = 600 ]
	[ ! -e home/dossiers/api.example.nl ]
	run --separate-stderr "$KVKCSR" status --json
	[ "$(json '.entries | length')" = 0 ]
}

@test "uploaded notes the time, and needs a certificate" {
	"$KVKCSR" track certs/a.pem
	run "$KVKCSR" uploaded api.example.nl --at 2026-12-01T08:00:00Z --json
	[ "$status" -eq 0 ]
	[ "$(json '.uploaded_at')" = 2026-12-01T08:00:00Z ]
	[ "$(json '.sha256')" = "$(openssl x509 -in certs/a.pem -outform DER | sha256sum | cut -d' ' -f1)" ]
	# Once more: it says what is new, or that nothing is, and keeps the day.
	run "$KVKCSR" uploaded api.example.nl --deployed
	[ "$status" -eq 0 ]
	[[ "$output" == "recorded: your server uses the certificate of 'api.example.nl', which was"*"1 December 2026"* ]]
	run "$KVKCSR" uploaded api.example.nl
	[[ "$output" == *"already recorded as uploaded on 1 December 2026"* ]]
	run "$KVKCSR" uploaded nobody
	[ "$status" -eq 64 ]
}

@test "verify knows what the inventory says was uploaded (message 15)" {
	"$KVKCSR" track pki/leaf.pem
	verify=("$KVKCSR" verify --at 2026-11-22T12:00:00Z --trust pki/root.pem --crl pki/crls.pem --json pki/delivery.pem)
	run "${verify[@]}"
	[ "$status" -eq 1 ]
	[ "$(json '.messages | length')" = 0 ]
	"$KVKCSR" uploaded api.example.nl
	run "${verify[@]}"
	[ "$status" -eq 2 ]
	[ "$(json '.messages | join(" ")')" = 15 ]
	"$KVKCSR" untrack api.example.nl
	run "${verify[@]}"
	[ "$status" -eq 2 ]
	run "${verify[@]}" --home "$dir/nowhere"
	[ "$status" -eq 1 ]
	[ ! -e "$dir/nowhere" ]
}

@test "a home that others may write to is refused" {
	mkdir home
	chmod 777 home
	run "$KVKCSR" track certs/a.pem
	[ "$status" -eq 3 ]
	[ ! -e home/inventory.db ]
	chmod 700 home
	"$KVKCSR" track certs/a.pem
	chmod 770 home
	run "$KVKCSR" status
	[ "$status" -eq 3 ]
	[[ "$output" == *"can be written by others"* ]]
}

@test "a database that is a link, or writable by others, is refused" {
	"$KVKCSR" track certs/a.pem
	mv home/inventory.db other.db
	ln -s ../other.db home/inventory.db
	for command in "track certs/a.pem" status check "untrack api.example.nl"; do
		run "$KVKCSR" $command
		[ "$status" -eq 3 ]
	done
	rm home/inventory.db
	mv other.db home/inventory.db
	chmod 622 home/inventory.db
	run "$KVKCSR" status
	[ "$status" -eq 3 ]
}

@test "a home reached through a link works" {
	mkdir -m 700 real
	ln -s real home
	run "$KVKCSR" track certs/a.pem
	[ "$status" -eq 0 ]
	[ -f real/inventory.db ]
}

@test "a damaged, a foreign and a newer database are 3, each with its own word, and stay as they are" {
	"$KVKCSR" track certs/a.pem
	cp home/inventory.db good.db

	head -c 4096 /dev/urandom >home/inventory.db
	cp home/inventory.db before.db
	run "$KVKCSR" track certs/a.pem
	[ "$status" -eq 3 ]
	[[ "$output" == *"inventory.db"*"damaged"* ]]
	cmp home/inventory.db before.db

	cp good.db home/inventory.db
	printf '\0\0\0\143' | dd of=home/inventory.db bs=1 seek=60 conv=notrunc status=none
	run "$KVKCSR" check
	[ "$status" -eq 3 ]
	[[ "$output" == *"newer version"*"is 99"* ]]

	cp good.db home/inventory.db
	printf '\0\0\0\0' | dd of=home/inventory.db bs=1 seek=68 conv=notrunc status=none
	run "$KVKCSR" status
	[ "$status" -eq 3 ]
	[[ "$output" == *"not an inventory"* ]]

	head -c 5000 good.db >home/inventory.db
	run "$KVKCSR" status
	[ "$status" -eq 3 ]
	[[ "$output" == *"damaged"* ]]
}

@test "under sudo the home is named where it is not the user's own" {
	[ "$(id -u)" -eq 0 ] || skip "only root has been somebody else"
	unset KVKCSR_HOME
	run --separate-stderr env SUDO_USER=alice "$KVKCSR" status
	[[ "$stderr" == *"'/var/lib/kvkcsr', the home folder of root"* ]]
	run --separate-stderr env SUDO_USER=root "$KVKCSR" status
	[[ "$stderr" != *"home folder of root"* ]]
	run --separate-stderr env SUDO_USER=alice "$KVKCSR" status --home "$dir/none"
	[[ "$stderr" != *"home folder of root"* ]]
}

@test "the home of others than root is in XDG_STATE_HOME, or below HOME" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to become somebody else"
	unset KVKCSR_HOME
	chmod 755 "$dir"
	mkdir user state
	chown nobody user state
	# The tree may lie where nobody else may look.
	install -m 755 "$KVKCSR" "$dir/program"
	nobody() { setpriv --reuid nobody --clear-groups env HOME="$dir/user" "$@"; }
	nobody "$dir/program" track certs/a.pem
	[ -f user/.local/state/kvkcsr/inventory.db ]
	nobody XDG_STATE_HOME="$dir/state" "$dir/program" track certs/a.pem
	[ -f state/kvkcsr/inventory.db ]
	run nobody XDG_STATE_HOME=relative "$dir/program" status
	[ "$status" -ne 3 ]
	# A relative HOME is none, and with nothing left there is no home.
	for words in 'HOME=user' 'HOME=user XDG_STATE_HOME=state' '-u HOME' 'HOME= XDG_STATE_HOME='; do
		# shellcheck disable=SC2086 # words
		run setpriv --reuid nobody --clear-groups env -u XDG_STATE_HOME $words "$dir/program" track certs/a.pem
		[ "$status" -eq 64 ]
		[[ "$output" == *'--home DIR'* ]]
	done
	[ ! -e user/kvkcsr ] && [ ! -e state/kvkcsr/kvkcsr ]
	# What needs no home works without one.
	nobody HOME=user "$dir/program" show certs/a.pem
}

@test "a home whose path is too long for the inventory is refused before anything is made" {
	root=$(openssl x509 -in pki/root.pem -outform DER | sha256sum | cut -c1-64)
	for n in 491 492 770 4090 5000; do
		home=$dir/long
		while [ ${#home} -lt $((n - 101)) ]; do home=$home/$(printf 'd%.0s' {1..100}); done
		printf -v last '%*s' $((n - ${#home} - 1)) ''
		home=$home/${last// /e}
		# With its journal, /inventory.db-journal, SQLite takes 512 bytes.
		code=$([ "$n" -eq 491 ] && echo 0 || echo 73)
		run -"$code" "$KVKCSR" track --home "$home" certs/a.pem
		[ "$code" -eq 0 ] || [[ "$output" == *"longer than 491 bytes"*'--home DIR'* ]]
		[ "$code" -eq 0 ] || [ ! -e long ]
		rm -rf long
		run -"$code" "$KVKCSR" new --dry-run --home "$home" --domain api.voorbeeld.nl --kvk 68750110 \
			--organisation v </dev/null
		[ ! -e long ]
		[ "$code" -eq 73 ] || continue
		run -73 "$KVKCSR" trust import --home "$home" pki/root.pem --fingerprint "$root" </dev/null
		[[ "$output" == *"longer than 491 bytes"*'--home DIR'* ]]
		[ ! -e long ]
		# What only reads makes nothing, and says the same; a home of 4090 bytes has no room for a name.
		run -3 "$KVKCSR" status --home "$home"
		[[ "$output" == *"longer than 491 bytes"* ]]
		[ "$n" -ge 4090 ] || continue
		run -3 "$KVKCSR" verify --home "$home" --offline certs/a.pem
		[[ "$output" == *"longer than 491 bytes"* ]]
	done
	run -3 "$KVKCSR" trust list --home "$home"
	[[ "$output" == *"longer than 491 bytes"* ]]
	# Nor is an inventory opened that lies there.
	home=$dir/$(printf 'd%.0s' {1..250})/$(printf 'd%.0s' {1..250})
	mkdir -p "$home"
	touch "$home/inventory.db"
	run -3 "$KVKCSR" verify --home "$home" --offline certs/a.pem
	[[ "$output" == *"longer than 491 bytes"* ]]
	# Where a link leads is what counts.
	mkdir -p "$dir/target/$(printf 'd%.0s' {1..200})/$(printf 'd%.0s' {1..200})"
	ln -s "$dir/target/$(printf 'd%.0s' {1..200})/$(printf 'd%.0s' {1..200})" link
	run -73 "$KVKCSR" track --home "$dir/link/$(printf 'd%.0s' {1..100})" certs/a.pem
}

@test "a full disk is 3 and loses nothing" {
	"$KVKCSR" track certs/a.pem
	for i in {1..300}; do cp certs/a.pem "certs/b$i.pem"; done
	size=$(stat -c %s home/inventory.db)
	run bash -c "ulimit -f $((size / 1024 + 8)); exec '$KVKCSR' track certs"
	[ "$status" -eq 3 ]
	run "$KVKCSR" status --json
	[ "$status" -eq 0 ]
	[ "$(json '.entries | length')" -ge 1 ]
	run "$KVKCSR" track certs
	[ "$status" -eq 0 ]
	run "$KVKCSR" status --json
	[ "$(json '.entries | length')" = 1 ]
	[ "$(json '.entries[0].places | length')" = 301 ]
}

@test "a result that cannot be written is 3" {
	run bash -c '"$KVKCSR" track certs/a.pem >/dev/full'
	[ "$status" -eq 3 ]
	run bash -c '"$KVKCSR" untrack api.example.nl >/dev/full'
	[ "$status" -eq 3 ]
}

@test "standard files that are closed are not mixed up with others" {
	run bash -c '"$KVKCSR" track certs/a.pem >&-'
	[ "$status" -eq 3 ]
	run bash -c '"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 \
		--organisation "Voorbeeld B.V." --key-type ecdsa <&- >&- 2>&-'
	[ "$status" -eq 3 ] || [ "$status" -eq 73 ]
	# shellcheck disable=SC2044 # names without blanks
	for file in $(find home -name '*.pem' -o -name '*.cfg'); do
		run ! grep -q -e subject -e kvkcsr: "$file"
	done
	run bash -c '"$KVKCSR" check <&- >&- 2>&-'
	[ "$status" -eq 0 ]
	run bash -c '"$KVKCSR" status 2>&-'
	[ "$status" -eq 0 ]
	[[ "$output" == NAME*api.example.nl* ]]
}

@test "fifty at once lose nothing" {
	for i in {1..50}; do cp certs/a.pem "certs/c$i.pem"; done
	for i in {1..50}; do "$KVKCSR" track "certs/c$i.pem" >/dev/null 2>>errors & done
	wait
	[ ! -s errors ]
	run "$KVKCSR" status --json
	[ "$(json '.entries | map(.path) | unique | length')" = 50 ]
	[ "$(json '.entries | map(.name) | unique | length')" = 50 ]
}

@test "fifty at once with the same file make one entry" {
	for _ in {1..50}; do "$KVKCSR" track certs/a.pem >/dev/null 2>>errors & done
	wait
	[ ! -s errors ]
	run "$KVKCSR" status --json
	[ "$(json '.entries | length')" = 1 ]
}

@test "killed at any moment, the inventory stays sound" {
	for i in {1..200}; do cp certs/a.pem "certs/c$i.pem"; done
	for i in {1..25}; do
		"$KVKCSR" track certs >/dev/null 2>&1 &
		sleep "0.0$((i % 10))"
		kill -9 $! 2>/dev/null || :
		wait $! 2>/dev/null || :
		[ -e home/inventory.db ] || continue
		run "$KVKCSR" status --json
		[ "$status" -eq 0 ]
	done
	run "$KVKCSR" track certs
	[ "$status" -eq 0 ]
	run "$KVKCSR" status --json
	[ "$(json '.entries | length')" = 1 ]
	[ "$(json '.entries[0].places | length')" = 201 ]
}

@test "a name that leads out of the home changes nothing there" {
	"$KVKCSR" track certs/a.pem
	mkdir -p home/dossiers .x.next .y.last
	for command in uploaded untrack; do
		run -64 "$KVKCSR" $command ../../x
		run -64 "$KVKCSR" $command ../../y
	done
	[ -d .x.next ]
	[ -d .y.last ]
}

@test "a file that is watched keeps its entry, whatever lies in a dossier of that name" {
	"$KVKCSR" track certs/a.pem --name a
	mkdir -p home/dossiers/a home/dossiers/.a.next
	chmod 700 home/dossiers/a
	cp certs/a.pem home/dossiers/a/certificate.pem
	printf 'verified 2026-11-22T12:00:00Z %064d\n' 0 >home/dossiers/a/.delivery
	"$KVKCSR" check --at 2026-12-01T00:00:00Z
	run "$KVKCSR" status --json
	[ "$(json '.entries[0] | [.stage, .path] | join(" ")')" = "tracked $dir/certs/a.pem" ]
}

@test "the certificate in a PKCS#12 file is tracked, and read again with its passphrase" {
	p12() { # p12 FILE PKI [OPTION]...: openssl's, because other programs make these files
		openssl pkcs12 -export -out "$1" -inkey "$2/leaf.key" -in "$2/leaf.pem" -certfile "$2/chain.pem" \
			-passout file:pass -macalg sha256 "${@:3}"
	}
	(umask 077 && echo 'correct horse' >pass)
	echo wrong >other
	p12 server.p12 pki
	for file in '' other gone; do
		run "$KVKCSR" track server.p12 ${file:+--pass-file "$file"}
		[ "$status" -eq 3 ]
		[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"server.p12'"* ]]
	done
	openssl pkcs12 -export -nocerts -out key.p12 -inkey pki/leaf.key -passout file:pass -macalg sha256
	run -3 "$KVKCSR" track key.p12 --pass-file pass
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"'key.p12' contains a private key but no certificate"* ]]
	openssl pkcs12 -export -nokeys -out bare.p12 -in pki/leaf.pem -passout file:pass -macalg sha256
	run -0 "$KVKCSR" track --home bare bare.p12 --pass-file pass
	head -c 1025 /dev/zero >large
	run "$KVKCSR" track server.p12 --pass-file large
	[ "$status" -eq 3 ]
	[[ "$output" == *"/large' is not a file with a passphrase"* ]]
	run "$KVKCSR" track pki/leaf.pem --pass-file pass
	[ "$status" -eq 64 ]
	[[ "$output" == *"'pki/leaf.pem' is not a PKCS#12 file; leave out --pass-file"* ]]
	# What is not tracked leaves nothing behind.
	pki another --domain other.example.nl
	"$KVKCSR" track another/leaf.pem --name taken
	run "$KVKCSR" track server.p12 --pass-file pass --name taken
	[ "$status" -eq 73 ]
	run "$KVKCSR" track server.p12
	[ "$status" -eq 3 ]
	"$KVKCSR" untrack taken
	p12 slow.p12 pki -iter 1000001
	run timeout 5 "$KVKCSR" track slow.p12 --pass-file pass
	[ "$status" -eq 3 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"more than 1000000 rounds"* ]]
	run "$KVKCSR" track . --pass-file pass
	[ "$status" -eq 64 ]
	# In a folder it is named, until it is tracked.
	mkdir folder
	cp server.p12 folder
	run -3 --separate-stderr "$KVKCSR" track folder
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"passed over 1 PKCS#12 file; "*"'kvkcsr track FILE --pass-file PASSFILE'"*" $dir/folder/server.p12 " ]]
	"$KVKCSR" track --home third folder/server.p12 --pass-file pass
	run -0 --separate-stderr "$KVKCSR" track --home third folder --json
	[ "$(json '[.known, .passed_over] | map(tostring) | join(" ")')" = "1 0" ]
	run -3 "$KVKCSR" track --home third folder --to a@voorbeeld.nl
	[[ "$output" == *"passed over 1 PKCS#12 file"* ]]
	run "$KVKCSR" track server.p12 --pass-file pass
	[ "$status" -eq 0 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"'api.example.nl'"*"22 November 2027"* ]]
	run grep -c 'correct horse' home/inventory.db
	[ "$output" = 0 ]
	run "$KVKCSR" status api.example.nl
	[[ "$output" == *"fingerprint of the public key"* ]]
	"$KVKCSR" renew api.example.nl --dry-run </dev/null
	# A key beside it is known to be its own, or another one's.
	cp pki/leaf.key server.key
	cp pki/tsp.key another.key
	chmod 644 server.key another.key
	run --separate-stderr "$KVKCSR" status --json --at 2026-12-01T00:00:00Z
	[ "$(json '.entries[0].key.path')" = "$PWD/server.key" ]
	rm server.key
	run --separate-stderr "$KVKCSR" status --json --at 2026-12-01T00:00:00Z
	[ "$(json '.entries[0].key')" = null ]
	rm another.key
	# What is as it was needs no passphrase.
	mv pass moved
	run --separate-stderr "$KVKCSR" status --json --at 2026-12-01T00:00:00Z
	[ "$(json '[.entries[0].state, .entries[0].changed] | join(" ")')" = "valid false" ]
	run "$KVKCSR" renew api.example.nl --dry-run </dev/null
	[ "$status" -eq 3 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"kvkcsr track $PWD/server.p12 --pass-file FILE"* ]]
	mv moved pass
	pki later --days 700
	p12 server.p12 later
	run --separate-stderr "$KVKCSR" status --json --at 2026-12-01T00:00:00Z
	[ "$(json '[.entries[0].state, .entries[0].changed] | join(" ")')" = "valid true" ]
	for spoil in 'mv pass moved' 'cp other pass'; do
		$spoil
		run --separate-stderr "$KVKCSR" status --json --at 2026-12-01T00:00:00Z
		[ "$(json '.entries[0].state')" = unreadable ]
		run "$KVKCSR" check --dry-run --at 2026-12-01T00:00:00Z
		[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"kvkcsr track $PWD/server.p12 --pass-file FILE"* ]]
	done
}

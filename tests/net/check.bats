#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# check asks whether the certificates in use were revoked: seldom, after all else was told, and what is lost comes again.

load net
load trusting

setup() {
	net_scratch
	need_nginx
	web_start
	pki pki --days 365
	trusting pki/root.pem
	cp pki/delivery.pem a.pem
	"$KVKCSR" track --name a a.pem
}

teardown() {
	net_clean
}

# publish HOURS [OPTION]...: new lists of that time; with --revoked they name the serial number of all certificates here.
publish() {
	"$top_builddir/tests/mkpki" lists --now "$(at "$1")" --site "$web/" "${@:2}"
	cp lists/www/* www/
	rm -rf lists home/cache
}

check() {
	run --separate-stderr "$KVKCSR" check --config "$dir/kvkcsr.cfg" "$@"
}

# at HOURS: the time so many hours from now.
at() {
	date -u -d "$now + $1 hours" +%Y-%m-%dT%H:%M:%SZ
}

# The output on one line.
line() {
	tr -s '\n ' ' ' <<<"$output"
}

@test "a certificate that is good is asked about once in 20 hours" {
	check
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(requests)" -eq 3 ]
	check --json
	[ "$(json '.entries[0] | [.state, .revocation, .revocation_why] | map(tostring) | join(" ")')" = "valid good null" ]
	[ "$(json '.entries[0].revocation_asked')" != null ]
	# Its copy of the list is no longer good by then, but the entry is: nobody is asked.
	rm -r home/cache
	check --remember --at "$(at 19)"
	[ "$(requests)" -eq 3 ]
	check --remember --at "$(at 21)"
	[ "$(requests)" -eq 6 ]
}

@test "a certificate that was revoked is told at once and once, and stays critical" {
	publish 0 --revoked
	check
	[ "$status" -eq 2 ]
	[[ "$(line)" == "CRITICAL: a: revoked on "*"stop using it and ask the TSP why it was revoked"*"kvkcsr untrack a"* ]]
	check
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	check --json
	[ "$(json '.entries[0] | [.state, .revocation, .threshold, .action] | join(" ")')" = "revoked revoked revoked replace" ]
	check --plugin
	[ "$status" -eq 2 ]
	[[ "$output" == "KVKCSR CRITICAL: 0 of 1 fine - a: revoked on "* ]]
	run -2 "$KVKCSR" status
	[[ "$output" == *" revoked "* ]]
}

@test "the certificate in a PKCS#12 file is asked about, once its passphrase is there" {
	"$KVKCSR" untrack a
	(umask 077 && echo secret >pass)
	openssl pkcs12 -export -out a.p12 -inkey pki/leaf.key -in a.pem -passout file:pass
	"$KVKCSR" track --name a a.p12 --pass-file pass
	publish 0 --revoked
	mv pass moved
	check --json
	[ "$(json '.entries[0] | [.state, .revocation] | join(" ")')" = "valid unknown" ]
	mv moved pass
	check
	[ "$status" -eq 2 ]
	[[ "$(line)" == "CRITICAL: a: revoked on "* ]]
}

@test "a plugin and --json ask, too" {
	publish 0 --revoked
	check --plugin
	[ "$status" -eq 2 ]
	[[ "$output" == "KVKCSR CRITICAL: 0 of 1 fine - a: revoked on "* ]]
	[ "$(requests)" -eq 3 ]
	check --plugin
	[ "$(requests)" -eq 3 ]
	# A plugin tells nobody.
	check --json
	[ "$status" -eq 2 ]
	[ "$(json '.entries[0].notified[0]')" = stdout ]
}

@test "a hold that was lifted is over, and would be told again" {
	publish 0 --revoked
	check
	[ "$status" -eq 2 ]
	publish 21
	check --remember --at "$(at 21)"
	[ "$status" -eq 0 ]
	publish 42 --revoked
	check --remember --at "$(at 42)"
	[ "$status" -eq 2 ]
	[[ "$output" == "CRITICAL: a: revoked on "* ]]
}

@test "what cannot be determined counts from the third day on, and ends with an answer" {
	web_stop
	for hours in 0 24; do
		check --remember --at "$(at $hours)"
		[ "$status" -eq 0 ]
		[ -z "$output$stderr" ]
	done
	check --json --dry-run
	[ "$status" -eq 0 ]
	[ "$(json '.entries[0] | [.state, .revocation, .revocation_why] | join(" ")')" = "valid unknown connection" ]
	http_proxy=http://127.0.0.1:1 check --remember --at "$(at 48)"
	[ "$status" -eq 3 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"the environment variable 'http_proxy' names a proxy, but only the configuration is used"* ]]
	[[ "$(line)" == "UNKNOWN: a: since "*" it could not be determined whether it was revoked: no connection to the server (http://127.0.0.1:"*"kvkcsr verify "* ]]
	check --remember --at "$(at 49)"
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	check --remember --at "$(at 49)" --plugin
	[ "$status" -eq 64 ]
	check --at "$(at 49)" --plugin
	[ "$status" -eq 3 ]
	[[ "$output" == "KVKCSR UNKNOWN: 0 of 1 fine - a: since "* ]]
	web_start "$web_port"
	publish 70
	check --remember --at "$(at 70)"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	check --json --at "$(at 70)"
	[ "$(json '.entries[0].revocation')" = good ]
}

@test "beside another check that sends, the exit code is the state all the same" {
	web_stop
	check --remember --at "$(at 0)"
	check --remember --at "$(at 48)"
	[ "$status" -eq 3 ]
	exec 5>home/notify.lock
	flock 5
	# It waits for 30 seconds, without pauses here.
	KVKCSR=$tests_net/kvkcsr
	export KVK_HASTE=1
	check --remember --at "$(at 49)" 5>&-
	exec 5>&-
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[[ "$stderr" == *"another check is still sending notifications"* ]]
}

@test "on the third day nothing is told before it was asked once more" {
	web_stop
	check --remember --at "$(at 0)"
	web_start "$web_port"
	publish 48
	check --remember --at "$(at 48)"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "a certificate that was revoked stays so while nobody can be asked" {
	publish 0 --revoked
	check
	web_stop
	rm -r home/cache
	check --remember --at "$(at 21)"
	[ "$status" -eq 2 ]
	check --json --at "$(at 120)"
	[ "$(json '.entries[0].state')" = revoked ]
}

@test "where no path leads to an anchor nobody is asked, and that alone is no reason for 3" {
	"$KVKCSR" untrack a
	cp pki/leaf.pem b.pem
	"$KVKCSR" track --name b b.pem
	for hours in 0 24 48 72 96; do
		check --remember --at "$(at $hours)"
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	done
	check --json
	[ "$(json '.entries[0] | [.state, .revocation, .revocation_why] | join(" ")')" = "valid unknown needs-path" ]
	[ "$(requests)" -eq 0 ]
}

# Now the root of a is not one of those that are installed.
not_installed() {
	cp "$top_srcdir/templates/trust/anchors.cfg" tree/templates/trust/
	check --json
	[ "$(json '.entries[0].revocation_why')" = needs-path ]
	[ "$(requests)" -eq 0 ]
}

@test "a certificate whose root was imported is asked about" {
	not_installed
	"$KVKCSR" trust import pki/root.pem --fingerprint \
		"$(openssl x509 -in pki/root.pem -outform DER | sha256sum | cut -d' ' -f1)"
	check --json --remember --at "$(at 21)"
	[ "$(json '.entries[0] | [.revocation, .revocation_why] | map(tostring) | join(" ")')" = "good null" ]
}

@test "a certificate whose root the system trusts is asked about" {
	not_installed
	settings "trust: { system_store = \"$dir/pki/root.pem\"; }; net: { allow_private = true; };"
	check --json --remember --at "$(at 21)"
	[ "$(json '.entries[0] | [.revocation, .revocation_why] | map(tostring) | join(" ")')" = "good null" ]
}

@test "of a certificate alone check gets the CA certificates that are known, and says when it cannot" {
	publish 0
	cp pki/www/*.cer www/
	cat >cas.cfg <<-END
		cas = (
			{ cn = "KVKCSR PRACTICE TSP CA - G4 shape"; url = "$web/g4-tsp.cer";
				sha256 = "$(openssl x509 -in pki/tsp.pem -outform DER | sha256sum | cut -d' ' -f1)"; },
			{ cn = "KVKCSR PRACTICE Intermediate - G4 shape"; url = "$web/g4-intermediate.cer";
				sha256 = "$(openssl x509 -in pki/intermediate.pem -outform DER | sha256sum | cut -d' ' -f1)"; }
		);
	END
	settings "trust: { ca_list = \"$dir/cas.cfg\"; }; net: { allow_private = true; };"
	"$KVKCSR" untrack a
	cp pki/leaf.pem b.pem
	"$KVKCSR" track --name b b.pem
	why='.entries[0] | [.revocation, .revocation_why] | map(tostring) | join(" ")'
	check --json
	[ "$(json "$why")" = "good null" ]
	[ "$(requests)" -eq 5 ]
	# They were removed from the cache, and their server is no longer there.
	rm -r home/cache www/*.cer
	check --json --offline
	[ "$(json "$why")" = "good null" ]
	check --json --remember --at "$(at 21)"
	[ "$status" -eq 0 ]
	[ "$(json "$why")" = "unknown http-status" ]
	check --remember --at "$(at 66)"
	[ "$status" -eq 3 ]
	[[ "$(line)" == "UNKNOWN: b: since "*" it could not be determined whether it was revoked: "*"$web/g4-tsp.cer"* ]]
}

@test "with --offline, check.revocation = false or --dry-run nobody is asked" {
	publish 0 --revoked
	check --offline
	[ "$status" -eq 0 ]
	check --dry-run
	[ "$status" -eq 0 ]
	check --at "$(at 1)"
	[ "$status" -eq 0 ]
	settings 'net: { allow_private = true; }; check: { revocation = false; };'
	check
	[ "$status" -eq 0 ]
	[ "$(requests)" -eq 0 ]
	[ ! -e home/cache ]
}

@test "with --offline the cache answers" {
	publish 0 --revoked
	run --separate-stderr "$KVKCSR" verify --config "$dir/kvkcsr.cfg" --kvk 68750110 a.pem
	[ "$(requests)" -eq 3 ]
	web_stop
	check --offline
	[ "$status" -eq 2 ]
	[[ "$output" == "CRITICAL: a: revoked on "* ]]
}

@test "with --offline what could not be determined before is no reason for 3" {
	web_stop
	check --remember --at "$(at 0)"
	check --remember --at "$(at 48)"
	[ "$status" -eq 3 ]
	check --at "$(at 49)" --offline
	[ "$status" -eq 0 ]
}

# patience LIMIT: nginx anew, with that many octets a second below /slow/.
patience() {
	web_stop
	web_settings "$web_port"
	sed -i "s/limit_rate 1;/limit_rate $1;/" nginx/nginx.conf
	rm -f nginx/nginx.pid
	start "$nginx" -p nginx -c "$dir/nginx/nginx.conf" -e error.log
	# web_stop stops it.
	# shellcheck disable=SC2034
	web_pid=$pid
	wait_for web_is_up
}

@test "expiry is told before anybody is asked, and killed meanwhile nothing is lost" {
	"$KVKCSR" untrack a
	"$top_builddir/tests/mkpki" slow --now "$(at -8000)" --days 365 --site "$web/slow/"
	cp slow/delivery.pem b.pem
	"$KVKCSR" track --name b b.pem
	publish 0 --revoked
	"$KVKCSR" check --config "$dir/kvkcsr.cfg" >out.txt 2>&1 3>&- 4>&- &
	wait_for grep -q "WARNING: b: expires in " out.txt
	kill -9 $!
	wait $! || true
	patience 1m
	check
	[ "$status" -eq 2 ]
	[[ "$output" == "CRITICAL: b: revoked on "* ]]
	[[ "$output" != *"expires in"* ]]
}

@test "what cannot be remembered is told all the same, each of it once" {
	"$KVKCSR" untrack a
	"$top_builddir/tests/mkpki" soon --now "$(at -8000)" --days 365 --site "$web/"
	cp soon/delivery.pem b.pem
	"$KVKCSR" track --name b b.pem
	"$top_builddir/tests/mkpki" alone --now "$(at -8000)" --days 365 --site "$web/" --domain c.example.nl
	cp alone/leaf.pem c.pem
	"$KVKCSR" track --name c c.pem
	publish 0 --revoked
	run -3 bash -c 'set -o pipefail; ulimit -f 0; "$@" 2>&1 | cat' sh "$KVKCSR" check --config "$dir/kvkcsr.cfg"
	[ "$(grep -c "b: expires in" <<<"$output")" -eq 1 ]
	[ "$(grep -c "c: expires in" <<<"$output")" -eq 1 ]
	[ "$(grep -c "b: revoked on" <<<"$output")" -eq 1 ]
	[[ "$output" == *"could not be remembered"* ]]
	check
	[ "$status" -eq 2 ]
	[[ "$output" == *"b: expires in"*"b: revoked on"* ]]
}

# slow NAME [OPTION]...: tracks a certificate whose lists take too long.
slow() {
	"$top_builddir/tests/mkpki" "$1" --now "$now" --days 365 --site "$web/slow/" --domain "$1.example.nl" "${@:2}"
	cp "$1/delivery.pem" "$1.pem"
	"$KVKCSR" track --name "$1" "$1.pem"
}

@test "a network that hangs ends within the time for a run, and who had no turn has it in the next" {
	slow b
	slow c --site "$web/slow/c/"
	for i in {01..14}; do slow "d$i"; done
	# Not among the 16 that are asked about together.
	slow e --ocsp "$web/e/"
	settings 'net: { allow_private = true; run_timeout = 2; };'
	SECONDS=0
	check
	[ "$status" -eq 0 ]
	[ $SECONDS -le 6 ]
	check --json --dry-run
	[ "$(json '.entries[] | select(.name == "a") | .revocation')" = good ]
	[ "$(json '.entries[] | select(.name == "b") | [.revocation, .revocation_why, .revocation_asked != null] | map(tostring) | join(" ")')" = "unknown time-out true" ]
	[ "$(json '.entries[] | select(.name == "c") | [.revocation, .revocation_why, .revocation_asked] | map(tostring) | join(" ")')" = "unknown not-asked null" ]
	[ "$(json '.entries[] | select(.name == "e") | [.revocation, .revocation_why, .revocation_asked] | map(tostring) | join(" ")')" = "unknown time-out null" ]
}

@test "a successor that was revoked no longer replaces" {
	"$top_builddir/tests/mkpki" old --now "$(at -2400)" --site "$web/" --days 150
	cp old/delivery.pem old.pem
	run "$KVKCSR" track --name old old.pem
	run --separate-stderr "$KVKCSR" check --config "$dir/kvkcsr.cfg" --json
	[ "$(json '.entries[] | select(.name == "old").state')" = replaced ]
	publish 21 --revoked
	check --remember --at "$(at 21)"
	[ "$status" -eq 2 ]
	[[ "$(line)" == *"CRITICAL: a: revoked on "* ]]
	[[ "$(line)" == *": old: expires in "* ]]
	check --at "$(at 21)" --json
	[ "$(json '.entries[] | select(.name == "old").state')" = expiring ]
}

# answering INDEX: an OCSP responder that says so of all certificates here.
answering() {
	index "$1"
	responder_start
}

asked() {
	grep -c "OCSP Request Data" responder.log || true
}

@test "a list is asked before OCSP, and OCSP where there is none" {
	"$KVKCSR" untrack a
	answering revoked
	"$top_builddir/tests/mkpki" ocsp --now "$now" --days 365 --site "$web/" --ocsp "$responder"
	cp ocsp/delivery.pem b.pem
	"$KVKCSR" track --name b b.pem
	check
	[ "$status" -eq 0 ]
	[ "$(asked)" -eq 0 ]
	rm -r home www/g4-tsp.crl
	"$KVKCSR" track --name b b.pem
	check
	[ "$status" -eq 2 ]
	[[ "$output" == "CRITICAL: b: revoked on "* ]]
	[ "$(asked)" -eq 1 ]
}

@test "OCSP is asked for 50 entries a run, and those whose turn did not come are first in the next" {
	rm www/g4-tsp.crl
	answering good
	"$KVKCSR" untrack a
	for i in {1..52}; do
		"$top_builddir/tests/mkpki" "ocsp$i" --now "$now" --days 365 --site "$web/" --ocsp "$responder" --domain "d$i.example.nl"
		cp "ocsp$i/delivery.pem" "d$i.pem"
		"$KVKCSR" track --name "d$i" "d$i.pem"
	done
	check --json
	[ "$status" -eq 0 ]
	[ "$(json '[.entries[] | select(.revocation == "good")] | length')" = 50 ]
	[ "$(json '[.entries[] | select(.revocation == "not-checked").name] | join(" ")')" = "d51 d52" ]
	check --json
	[ "$(json '[.entries[] | select(.revocation == "good")] | length')" = 52 ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Revocation lists from a web server (nginx): when they are asked, what is kept, and what each failure is called.

load net

setup() {
	need_nginx
	net_scratch
	web_start
}

teardown() {
	net_clean
}

# The leaf's part of the verdict: status, by, source, why.
leaf() {
	json '.revocation[] | select(.where == "leaf") | "\(.status) \(.by) \(.source) \(.why)"'
}

@test "each list of the path is fetched once, and within four hours not asked again" {
	pki pki
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good crl network null" ]
	[ "$(json '[.revocation[].url] | join(" ")')" = "$web/g4-tsp.crl $web/g4-intermediate.crl $web/g4-root.crl" ]
	[ "$(json '.wanted | length')" -eq 0 ]
	[ "$(requests)" -eq 3 ]
	grep -q '"kvkcsr[^"]*"$' "$web_log"
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(requests)" -eq 3 ]
	ahead=14300 elsewhere pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(requests)" -eq 3 ]
}

@test "after four hours they are asked again, and need not be sent again" {
	pki pki
	verify pki/delivery.pem
	ahead=15000 elsewhere pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good crl network null" ]
	[ "$(requests)" -eq 6 ]
	[ "$(grep -c '^GET .* 304 "\\x22.*\\x22" "[A-Z].* GMT"' "$web_log")" -eq 3 ]
	# confirmed is as good as fetched
	ahead=29000 elsewhere pki/delivery.pem
	[ "$(requests)" -eq 6 ]
	ahead=29000 elsewhere --refresh pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(requests)" -eq 9 ]
}

@test "a list that is of no use is asked for again, however recent the copy is" {
	pki pki
	"$top_builddir/tests/mkpki" lists --now "$(date -u -d "$now + 2 days" +%Y-%m-%dT%H:%M:%SZ)" --site "$web/"
	cp -p lists/www/g4-tsp.crl www/
	verify pki/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(leaf)" = "unknown null null not-yet-valid" ]
	[ "$(requests)" -eq 3 ]
	# The others are not asked for, and to the server the file is as it was: it tells them by time and size.
	cp pki/www/g4-tsp.crl www/
	touch -r lists/www/g4-tsp.crl www/g4-tsp.crl
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good crl network null" ]
	[ "$(requests)" -eq 4 ]
	# A copy that the server confirms is still of no use.
	cp -p lists/www/g4-tsp.crl www/
	rm -r home/cache
	verify pki/delivery.pem
	cp pki/www/g4-tsp.crl www/
	touch -r lists/www/g4-tsp.crl www/g4-tsp.crl
	ahead=15000 elsewhere pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good crl network null" ]
	[ "$(requests)" -eq 11 ]
	[ "$(tail -n 4 "$web_log" | cut -d' ' -f2,3 | tr '\n' ' ')" = "/g4-root.crl 304 /g4-intermediate.crl 304 /g4-tsp.crl 304 /g4-tsp.crl 200 " ]
	# nothing is asked with --offline, where what is kept is of no use
	cp lists/www/g4-tsp.crl www/
	verify --refresh pki/delivery.pem
	verify --offline pki/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(requests)" -eq 14 ]
}

@test "a copy that is over is not confirmed but fetched" {
	pki pki
	verify pki/delivery.pem
	ahead=180000 elsewhere pki/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(leaf)" = "unknown null null stale" ]
	[ "$(requests)" -eq 6 ]
}

@test "a revocation appears in the list that is asked again" {
	pki pki
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	"$top_builddir/tests/mkpki" later --now "$now" --site "$web/" --revoked
	cp later/www/g4-tsp.crl www/
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	ahead=15000 elsewhere pki/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(json '.messages | join(" ")')" = 28 ]
	[ "$(leaf)" = "revoked crl network null" ]
}

@test "what is kept counts while the server is away, with its age, until the list is over" {
	pki pki
	verify pki/delivery.pem
	web_stop
	ahead=18000 elsewhere pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good crl cache null" ]
	[ "$(json '.revocation[0].age')" -ge 18000 ]
	[ "$(json '.wanted | length')" -eq 0 ]
	KVKCSR=$tests_net/kvkcsr
	KVK_CLOCK=18000 run --separate-stderr "$KVKCSR" verify --verbose --config kvkcsr.cfg --trust pki/root.pem pki/delivery.pem
	[ "$status" -eq 1 ]
	[[ "$output" == *"5 hours"* ]]
	ahead=180000 elsewhere pki/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(json '.messages | join(" ")')" = 2 ]
}

@test "each failure has its own reason, in words that name the address" {
	while read -r path why words; do
		rm -rf home
		pki pki --crl-address "$web/$path"
		settings 'net: { allow_private = true; total_timeout = 2; };'
		verify pki/delivery.pem
		echo "$path: $(leaf); $(json '.findings[1].found')"
		[ "$status" -eq 3 ]
		[ "$(leaf)" = "unknown null null $why" ]
		[ "$(json '.messages | join(" ")')" = 2 ]
		[ "$(json '.wanted[0]')" = "$web/$path" ]
		[[ "$(json '.findings[1].found')" == *"$web/$path"* ]]
		[[ "$(json '.findings[1].found')" == *"$words"* ]]
	done <<-END
		gone/g4-tsp.crl http-status 404
		moved/g4-tsp.crl http-status redirect
		page/g4-tsp.crl not-expected HTML
		slow/g4-tsp.crl time-out in time
		reset/g4-tsp.crl connection lost
	END
}

@test "the lists may be PEM or bare base64" {
	pki pki
	for form in PEM base64; do
		rm -rf home
		openssl crl -inform DER -in pki/www/g4-tsp.crl -out www/g4-tsp.crl
		[ $form = PEM ] || base64 pki/www/g4-tsp.crl >www/g4-tsp.crl
		verify pki/delivery.pem
		[ "$status" -eq 1 ]
		[ "$(leaf)" = "good crl network null" ]
	done
}

@test "addresses of a distribution point are tried in order, and what is not http is passed over" {
	pki pki --crl-address ldap:///o=x --crl-address "$web/gone/a.crl" --crl-address "$web/g4-tsp.crl" \
		--crl-address "$web/never.crl"
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good crl network null" ]
	[ "$(json '.revocation[0].url')" = "$web/g4-tsp.crl" ]
	grep -q gone/a.crl "$web_log"
	run ! grep -q never "$web_log"
}

@test "a changed file of the cache is a miss" {
	pki pki
	verify pki/delivery.pem
	[ "$(find home/cache -type f | wc -l)" -eq 3 ]
	for file in home/cache/*; do printf 'XXXX' | dd of="$file" bs=1 seek=300 conv=notrunc status=none; done
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(requests)" -eq 6 ]
}

@test "two runs at once" {
	pki pki
	for n in 1 2 3 4; do
		"$KVKCSR" verify --json --config kvkcsr.cfg --trust pki/root.pem pki/delivery.pem >"many-$n.json" &
	done
	for job in $(jobs -p); do [ "$job" = "$web_pid" ] || wait "$job" || [ $? -eq 1 ]; done
	[ "$(jq -s '[.[] | select(.verdict == "accept")] | length' many-?.json)" -eq 4 ]
}

@test "a configuration of the network that cannot be used is 78, and each file says so" {
	pki pki
	settings 'net: { allow_private = true; proxy_auth_file = "/nowhere/auth"; };'
	for options in "-j 1" "-j 2"; do
		# shellcheck disable=SC2086
		verify $options pki/delivery.pem pki/delivery.pem pki/delivery.pem
		[ "$status" -eq 78 ]
		[ "$(jq -r .error <<<"$output" | grep -c "net.proxy_auth_file: .*/nowhere/auth")" -eq 3 ]
	done
	# What is not asked needs no configuration.
	verify --offline pki/delivery.pem
	[ "$status" -eq 3 ]
}

@test "accept without a network stores the delivery and says that revocation is open" {
	pki pki
	run -0 "$KVKCSR" new --domain api.example.nl --kvk 68750110 --organisation 'Voorbeeld B.V.' --tsp generic
	openssl req -in home/dossiers/api.example.nl/request.pem -outform DER -out request.der
	pki answer --csr request.der
	web_stop
	run --separate-stderr "$KVKCSR" accept --json --config kvkcsr.cfg --trust answer/root.pem api.example.nl \
		answer/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(json .stored)" = true ]
	[ -s home/dossiers/api.example.nl/upload.pem ]
	run --separate-stderr "$KVKCSR" verify --json --config kvkcsr.cfg --trust answer/root.pem answer/delivery.pem
	[ "$status" -eq 3 ]
	run --separate-stderr "$KVKCSR" uploaded api.example.nl
	[ "$status" -le 1 ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Both registers, played by nginx: what is asked and how, what each answer does to a verdict, and that the API key is
# nowhere but in the request. What each answer means is in tests/register/.

load net

# In place of that of net.bash: which answer comes depends on the number alone.
web_settings() {
	local ok='{"resultaten":[{"kvkNummer":"$arg_kvkNummer","naam":"Voorbeeld B.V.","actief":"Ja",'
	ok+='"type":"hoofdvestiging","adres":{"binnenlandsAdres":{"plaats":"Lollum"}}}]}'
	cat >"$dir/nginx/nginx.conf" <<-END
		daemon off;
		master_process off;
		pid nginx.pid;
		error_log error.log;
		events { worker_connections 64; }
		http {
			log_format line '\$request_method \$request_uri \$status "\$http_apikey" "\$http_accept"';
			access_log access.log line;
			client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
			uwsgi_temp_path tmp; scgi_temp_path tmp;
			default_type application/json;
			server {
				listen 127.0.0.1:$1;
				root $dir/www;
				location / { default_type application/pkix-crl; }
				location /kvk/v2/zoeken {
					if (\$http_apikey != geheim-1) { return 401 '{}'; }
					if (\$arg_kvkNummer = 90000001) { return 200 '{"resultaten":[{"kvkNummer":"90000001","naam":"Oud","actief":"Nee"}]}'; }
					if (\$arg_kvkNummer = 90000002) { return 404 '{"fout":[{"code":"IPD5200"}]}'; }
					if (\$arg_kvkNummer = 90000003) { return 404 '{"fout":[{"code":"IPD0005"}]}'; }
					if (\$arg_kvkNummer = 90000004) { return 404 '{"fout":[{"code":"IPD1002"}]}'; }
					if (\$arg_kvkNummer = 90000005) { return 404 '{"fout":[{"code":"IPD1003"}]}'; }
					if (\$arg_kvkNummer = 90000006) { return 500 '{"fout":[{"code":"IPD9999"}]}'; }
					if (\$arg_kvkNummer = 90000007) { return 200 '<html>a page</html>'; }
					if (\$arg_kvkNummer = 90000008) { return 302 http://127.0.0.1:$1/elsewhere; }
					if (\$arg_kvkNummer = 90000009) { return 403 '{}'; }
					if (\$arg_kvkNummer = 90000010) { rewrite ^ /large last; }
					if (\$arg_kvkNummer = 90000011) { return 444; }
					return 200 '$ok';
				}
				location = /oin/organisaties {
					if (\$http_apikey != geheim-2) { return 403 '{}'; }
					if (\$arg_kvkNummer = 90000001) { return 200 '{"organisaties":[]}'; }
					if (\$arg_kvkNummer = 90000012) { return 200 '{"organisaties":[{"oin":"1","kvkNummer":"90000012","status":"Ingetrokken"}]}'; }
					return 200 '{"organisaties":[{"oin":"1","naam":"Voorbeeld","KVKNummer":"\$arg_kvkNummer","status":"Actief"}]}';
				}
				location = /oin/organisaties/00000001823288444000 { return 200 '{"oin":"00000001823288444000","naam":"\\u001b[31mGemeente","status":"Ingetrokken"}'; }
				location = /oin/organisaties/00000003900000020000 { return 404 '{"fout":"niet gevonden"}'; }
				location /oin/ { default_type text/html; return 404 '<html>not found</html>'; }
			}
		}
	END
}

setup() {
	need_nginx
	net_scratch
	web_start
	head -c 1048577 /dev/zero | tr '\0' ' ' >www/large
	(umask 077 && echo geheim-1 >kvk-key && echo geheim-2 >oin-key)
	with_keys
}

teardown() {
	net_clean
}

# The configuration, with both keys; $1 is more of the group kvk.
with_keys() {
	settings "kvk: { base_url = \"$web/kvk/\"; ${1-api_key_file = \"$dir/kvk-key\";} };
		oin: { base_url = \"$web/oin\"; ${2-api_key_file = \"$dir/oin-key\";} };
		net: { allow_private = true; connect_timeout = 2; total_timeout = 4; };"
}

lookup() {
	run --separate-stderr "$KVKCSR" lookup --config kvkcsr.cfg "$@"
}

@test "lookup: each answer, its exit status, and what is asked" {
	local number wanted got
	while read -r number wanted; do
		lookup --json "$number"
		got="$status $(json '[.kind, .trade.state, .trade.why, .oin.state, .oin.why] | map(. // "-") | join(" ")')"
		[ "$got" = "$wanted" ] || { echo "$number: $got, not $wanted"; return 1; }
	done <<-END
		68750110 0 kvk active - active -
		90000001 1 kvk inactive - not-found -
		90000002 0 kvk not-found - active -
		90000003 0 kvk not-found - active -
		90000004 0 kvk unknown try-later active -
		00000003900000020000 2 hrn not-found - not-found -
		00000003900000050000 3 hrn unknown try-later unknown not-expected
		00000003900000060000 3 hrn unknown try-later unknown not-expected
		00000003900000070000 3 hrn unknown not-expected unknown not-expected
		00000003900000080000 3 hrn unknown not-expected unknown not-expected
		00000003900000090000 3 hrn unknown api-key-refused unknown not-expected
		00000003900000100000 3 hrn unknown too-large unknown not-expected
		00000001823288444000 1 oin unknown not-expected inactive -
		823288444 3 rsin unknown not-expected inactive -
		00000099123456789000 3 oin not-asked no-such-number not-asked no-such-number
	END
	grep -q '^GET /kvk/v2/zoeken?kvkNummer=68750110&inclusiefInactieveRegistraties=true 200 "geheim-1" "application/json' "$web_log"
	grep -q '^GET /oin/organisaties?kvkNummer=68750110 200 "geheim-2"' "$web_log"
	run ! grep -q elsewhere "$web_log"
	# what a register says is escaped, and nothing of it is kept
	lookup 00000001823288444000
	[[ "$output" == *'\u001b[31mGemeente'* || "$output" == *'\x1b[31mGemeente'* ]]
	run ! grep -rqs Gemeente home
}

@test "keys: refused, missing, open to others, a credential; in no output" {
	(umask 077 && echo verkeerd >wrong)
	with_keys "api_key_file = \"$dir/wrong\";" ""
	lookup 68750110
	[ "$status" -eq 3 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"refused the API key (HTTP status 401)"*"oin.api_key_file"* ]]
	[[ "$output$stderr" != *verkeerd* ]]
	# what the OIN register says of a company does not decide where the trade register cannot be asked
	with_keys ""
	lookup --json 90000012
	[ "$status $(json '[.trade.state, .oin.state] | join(" ")')" = "3 not-asked inactive" ]
	chmod 644 kvk-key
	with_keys
	run ! "$KVKCSR" config --config kvkcsr.cfg
	[ "$status" -eq 78 ]
	lookup 68750110
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"the API key cannot be used: "*kvk-key*"chmod go-rwx"* ]]
	with_keys "" ""
	lookup --json 68750110
	[ "$status" -eq 3 ]
	[ "$(json '[.trade.why, .oin.why] | join(" ")')" = "no-api-key no-api-key" ]
	mkdir credentials && cp oin-key credentials/oin-api-key && (umask 077 && echo geheim-1 >credentials/kvk-api-key)
	CREDENTIALS_DIRECTORY=$dir/credentials lookup --json 68750110
	[ "$(json '[.trade.state, .oin.state] | join(" ")')" = "active active" ]
	with_keys 'api_key = "geheim-1";' ""
	lookup --json 68750110
	[ "$status" -eq 0 ]
}

@test "verify: the registers beside everything else, and with a list of the OIN register without network" {
	pki pki
	verify --kvk 68750110 --party market pki/delivery.pem
	[ "$(json '[.findings[] | select(.number >= 32) | .result] | join(" ")')" = "pass pass" ]
	[ "$(json '[.findings[25, 24].why] | join(" ")')" = "not-government not-government" ]
	run ! grep -q /oin/ "$web_log"
	verify --kvk 90000005 --party government pki/delivery.pem
	[ "$(json '[.findings[24, 25, 31, 32] | .result] | join(" ")')" = "pass unknown unknown unknown" ]
	[ "$(json '.findings[25].why')" = name-nearly ]
	[[ "$(json '.findings[31].found')" == *"IPD1003"* ]]
	verify --kvk 90000001 --party government pki/delivery.pem
	[ "$(json '[.findings[24, 25, 31, 32] | .result] | join(" ")')" = "fail skipped pass fail" ]
	verify --kvk 90000009 --party market pki/delivery.pem
	[ "$(json '[.warnings[].id] | index("api-key-refused") != null')" = true ]
	[ "$(json '[.findings[31, 32].why] | join(" ")')" = "api-key-refused api-key-refused" ]
	printf 'oin;naam;kvkNummer;status\n1;Voorbeeld B.V.;68750110;Actief\n' >oin.csv
	verify --offline --kvk 68750110 --party government --oin-list oin.csv --crl www pki/delivery.pem
	[ "$(json '[.findings[24, 25, 31, 32] | .result] | join(" ")')" = "pass pass pass skipped" ]
	# a list without numbers of the trade register: the OIN is looked for, with blanks around it or not
	printf 'oin;naam;status\n00000003687501100000;Voorbeeld B.V.;Actief\n' >oin.csv
	verify --offline --kvk 68750110 --oin 00000003687501100000 --party government --oin-list oin.csv --crl www \
		pki/delivery.pem
	[ "$(json '[.findings[24, 25] | .result] | join(" ")')" = "pass pass" ]
	verify --offline --party government --oin-list kvkcsr.cfg pki/delivery.pem
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"'kvkcsr.cfg' is not a list of the OIN register"* ]]
	with_keys "" ""
	verify --kvk 68750110 --party government pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(json '[.findings[24, 25, 31, 32].why] | unique | join(" ")')" = no-api-key ]
	[ "$(json '[.warnings[].id] | index("no-api-key") != null')" = true ]
	run ! grep -rqs 'geheim\|Voorbeeld B.V.' home
}

@test "new offers name and city as registered, and says where the number is not" {
	cat >script <<-'EOF'
		? Looking the number up
		? Name of the organisation [Voorbeeld B.V.]:
		>
		? City [Lollum]:
		>
		? Province
		>
		? Keep these choices?
		>
		? Protect the key
		>
		? nothing was created
	EOF
	TERM=dumb run "$top_builddir/tests/cmd/talk" script "$KVKCSR" new --config kvkcsr.cfg --party market --kvk 68750110 \
		--domain api.voorbeeld.nl --tsp kpn --dry-run
	[[ "$output" == *"  L  "*" Lollum"*"  O  "*" Voorbeeld B.V."* ]]
	cat >script <<-'EOF'
		? The trade register does not have this number.
		? Name of the organisation:
		^ C
	EOF
	TERM=dumb run "$top_builddir/tests/cmd/talk" script "$KVKCSR" new --config kvkcsr.cfg --party market --kvk 90000002
	[[ "$output" == *"does not have this number"* ]]
}

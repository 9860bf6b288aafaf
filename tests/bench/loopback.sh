#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# loopback.sh CHAINS KVKCSR: evaluates 500 of the chains of make-chains with CRLs that are fetched over loopback, and
# offline with the same CRLs as files, turn by turn; the best of several rounds counts. KVKCSR is tests/net/kvkcsr, where
# the addresses of the chains lead to nginx. Ends with 1 where fetching takes too long, 70 where a command did not do its
# work.
set -eu
chains=$1 kvkcsr=$2 rounds=11 most=130
nginx=$(PATH=$PATH:/usr/sbin:/sbin type -P nginx) || { echo "500 deliveries over loopback: not measured, no nginx"; exit 0; }
dir=$(mktemp -d)
pid=
clean() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || :
	rm -rf "$dir"
}
trap clean EXIT
mkdir "$dir/www" "$dir/home"
export KVKCSR_HOME=$dir/home KVK_WORLD=$dir/world

# The lists under the names that the certificates give: the leaf's and the CA's.
openssl_crl() { openssl crl -outform DER -out "$dir/www/$1"; }
awk -v n=0 '/BEGIN X509 CRL/ { n++ } n == 1' "$chains/crls.pem" | openssl_crl g1-root.crl
awk -v n=0 '/BEGIN X509 CRL/ { n++ } n == 2' "$chains/crls.pem" | openssl_crl g1-tsp.crl

serve() {
	cat >"$dir/nginx.conf" <<-END
		daemon off; master_process off; pid nginx.pid; error_log error.log;
		events { }
		http {
			access_log off;
			client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
			server { listen 127.0.0.1:$1; root $dir/www; }
		}
	END
	timeout 600 "$nginx" -p "$dir" -c "$dir/nginx.conf" -e "$dir/error.log" 2>/dev/null &
	pid=$!
	for _ in $(seq 50); do
		[ ! -s "$dir/nginx.pid" ] || return 0
		kill -0 "$pid" 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}
for _ in $(seq 20); do
	port=$((20000 + RANDOM % 12000))
	serve "$port" && break
done
echo "crl.practice.example 9.9.9.9 $port" >"$dir/world"

mapfile -t files < <(find "$chains/chains" -name '*.pem' | sort | head -n 500)

# evaluate OPTION...: milliseconds into $took.
evaluate() {
	local start code=0
	start=$(date +%s%N)
	"$kvkcsr" verify --at 2026-11-22T12:00:00Z --trust "$chains/root.pem" --kvk 68750110 --uploaded "$chains/ca.pem" "$@" \
		"${files[@]}" >"$dir/out" 2>&1 || code=$?
	took=$((($(date +%s%N) - start) / 1000))
	[ "$code" -eq 1 ] || { tail -n 5 "$dir/out"; echo "loopback.sh: the command does not do its work"; exit 70; }
}

offline=0 online=0
for ((i = 0; i < rounds; i++)); do
	evaluate --offline --crl "$chains/crls.pem"
	[ "$offline" -ne 0 ] && [ "$offline" -le "$took" ] || offline=$took
	rm -rf "$dir/home/cache"
	evaluate
	[ "$online" -ne 0 ] && [ "$online" -le "$took" ] || online=$took
done
percent=$((online * 100 / offline))
result=reached
[ "$percent" -le "$most" ] || result=missed
printf '  %-36s %8.2f   (goal: at most %d.%02d: %s; %d ms against %d ms)\n' "500 deliveries over loopback" \
	"$((percent / 100)).$(printf %02d $((percent % 100)))" $((most / 100)) $((most % 100)) "$result" $((online / 1000)) $((offline / 1000))
[ "$result" = reached ]

# SPDX-License-Identifier: Apache-2.0
# Servers on loopback for tests that fetch, each stopped by its process id. Sourced by bats files: `load net`.
# What is started here ends by itself after five minutes.
# shellcheck disable=SC2034 # the tests use the variables
bats_require_minimum_version 1.5.0

# A scratch folder with a home, the web root www/ and a configuration that allows what tests need.
net_scratch() {
	dir=$(mktemp -d)
	export HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	unset XDG_CONFIG_HOME XDG_STATE_HOME SUDO_USER
	started=()
	mkdir www
	settings 'net: { allow_private = true; };'
	now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
	tests_net=$top_builddir/tests/net
}

net_clean() {
	local pid
	for pid in "${started[@]}"; do stop "$pid"; done
	cd / && rm -rf "$dir"
}

# settings TEXT: the configuration.
settings() {
	(umask 077 && printf '%s\n' "$1" >"$dir/kvkcsr.cfg")
}

# start COMMAND...: in the background; its process id is in $pid.
start() {
	timeout 300 "$@" 3>&- 4>&- &
	pid=$!
	started+=("$pid")
}

# stop PID: ends one of those that were started.
stop() {
	kill "$1" 2>/dev/null || return 0
	wait "$1" 2>/dev/null || true
}

# wait_for COMMAND...: until it succeeds, for ten seconds.
wait_for() {
	local i
	for ((i = 0; i < 100; i++)); do
		"$@" 2>/dev/null && return
		sleep 0.1
	done
	echo "not within ten seconds: $*" >&2
	return 1
}

need_nginx() {
	nginx=$(PATH=$PATH:/usr/sbin:/sbin type -P nginx) || skip "no nginx"
}

# web PORT: writes the configuration of nginx. Below /slow/ it sends an octet a second, /reset/ ends with a reset,
# /gone/ is not there, /page/ is a page in HTML, /moved/ is elsewhere; the rest is in www/.
web_settings() {
	cat >"$dir/nginx/nginx.conf" <<-END
		daemon off;
		master_process off;
		pid nginx.pid;
		error_log error.log;
		events { worker_connections 64; }
		http {
			log_format line '\$request_method \$request_uri \$status'
				' "\$http_if_none_match" "\$http_if_modified_since" "\$http_user_agent"';
			access_log access.log line;
			client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
			uwsgi_temp_path tmp; scgi_temp_path tmp;
			default_type application/pkix-crl;
			reset_timedout_connection on;
			server {
				listen 127.0.0.1:$1;
				root $dir/www;
				location /slow/ { alias $dir/www/; limit_rate 1; }
				location /reset/ { return 444; }
				location /page/ { default_type text/html; return 200 "<!DOCTYPE html><html><body>Sign in</body></html>"; }
				location /moved/ { return 302 http://127.0.0.1:$1/; }
			}
			${tls:+$(tls_server $(($1 + 1)))}
		}
	END
}

# tls_server PORT: what nginx is told about https there.
tls_server() {
	echo "server { listen 127.0.0.1:$1 ssl; root $dir/www; ssl_certificate $dir/tls/host.pem;" \
		"ssl_certificate_key $dir/tls/host.key; }"
}

# tls_for HOST: web_start will answer at https://HOST:$tls_port, too; tls/ca.pem is the CA to trust.
tls_for() {
	tls=yes
	mkdir tls
	openssl req -x509 -newkey rsa:2048 -nodes -keyout tls/ca.key -out tls/ca.pem -days 2 -subj "/CN=CA of a test" \
		-addext "keyUsage=critical,keyCertSign" 2>/dev/null
	openssl req -newkey rsa:2048 -nodes -keyout tls/host.key -out tls/host.csr -subj "/CN=$1" 2>/dev/null
	echo "subjectAltName=DNS:$1" >tls/host.ext
	openssl x509 -req -in tls/host.csr -CA tls/ca.pem -CAkey tls/ca.key -set_serial 2 -days 2 -sha256 \
		-extfile tls/host.ext -out tls/host.pem 2>/dev/null
}

web_is_up() {
	[ -s "$dir/nginx/nginx.pid" ] || ! kill -0 "$pid" 2>/dev/null
}

# web_start [PORT]: nginx; $web is its address, $web_log its log, a line a request.
web_start() {
	local try
	mkdir -p "$dir/nginx"
	web_log=$dir/nginx/access.log
	for ((try = 0; try < 20; try++)); do
		web_port=${1:-$((20000 + RANDOM % 12000))}
		web_settings "$web_port"
		rm -f "$dir/nginx/nginx.pid"
		start "$nginx" -p "$dir/nginx" -c "$dir/nginx/nginx.conf" -e error.log
		web_pid=$pid
		wait_for web_is_up
		[ -s "$dir/nginx/nginx.pid" ] && break
	done
	[ -s "$dir/nginx/nginx.pid" ]
	web=http://127.0.0.1:$web_port
	tls_port=$((web_port + 1))
	touch "$web_log"
}

web_stop() {
	stop "$web_pid"
}

# How many requests nginx has answered.
requests() {
	wc -l <"$web_log"
}

# index STATUS [SERIAL]: what the OCSP responder knows of the leaf in pki/: good, revoked or unknown.
index() {
	local serial
	serial=$(openssl x509 -in pki/leaf.pem -noout -serial | cut -d= -f2)
	echo "unique_subject = no" >index.txt.attr
	case $1 in
	good) printf 'V\t491231235959Z\t\t%s\tunknown\t/CN=x\n' "$serial" ;;
	revoked) printf 'R\t491231235959Z\t260101000000Z,keyCompromise\t%s\tunknown\t/CN=x\n' "$serial" ;;
	esac >index.txt
}

# responder_start: the OCSP responder of openssl(1), for what index.txt says and the TSP in pki/; $responder is its
# address, responder.log has "OCSP Request Data" for each request. It listens on all interfaces while the test runs,
# because openssl ocsp takes a port and no address; what it answers is about certificates of the test alone, and is
# good for $minutes, or 30.
responder_start() {
	start openssl ocsp -index index.txt -port "${1:-0}" -rsigner pki/tsp.pem -rkey pki/tsp.key -CA pki/tsp.pem \
		-nmin "${minutes:-30}" -text >responder.log 2>responder.err
	responder_pid=$pid
	wait_for grep -q waiting responder.log responder.err
	responder_port=$(sed -n 's/^ACCEPT .*:\([0-9]*\) PID=.*/\1/p' responder.log responder.err)
	responder=http://127.0.0.1:$responder_port/
}

# hostile_start [HOST]: the hostile server (tests/net/server.h), with HOST over TLS; $hostile is its address, hostile.log
# its log.
hostile_start() {
	: >hostile.log
	start "$tests_net/serve" hostile.log "$@" >hostile.port
	hostile_pid=$pid
	wait_for test -s hostile.port
	hostile_port=$(cat hostile.port)
	hostile=http://127.0.0.1:$hostile_port
}

# pki FOLDER [OPTION]...: a delivery of now, whose CRLs are at $web where no option says otherwise; they are put there.
pki() {
	"$top_builddir/tests/mkpki" "$1" --now "$now" --site "$web/" "${@:2}"
	cp "$1"/www/* www/
}

# verify [OPTION]... FILE...: evaluates over the network; the answer is JSON.
verify() {
	run --separate-stderr "$KVKCSR" verify --json --config "$dir/kvkcsr.cfg" --trust "$dir/pki/root.pem" "$@"
}

# The same in a network of its own (tests/net/world.c): world is a list of lines "NAME ADDRESS PORT".
elsewhere() {
	KVKCSR=$tests_net/kvkcsr KVK_WORLD=$dir/world KVK_CLOCK=${ahead:-0} verify "$@"
}

# The value that a jq expression finds in $output.
json() {
	jq -r "$1" <<<"$output"
}

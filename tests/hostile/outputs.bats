#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Every output of the program over every text and every place of tests/forgeries: nothing that a certificate, a request, a
# list, a file name, an option or a variable says can do anything to a terminal, begin a line, or hide or turn round what
# stands beside it (H02 to H04, H40).
bats_require_minimum_version 1.5.0

setup_file() {
	export dir=$BATS_FILE_TMPDIR
	cd "$dir"
	"$top_builddir/tests/forgeries" f >payloads
}

setup() {
	cd "$dir/f"
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home
	out=$BATS_TEST_TMPDIR/out log=$BATS_TEST_TMPDIR/log json=$BATS_TEST_TMPDIR/json wrong=$BATS_TEST_TMPDIR/wrong
	: >"$wrong"
	: >"$log"
	: >"$json"
	at=(--at 2026-11-22T12:00:00Z)
	mapfile -t payloads <../payloads
	# where one text goes the way of every other, these stand for all
	few=(lines escapes c1-raw bidi overlong quotes)
}

# evaluating PAYLOAD: the options that have a folder of forgeries evaluated to the end.
evaluating() {
	options=(--offline --trust "$1/root" --crl "$1/crls" "${at[@]}")
}

# try CODES COMMAND...: runs it into the log, with JSON apart, and notes an exit code that is none of CODES.
try() {
	local codes=$1 code=0
	shift
	LC_ALL=C printf 'by: %q\n' "$*" >>"$log"
	if [[ " $* " == *' --json '* ]]; then
		"$KVKCSR" "$@" >>"$json" 2>>"$log" </dev/null || code=$?
	else
		"$KVKCSR" "$@" >>"$log" 2>&1 </dev/null || code=$?
	fi
	[[ " $codes " == *" $code "* ]] || printf 'exit %s: %q\n' $code "$*" >>"$wrong"
}

# own CODES COMMAND...: the same, and what comes out is in out as well.
own() {
	local before=$log apart=$json
	log=$out.log json=$out
	: >"$log"
	: >"$json"
	try "$@"
	[[ " $* " == *' --json '* ]] || grep -v '^by: ' "$log" >"$out"
	cat "$log" >>"$before"
	[[ " $* " != *' --json '* ]] || cat "$json" >>"$apart"
	log=$before json=$apart
}

# documents N: so many JSON documents were written in all, each whole.
documents() {
	[ "$(jq -c .schema "$json" | grep -c '^1$')" -eq "$1" ]
	run ! grep -q '\\u0000' "$json"
}

# fine: nothing was wrong.
fine() {
	local n
	"$top_builddir/tests/harmless" "$log" >>"$wrong" || true
	"$top_builddir/tests/harmless" --ascii "$json" >>"$wrong" || true
	n=$(sed -n 's/^.*log: line \([0-9]*\).*/\1/p' "$wrong")
	[ -z "$n" ] || head -n "$n" "$log" | grep '^by: ' | tail -n 1
	cat "$wrong"
	[ ! -s "$wrong" ]
}

@test "there is something to evaluate" {
	[ "${#payloads[@]}" -ge 16 ]
	for p in "${payloads[@]}"; do
		files=("$p"/*.pem)
		[ "${#files[@]}" -ge 90 ]
	done
	# most of it is read, so that its texts are shown, and not only refused
	evaluating lines
	"$KVKCSR" verify --json "${options[@]}" lines >"$out" || true
	[ "$(jq -r 'select(.certificate != null).file' "$out" | wc -l)" -ge 70 ]
	grep -q 'nFORGED verdict' "$out"
	"$KVKCSR" verify "${options[@]}" lines >"$out" || true
	[ "$(grep -c 'x0aFORGED' "$out")" -ge 70 ]
}

@test "verify: text, --all, threads, JSON" {
	all=0
	for p in "${payloads[@]}"; do
		evaluating "$p"
		files=("$p"/*.pem)
		n=${#files[@]}
		own 2 verify "${options[@]}" "$p"
		[ "$(grep -c '^verdict: ' "$out")" -eq "$n" ]
		own 2 verify --all -j 2 --kvk 68750110 "${options[@]}" "$p"
		[ "$(grep -c '^verdict: ' "$out")" -eq "$n" ]
		try 2 verify --json "${options[@]}" "$p"
		all=$((all + n))
		try '2 3' verify --offline "${at[@]}" --trust "$p/odd" "$p"
		try '2 3' verify --offline "${at[@]}" --chain "$p/odd" --crl "$p/odd" --ocsp "$p/text" "$p/text" "$p/odd"
	done
	documents $all
	fine
}

@test "verify: what was asked and what was got" {
	for p in "${payloads[@]}"; do
		evaluating "$p"
		for request in "$p"/request-*; do
			try 2 verify "${options[@]}" --csr "$request" "$p"/000-*.pem
		done
	done
	for p in "${few[@]}"; do
		evaluating "$p"
		for request in "$p"/request-*; do
			try 2 verify --json "${options[@]}" --csr "$request" "$p"/088-*.pem
		done
	done
	fine
}

@test "show: certificates, requests, lists, text; JSON" {
	for p in "${payloads[@]}"; do
		for file in "$p"/*; do
			# general names are written by one function: those of some texts are enough
			[[ $p =~ ^(lines|surrogates|nul)$ || ! $file =~ /0[1-7] ]] || continue
			try '0 1 2' show "${at[@]}" "$file"
			[[ $p =~ ^(lines|surrogates|nul)$ ]] || continue
			try '0 1 2' show --json "${at[@]}" "$file"
		done
	done
	files=(lines/*)
	documents $((3 * ${#files[@]}))
	fine
}

@test "track, status, check, uploaded, untrack" {
	for p in "${payloads[@]}"; do
		export KVKCSR_HOME=$BATS_TEST_TMPDIR/$p
		try '0 3' track "$p"
		try '0 1 2 3' status
		try '0 1 2 3' status --json
		try '0 1 2 3' check "${at[@]}" --dry-run
		own '0 1 2 3' check "${at[@]}" --plugin
		[ "$(grep -c '^KVKCSR ' "$out")" -eq 1 ]
		try '0 1 2 3' check "${at[@]}"
		own '0 1 2 3' check --at 2027-12-20T00:00:00Z --json
		name=$(jq -r '.entries[0].name' "$out")
		try 0 uploaded "$name"
		try 0 untrack "$name"
		try '0 3' track --json "$p"
	done
	documents $((3 * ${#payloads[@]}))
	fine
}

@test "accept" {
	"$KVKCSR" new mine --key key.pem --domain api.kvk.nl --kvk 68750110 --organisation Voorbeeld >"$out"
	for p in "${payloads[@]}"; do
		evaluating "$p"
		for file in "$p"/00[0-9]-*.pem "$p"/0[1-9]0-*.pem "$p"/text "$p"/odd; do
			[[ " ${few[*]} " == *" $p "* || $file =~ /0?0[04] ]] || continue
			try '1 2 3' accept mine "${options[@]}" "$file"
		done
		try '1 2 3' accept mine --json "${options[@]}" "$p"/000-*.pem
	done
	documents ${#payloads[@]}
	try '0 1 2 3' status
	try '0 1 2 3' check "${at[@]}"
	fine
}

@test "new: requests made elsewhere, and certificates to be like" {
	for p in "${payloads[@]}"; do
		for request in "$p"/request-* "$p"/text "$p"/odd; do
			try '2 3 64' new --csr "$request"
		done
	done
	for p in "${few[@]}"; do
		for request in "$p"/request-*; do
			try '2 3 64' new --json --csr "$request"
		done
		for file in "$p"/0[01]*.pem; do
			try '0 64' new x --dry-run --like "$file"
		done
	done
	fine
}

@test "options and their values, in every command" {
	for p in "${few[@]}"; do
		text=$(tr -d '\0' <"$p/text")
		try 64 "$text,"
		for command in accept check config explain export new rehearse renew show status track untrack uploaded verify; do
			try 64 $command "--x$text"
			try '3 64' $command --home "/none/$text" x y
			try '3 64 78' $command --config "$text" x y
			try '3 64 78' $command "$text,"
		done
		for option in at kvk oin party trade-name color j; do
			try '2 3 64' verify "--$option=$text" "$p/text"
		done
		for option in chain trust crl ocsp uploaded key csr; do
			try 3 verify "--$option=$text," "$p/text"
		done
		for option in domain kvk oin organisation locality state country tsp generation key-type key-bits signature unit key \
			answers like csr pass-file pass-fd party; do
			try '0 3 64' new x --domain api.kvk.nl --kvk 68750110 --organisation v --dry-run "--$option=$text,"
		done
	done
	fine
}

@test "variables of the surroundings" {
	"$KVKCSR" new mine --key key.pem --domain api.kvk.nl --kvk 68750110 --organisation Voorbeeld >"$out"
	for p in "${few[@]}"; do
		text=/none/$(tr -d '\0' <"$p/text")
		for variable in HOME XDG_STATE_HOME XDG_CONFIG_HOME KVKCSR_HOME LANG LC_ALL LANGUAGE TZ TERM TMPDIR SUDO_USER; do
			(
				# root has the home of the whole machine, which is no place for tests
				[ "$(id -u)" -eq 0 ] || unset KVKCSR_HOME
				export "$variable=$text"
				try '0 1 2 3' status
				try '0 3 78' config
				try '0 1 2 3' check
				try '0 1 2 3' --version
			)
		done
	done
	fine
}

@test "the road of a rehearsal, in a folder of any name" {
	for p in lines escapes bidi c1-raw; do
		text=$(tr -d '\0/' <"$p/text")
		try '0 1' rehearse --keep "$BATS_TEST_TMPDIR/$text"
		try 73 rehearse --keep "$BATS_TEST_TMPDIR/$text"
	done
	fine
}

@test "settings and answers" {
	for p in "${payloads[@]}"; do
		for form in '%s' '%s = 1;\n' 'organisation = "%s";\n' '# %s\nkvk = { base_url = "%s"; };\n' 'x : { a = "%s" '; do
			# shellcheck disable=SC2059
			printf "$form" "$(tr -d '\0' <"$p/text")" >"$BATS_TEST_TMPDIR/x.cfg"
			chmod 600 "$BATS_TEST_TMPDIR/x.cfg"
			try '0 78' config --config "$BATS_TEST_TMPDIR/x.cfg"
			try '64 78' new x --answers "$BATS_TEST_TMPDIR/x.cfg" --dry-run
		done
	done
	fine
}

@test "texts of a mebibyte" {
	long=$(head -c 120000 /dev/zero | tr '\0' a)
	{ printf -- '-----BEGIN \033'; head -c 1000000 /dev/zero | tr '\0' '\033'; printf -- '-----\n'; } >"$BATS_TEST_TMPDIR/long"
	for command in verify show track 'new --csr'; do
		own '2 3 64' $command "$BATS_TEST_TMPDIR/long"
		[ "$(wc -c <"$out")" -lt 20000 ]
		own '2 3 64' $command "$long"
		[ "$(wc -c <"$out")" -lt 20000 ]
	done
	own 64 "$long"
	[ "$(wc -c <"$out")" -lt 20000 ]
	fine
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The completion of bash, asked as bash asks it: it offers what the program takes, and nothing else.

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	export KVKCSR_HOME=$PWD/home
	# The name of the command is a path of the tests here, and kvkcsr at a prompt.
	# shellcheck source=/dev/null
	source "$top_srcdir/cmd/completion/kvkcsr"
}

# What is offered at the end of the line, one a line. The words are split as bash does it, "=" being one of its own.
offers() {
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
	_kvkcsr "$KVKCSR" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
	printf '%s\n' "${COMPREPLY[@]}"
}

commands() { "$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'; }

@test "bash itself calls it" {
	[ "$(complete -p kvkcsr)" = "complete -F _kvkcsr kvkcsr" ]
}

@test "every command is offered, and no other" {
	[ "$(offers kvkcsr '' | sort)" = "$({ commands; printf -- '--help\n--version\n'; } | sort)" ]
	[ "$(offers kvkcsr ver)" = verify ]
	[ -z "$(offers kvkcsr nonsense)" ]
}

@test "every option offered is one that the command takes, and all are offered" {
	for c in $(commands); do
		offers kvkcsr "$c" -- | sort >offered
		[ -s offered ]
		"$KVKCSR" "$c" --help | grep -oE '^  (-.,|   ) --[a-z-]+' | grep -oE -- '--[a-z-]+' | sort | diff - offered
		while read -r option; do
			run "$KVKCSR" "$c" "$option" --help </dev/null
			[[ "$output" != *"unknown option"* ]]
		done <offered
	done
}

@test "the choices of an option" {
	[ "$(offers kvkcsr verify --party '')" = $'market\ngovernment' ]
	[ "$(offers kvkcsr verify --party = gov)" = government ]
	[ "$(offers kvkcsr verify --party =)" = $'market\ngovernment' ]
	[ "$(offers kvkcsr new --tsp k)" = kpn ]
	for tsp in $(offers kvkcsr new --tsp ''); do
		run "$KVKCSR" new --dry-run --tsp "$tsp" --domain kvk.nl --kvk 68750110 --organisation X \
			--locality Utrecht --state Utrecht </dev/null
		[ "$status" -eq 0 ]
	done
}

@test "files where a file is wanted, folders where a folder is" {
	touch 'a file.pem'
	mkdir 'a folder'
	[ "$(offers kvkcsr verify a | sort)" = $'a file.pem\na folder' ]
	[ "$(offers kvkcsr verify --crl a | sort)" = $'a file.pem\na folder' ]
	[ "$(offers kvkcsr verify --home a)" = 'a folder' ]
	[ "$(offers kvkcsr verify --kvk 68750110 --offline -j 4 'a file.pem' a | sort)" = $'a file.pem\na folder' ]
	[ -z "$(offers kvkcsr verify --kvk a)" ]
	[ -z "$(offers kvkcsr status a)" ]
	[ -z "$(offers kvkcsr show 'a file.pem' a)" ]
}

@test "behind -- there are no options" {
	touch -- -x.pem
	[ "$(offers kvkcsr verify -- -)" = -x.pem ]
}

@test "the entries of the home where a NAME is wanted, and of the home that is named" {
	[ -z "$(offers kvkcsr accept '')" ]
	for home in home other; do
		"$KVKCSR" new --home "$home" --domain "$home.voorbeeld.nl" --kvk 68750110 --organisation X \
			--key-type ecdsa </dev/null >/dev/null 2>&1
	done
	for c in accept uploaded untrack; do
		[ "$(offers kvkcsr "$c" '')" = home.voorbeeld.nl ]
		[ "$(offers kvkcsr "$c" --home other '')" = other.voorbeeld.nl ]
	done
	mkdir -p certs/below
	[ "$(offers kvkcsr untrack certs/)" = certs/below ]
	touch delivery.pem
	[ "$(offers kvkcsr accept home.voorbeeld.nl del)" = delivery.pem ]
	[ "$(offers kvkcsr accept del)" = delivery.pem ]
	[ -z "$(offers kvkcsr new '')" ]
	[ -z "$(offers kvkcsr track --name '')" ]
}

@test "the messages that explain knows" {
	[ "$(offers kvkcsr explain '' | wc -l)" -eq 33 ]
	[ "$(offers kvkcsr explain kvk)" = kvk-number-mismatch ]
}

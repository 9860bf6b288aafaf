#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# autogen.sh among fake tools that note how they were called: no package is touched here.

setup() {
	bats_require_minimum_version 1.5.0
	cd "$BATS_TEST_TMPDIR"
	cp "$top_srcdir/autogen.sh" .
	mkdir bin
	for tool in sh sed xargs dirname env cat echo; do ln -s "$(type -P $tool)" bin/; done
	fake configure 'echo "configure $*"'
	mv bin/configure .
	fake autoreconf 'echo "autoreconf $*"'
	fake id 'echo "${FAKE_UID:-0}"'
	fake dpkg-query 'case " $FAKE_MISSING " in *" $4 "*) exit 1;; esac; printf "install ok installed"'
	fake apt-get 'echo "apt-get $*" >>calls
		case $* in *-s*) printf "%s\n" "Inst a" "$FAKE_PLAN";; esac'
	touch calls
}

# fake NAME SCRIPT: a command of that name that runs the script.
fake() {
	printf '#!%s\n%s\n' "$(type -P sh)" "$2" >"bin/$1"
	chmod +x "bin/$1"
}

autogen() {
	run --separate-stderr env PATH="$PWD/bin" FAKE_MISSING="${FAKE_MISSING-}" FAKE_PLAN="${FAKE_PLAN-}" \
		FAKE_UID="${FAKE_UID-0}" ./autogen.sh "$@"
	echo "$output" "$stderr"
	cat calls
}

@test "what the package needs to be built is installed" {
	needed=$(sed -n '/^Build-Depends:/,/^[^ ]/s/^ \([a-z0-9.-]*\).*/\1/p' "$top_srcdir/debian/control" |
		sed 's/^debhelper-compat$/debhelper/; s/^pkgconf$/pkg-config/')
	[ "$(echo "$needed" | wc -l)" -gt 15 ]
	packages=$(sed -n '/^packages="/,/"$/p' autogen.sh | tr '\t"\n' '   ')
	for package in build-essential $needed; do
		[[ "$packages" == *" $package "* ]] || { echo "$package"; false; }
	done
}

@test "nothing missing: apt is not called, configure gets the options" {
	autogen --enable-werror 'CFLAGS=-O1 -g'
	[ "$status" -eq 0 ]
	[ ! -s calls ]
	[ "${lines[0]}" = "autoreconf -fi" ]
	[ "${lines[1]}" = "configure --enable-werror CFLAGS=-O1 -g" ]
}

@test "what is missing is updated, simulated, and installed without removing anything" {
	FAKE_MISSING="bats libpsl-dev"
	autogen
	[ "$status" -eq 0 ]
	[ "$(sed -n 1p calls)" = "apt-get update -q" ]
	[[ "$(sed -n 2p calls)" == "apt-get -s install"*" libpsl-dev bats" ]]
	[[ "$(sed -n 3p calls)" == "apt-get install -y"*" --no-remove libpsl-dev bats" ]]
	[ "$(wc -l <calls)" -eq 3 ]
}

@test "if apt would remove a package it stops and names it" {
	FAKE_MISSING=libcurl4-gnutls-dev
	FAKE_PLAN='Remv libcurl4-openssl-dev [7.88.1]'
	autogen
	[ "$status" -eq 1 ]
	[[ "$stderr" == *"would remove libcurl4-openssl-dev"* ]]
	run ! grep -q 'install -y' calls
	[ -z "$output" ]
}

@test "--no-deps leaves the packages alone, wherever it stands, and configure does not see it" {
	FAKE_MISSING=bats
	autogen --enable-werror --no-deps
	[ "$status" -eq 0 ]
	[ ! -s calls ]
	[ "${lines[1]}" = "configure --enable-werror" ]
}

@test "without root it uses sudo" {
	fake sudo 'echo "sudo $*" >>calls'
	FAKE_UID=1000
	FAKE_MISSING=bats
	autogen
	[ "$status" -eq 0 ]
	[ "$(sed -n 1p calls)" = "sudo apt-get update -q" ]
	[[ "$(tail -n 1 calls)" == "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y"* ]]
}

@test "with neither root nor sudo it says what to install" {
	FAKE_UID=1000
	FAKE_MISSING=bats
	autogen
	[ "$status" -eq 1 ]
	[[ "$stderr" == *"bats"*"neither root nor sudo"* ]]
}

@test "without apt the list is shown and the build goes on" {
	rm bin/apt-get
	autogen
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"libgnutls28-dev"*"libcmocka-dev"* ]]
	[ "${lines[1]}" = "configure " ]
}

@test "without autoconf it says so" {
	rm bin/autoreconf
	autogen --no-deps
	[ "$status" -eq 1 ]
	[[ "$stderr" == *"autoreconf is missing"* ]]
}

@test "every package that configure names is one that autogen.sh installs" {
	named=$(sed -n 's/^KVK_LIBRARY(.*\[\([a-z0-9-]*\)\])$/\1/p' "$top_srcdir/configure.ac")
	[ "$(printf '%s\n' "$named" | wc -l)" -ge 9 ]
	for package in $named; do
		sed -n '/^packages=/,/"$/p' autogen.sh | grep -qw -- "$package"
	done
}

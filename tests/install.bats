#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Installing, uninstalling, and where an installed program reads its data.

setup() {
	bats_require_minimum_version 1.5.0
	stage=$BATS_TEST_TMPDIR/stage
}

in_build_tree() {
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$top_builddir" "$@"
}

@test "make install DESTDIR= brings every template, make uninstall takes everything away" {
	in_build_tree install prefix=/opt/k DESTDIR="$stage"
	[ -x "$stage/opt/k/bin/kvkcsr" ]
	(cd "$top_srcdir/templates" && find . -type f ! -name Makefile.inc | sort) >"$BATS_TEST_TMPDIR/wanted"
	(cd "$stage/opt/k/share/kvkcsr" && find . -type f | sort) >"$BATS_TEST_TMPDIR/found"
	diff "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/found"
	in_build_tree uninstall prefix=/opt/k DESTDIR="$stage"
	[ -z "$(find "$stage" -type f)" ]
}

@test "the program holds no path of a build tree's templates" {
	run ! grep -qF "$top_builddir/templates" "$KVKCSR"
	run ! grep -qF "$top_srcdir/templates" "$KVKCSR"
}

# Puts a program whose data folder is $stage/share/kvkcsr at the path $1, and data there that can be distinguished.
installed_as() {
	mkdir -p "$(dirname "$1")"
	templates_that_say "the installed data" "$stage/share/kvkcsr"
	in_build_tree tests/kvkcsr-moved pkgdatadir="$stage/share/kvkcsr" bindir="$(dirname "$1")"
	cp "$top_builddir/tests/kvkcsr-moved" "$1"
	in_build_tree mostlyclean-moved
}

# Copies the templates to the folder $2, with $1 as the name of a TSP.
templates_that_say() {
	mkdir -p "$2"
	cp -R "$top_srcdir/templates/." "$2"
	sed -i "s/^name = .*/name = \"$1\";/" "$2/tsp/kpn.cfg"
}

# The program at $1 reads the templates that say $2, and names their folder, $3.
reads() {
	run "$1" new --dry-run --home "$stage/home" --domain api.kvk.nl --kvk 68750110 --organisation KVK --tsp kpn
	echo "$output"
	[ "$status" -le 1 ]
	[ "$(printf '%s\n' "$output" | sed -n 's/^ *TSP  *//p')" = "$2" ]
	run "$1" --version
	[ "${lines[1]}" = "data: $3" ]
}

@test "a program in the build tree reads the templates beside it" {
	name=$(sed -n 's/^name = "\(.*\)";/\1/p' "$top_srcdir/templates/tsp/kpn.cfg")
	reads "$KVKCSR" "$name" "$top_builddir/templates"
}

@test "an installed program reads the installed data, however much a build tree tempts it" {
	installed_as "$stage/bin/kvkcsr"
	templates_that_say "a tempting tree" "$stage/templates"
	templates_that_say "a tempting tree" "$stage/bin/templates"
	mkdir "$stage/cmd"
	touch "$stage/config.status" "$stage/bin/config.status"
	cd "$top_builddir"
	export KVK_DATADIR="$stage/templates" KVKCSR_DATADIR="$stage/templates" top_builddir="$stage"
	reads "$stage/bin/kvkcsr" "the installed data" "$stage/share/kvkcsr"
	ln -s "$stage/bin/kvkcsr" "$stage/cmd/kvkcsr"
	reads "$stage/cmd/kvkcsr" "the installed data" "$stage/share/kvkcsr"
}

@test "an installed program whose folder is called cmd is not taken for one of a build tree" {
	installed_as "$stage/cmd/kvkcsr"
	templates_that_say "a tempting tree" "$stage/templates"
	touch "$stage/config.status"
	reads "$stage/cmd/kvkcsr" "the installed data" "$stage/share/kvkcsr"
}

@test "a program that was copied somewhere does not look beside itself" {
	installed_as "$stage/bin/kvkcsr"
	mkdir -p "$stage/other/cmd"
	cp "$stage/bin/kvkcsr" "$stage/other/cmd/"
	templates_that_say "a tempting tree" "$stage/other/templates"
	reads "$stage/other/cmd/kvkcsr" "the installed data" "$stage/share/kvkcsr"
}

@test "an installed program whose knowledge is incomplete names the file and evaluates nothing" {
	installed_as "$stage/bin/kvkcsr"
	"$top_builddir/tests/mkpki" "$stage/pki"
	local knowledge=$stage/share/kvkcsr/trust
	mv "$knowledge/ends.cfg" "$stage/ends.cfg"
	run --separate-stderr "$stage/bin/kvkcsr" verify --offline --home "$stage/home" "$stage/pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[[ "$stderr" == *"'$knowledge/ends.cfg'"* ]]
	sed 's/2027-03-01/next spring/' "$stage/ends.cfg" >"$knowledge/ends.cfg"
	run --separate-stderr "$stage/bin/kvkcsr" verify --offline --home "$stage/home" "$stage/pki/delivery.pem"
	[ "$status" -eq 78 ]
	[ -z "$output" ]
	[[ "$stderr" == *"entry 2 of 'client_auth' in 'trust/ends.cfg'"* ]]
}

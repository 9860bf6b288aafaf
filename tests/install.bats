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

# Puts a program whose data folder is $stage/share/kvkcsr at the path $1.
installed_as() {
	mkdir -p "$(dirname "$1")" "$stage/share/kvkcsr"
	in_build_tree tests/kvkcsr-moved pkgdatadir="$stage/share/kvkcsr" bindir="$stage/bin"
	cp "$top_builddir/tests/kvkcsr-moved" "$1"
	in_build_tree mostlyclean-moved
}

@test "an installed program reads the installed data, however much a build tree tempts it" {
	installed_as "$stage/bin/kvkcsr"
	mkdir "$stage/templates" "$stage/bin/templates" "$stage/cmd"
	touch "$stage/config.status" "$stage/bin/config.status"
	cd "$top_builddir"
	KVK_DATADIR="$top_builddir/templates" top_srcdir="$stage" run "$stage/bin/kvkcsr" --version
	[ "${lines[1]}" = "data: $stage/share/kvkcsr" ]
	ln -s "$stage/bin/kvkcsr" "$stage/cmd/kvkcsr"
	run "$stage/cmd/kvkcsr" --version
	[ "${lines[1]}" = "data: $stage/share/kvkcsr" ]
}

@test "a program outside a build tree does not look beside itself" {
	installed_as "$stage/cmd/kvkcsr"
	mkdir "$stage/templates"
	run "$stage/cmd/kvkcsr" --version
	[ "${lines[1]}" = "data: $stage/share/kvkcsr" ]
	touch "$stage/config.status"
	run "$stage/cmd/kvkcsr" --version
	[ "${lines[1]}" = "data: $stage/templates" ]
}

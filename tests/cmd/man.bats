#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The manual pages say what the program does: every command, every option, every message, every setting.

setup() {
	pages=$top_srcdir/cmd
}

commands() { "$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'; }

# The options of a command's help, and those that its page explains: "-j --jobs", sorted.
options_of_help() {
	"$KVKCSR" "$1" --help | grep -oE '^  (-.,|   ) --[a-z-]+' | sed 's/^ *//; s/,//' | sort
}
options_of_page() {
	sed -n '/^\.Sh OPTIONS/,/^\.Sh /s/^\.It Fl //p' "$pages/kvkcsr-$1.1" |
		sed 's/ Ar .*//; s/ , Fl / -/; s/^/-/' | sort
}

@test "every command has a page, and every page a command" {
	[ "$(commands | sort)" = "$(cd "$pages" && for page in kvkcsr-*.1; do echo "${page%.1}"; done | cut -d- -f2- | sort)" ]
	[ -f "$pages/kvkcsr.1" ]
}

@test "the page of a command explains just the options of its help" {
	for c in $(commands); do
		echo "$c"
		options_of_help "$c" >"$BATS_TEST_TMPDIR/help"
		[ -s "$BATS_TEST_TMPDIR/help" ]
		options_of_page "$c" | diff "$BATS_TEST_TMPDIR/help" -
	done
}

@test "the page calls the value of an option what the help calls it" {
	for c in $(commands); do
		echo "$c"
		"$KVKCSR" "$c" --help | sed -nE 's/^  (-.,|   ) (--[a-z-]+) ([^ ]+).*/\2 \3/p' | sort >"$BATS_TEST_TMPDIR/help"
		sed -nE '/^\.Sh OPTIONS/,/^\.Sh /s/^\.It (Fl . , )?Fl (-[a-z-]+) Ar (.*)/-\2 \3/p' "$pages/kvkcsr-$c.1" |
			sed 's/\\|//g' | sort | diff "$BATS_TEST_TMPDIR/help" -
	done
}

@test "each page has its sections, in order" {
	for page in "$pages"/kvkcsr*.1; do
		echo "$page"
		found=$(sed -n 's/^\.Sh //p' "$page" | grep -xE 'NAME|SYNOPSIS|DESCRIPTION|OPTIONS|EXIT STATUS|EXAMPLES|SEE ALSO')
		[ "$found" = $'NAME\nSYNOPSIS\nDESCRIPTION\nOPTIONS\nEXIT STATUS\nEXAMPLES\nSEE ALSO' ]
		grep -qx "\.Nm $(basename "$page" .1)" "$page"
	done
}

@test "kvkcsr.1 lists every command and refers to no page that is not there" {
	for c in $(commands); do
		[ "$(grep -cE "^\.(It )?Xr kvkcsr-$c 1" "$pages/kvkcsr.1")" -ge 2 ]
	done
	grep -hoE '^\.(It )?Xr kvkcsr[a-z.-]* [157]' "$pages"/*.[157] | sed 's/.*Xr //; s/ /./' | sort -u | while read -r name; do
		[ -f "$pages/$name" ]
	done
}

# The settings of the program, each with its default if it has one.
settings_of_program() {
	: >"$BATS_TEST_TMPDIR/empty.cfg"
	"$KVKCSR" config --config "$BATS_TEST_TMPDIR/empty.cfg" --json |
		jq -r '.settings[] | "\(.name) \(.value // "")"' | sed 's/ $//'
}

@test "kvkcsr.cfg.5 has the settings of kvkcsr config with their defaults, and no other" {
	settings_of_program | sort >"$BATS_TEST_TMPDIR/program"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/program")" -ge 20 ]
	sed -n '/^\.Sh SETTINGS/,/^\.Sh LIST/p' "$pages/kvkcsr.cfg.5" | awk '
		/^\.It Ic / { if (name != "") print name value; name = $3; value = "" }
		/^\.Ss / { if (name != "") print name value; name = "" }
		/^Default$/ && name != "" { getline; sub(/^\.Ql/, ""); sub(/ \.$/, ""); value = $0 }
		END { print name value }' | sed 's/\\-/-/g' | sort | diff "$BATS_TEST_TMPDIR/program" -
}

@test "kvkcsr.cfg.5 gives the unit of each setting that is a number" {
	settings_of_program | sed -n 's/ [0-9].*//p' >"$BATS_TEST_TMPDIR/numbers"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/numbers")" -ge 5 ]
	while read -r name; do
		echo "$name"
		case $name in
		*timeout) unit=seconds ;;
		*) unit=days ;;
		esac
		awk -v name="$name" '/^\.(It|El)/ { on = $3 == name } on' "$pages/kvkcsr.cfg.5" | grep -qw "$unit"
	done <"$BATS_TEST_TMPDIR/numbers"
}

@test "kvkcsr.1 has the exit statuses of the README" {
	sed -n '/^## Exit status/,/^## /s/^| \([0-9]*\) .*/\1/p' "$top_srcdir/README.md" >"$BATS_TEST_TMPDIR/readme"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/readme")" -eq 8 ]
	sed -n '/^\.Sh EXIT STATUS/,/^\.Sh /s/^\.It \([0-9]*\)$/\1/p' "$pages/kvkcsr.1" | diff "$BATS_TEST_TMPDIR/readme" -
}

@test "kvkcsr-explain.1 has the messages of kvkcsr explain, word for word" {
	"$KVKCSR" explain --json | jq -r '.rules[] | "\(.number) \(.id) \(.portal)"' >"$BATS_TEST_TMPDIR/program"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/program")" -eq 33 ]
	sed -n '/^\.Sh MESSAGES/,/^\.Sh /p' "$pages/kvkcsr-explain.1" | awk '
		/^\.It Sy / { if (line != "") print line; line = $3 " " $4; next }
		/^\./ { next }
		line != "" { line = line " " $0 }
		END { print line }' | diff "$BATS_TEST_TMPDIR/program" -
}

@test "the warnings of verify are in its page, and no others" {
	sed -nE 's/^		\.id = "([a-z0-9-]+)",$/\1/p' "$top_srcdir"/src/portal/warnings_*.c | sort >"$BATS_TEST_TMPDIR/program"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/program")" -ge 40 ]
	sed -n '/^\.Sh WARNINGS/,/^\.Sh FILES/s/^\.It Ql //p' "$pages/kvkcsr-verify.1" | sort | diff "$BATS_TEST_TMPDIR/program" -
}

@test "the members of the JSON of verify are in its page" {
	touch "$BATS_TEST_TMPDIR/empty.pem"
	run "$KVKCSR" verify --json "$BATS_TEST_TMPDIR/empty.pem"
	for member in $(jq -r 'keys_unsorted[]' <<<"$output"); do
		grep -qE "[(]dq${member}[\\][(]dq|^\.It Ql (.* )?${member}\b" "$pages/kvkcsr-verify.1"
	done
}

@test "mandoc has nothing to say of a page" {
	command -v mandoc || skip "mandoc is not installed"
	run mandoc -T lint -W warning "$pages"/kvkcsr*.[157]
	echo "$output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "groff has nothing to say of a page" {
	command -v groff || skip "groff is not installed"
	[ -n "$(groff -mdoc -Tascii "$pages/kvkcsr.1" 2>/dev/null)" ] || skip "groff knows no manual pages here"
	for page in "$pages"/kvkcsr*.[157]; do
		run bash -c 'groff -ww -mdoc -Tascii "$1" 2>&1 >/dev/null' groff "$page"
		echo "$output"
		[ -z "$output" ]
	done
}

@test "every page and the completion are installed" {
	stage=$BATS_TEST_TMPDIR/stage
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$top_builddir" install prefix=/opt/k DESTDIR="$stage"
	for page in "$pages"/kvkcsr*.[157]; do
		[ -f "$stage/opt/k/share/man/man${page##*.}/$(basename "$page")" ]
	done
	[ -f "$stage/opt/k/share/bash-completion/completions/kvkcsr" ]
}

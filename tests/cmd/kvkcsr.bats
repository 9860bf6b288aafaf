#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0

@test "--version names the program and, in the build tree, the data beside it" {
	run "$KVKCSR" --version
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" =~ ^kvkcsr\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	[ "${lines[1]}" = "data: $top_builddir/templates" ]
}

@test "no command is a usage error that goes to stderr" {
	run --separate-stderr "$KVKCSR"
	[ "$status" -eq 64 ]
	[ -z "$output" ]
	[[ "$stderr" == usage:* ]]
}

@test "an unknown command is a usage error" {
	run "$KVKCSR" no-such-command
	[ "$status" -eq 64 ]
}

@test "a result that cannot be written is exit 3" {
	run bash -c '"$KVKCSR" --help >/dev/full'
	[ "$status" -eq 3 ]
}

@test "the README's table has every command, and no other" {
	[ -f "$top_srcdir/README.md" ]
	listed=$(sed -n '/^## Commands/,/^## /s/^| `\([a-z]*\)`.*/\1/p' "$top_srcdir/README.md" | sort)
	real=$("$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | sort)
	[ -n "$real" ]
	[ "$listed" = "$real" ]
}

@test "every command has help that names it, and refuses an unknown option with 64" {
	for c in $("$KVKCSR" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		run "$KVKCSR" "$c" --help
		[ "$status" -eq 0 ]
		[[ "${lines[0]}" == "usage: kvkcsr $c "* ]]
		run "$KVKCSR" "$c" --no-such-option </dev/null
		[ "$status" -eq 64 ]
	done
}

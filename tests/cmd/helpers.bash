# SPDX-License-Identifier: Apache-2.0
# What the tests of the inventory share. Sourced by bats files: `load helpers`.
bats_require_minimum_version 1.5.0

# A scratch folder with a home in it that no test shares.
scratch() {
	dir=$(mktemp -d)
	export HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	unset XDG_CONFIG_HOME XDG_STATE_HOME SUDO_USER
}

# pki FOLDER [OPTION]...: a practice delivery made at 2026-11-22T12:00:00Z. With --days 365 its leaf
# ends at 2027-11-22T10:59:59Z.
pki() {
	"$top_builddir/tests/mkpki" "$@"
}

# The value that a jq expression finds in $output.
json() {
	jq -r "$1" <<<"$output"
}

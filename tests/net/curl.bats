#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# libcurl is loaded when it is needed; where it is missing, that is said.
bats_require_minimum_version 1.5.0

setup() {
	dir=$(mktemp -d)
	export HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	command -v readelf gcc >/dev/null || skip "no readelf, no gcc"
	library=$(sed -n 's/^#define KVK_CURL_LIBRARY "\(.*\)"/\1/p' "$top_builddir/config.h")
	echo 'net: { proxy = "http://proxy.example.nl:3128"; };' >kvkcsr.cfg
	gcc -shared -nostdlib -x c -o "$library" - <<<'int curl_url;'
}

teardown() {
	rm -rf "$dir"
}

@test "a library without the functions is named" {
	LD_LIBRARY_PATH=$dir run -3 --separate-stderr "$KVKCSR" config --config kvkcsr.cfg
	[[ $(tr -s '\n ' ' ' <<<"$stderr") == *"libcurl, which is required for the network, cannot be loaded"* ]]
}

@test "what does not need it goes on" {
	LD_LIBRARY_PATH=$dir run -0 "$KVKCSR" --version
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What configure finds, refuses and sets.

setup() {
	bats_require_minimum_version 1.5.0
	cd "$BATS_TEST_TMPDIR"
	# a tree of its own: configure refuses to build beside one that is configured in place
	mkdir cmd
	cp -R "$top_srcdir"/{configure,Makefile.in,config.h.in,build-aux} .
	cp "$top_srcdir/cmd/kvkcsr.c" cmd/
}

# A libcurl of our own that answers $1 when asked for its TLS library.
fake_curl() {
	mkdir -p fake/curl
	cat >fake/curl/curl.h <<-'END'
		#define CURLVERSION_NOW 0
		struct answer { const char *ssl_version; };
		struct answer *curl_version_info(int);
	END
	printf '#include "curl/curl.h"\nstruct answer a = { "%s" };\n' "$1" >fake/curl.c
	echo 'struct answer *curl_version_info(int n) { (void)n; return &a; }' >>fake/curl.c
	$CC -Ifake -fPIC -shared -o fake/libcurl.so fake/curl.c
	printf '%s\n' 'Name: libcurl' 'Description: fake' 'Version: 8.0.0' "Cflags: -I$PWD/fake" \
		"Libs: -L$PWD/fake -Wl,-rpath,$PWD/fake -lcurl" >fake/libcurl.pc
	export PKG_CONFIG_PATH=$PWD/fake
}

@test "a missing library is named with its Debian package" {
	PKG_CONFIG_LIBDIR=$PWD run ./configure CC="$CC"
	[ "$status" -ne 0 ]
	[[ "$output" == *"error: gnutls"*"libgnutls28-dev"* ]]
}

@test "a missing libunistring, which pkg-config does not know, is named too" {
	mkdir fake
	echo '#error there is none' >fake/uninorm.h
	run ./configure CC="$CC" CPPFLAGS="-I$PWD/fake"
	echo "$output"
	[ "$status" -ne 0 ]
	[[ "$output" == *"error: libunistring is missing (Debian: libunistring-dev)"* ]]
}

@test "a libcurl on OpenSSL is refused, whatever pkg-config calls it" {
	fake_curl OpenSSL/3.0.15
	run ./configure CC="$CC"
	echo "$output"
	[ "$status" -ne 0 ]
	[[ "$output" == *"error: libcurl is not built on GnuTLS"*"libcurl4-gnutls-dev"* ]]
}

@test "a libcurl on GnuTLS passes, and --disable-nls builds without gettext" {
	fake_curl GnuTLS/3.8.9
	run ./configure CC="$CC" CFLAGS=-O2 --disable-nls
	echo "$output"
	[ "$status" -eq 0 ]
	grep -q '^#define ENABLE_NLS 0' config.h
	[[ "$output" == *"translations   no"* ]]
}

@test "without optimisation there is no FORTIFY, and sanitizers do without it" {
	fake_curl GnuTLS/3.8.9
	run ./configure CC="$CC" CFLAGS=-O0
	[ "$status" -eq 0 ]
	run ! grep -q '^FORTIFY_CPPFLAGS.*-D' Makefile
	run ./configure CC="$CC" CFLAGS=-O2 --enable-sanitizers
	[ "$status" -eq 0 ]
	run ! grep -q '^FORTIFY_CPPFLAGS.*-D' Makefile
	grep -q '^SANITIZE_CFLAGS.*address,undefined' Makefile
}

#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The checks on the tree: each gets a small tree with the mistake that it must find.

setup() {
	bats_require_minimum_version 1.5.0
	root=$BATS_TEST_TMPDIR
	mkdir -p "$root/cmd" "$root/src/base" "$root/src/der" "$root/src/path" "$root/po" \
		"$root/tests" "$root/templates"
	licence='SPDX-License-Identifier: Apache-2.0'
	touch "$root/config.h"
	for file in autogen.sh configure.ac Makefile.am; do echo "# $licence" >"$root/$file"; done
	source_file cmd/kvkcsr.c '#include "path/build.h"' '#include <stdio.h>'
	source_file src/base/blob.c '#include "config.h"' '#include "base/blob.h"'
	source_file src/der/reader.c '/* Part of base/blob.h: reading. */' '#include "base/blob.h"'
	source_file src/path/build.c '/* Part of base/blob.h: building. */' '#include "base/blob.h"'
	printf '%s\n' "/* $licence */" '/*' ' * What it is for.' ' */' '#ifndef KVKCSR_BASE_BLOB_H' \
		'#define KVKCSR_BASE_BLOB_H' '#include <stddef.h>' 'size_t kvk_n(void);' '#endif' >"$root/src/base/blob.h"
	printf '%s\n' "# $licence" cmd/kvkcsr.c src/base/blob.c src/base/blob.h src/der/reader.c src/path/build.c \
		>"$root/Makefile.am"
}

source_file() {
	local file=$1
	shift
	printf '%s\n' "/* $licence */" "$@" >"$root/$file"
}

# The check NAME fails, and its output matches $2.
finds() {
	run sh "$top_srcdir/tests/check-$1.sh" "$root"
	echo "$output"
	[ "$status" -ne 0 ]
	[[ "$output" == *"$2"* ]]
}

@test "all checks pass on a tree without mistakes" {
	for check in dialect headers layers leftovers lists sizes units words; do
		run sh "$top_srcdir/tests/check-$check.sh" "$root"
		echo "$check: $output"
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	done
}

@test "layers: an include that points upwards" {
	source_file src/der/reader.c '#include "base/blob.h"' '#include "path/build.h"'
	finds layers 'src/der/reader.c:3: der/ must not include path/build.h'
}

@test "layers: an include that points sideways" {
	mkdir "$root/src/crypto" "$root/src/conf"
	source_file src/crypto/key.c '# include "conf/conf.h"'
	finds layers 'crypto/ must not include conf/conf.h'
}

@test "layers: an upward include in angle brackets" {
	source_file src/base/blob.c '#include <cmd/commands.h>'
	finds layers 'base/ must not include cmd/commands.h'
}

@test "layers: a way around by way of .." {
	source_file src/base/blob.c '#include "../path/build.h"'
	finds layers 'names no folder'
}

@test "layers: an include without its folder" {
	source_file src/base/blob.c '#include "blob.h"'
	finds layers '"blob.h" names no folder'
}

@test "layers: a folder that is not listed, also below another" {
	mkdir "$root/src/misc" "$root/src/base/more"
	source_file src/misc/a.c
	finds layers 'folder "misc" is in no layer'
	source_file src/base/more/a.c
	finds layers 'folder "base/more" is in no layer'
}

@test "layers: a library outside its folder" {
	source_file src/path/build.c '#include <gnutls/gnutls.h>'
	finds layers 'is for crypto/ only'
}

@test "dialect: each way to leave late, and each way to hide what is asked" {
	local body
	for body in 'if (err == KVK_OK)|		err = f();' 'if (err == KVK_OK) err = f();' \
		'if ((err = f()) != KVK_OK || (err = g()) != KVK_OK)|		return err;' \
		'if (!err)|		g();' 'if (err)|		g();' 'while (!err)|		g();' \
		'err = f();|	if (err != KVK_OK)|		goto out;' 'err = f();|	if (err != KVK_OK)|		return err;' \
		'err = err == KVK_OK ? f() : err;'; do
		source_file src/base/blob.c "	${body//|/$'\n'}"
		finds dialect 'src/base/blob.c:'
	done
}

@test "dialect: a failure that is handled, or asked about, is fine" {
	source_file src/base/blob.c '	err = f();' '	if (err != KVK_OK) {' '		note();' '		goto out;' '	}' \
		'	KVK_TRY(g());' '	if (err == KVK_ERR_EXISTS)' '		err = h();' '	return err == KVK_OK;' \
		'/* if (err) is what this is not. */'
	run sh "$top_srcdir/tests/check-dialect.sh" "$root"
	[ "$status" -eq 0 ]
}

@test "units: a file that belongs to no unit, or to a header that does not exist" {
	source_file src/base/lost.c '#include "base/blob.h"' '' '' '' '' '' ''
	finds units 'src/base/lost.c: has no header of the same name'
	source_file src/base/lost.c '/* Part of base/other.h. */' '' '' '' '' '' '' ''
	finds units 'src/base/lost.c: has no header of the same name'
}

@test "units: a file name with a dash" {
	cp "$root/src/base/blob.h" "$root/src/base/blob-text.h"
	finds units 'src/base/blob-text.h: use underscores in file names'
}

@test "units: two that include one another, also by way of their .c files" {
	printf '#include "base/blob.h"\n' >"$root/src/base/text.h"
	source_file src/base/blob.c '#include "base/text.h"'
	finds units 'in a circle'
	printf '/* Part of base/blob.h. */\n#include "base/blob.h"\n' >"$root/src/base/text.h"
	run sh "$top_srcdir/tests/check-units.sh" "$root"
	[ "$status" -eq 0 ]
}

@test "layers, sizes: a tree without sources is no success" {
	rm -r "$root/src" "$root/cmd" "$root/tests"
	mkdir "$root/src" "$root/cmd" "$root/tests"
	finds layers 'no sources'
	finds sizes 'no sources'
	finds dialect 'no sources'
	finds units 'no sources'
}

# A function of N lines in all, with its signature on two.
function_of() {
	printf 'static int f(int a,\n\tint b)\n{\n'
	seq -f '	a += %g;' $(($1 - 4))
	printf '}\n'
}

@test "sizes: a function of 60 lines is fine, of 61 not" {
	source_file src/base/blob.c 'struct s {' '	int a;' '};' '' 'int g(void);' "$(function_of 60)" "$(function_of 60)"
	run sh "$top_srcdir/tests/check-sizes.sh" "$root"
	[ "$status" -eq 0 ]
	source_file src/base/blob.c "$(function_of 60)" '' "$(function_of 61)"
	finds sizes 'src/base/blob.c:63: function is 61 lines'
}

@test "sizes: a function with its brace at the end of the line" {
	source_file src/base/blob.c 'int f(void) {' "$(seq -f '	a += %g;' 59)" '}'
	finds sizes 'src/base/blob.c:2: function is 61 lines'
}

@test "sizes: a table may be long" {
	source_file src/base/blob.c 'static const int t[] = {' "$(seq -f '	%g,' 100)" '};'
	run sh "$top_srcdir/tests/check-sizes.sh" "$root"
	[ "$status" -eq 0 ]
}

@test "sizes: the rows of tables do not count towards the length of a file" {
	source_file src/base/blob.c 'static const int t[] = {' "$(seq -f '	%g,' 500)" '};' "$(seq -f 'int a%g;' 399)"
	run sh "$top_srcdir/tests/check-sizes.sh" "$root"
	[ "$status" -eq 0 ]
	source_file src/base/blob.c 'static const int t[] = {' "$(seq -f '	%g,' 500)" '};' "$(seq -f 'int a%g;' 400)"
	finds sizes 'file is over 400 lines'
}

@test "sizes: a file of 400 lines is fine, of 401 not" {
	source_file src/base/blob.c "$(seq -f 'int a%g;' 399)"
	run sh "$top_srcdir/tests/check-sizes.sh" "$root"
	[ "$status" -eq 0 ]
	source_file src/base/blob.c "$(seq -f 'int a%g;' 400)"
	finds sizes 'file is over 400 lines'
}

@test "sizes: columns count tabs as 8 and a character beyond ASCII as one" {
	source_file src/base/blob.c "$(printf '\t/* %089d */' 0 | sed 's/0/ë/g; s/ë /0 /')"
	finds sizes 'line is 103 columns'
	source_file src/base/blob.c "$(printf '\t/* %086d */' 0 | sed 's/0/ë/g')"
	run sh "$top_srcdir/tests/check-sizes.sh" "$root"
	[ "$status" -eq 0 ]
}

@test "headers: one that needs another before it" {
	sed -i '/stddef/d' "$root/src/base/blob.h"
	finds headers 'src/base/blob.h: does not compile on its own'
}

@test "headers: one without its guard, or without its purpose" {
	sed 's/KVKCSR_BASE_BLOB_H/BLOB_H/' "$root/src/base/blob.h" >"$root/src/base/other.h"
	finds headers 'src/base/other.h: has no guard KVKCSR_BASE_OTHER_H'
	sed '2,4d; s/_BLOB_H/_BARE_H/' "$root/src/base/blob.h" >"$root/src/base/bare.h"
	finds headers 'src/base/bare.h: does not say what it is for'
}

@test "leftovers: marks of unfinished work, in any case" {
	for word in 'TO''DO' 'fix''me' 'X''XX' 'a st''ub' 'not imple''mented'; do
		source_file src/base/blob.c "/* $word: later */"
		finds leftovers 'src/base/blob.c:2:'
	done
}

@test "leftovers: a file without its licence line" {
	echo 'int a;' >"$root/src/base/blob.c"
	finds leftovers 'src/base/blob.c: no licence line'
}

@test "words: an expression with a plainer form, in a literal, a comment, a manual and a template" {
	source_file src/base/blob.c 'const char *text = "have it mended by Logius";'
	finds words 'src/base/blob.c: after line 1: " mended "; say: fix, correct'
	source_file src/base/blob.c '/* Known since the first release. */'
	finds words '" known since "'
	source_file src/base/blob.c
	printf '%s\n' ".\\\" $licence" '.PP' 'Behind \fB\-\-\fR nothing is an option any more.' >"$root/cmd/kvkcsr.1"
	finds words 'cmd/kvkcsr.1: after line 2'
	rm "$root/cmd/kvkcsr.1"
	printf '%s\n' "# $licence" 'steps = [ "hand it in" ];' >"$root/templates/a.cfg"
	finds words 'templates/a.cfg'
	rm "$root/templates/a.cfg"
	printf '%s\n' ".\\\" $licence" '.PP' 'The file has to be mended.' >"$root/cmd/kvkcsr.cfg.5"
	finds words 'cmd/kvkcsr.cfg.5'
	rm "$root/cmd/kvkcsr.cfg.5"
	mkdir -p "$root/templates/mail"
	echo 'The notice is at hand.' >"$root/templates/mail/en.txt"
	finds words 'templates/mail/en.txt'
}

@test "words: broken over two lines or two literals" {
	source_file src/base/blob.c 'const char *text = "walk the whole "' '	"road";'
	finds words 'say: the whole process'
	source_file src/base/blob.c '/*' ' * To the' ' * letter.' ' */'
	finds words 'say: word for word'
}

@test "words: part of another word is none" {
	source_file src/base/blob.c '/* amended; command; recommended */' 'int mended_by;'
	run sh "$top_srcdir/tests/check-words.sh" "$root"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "lists: a source, a test or a template that no list names" {
	source_file src/base/forgotten.c
	finds lists 'src/base/forgotten.c: not listed in any Makefile.inc'
	mkdir "$root/templates/tsp"
	echo >"$root/templates/tsp/new.txt"
	finds lists 'templates/tsp/new.txt: not listed in any Makefile.inc'
}

@test "lists: a source that a list names twice" {
	printf '%s\n' "# $licence" 'sources += src/base/blob.c src/base/blob.h' 'sources += src/base/blob.c' >"$root/src/base/Makefile.inc"
	finds lists 'src/base/Makefile.inc: listed twice: src/base/blob.c'
}

@test "what only tests use is found in a program" {
	echo 'int kvk_alloc_must_fail(void); int kvk_alloc_must_fail(void) { return 0; } int main(void) { return 0; }' \
		>"$root/program.c"
	$CC -o "$root/program" "$root/program.c"
	run sh "$top_srcdir/tests/check-symbols.sh" "$top_builddir/src/libkvkcsr.a" "$root/program"
	echo "$output"
	[ "$status" -eq 1 ]
	[[ "$output" == *kvk_alloc_must_fail* ]]
}

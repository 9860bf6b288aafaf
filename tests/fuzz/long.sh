#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# long.sh [-n EXECUTIONS] [-t SECONDS] [TARGET...]: fuzzes each target until it has run EXECUTIONS times (10 million)
# without a finding. To be called in a build tree configured with --enable-fuzzing. Each target's count and corpus are
# kept in tests/fuzz/long/, so that a run that was stopped, or that ends after SECONDS per target (-t), is continued
# by the next one. Ends with a table, and fails where something was found.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wanted=10000000
slice=0
while getopts n:t: option; do
	case $option in
	n) wanted=$OPTARG ;;
	t) slice=$OPTARG ;;
	*) exit 64 ;;
	esac
done
shift $((OPTIND - 1))
if [ $# -eq 0 ]; then
	mapfile -t targets < <(cd "$here" && printf '%s\n' fuzz-*.c | sed 's/\.c$//')
	set -- "${targets[@]}"
fi
export top_srcdir=${top_srcdir:-$here/../..} KVK_FUZZ_SAMPLE=1
kept=tests/fuzz/long
found=0
interrupted=72 # how libFuzzer ends on a signal: what it did until then counts

count() { cat "$kept/$1.count" 2>/dev/null || echo 0; }

# Fuzzes one target for what is missing of its executions, and adds what it did to its count.
run() {
	local target=$1 done_before more log=$kept/$1.log
	done_before=$(count "$target")
	more=$((wanted - done_before))
	[ "$more" -gt 0 ] || return 0
	mkdir -p "$kept/$target"
	"tests/fuzz/$target" -runs="$more" -max_total_time="$slice" -timeout=10 -rss_limit_mb=2048 -entropic=0 \
		-verbosity=0 -print_final_stats=1 -artifact_prefix="$kept/$target." \
		"$kept/$target" "$here/$target.in" >"$log" 2>&1
	case $? in
	0 | "$interrupted") ;;
	*) found=$((found + 1)) && tail -n 40 "$log" && return 0 ;;
	esac
	more=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	echo $((done_before + more)) >"$kept/$target.count"
}

mkdir -p "$kept"
for target; do
	make -s "tests/fuzz/$target" || exit 1
	run "$target"
done
printf '%-20s %12s\n' target executions
for target; do
	printf '%-20s %12d\n' "$target" "$(count "$target")"
done
echo "findings: $found"
[ "$found" -eq 0 ]

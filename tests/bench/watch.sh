#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# watch.sh CHAINS KVKCSR: one run of check over 10,000 entries of which 100 are due, with what it remembers, without the
# network; the best of several rounds counts. Ends with 1 where it takes too long or too much memory, 70 where the command
# did not do its work.
set -eu
chains=$1 kvkcsr=$2 rounds=5 most=500 most_kb=$((48 * 1024))
[ -x /usr/bin/time ] || { echo "check of 10,000 entries: not measured, no /usr/bin/time"; exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export KVKCSR_HOME=$dir/home
"$kvkcsr" track "$chains/chains" >/dev/null
cp -a "$dir/home" "$dir/tracked"
best=0 best_kb=0
for ((i = 0; i < rounds; i++)); do
	rm -rf "${dir:?}/home"
	cp -a "$dir/tracked" "$dir/home"
	code=0
	/usr/bin/time -q -f '%e %M' -o "$dir/time" "$kvkcsr" check --remember --offline --at 2027-07-05T12:00:00Z >"$dir/out" || code=$?
	if [ "$code" -ne 1 ] || [ "$(grep -c 'expires in 24 days' "$dir/out")" -ne 100 ]; then
		tail -n 5 "$dir/out"
		echo "watch.sh: the command does not do its work"
		exit 70
	fi
	read -r took kb <"$dir/time"
	took=$((10#${took/./}0))
	[ "$best" -ne 0 ] && [ "$best" -le "$took" ] || best=$took
	[ "$best_kb" -ge "$kb" ] || best_kb=$kb
done
result=reached
[ "$best" -le "$most" ] && [ "$best_kb" -le "$most_kb" ] || result=missed
printf '  %-36s %5d ms, %d MB   (goal: at most %d ms, %d MB: %s)\n' "check of 10,000 entries, 100 due" \
	"$best" $((best_kb / 1024)) "$most" $((most_kb / 1024)) "$result"
[ "$result" = reached ]

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")"
[ "${1-}" != --no-deps ] || shift
autoreconf -fi
./configure "$@"

# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What the scenario scripts share. A scenario is a function; `scenarios NAME…` runs each in an empty
# folder, with own_cache=yes also with an empty cache, and counts. Inside one, `expect` states what must be true and ends the scenario when it is not.
set -uo pipefail
bin=$(realpath "${1:?usage: SCENARIO BIN_DIR}")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
# shellcheck disable=SC2034  # used by the scripts
sluice=$bin/sluice
export NO_COLOR=1 LC_ALL=C.UTF-8

# expect DESCRIPTION COMMAND…: the command succeeds.
expect() {
  local what=$1
  shift
  "$@" || { echo "    not so: $what: $*"; for f in err out; do [[ -s $f ]] && { echo "    $f:"; head -c 2000 "$f"; }; done; exit 1; }
}

# status CODE COMMAND…: the command exits with CODE; its output goes to the files out and err.
status() {
  local want=$1 got
  shift
  "$@" >out 2>err
  got=$?
  [[ $got == "$want" ]] || { echo "    exit status $got instead of $want: $*"; head -c 2000 err; exit 1; }
}

says() { grep -qF -- "$2" "$1"; }
same() { [[ $1 == "$2" ]] || { echo "    \"$1\" is not \"$2\""; return 1; }; }
lines() { wc -l <"$1" | tr -d ' '; }

# post ID TEXT [MORE]: a canonical record; TEXT and MORE are JSON already.
post() {
  printf '{"id":"%s","channel":"facebook","page":"operatore.it","created_at":"2026-03-01T10:00:00Z","author":{"id":"u%s","name":"Anna"},"text":"%s"%s}\n' \
    "$1" "$1" "$2" "${3:-}"
}

scenarios() {
  local name failed=0 dir
  for name in "$@"; do
    dir=$(mktemp -d)
    if (cd "$dir" && { [[ -z ${own_cache:-} ]] || export XDG_CACHE_HOME=$dir/cache; } && "$name"); then
      echo "ok      $name"
    elif (($? == 77)); then
      echo "skipped $name"
    else
      echo "FAILED  $name"
      failed=1
    fi
    rm -rf "$dir"
  done
  exit "$failed"
}

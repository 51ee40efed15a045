# Flow tests: TAP from bash. Each test runs the program as a person would, in a folder of its own.
#
#   . "$(dirname "$0")/../lib/tap.sh"
#   ok "a contest loads" chamthi contest load x.yaml
#   is "exit status of a typo" "$(status chamthi contest load typo.yaml)" 2
#   has "the sentence names the line" "$(chamthi contest load typo.yaml 2>&1)" "typo.yaml:3"
#   done_testing
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-flow-XXXXXX")
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"
export LANG=C.UTF-8 LC_ALL=C.UTF-8 CHAMTHI_DB="$WORK/chamthi.db"
count=0 failed=0

chamthi() { "$CHAMTHI" --lang vi "$@"; }
status() { "$@" >/dev/null 2>&1; echo $?; }

result() { # ok? sentence
  count=$((count + 1))
  if [ "$1" = 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=$((failed + 1)); fi
}
ok() { # sentence command…
  local sentence=$1 out; shift
  if out=$("$@" 2>&1); then result 0 "$sentence"; else result 1 "$sentence"; printf '%s\n' "$out" | head -20 | cut -c1-300 | sed 's/^/# /'; fi
}
is() { # sentence got wanted
  if [ "$2" = "$3" ]; then result 0 "$1"; else result 1 "$1"; printf '#    got: %s\n# wanted: %s\n' "$2" "$3"; fi
}
has() { # sentence text part
  case $2 in *"$3"*) result 0 "$1" ;; *) result 1 "$1"; printf '%s\n' "$2" | head -20 | cut -c1-300 | sed 's/^/# /'; echo "# lacks: $3" ;; esac
}
lacks() { # sentence text part
  case $2 in *"$3"*) result 1 "$1"; echo "# has: $3" ;; *) result 0 "$1" ;; esac
}
done_testing() { echo "1..$count"; [ "$failed" = 0 ]; }

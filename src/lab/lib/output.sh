# shellcheck shell=bash
# Prints progress with timestamps, and errors, to stderr. stdout is for results.

# Milliseconds since the epoch.
now_ms() {
  local now="$EPOCHREALTIME"
  now="${now/[.,]/}"
  echo "${now:0:-3}"
}

seconds_since() {
  local elapsed=$(($(now_ms) - $1))
  printf '%d.%d' $((elapsed / 1000)) $((elapsed % 1000 / 100))
}

STARTED_MS="$(now_ms)"

# Prints one line for a finished step, with the seconds since the command started.
step() {
  printf '%6ss  %s\n' "$(seconds_since "$STARTED_MS")" "$*" >&2
}

fail() {
  printf 'lab: %s\n' "$*" >&2
  exit 1
}

# Prints the end of a log, indented under its name, if the log exists.
show_log() {
  local file="$1" lines="${2:-20}"
  [[ -s "$file" ]] || return 0
  printf -- '--- %s (last %s lines)\n' "$file" "$lines" >&2
  tail -n "$lines" "$file" | sed 's/^/    /' >&2
}

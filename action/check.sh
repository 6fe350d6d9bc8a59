#!/usr/bin/env bash
# Checks the workspace. Annotations go to the log, a table to the job summary, SARIF to a file. Sets the outputs
# `sarif-file`, `findings` and `exit-code`; whether findings fail the job is for conclude.sh to say.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/commands.sh"
cd "$GITHUB_WORKSPACE"

# Appends the lines of a text to `arguments`.
append_lines() {
  local line
  while IFS= read -r line; do
    line=${line%$'\r'}
    [ -z "$line" ] || arguments+=("$line")
  done <<< "$1"
}

arguments=()
[ -z "$SEALINT_CONFIG" ] || arguments+=("--config=$SEALINT_CONFIG")
case "$SEALINT_FAIL_ON" in
  "") ;;
  never) arguments+=(--exit-zero) ;;
  low | medium | high | critical) arguments+=("--fail-on=$SEALINT_FAIL_ON") ;;
  *) fail "fail-on: $SEALINT_FAIL_ON is none of low, medium, high, critical, never" ;;
esac
case "$SEALINT_FORMAT" in
  github) format=concise ;;
  text | concise | json | gitlab | junit | markdown) format=$SEALINT_FORMAT ;;
  *) fail "format: $SEALINT_FORMAT is none of github, text, concise, json, gitlab, junit, markdown" ;;
esac
append_lines "$SEALINT_ARGS"
arguments+=(--)
append_lines "$SEALINT_PATHS"

folder=$(mktemp -d "$RUNNER_TEMP/sealint.XXXXXX")
code=0
"$SEALINT_EXECUTABLE" check --color=never --format="$format" --output="sarif=$folder/results.sarif" \
  --output="markdown=$folder/summary.md" --output="github=$folder/annotations.txt" "${arguments[@]}" \
  > "$folder/report.txt" 2> "$folder/messages.txt" < /dev/null || code=$?

if [ "$code" -gt 2 ] || [ ! -f "$folder/annotations.txt" ]; then
  print_inert "$folder/messages.txt"
  fail "sealint could not run (exit code $code): $(head -c 1000 "$folder/messages.txt")"
fi

# The annotations are commands, and what they quote is escaped; everything else is only text.
case "$SEALINT_FORMAT" in
  github) cat "$folder/annotations.txt" ;;
  *) print_inert "$folder/report.txt" ;;
esac
print_inert "$folder/messages.txt"
cat "$folder/summary.md" >> "$GITHUB_STEP_SUMMARY"

findings=$(sed -n '$s/^sealint: \([0-9][0-9]*\) finding.*/\1/p' "$folder/annotations.txt")
output sarif-file "$folder/results.sarif"
output findings "${findings:-0}"
output exit-code "$code"

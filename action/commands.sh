#!/usr/bin/env bash
# How the steps of the action speak to the runner ("Workflow commands" on docs.github.com). Sourced by each of them.
# Works with the bash 3.2 of macOS: an empty array counts as unset there, so expansions say ${array[@]+"${array[@]}"}.

# A word that nobody who wrote the checked files can guess.
secret_word() {
  head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

# Sets an output of the step; the value may hold anything, also newlines.
output() {
  local end
  end=$(secret_word)
  printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >> "$GITHUB_OUTPUT"
}

# Prints a file in which the runner looks for no commands.
print_inert() {
  [ -s "$1" ] || return 0
  local end
  end=$(secret_word)
  printf '::stop-commands::%s\n' "$end"
  cat "$1"
  printf '\n::%s::\n' "$end"
}

# Annotates the run with a message of this level.
annotate() {
  local message=$2
  message=${message//'%'/%25}
  message=${message//$'\r'/%0D}
  message=${message//$'\n'/%0A}
  printf '::%s title=sealint::%s\n' "$1" "$message"
}

# Ends the step: it could not be carried out at all.
fail() {
  annotate error "$1"
  exit 2
}

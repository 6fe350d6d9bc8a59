#!/usr/bin/env bash
# Sets the output `executable`: the one that is given, or the release of SEALINT_VERSION, whose archive must have the
# checksum that the release lists. SEALINT_RELEASES names a mirror of the releases.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/commands.sh"

if [ -n "$SEALINT_EXECUTABLE" ]; then
  cd "$GITHUB_WORKSPACE"
  if [ ! -f "$SEALINT_EXECUTABLE" ] || [ ! -x "$SEALINT_EXECUTABLE" ]; then
    fail "executable: $SEALINT_EXECUTABLE is no program"
  fi
  output executable "$SEALINT_EXECUTABLE"
  exit
fi

[[ $SEALINT_VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || fail "version: $SEALINT_VERSION is no version"
case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *) fail "there is no release for $RUNNER_OS on $RUNNER_ARCH: build sealint and name it as executable" ;;
esac
case "$RUNNER_OS" in
  Windows) archive="sealint-$SEALINT_VERSION-$target.zip" program=sealint.exe ;;
  *) archive="sealint-$SEALINT_VERSION-$target.tar.gz" program=sealint ;;
esac

folder=$(mktemp -d "$RUNNER_TEMP/sealint.XXXXXX")
cd "$folder"
releases=${SEALINT_RELEASES:-https://github.com/sealint/sealint/releases/download}
for file in SHA256SUMS "$archive"; do
  curl --fail --silent --show-error --location --proto-redir =https --retry 3 --output "$file" \
    "$releases/v$SEALINT_VERSION/$file" || fail "$file of version $SEALINT_VERSION cannot be downloaded"
done

awk -v name="$archive" '$2 == name || $2 == "*" name' SHA256SUMS > expected
[ "$(wc -l < expected)" -eq 1 ] || fail "the release lists no checksum of $archive"
if command -v sha256sum > /dev/null; then verify=(sha256sum); else verify=(shasum -a 256); fi
"${verify[@]}" --check expected > /dev/null || fail "$archive does not have the checksum that the release lists"

case "$archive" in
  *.zip) unzip -q "$archive" ;;
  *) tar -xzf "$archive" ;;
esac
[ -x "$folder/$program" ] || fail "$archive holds no $program"
output executable "$folder/$program"

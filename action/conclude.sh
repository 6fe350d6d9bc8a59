#!/usr/bin/env bash
# Fails the job if `fail-on` demands it: because of findings, or because not everything could be checked.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/commands.sh"

if [ "$SEALINT_UPLOAD" = failure ]; then
  annotate warning "The results could not be uploaded to code scanning: the job needs the permission security-events: write."
fi
case "$SEALINT_EXIT_CODE" in
  0) exit ;;
  1) echo "sealint: $SEALINT_FINDINGS in all, some of them at or above fail-on" ;;
  *) echo "sealint: not everything could be checked; see the errors of the step before" ;;
esac
[ "$SEALINT_FAIL_ON" = never ] || exit "$SEALINT_EXIT_CODE"

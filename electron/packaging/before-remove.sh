#!/bin/sh
# [P2] Debian: dpkg calls this before it replaces or removes Evertill. It ends with 1, which keeps the package, while
# a till of this machine has something that the cloud has not, or a sale is open; the program's words say the way out.
set -u
program=${EVERTILL_PROGRAM:-/opt/Evertill/evertill}
homes=${EVERTILL_HOMES:-/home/* /root}

case "${1:-}" in
  remove) what=uninstall ;;
  # After an `upgrade` that was refused, dpkg asks the new package whether it sees that otherwise.
  upgrade | failed-upgrade) what=update ;;
  *) exit 0 ;;
esac
[ -x "$program" ] || exit 0

# As the till's own user: a ledger opened by root would be root's.
as_owner() {
  owner=$(stat -c %U "$1")
  shift
  if [ "$owner" = "$(id -un)" ]; then "$@"; else runuser -u "$owner" -- "$@"; fi
}

for home in $homes; do
  for ledger in "$home"/.local/share/evertill/*/till/ledger.sqlite; do
    [ -f "$ledger" ] || continue
    data=$(dirname "$(dirname "$ledger")")
    as_owner "$ledger" "$program" --leave-check "$what" --data "$data"
    code=$?
    # 71: it has to wait. 75: it is running.
    if [ "$code" -eq 71 ] || [ "$code" -eq 75 ]; then exit 1; fi
  done
done
exit 0

/*
 * What the programs that copy data services have in common, whatever they copy: where copies are, how they are named, which go, and
 * which one a restore takes. Each program is run by `sh` with the variable `TASK`.
 *
 * A copy is named by the second in which it was ready: nothing in it is newer than its name.
 */

/** Folders of the copies, and of the file `password`. */
export const COPIES_PATH = "/copies";
export const BACKUP_LOGIN_PATH = "/etc/goldenpath/login";

/** What one run does, by its variable `TASK`. */
export type BackupTask = "whole" | "log" | "restore";

/** Beginning of every program. Variables: `CA_BUNDLE`, `AT`, `KEEP_DAYS`. */
export const COPIES_SCRIPT = String.raw`set -eu
umask 077
export TZ=UTC LC_ALL=C
cd ${COPIES_PATH}

# Without a bundle the client would take any certificate.
if [ -z "$CA_BUNDLE" ]; then
  echo 'no CA bundle: the connection has none' >&2
  exit 1
fi

now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}
# Names are in the order of what they name.
before() {
  [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort | head -n 1)" = "$1" ]
}
# The time in the name of a whole copy.
time_of() {
  basename "$1" | cut -d . -f 1
}

# Whether a run of some minutes ago made a whole copy there: one that was made and called somebody is not made again by the next try.
# A copy's name says when it was ready; its file is as old as its first moment, which may be hours before. A name that is still to come
# is that of a clock that went wrong, and stops no copy.
made_just_now() {
  lately=$(date -u -d "@$(($(date +%s) - 300))" +%Y-%m-%dT%H:%M:%SZ)
  find "$1" -mindepth 1 -maxdepth 1 -name '*Z*' ! -name '.*' > /tmp/made
  while read -r one; do
    if before "$lately" "$(time_of "$one")" && ! before "$(now)" "$(time_of "$one")"; then return 0; fi
  done < /tmp/made
  return 1
}
# Whether the volume fills up. Nobody else sees it: a volume is measured while a pod runs that mounts it, and these live for seconds.
filling() {
  [ "$(df -P . | sed -n '2s/.* \([0-9]*\)% .*/\1/p')" -gt "$1" ]
}
fail_if_filling() {
  if filling 85; then
    echo 'the copy is made, and more than 85% of the volume is taken: give backups.storage more, or say less keepDays' >&2
    exit 1
  fi
}

check_time() {
  case $AT in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z) ;;
    *)
      echo "AT is \"$AT\": give the time in UTC to which it goes back, e.g. 2026-11-29T01:30:00Z" >&2
      exit 2
      ;;
  esac
}
# The last whole copy up to the time, of those that are listed in /tmp/copies.
find_copy() {
  copy=
  while read -r one; do
    if before "$AT" "$(time_of "$one")"; then continue; fi
    if [ -z "$copy" ] || before "$(time_of "$copy")" "$(time_of "$one")"; then copy=$one; fi
  done < /tmp/copies
  if [ -z "$copy" ]; then
    echo "no whole copy is from before $AT; there are:" >&2
    cat /tmp/copies >&2
    exit 1
  fi
}
# Runs the task again, as a program of its own that ends in time. It counts from here, and not from when the pod was asked for: what
# comes before may be a node that is made for it.
in_time() {
  code=0
  timeout "$1" sh "$0" now || code=$?
  # GNU's and BusyBox' words for it.
  if [ "$code" = 124 ] || [ "$code" = 143 ]; then
    echo "$2" >&2
    exit 124
  fi
  if [ "$code" != 0 ]; then exit "$code"; fi
}
unknown_task() {
  echo "TASK is \"$TASK\": use $1 or restore" >&2
  exit 2
}
`;

/**
 * Copies of what has no log, all in the folder `whole`. Every one of the last day stays, as there may be many, and the last of each day
 * for as many as are kept. Needs `COPIES_SCRIPT`.
 */
export const WHOLE_COPIES_SCRIPT = String.raw`
copies() {
  for one in ./whole/*Z*; do
    if [ -e "$one" ]; then echo "$one"; fi
  done
}
# From the last to the first: a name begins with its day.
forget() {
  copies | sort -r > /tmp/copies
  first=yes
  day=
  while read -r one; do
    its=$(time_of "$one" | cut -d T -f 1)
    if [ -n "$first" ]; then
      first=
    elif [ -n "$(find "$one" -maxdepth 0 -mtime "+$KEEP_DAYS")" ]; then
      rm -rf "$one"
    elif [ "$its" = "$day" ] && [ -n "$(find "$one" -maxdepth 0 -mmin +1440)" ]; then
      rm -rf "$one"
    fi
    day=$its
  done < /tmp/copies
}
`;

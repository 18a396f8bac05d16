import { OBJECTS_WORK_SECONDS } from "../../model/backups";
import { BACKUP_LOGIN_PATH, COPIES_SCRIPT, WHOLE_COPIES_SCRIPT } from "../copies";
import type { ImageVersion } from "../pinned-version";
import { BUCKET_LAYERS } from "./layers";
import { BUCKET_RESTORE } from "./restore";

/** What reads objects and writes them. Its image is an Alpine, whose other programs are BusyBox'. */
export const RCLONE: ImageVersion = {
  product: "rclone",
  version: "1.76",
  endOfSupport: undefined,
  source: "https://rclone.org/changelog/",
  // In the module of this version.
  read: "2026-11-29",
  endedBy: "the next minor version ends it, of which there is one every two months",
  image: "docker.io/rclone/rclone:1.76.0",
};

/*
 * Objects are copied once, when they are new: into a layer, which is what one run brought. A copy is the list of all objects that
 * there were, each with the layer that has it. So a bucket of any size costs what changes in it, a copy of every night has all of it,
 * and nothing that was copied is ever written again.
 *
 * An object is the same if its time, size and MD5 are. One that came in parts has no MD5 in a list, and one of the last minute may
 * have been written twice in a second: that one is copied again by the next run, whatever it looks like.
 *
 * What rclone knows of an object beside its content is in a file of its own, as not every volume keeps attributes of files. It comes
 * with the answer that has the content, so that one never belongs to another version than the other.
 *
 * Keys are lines: rclone writes what ends or parts a line as signs of its own, in every list and on the way back.
 */
export const BUCKET_BACKUP_SCRIPT = String.raw`${COPIES_SCRIPT}${WHOLE_COPIES_SCRIPT}
tab=$(printf '\t')
mark=$(printf '\001')
part=./objects/.part
work=./.work

# The key of the object of which rclone tells in a file, as it is in lists. Text of JSON: what is left of a sign that it writes otherwise
# is a key that cannot be written.
key_in() {
  escaped=$(sed -n "s/^$tab\"Remote\": \"\(.*\)\",$/\1/p" "$1" | sed -e "s/\\\\\\\\/$mark/g" -e 's/\\"/"/g' -e 's/\\u003c/</g' \
    -e 's/\\u003e/>/g' -e 's/\\u0026/\&/g' -e "s/\\\\u2028/$(printf '\342\200\250')/g" -e "s/\\\\u2029/$(printf '\342\200\251')/g")
  case $escaped in
    '' | *\\*)
      echo 'its key cannot be written to a list' >&2
      exit 1
      ;;
  esac
  printf %s "$escaped" | sed "s/$mark/\\\\/g"
}
# rclone asks this program of every object: what else there is to write. On the way here it is kept in a file, and on the way back it
# is that of then, without when the object was made.
case ${"$"}{1:-} in
  keep)
    cat > "$part/told.$$"
    key=$(key_in "$part/told.$$")
    case $key in */*) mkdir -p "$part/meta/${"$"}{key%/*}" ;; esac
    mv "$part/told.$$" "$part/meta/$key"
    echo '{}'
    exit
    ;;
  give)
    cat > "$work/told.$$"
    key=$(key_in "$work/told.$$")
    rm "$work/told.$$"
    sed "/^$tab$tab\"btime\": /d" "$LAYER/meta/$key"
    exit
    ;;
esac

RCLONE_CONFIG_SERVER_SECRET_ACCESS_KEY=$(cat ${BACKUP_LOGIN_PATH}/password)
export RCLONE_CONFIG_SERVER_SECRET_ACCESS_KEY
export RCLONE_CONFIG_SERVER_TYPE=s3 RCLONE_CONFIG_SERVER_PROVIDER=Other RCLONE_CONFIG_SERVER_ACCESS_KEY_ID="$USERNAME" \
  RCLONE_CONFIG_SERVER_ENDPOINT="https://$HOST:$PORT" RCLONE_CONFIG_SERVER_REGION="$REGION" RCLONE_CONFIG_SERVER_FORCE_PATH_STYLE=true \
  RCLONE_CONFIG_SERVER_NO_CHECK_BUCKET=true RCLONE_CONFIG_SERVER_LIST_URL_ENCODE=false RCLONE_CONFIG_SERVER_ENCODING=Raw
# One stream for each object: parts of two versions are no object. Of a batch rclone asks for each key, and lists no whole folder.
export RCLONE_CONFIG=/tmp/rclone.conf RCLONE_CACHE_DIR=/tmp/rclone RCLONE_CA_CERT="$CA_BUNDLE" RCLONE_USE_SERVER_MODTIME=true \
  RCLONE_MULTI_THREAD_STREAMS=0 RCLONE_NO_UNICODE_NORMALIZATION=true RCLONE_NO_TRAVERSE=true RCLONE_TRANSFERS=4 RCLONE_CHECKERS=4 RCLONE_RETRIES=1 \
  RCLONE_LOW_LEVEL_RETRIES=3 RCLONE_CONTIMEOUT=10s RCLONE_TIMEOUT=2m RCLONE_STATS=0
touch /tmp/rclone.conf
server=server:$BUCKET

# Time, size, MD5 and key of each object there, one a line. More arguments are rclone's.
listed() {
  from=$1
  shift
  rclone lsf "$from" --recursive --files-only --format tshp --hash MD5 --time-format 2006-01-02T15:04:05Z --separator "$tab" "$@"
}
# Those of a list that are not in another as they are, as a list. No pipe: of one only the last program is told to have failed.
not_in() {
  awk -F '\t' '$3 != ""' "$1" > "$work/one"
  sort -o "$work/one" "$work/one"
  sort "$2" > "$work/two"
  comm -23 "$work/one" "$work/two" > "$3"
  awk -F '\t' '$3 == ""' "$1" > "$work/one"
  sort -o "$work/one" "$work/one"
  awk 'BEGIN { FS = OFS = "\t" } { $3 = ""; print }' "$2" > "$work/two"
  sort -o "$work/two" "$work/two"
  comm -23 "$work/one" "$work/two" >> "$3"
}
# The keys of a list, in their order.
keys_of() {
  cut -f 4- "$1" > "$2"
  sort -o "$2" "$2"
}
# Two programs on one volume would forget what the other one needs. Whoever ends, lets go.
alone() {
  exec 9> ./.lock
  waited=0
  until flock -n 9; do
    if [ "$waited" = 0 ]; then echo 'another program is at these copies: waiting for it' >&2; fi
    waited=$((waited + 1))
    if [ "$waited" -gt 600 ]; then
      echo 'another program was at these copies for ten minutes, and nothing was done' >&2
      exit 1
    fi
    sleep 1
  done
  rm -rf "$work"
  room 'nothing was done'
  mkdir "$work"
}
# Ends what would go on with lists that are cut off: of a full volume rclone, awk and comm tell nobody what they could not write.
room() {
  if filling 97; then
    echo "more than 97% of the volume is taken, and $1: give backups.storage more" >&2
    exit 1
  fi
}
# Ends the run if a file has not as many lines as there should be.
proven() {
  if [ "$(wc -l < "$1")" != "$2" ]; then
    echo "the run ends, as the volume did not keep all of a list: $1 has $(wc -l < "$1") lines of $2" >&2
    exit 1
  fi
}
# Writes what a command tells to the end of a file. "$told" is how many lines it were, counted on their way.
taken_down() {
  file=$1
  shift
  rm -f /tmp/ended
  told=$({ "$@" && : > /tmp/ended; } | tee -a "$file" | wc -l)
  [ -e /tmp/ended ]
}
# Keys of a file, a bearable number at a time, each as a file "$batch" for a command.
in_batches() {
  rm -f "$work"/batch.*
  if [ ! -s "$1" ]; then return 0; fi
  split -l 20000 "$1" "$work/batch."
  if [ "$(cat "$work"/batch.* | wc -l)" != "$(wc -l < "$1")" ]; then
    echo 'the run ends, as the volume did not keep all of a list' >&2
    exit 1
  fi
  shift
  for batch in "$work"/batch.*; do "$@" || failed=yes; done
}
# The first of the keys in a file.
named() {
  head -n 20 "$1"
  if [ "$(wc -l < "$1")" -gt 20 ]; then echo "and $(($(wc -l < "$1") - 20)) more"; fi
}
${BUCKET_LAYERS}
${BUCKET_RESTORE}

case $TASK in
  whole)
    if [ $# -gt 0 ]; then whole; else
      in_time ${OBJECTS_WORK_SECONDS} 'the objects were not copied within ${OBJECTS_WORK_SECONDS} seconds: the next run goes on where this one ended'
    fi
    ;;
  restore) restore ;;
  *) unknown_task whole ;;
esac
`;

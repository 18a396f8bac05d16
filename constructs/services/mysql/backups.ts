import { LOG_WORK_SECONDS } from "../../model/backups";
import { BACKUP_LOGIN_PATH, COPIES_SCRIPT } from "../copies";
import type { ImageVersion } from "../pinned-version";
import { MYSQL_RESTORE } from "./restore";

/**
 * The clients of MySQL with `mysqlbinlog`, which MySQL's own image has not. It copies servers of both versions.
 * @see https://github.com/docker-library/mysql/issues/847
 * @see https://docs.percona.com/percona-operator-for-mysql/1.3.0/images.html for the tag, read on 2026-11-29
 */
export const MYSQL_CLIENTS: ImageVersion = {
  product: "Percona Server for MySQL",
  version: "8.4",
  endOfSupport: "2032-04-30",
  source: "https://www.percona.com/services/policies/percona-software-support-lifecycle",
  read: undefined,
  image: "docker.io/percona/percona-server:8.4.11-11.1",
};

/** Time for the first whole copy, of those that the Job has. */
const FIRST_WHOLE_SECONDS = 400;

/*
 * Written for the clients and servers of MySQL and MariaDB alike, as the program for users is: `loose-` makes an option that
 * one of them lacks a warning, and each reads comments of its own. No pipes between programs, as `sh` tells of the last one
 * alone.
 *
 * A server that is made anew numbers its logs from the beginning, so each server has a folder of its own, by its id. Logs that are
 * older than the oldest of the whole copies are needed no more.
 */
export const MYSQL_BACKUP_SCRIPT = String.raw`${COPIES_SCRIPT}
{
  printf '[client]\nhost="%s"\nport=%s\nuser="%s"\n' "$HOST" "$PORT" "$USERNAME"
  printf 'password="%s"\n' "$(sed 's/["\\]/\\&/g' ${BACKUP_LOGIN_PATH}/password)"
  printf 'protocol=tcp\nloose-connect-timeout=10\nloose-default-character-set=utf8mb4\n'
  printf 'loose-max-allowed-packet=1G\n'
  printf 'ssl-ca="%s"\nloose-ssl-mode=VERIFY_IDENTITY\nloose-ssl-verify-server-cert\n' "$CA_BUNDLE"
  printf '[mysqldump]\nloose-source-data=2\nloose-master-data=2\nloose-set-gtid-purged=OFF\nloose-column-statistics=0\n'
} > /tmp/client.cnf
ask() {
  mysql --defaults-extra-file=/tmp/client.cnf --batch --skip-column-names --execute "$1"
}

unpacked() {
  case $1 in
    *.gz) gzip -dc "$1" ;;
    *) cat "$1" ;;
  esac
}
# Where the log goes on after a whole copy: its file, and the position in it.
goes_on() {
  unpacked "$1" 2> /dev/null |
    sed -n "/_LOG_FILE='/{s/.*_LOG_FILE='\([^']*\)', *[A-Z]*_LOG_POS=\([0-9]*\).*/\1 \2/p;q;}"
}
# Databases that are not the server's own.
databases() {
  ask "SELECT schema_name FROM information_schema.schemata
    WHERE schema_name NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')" > /tmp/databases
}
# What else is on the volume, such as its file system's own folder, is none of these and need not be readable.
copies() {
  for one in ./*/whole/*.sql*; do
    if [ -e "$one" ]; then echo "$one"; fi
  done
}

# The folder of this server, by what it got when its first files were made. MariaDB's own id is that of the machine.
folder() {
  server=$(ask "SELECT /*!80000 @@server_uuid */ /*M!100500 (
    SELECT MIN(create_time) FROM information_schema.tables WHERE table_schema = 'mysql') */")
  here=./$(printf %s "$server" | tr -c 'A-Za-z0-9-' _)
  mkdir -p "$here/whole" "$here/log"
}

whole() {
  folder
  if made_just_now "$here/whole"; then fail_if_filling; fi
  # The first one is made by a copy of the log, and may go on beside that of the night.
  rm -f "$here/whole/.part.$TASK"*
  part=$here/whole/.part.$TASK.sql
  databases
  set --
  while read -r name; do set -- "$@" "$name"; done < /tmp/databases
  mysqldump --defaults-extra-file=/tmp/client.cnf --single-transaction --quick --routines --events --triggers --hex-blob \
    --add-drop-database --result-file="$part" --databases "$@"
  if ! tail -n 1 "$part" | grep -q '^-- Dump completed'; then
    echo 'the dump has no end' >&2
    exit 1
  fi
  if [ -z "$(goes_on "$part")" ]; then
    echo 'the dump does not say where the log goes on: the server has none' >&2
    exit 1
  fi
  ends=.sql
  if command -v gzip > /dev/null; then
    gzip "$part"
    part=$part.gz
    ends=.sql.gz
  fi
  ready=$(now)
  mv "$part" "$here/whole/$ready$ends"
  forget
  echo "copied $DATABASE whole at $ready"
  fail_if_filling
}

# Whole copies that are too old, but never the newest; and logs that none of those which are left goes on with.
forget() {
  newest=
  copies > /tmp/copies
  while read -r one; do
    if [ -z "$newest" ] || before "$(time_of "$newest")" "$(time_of "$one")"; then newest=$one; fi
  done < /tmp/copies
  find ./*/whole -name '*.sql*' ! -path "$newest" -mtime "+$KEEP_DAYS" -exec rm -f {} +
  for one in ./*/; do
    if [ ! -d "$one"log ] || [ ! -d "$one"whole ]; then continue; fi
    oldest=$(find "$one"whole -name '*.sql*' ! -name '.*' | sort | head -n 1)
    if [ -n "$oldest" ]; then
      first=$(goes_on "$oldest" | cut -d ' ' -f 1)
      for file in "$one"log/*; do
        if [ -e "$file" ] && before "$(basename "$file")" "$first"; then rm -f "$file"; fi
      done
    elif [ "$one" != "$here/" ]; then
      rm -r "$one"
    fi
  done
}

log() {
  folder
  rm -f "$here"/log/.part*
  touch "$here/log/.part.begun"
  ask 'FLUSH BINARY LOGS'
  ask 'SHOW BINARY LOGS' > /tmp/logs
  # The last one is being written.
  sed '$d' /tmp/logs | cut -f 1 > /tmp/closed
  while read -r name; do
    if [ ! -e "$here/log/$name" ]; then
      mysqlbinlog --defaults-extra-file=/tmp/client.cnf --read-from-remote-server --raw --result-file="$here/log/.part." \
        "$name" < /dev/null
      # As old as the last moment of which nothing is missing.
      touch -r "$here/log/.part.begun" "$here/log/.part.$name"
      mv "$here/log/.part.$name" "$here/log/$name"
    fi
  done < /tmp/closed
  echo "copied the log of $DATABASE up to $(tail -n 1 /tmp/closed)"
}

# A log leads nowhere without a whole copy before it, and until the night there would be none of a server that is new. A large database
# takes more time than there is here: that is tried once a day.
first_whole() {
  folder
  if [ -n "$(find "$here/whole" -name '*.sql*' ! -name '.*')" ]; then return; fi
  if [ -z "$(find "$here" -maxdepth 1 -name .tried -mmin -1440)" ]; then
    touch "$here/.tried"
    if timeout ${FIRST_WHOLE_SECONDS} sh "$0" whole; then return; fi
  fi
  echo 'there is no whole copy of this server, and nothing can be restored without one: run the CronJob of whole copies by hand' >&2
  exit 1
}

${MYSQL_RESTORE}

case $TASK in
  whole) whole ;;
  log)
    # What was copied whole by then stays.
    case ${"$"}{1:-} in
      now) log ;;
      whole) whole ;;
      *)
        in_time ${LOG_WORK_SECONDS} 'the log was not copied within ${LOG_WORK_SECONDS} seconds: the next run goes on where this one ended'
        first_whole
        ;;
    esac
    ;;
  restore) restore ;;
  *) unknown_task 'whole, log' ;;
esac
`;

import { WHOLE_WORK_SECONDS } from "../../model/backups";
import { BACKUP_LOGIN_PATH, COPIES_SCRIPT, WHOLE_COPIES_SCRIPT } from "../copies";

/** The user that copies, and what it may do: read everything as a replica does, and change nothing. */
export const REDIS_BACKUP_USER = "backup";
export const REDIS_BACKUP_ACCESS = "-@all +ping +psync +replconf +sync";

/** Where a restore finds the disk of the server, and the folder on it that has its data. */
export const SERVER_DISK = { volume: "server", path: "/server", folder: "valkey" } as const;

/*
 * A copy is what a replica would get: the keys as they were in one moment. It goes back as the beginning of the log that the server
 * reads when it starts, which is a file of this form by itself; so a restore needs the server's disk, without the server, and no
 * memory for the keys. What was there before stays beside it, under the second in which it was put aside.
 *
 * The folder of the log is written so that the server may read and change it where a disk gives nobody's files to its pods' group.
 */
export const REDIS_BACKUP_SCRIPT = String.raw`${COPIES_SCRIPT}${WHOLE_COPIES_SCRIPT}
REDISCLI_AUTH=$(cat ${BACKUP_LOGIN_PATH}/password)
export REDISCLI_AUTH
ask() {
  seconds=$1
  shift
  timeout "$seconds" valkey-cli --no-auth-warning -h "$HOST" -p "$PORT" --user "$USERNAME" --tls --cacert "$CA_BUNDLE" "$@"
}

whole() {
  mkdir -p ./whole
  if made_just_now ./whole; then fail_if_filling; fi
  rm -f ./whole/.part*
  touch ./whole/.part.begun
  ask ${WHOLE_WORK_SECONDS} --rdb ./whole/.part.rdb
  valkey-check-rdb ./whole/.part.rdb > /tmp/checked || {
    tail -n 5 /tmp/checked >&2
    echo 'the copy cannot be read' >&2
    exit 1
  }
  ready=$(now)
  touch -r ./whole/.part.begun ./whole/.part.rdb
  mv ./whole/.part.rdb "./whole/$ready.rdb"
  rm -f ./whole/.part.begun
  forget
  echo "copied all keys at $ready"
  fail_if_filling
}

# Refuses unless nobody is there. Whatever a server says to it, it runs: also one that reads its keys still, or that takes another
# password. A certificate that is not believed is somebody's, too.
answers() {
  code=0
  ask 10 ping > /tmp/answer 2>&1 || code=$?
  case $(cat /tmp/answer) in
    "Could not connect to "*": Connection refused"* | "Could not connect to "*": Name or service not known"*) return ;;
  esac
  if [ "$code" != 124 ]; then
    head -n 1 /tmp/answer >&2
    echo 'the server runs: scale it to 0 first' >&2
    exit 2
  fi
  if [ "$STOPPED" != yes ]; then
    echo 'nothing answered within 10 seconds, which a server that runs may do: look whether it has pods, and say STOPPED=yes if it has none' >&2
    exit 2
  fi
}

restore() {
  check_time
  begun=$(date +%s)
  copies > /tmp/copies
  find_copy
  data=${SERVER_DISK.path}/${SERVER_DISK.folder}
  if [ ! -d "$data" ]; then
    echo "the server's disk is not here: restore by the command of the runbook, which mounts it" >&2
    exit 2
  fi
  answers
  echo "going back to $AT: the copy of $(time_of "$copy")"
  umask 0
  new=$data/.restored
  rm -rf "$new"
  trap 'rm -rf "$new"' EXIT
  mkdir "$new"
  cat "$copy" > "$new/appendonly.aof.1.base.rdb"
  valkey-check-rdb "$new/appendonly.aof.1.base.rdb" > /tmp/checked || {
    tail -n 5 /tmp/checked >&2
    echo "the copy of $(time_of "$copy") cannot be read, and nothing was changed: give a time before it" >&2
    exit 1
  }
  echo 'file appendonly.aof.1.base.rdb seq 1 type b' > "$new/appendonly.aof.manifest"
  sync
  # Nothing was changed until here.
  if [ -e "$data/appendonlydir" ]; then
    aside=appendonlydir.until-$(now)
    mv "$data/appendonlydir" "$data/$aside"
    echo "what was there is beside it, as $aside"
  fi
  mv "$new" "$data/appendonlydir"
  echo "restored the keys in $(($(date +%s) - begun)) seconds"
}

case $TASK in
  whole)
    if [ $# -gt 0 ]; then whole; else in_time ${WHOLE_WORK_SECONDS} 'the keys were not copied within ${WHOLE_WORK_SECONDS} seconds'; fi
    ;;
  restore) restore ;;
  *) unknown_task whole ;;
esac
`;

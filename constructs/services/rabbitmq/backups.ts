import { WHOLE_WORK_SECONDS } from "../../model/backups";
import { BACKUP_LOGIN_PATH, COPIES_SCRIPT, WHOLE_COPIES_SCRIPT } from "../copies";
import { RABBITMQ_RESTORE } from "./restore";

/*
 * What a broker is told by people and programs of each virtual host: exchanges, queues, bindings, policies and parameters. Not its
 * users, whom the users' Job makes with the passwords of now; and not messages, which no broker gives away in a form that goes back.
 *
 * A copy is a folder with two files for each virtual host: its name as a URL has it, and its definitions. Names are encoded byte by
 * byte, so that nothing in them means anything.
 */
export const RABBITMQ_BACKUP_SCRIPT = String.raw`${COPIES_SCRIPT}${WHOLE_COPIES_SCRIPT}
{
  printf 'user = "%s:%s"\n' "$USERNAME" "$(sed 's/[\\"]/\\&/g' ${BACKUP_LOGIN_PATH}/password)"
  printf 'cacert = "%s"\n' "$CA_BUNDLE"
} > /tmp/curl.conf
api() {
  method=$1
  resource=$2
  shift 2
  # What a broker is told takes as long as it takes: it would go on with what was given up, beside the next try. It says why it refuses.
  case $method in
    POST) set -- --fail-with-body "$@" ;;
    *) set -- --fail --max-time 120 "$@" ;;
  esac
  curl --config /tmp/curl.conf --silent --show-error --connect-timeout 10 \
    --request "$method" --header 'content-type: application/json' "$@" "https://$HOST:$PORT/api/$resource"
}
encoded() {
  printf %s "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g'
}

whole() {
  mkdir -p ./whole
  if made_just_now ./whole; then fail_if_filling; fi
  rm -rf ./whole/.part
  part=./whole/.part
  mkdir "$part"
  touch /tmp/begun
  api GET 'vhosts?columns=name' > /tmp/vhosts.json
  # The last line ends as the others do.
  echo >> /tmp/vhosts.json
  sed 's/},{/},\n{/g' /tmp/vhosts.json | sed -n 's/.*"name":"\(.*\)"}.*/\1/p' > /tmp/vhosts
  : > /tmp/copied
  left=
  if [ "$(grep -o '"name":"' /tmp/vhosts.json | wc -l)" != "$(wc -l < /tmp/vhosts)" ]; then
    left=yes
    echo 'a virtual host is not copied: its name looks like the end of one' >&2
  fi
  while read -r name; do
    case $name in
      *\\*)
        left=yes
        echo "virtual host \"$name\" is not copied: its name has a sign that JSON writes otherwise" >&2
        ;;
      *) echo "$name" >> /tmp/copied ;;
    esac
  done < /tmp/vhosts
  # A run that leaves one out fails, and its next try would copy the same again.
  if [ -n "$left" ] && made_just_now ./whole; then
    echo 'a copy of the others is there from the last five minutes: none is made now' >&2
    exit 1
  fi
  count=0
  while read -r name; do
    count=$((count + 1))
    encoded "$name" > "$part/$count.vhost"
    api GET "definitions/$(cat "$part/$count.vhost")" < /dev/null > "$part/$count.json"
  done < /tmp/copied
  ready=$(now)
  touch -r /tmp/begun "$part"
  mv "$part" "./whole/$ready"
  touch -r /tmp/begun "./whole/$ready"
  forget
  echo "copied the definitions of $count virtual hosts at $ready"
  fail_if_filling
  if [ -n "$left" ]; then exit 1; fi
}

${RABBITMQ_RESTORE}

case $TASK in
  whole)
    if [ $# -gt 0 ]; then whole; else in_time ${WHOLE_WORK_SECONDS} 'the definitions were not copied within ${WHOLE_WORK_SECONDS} seconds'; fi
    ;;
  restore) restore ;;
  *) unknown_task whole ;;
esac
`;

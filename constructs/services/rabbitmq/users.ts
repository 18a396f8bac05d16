import { LOGIN_FILES, LOGIN_PATH, READER_SUFFIX, USER_PREFIX, type UserSetup } from "../../model/service-users";
import { CURL } from "../curl";

/*
 * By the management API, the only way into a broker that somebody else runs. The name of the virtual host comes encoded
 * for a URL. Connections that are open outlive a change of their password.
 */
const SCRIPT = String.raw`set -eu
umask 077

# Standard input as the inside of a text in double quotes, for JSON and for curl's settings alike.
escaped() {
  sed 's/[\\"]/\\&/g'
}
{
  printf 'user = "%s:' "$(escaped < ${LOGIN_PATH}/${LOGIN_FILES.adminName})"
  printf '%s"\n' "$(escaped < ${LOGIN_PATH}/${LOGIN_FILES.adminPassword})"
  if [ -n "$CA_BUNDLE" ]; then printf 'cacert = "%s"\n' "$CA_BUNDLE"; fi
} > /tmp/curl.conf
api() {
  method=$1
  resource=$2
  shift 2
  curl --config /tmp/curl.conf --silent --show-error --fail --connect-timeout 10 --max-time 30 \
    --request "$method" --header 'content-type: application/json' "$@" "https://$HOST:$PORT/api/$resource"
}

case $1 in
  make)
    api PUT "vhosts/$VIRTUAL_HOST"
    for path in ${LOGIN_PATH}/${LOGIN_FILES.user("*")}; do
      [ -e "$path" ] || continue
      name=$(basename "$path" | sed 's/^${LOGIN_FILES.user("")}//')
      printf '{"password":"%s","tags":""}' "$(escaped < "$path")" | api PUT "users/$name" --data @-
      # No name is empty, so this is none.
      case $name in
        *${READER_SUFFIX}) change='^$' ;;
        *) change='.*' ;;
      esac
      api PUT "permissions/$VIRTUAL_HOST/$name" \
        --data "{\"configure\":\"$change\",\"write\":\"$change\",\"read\":\".*\"}"
      echo "user $name is as it should be"
    done
    ;;
  retire)
    api GET 'users?columns=name' > /tmp/known.json
    grep -o '"name":"${USER_PREFIX.replace(".", "[.]")}[^"]*"' /tmp/known.json | cut -d '"' -f 4 > /tmp/known
    while read -r name; do
      if [ ! -e "${LOGIN_PATH}/${LOGIN_FILES.user("$name")}" ]; then
        api DELETE "users/$name" < /dev/null
        echo "user $name is gone: nothing needs it"
      fi
    done < /tmp/known
    ;;
esac
`;

/** Each user may do everything in its virtual host, or consume from its queues, see no other, and not manage the broker. */
export const RABBITMQ_USERS: UserSetup = {
  image: CURL.image,
  script: SCRIPT,
  parts: ["virtualHost"],
};

/*
 * The way back from copies, as functions of the program that makes them (`MYSQL_BACKUP_SCRIPT`), whose functions it uses.
 *
 * A line that ends a statement may be followed by one that ends another: `again` looks at each line that `n` reads, as a new
 * round would begin after it.
 */
export const MYSQL_RESTORE = String.raw`# Statements of a log without those about users: the users' Job makes them, with the passwords that hold now.
without_users() {
  sed -e ':again
/\/\*!\*\/;$/{
n
/^\(\(CREATE\|ALTER\|DROP\|RENAME\) USER\|GRANT\|REVOKE\|SET PASSWORD\) /I{
:more
/\/\*!\*\/;$/!{
N
b more
}
d
}
b again
}' "$1"
}

# Whether each statement is as large at most: rows that one statement changed are one statement of the log.
none_larger() {
  awk -v "most=$1" '{ size += length($0) + 1; if (size > most) { larger = 1; exit } }
    /\/\*!\*\/;$/ { size = 0 }
    END { exit larger }' "$2"
}

# Whatever becomes of a restore: the volume and the server are as large as before.
put_back() {
  rm -rf ./.restore
  if [ -n "$packet" ] && ! ask "SET GLOBAL max_allowed_packet = $packet"; then
    echo "max_allowed_packet is 1 GiB until the server's next start" >&2
  fi
}

# Puts what was on the server in the place of what is on it: the last whole copy before the time, and the log from there on.
restore() {
  check_time
  begun=$(date +%s)
  packet=
  copies > /tmp/copies
  find_copy
  file=$(goes_on "$copy" | cut -d ' ' -f 1)
  position=$(goes_on "$copy" | cut -d ' ' -f 2)
  logs=$(dirname "$(dirname "$copy")")/log
  base=$(echo "$file" | sed 's/\.[0-9]*$//')
  number=$(echo "$file" | sed 's/.*\.0*//')
  reached=$(time_of "$copy")
  set --
  while one=$logs/$base.$(printf %06d "$number") && [ -e "$one" ]; do
    set -- "$@" "$one"
    reached=$(date -u -r "$one" +%Y-%m-%dT%H:%M:%SZ)
    number=$((number + 1))
  done
  missing=$base.$(printf %06d "$number")
  newest=$(find "$logs" -type f ! -name '.*' | sort | tail -n 1)
  if before "$reached" "$AT"; then
    if [ -n "$newest" ] && before "$missing" "$(basename "$newest")"; then
      echo "$missing is not among the copies of the log: give a time up to $reached" >&2
      exit 1
    fi
    if [ "$LOSE" != yes ]; then
      echo "the copies reach to $reached: give a time up to that, or LOSE=yes if all that came after it is lost anyway" >&2
      exit 1
    fi
    echo "the copies reach to $reached: changes after that are lost"
  fi
  echo "going back to $AT from the whole copy of $(time_of "$copy") and $# files of its log"
  rm -rf ./.restore
  mkdir ./.restore
  trap put_back EXIT
  # All that can fail without the server does so while nothing is changed. The rows of a statement are kept in a file there.
  export TMPDIR="$PWD/.restore"
  if [ $# -gt 0 ]; then
    mysqlbinlog --no-defaults --start-position="$position" --stop-datetime="$(echo "$AT" | tr T ' ' | tr -d Z)" \
      --result-file=./.restore/log.sql "$@"
    without_users ./.restore/log.sql > ./.restore/changes.sql
    rm -f ./.restore/log.sql
    if ! none_larger 1073741824 ./.restore/changes.sql; then
      echo "a statement of the log is larger than the 1 GiB that a server takes: give a time before it" >&2
      exit 1
    fi
  fi
  unpacked "$copy" > ./.restore/whole.sql
  databases
  packet=$(ask 'SELECT @@GLOBAL.max_allowed_packet')
  ask 'SET GLOBAL max_allowed_packet = 1073741824'
  tick=$(printf '\140')
  while read -r name; do
    ask "DROP DATABASE $tick$(echo "$name" | sed "s/$tick/$tick$tick/g")$tick" < /dev/null
  done < /tmp/databases
  mysql --defaults-extra-file=/tmp/client.cnf --binary-mode < ./.restore/whole.sql
  rm -f ./.restore/whole.sql
  if [ $# -gt 0 ]; then mysql --defaults-extra-file=/tmp/client.cnf --binary-mode < ./.restore/changes.sql; fi
  echo "restored $DATABASE in $(($(date +%s) - begun)) seconds"
}`;

import { BACKUP_LOGIN_PATH, COPIES_SCRIPT, DUMP_WORK_SECONDS, WHOLE_COPIES_SCRIPT } from "../../services";
import { OWNERSHIP_SQL } from "./ownership";

/*
 * A copy is a folder: what `pg_dump` made of the database, and the names of the server's roles, as a dump gives to whom things belong
 * and not who that is. It goes back into a new database beside the one that is there, which takes its place when all of it is in: until
 * then nothing was changed, and clients go on. Roles that are not there any more are made without a way to sign in; the users' Job
 * lets in those that are needed.
 *
 * There is no log between two copies: PostgreSQL's goes with a copy of its files, which a client cannot make.
 */
export const POSTGRESQL_BACKUP_SCRIPT = String.raw`${COPIES_SCRIPT}${WHOLE_COPIES_SCRIPT}
printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' ${BACKUP_LOGIN_PATH}/password)" > /tmp/login
export PGHOST="$HOST" PGPORT="$PORT" PGUSER="$USERNAME" PGPASSFILE=/tmp/login PGSSLMODE=verify-full PGSSLROOTCERT="$CA_BUNDLE"
export PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8 PGOPTIONS='-c client_min_messages=warning'
# Statements on standard input, in a database. They are given values by more arguments.
ask() {
  in=$1
  shift
  psql --no-psqlrc --no-password --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$@" "$in"
}

whole() {
  mkdir -p ./whole
  if made_just_now ./whole; then fail_if_filling; fi
  rm -rf ./whole/.part*
  mkdir ./whole/.part
  touch ./whole/.part.begun
  echo "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'" | ask "$DATABASE" > ./whole/.part/roles
  # Tables that are locked for longer than a migration takes are no reason to wait all night.
  pg_dump --no-password --format=custom --lock-wait-timeout=1800s --file=./whole/.part/database "$DATABASE"
  # Reads it to its end.
  pg_restore --file=/dev/null ./whole/.part/database
  ready=$(now)
  touch -r ./whole/.part.begun ./whole/.part
  mv ./whole/.part "./whole/$ready"
  rm -f ./whole/.part.begun
  forget
  echo "copied $DATABASE at $ready"
  fail_if_filling
}

# Whatever becomes of a restore: there is one database, and clients may come. Compared as text: what is compared with a name is cut to 63
# characters first, and what begins with a long name would be the database itself.
put_back() {
  ask postgres --set new="$new" --set old="$old" --set name="$DATABASE" << 'SQL'
SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
  WHERE datname::text IN (:'new', :'old') AND datname::text <> :'name' \gexec
SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS true', :'name') \gexec
SQL
}

restore() {
  check_time
  begun=$(date +%s)
  copies > /tmp/copies
  find_copy
  # As short for every database: a name has 63 characters at most, and what is longer is cut without an error.
  short=$(printf %s "$DATABASE" | sha256sum | cut -c 1-16)
  new=restored.$short
  old=replaced.$short
  echo "going back to $AT: the copy of $(time_of "$copy")"
  # Of a restore that was ended half-way.
  put_back
  trap put_back EXIT
  ask postgres --set new="$new" --set name="$DATABASE" << 'SQL'
SELECT format('CREATE DATABASE %I TEMPLATE template0 OWNER %I', :'new', pg_get_userbyid(datdba))
  FROM pg_database WHERE datname = :'name' \gexec
SQL
  while read -r role; do
    ask postgres --set role="$role" << 'SQL'
SELECT format('CREATE ROLE %I NOLOGIN', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
SQL
  done < "$copy/roles"
  ask "$new" << 'SQL'
${OWNERSHIP_SQL}SQL
  pg_restore --no-password --exit-on-error --single-transaction --dbname="$new" "$copy/database"
  # Rights to the database itself, as of who measures, are not in a dump of one.
  ask "$new" --set new="$new" --set name="$DATABASE" << 'SQL'
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'new', pg_get_userbyid(grantee))
  FROM pg_database, aclexplode(datacl) WHERE datname = :'name' AND privilege_type = 'CONNECT' AND grantee <> 0 \gexec
ANALYZE;
SQL
  # Nothing was changed until here. Who is in the old one is thrown out, and comes back to the new one.
  ask postgres --set new="$new" --set old="$old" --set name="$DATABASE" << 'SQL'
SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS false', :'name') \gexec
SELECT count(pg_terminate_backend(pid, 10000)) AS ended FROM pg_stat_activity WHERE datname = :'name' \gset
BEGIN;
SELECT format('ALTER DATABASE %I RENAME TO %I', :'name', :'old') \gexec
SELECT format('ALTER DATABASE %I RENAME TO %I', :'new', :'name') \gexec
COMMIT;
SQL
  echo "restored $DATABASE in $(($(date +%s) - begun)) seconds"
}

case $TASK in
  whole)
    if [ $# -gt 0 ]; then whole; else
      in_time ${DUMP_WORK_SECONDS} 'the database was not copied within ${DUMP_WORK_SECONDS} seconds'
    fi
    ;;
  restore) restore ;;
  *) unknown_task whole ;;
esac
`;

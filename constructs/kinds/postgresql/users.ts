import {
  FIND_CA_BUNDLE,
  LOGIN_FILES,
  LOGIN_PATH,
  MEASURING_SUFFIX,
  READER_SUFFIX,
  USER_PREFIX,
  type UserSetup,
} from "../../services";
import { IMPORTED_OWNERSHIP_SQL } from "./imported-ownership";
import { OWNER, OWNERSHIP_SQL, READERS } from "./ownership";
import { POSTGRESQL_CLIENT } from "./versions";

/** Two exporters while one replaces the other, two connections each, and the one by which this program tries the password. */
export const MEASURING_CONNECTIONS = 5;

/** A server in the cluster that was ended in the middle of its first start has files and not the database: the image makes it once. */
const MAKE_DATABASE = String.raw`PGUSER=$admin PGPASSFILE=/tmp/admin.pass setsid psql --no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 --dbname postgres << SQL
SELECT 'CREATE DATABASE "$DATABASE"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$DATABASE') \gexec
SQL
`;

/** An empty one beside that with the data would be worse than none. */
const FIND_DATABASE = String.raw`echo 'SELECT 1' | as "$admin" admin > /dev/null 2> /tmp/refused || {
    cat /tmp/refused >&2
    case $(cat /tmp/refused) in
      *"database \"$DATABASE\" does not exist"*)
        echo "the server was imported, and its database is none that this program makes: name the one that is there, postgresql({ database: \"…\" })" >&2
        ;;
    esac
    exit 1
  }
`;

/** Comment on each role that was made in a server of others: they may have one of any name. */
const MADE = "made by goldenpath";
const IS_MADE = `coalesce(shobj_description(oid, 'pg_authid'), '') = '${MADE}'`;

/** What differs where others have roles too. */
interface Roles {
  /** Lines of the shell that look for one of that name before it is made. Its password is there for the client. */
  readonly look: string;
  /** Statement with which one is made. */
  readonly mark: string;
  /** Which of those with such a name may retire, after `AND`. */
  readonly retiring: string;
}

const OWN_ROLES: Roles = { look: "", mark: "", retiring: "" };

/** One that was there keeps its password: whoever signs in as it goes on. With the same password it was made before there were comments. */
const ROLES_BESIDE_OTHERS: Roles = {
  look: String.raw`  made=$(echo "SELECT ${IS_MADE} FROM pg_roles WHERE rolname = '$name'" | as "$admin" admin)
  if [ "$made" = f ] && ! signs_in 2> /dev/null; then
    echo "user $name was there before, and another than goldenpath made it: it keeps its password. Rename it, or whoever needs it here; or hand it over, and its password becomes another: COMMENT ON ROLE \"$name\" IS '${MADE}'" >&2
    exit 1
  fi
`,
  mark: `COMMENT ON ROLE "$name" IS '${MADE}';\n`,
  retiring: ` AND ${IS_MADE}`,
};

/*
 * PostgreSQL keeps one password of a role, so each generation of passwords has roles of its own (`UserSetup.renewed`): pods of before
 * go on as theirs. What one generation makes the next has to be able to change, so no user owns anything: a user that may write is a
 * member of `application` and acts as it (`ALTER ROLE … SET role`).
 *
 * Pods that run are restarted with the new password when the release is through, so the generation before may sign in until the next
 * change. A role that nothing needs may not sign in any more, and is not dropped. What it made as itself, having said `SET ROLE NONE`, is
 * given to `application` then.
 *
 * Passwords: `\password` sends the verifier and never the text, which would be in the server's log if the statement failed. It reads
 * from the terminal, where there is one: `setsid` leaves it.
 */
const script = (database: string, ownership: string, { look, mark, retiring }: Roles): string => String.raw`set -eu
umask 077

${FIND_CA_BUNDLE}export PGHOST="$HOST" PGPORT="$PORT" PGSSLMODE=verify-full PGSSLROOTCERT="$bundle"
export PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8 PGOPTIONS='-c client_min_messages=warning'

# A user's password for the client. It is on standard input.
login() {
  printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g')" > "/tmp/$1.pass"
}
as() {
  PGUSER=$1 PGPASSFILE=/tmp/$2.pass setsid psql --no-psqlrc --no-password --quiet --no-align --tuples-only \
    --set ON_ERROR_STOP=1 --single-transaction --dbname "$DATABASE"
}
admin=$(cat ${LOGIN_PATH}/${LOGIN_FILES.adminName})
login admin < ${LOGIN_PATH}/${LOGIN_FILES.adminPassword}

# What all users have in common. Two Jobs at once would both find that there is none.
common() {
  ${database}  as "$admin" admin > /dev/null << SQL
SELECT pg_advisory_xact_lock(hashtext('goldenpath users'));
${ownership}SQL
}

make() {
  name=$1
  path=$2
  login user < "$path"
${look}  case $name in
    *${MEASURING_SUFFIX}) may="GRANT CONNECT ON DATABASE \"$DATABASE\" TO \"$name\"; ALTER ROLE \"$name\" CONNECTION LIMIT ${MEASURING_CONNECTIONS}" ;;
    *${READER_SUFFIX}) may="GRANT ${READERS} TO \"$name\"" ;;
    *) may="GRANT ${OWNER} TO \"$name\"; ALTER ROLE \"$name\" SET role = '${OWNER}'" ;;
  esac
  as "$admin" admin > /dev/null << SQL
SELECT pg_advisory_xact_lock(hashtext('goldenpath users'));
SELECT 'CREATE ROLE "$name"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$name') \gexec
${mark}ALTER ROLE "$name" LOGIN;
$may;
SQL
  if signs_in 2> /tmp/refused; then
    echo "user $name is as it should be"
    return
  fi
  # A server that has no time is no reason for another password.
  case $(cat /tmp/refused) in
    *'password authentication failed'*) ;;
    *)
      cat /tmp/refused >&2
      exit 1
      ;;
  esac
  # Asked for twice.
  { cat "$path"; echo; cat "$path"; echo; } |
    PGUSER=$admin PGPASSFILE=/tmp/admin.pass setsid psql --no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 \
      --dbname "$DATABASE" --command "\\password \"$name\"" > /dev/null 2> /tmp/refused || {
    cat /tmp/refused >&2
    exit 1
  }
  signs_in
  echo "user $name has a new password"
}
signs_in() {
  echo 'SELECT 1' | as "$name" user > /dev/null
}

case $1 in
  make)
    common
    for path in ${LOGIN_PATH}/${LOGIN_FILES.user("*")}; do
      if [ -e "$path" ]; then make "$(basename "$path" | sed 's/^${LOGIN_FILES.user("")}//')" "$path"; fi
    done
    ;;
  retire)
    echo "SELECT rolname FROM pg_roles WHERE rolname LIKE '${USER_PREFIX}%' AND rolcanlogin${retiring}" | as "$admin" admin > /tmp/known
    while read -r name; do
      case " $SPARED " in
        *" $name "*) continue ;;
      esac
      if [ ! -e "${LOGIN_PATH}/${LOGIN_FILES.user("$name")}" ]; then
        as "$admin" admin << SQL
ALTER ROLE "$name" NOLOGIN;
SELECT 'GRANT "$name" TO CURRENT_USER' WHERE NOT pg_has_role(current_user, '$name', 'USAGE') \gexec
REASSIGN OWNED BY "$name" TO ${OWNER};
SQL
        echo "user $name may not sign in any more: nothing needs it"
      fi
    done < /tmp/known
    ;;
esac
`;

/** Each user has all rights to the application's objects, or those to read. The one that measures has none. */
export const POSTGRESQL_USERS: UserSetup = {
  image: POSTGRESQL_CLIENT.image,
  script: script(MAKE_DATABASE, OWNERSHIP_SQL, OWN_ROLES),
  imported: { script: script(FIND_DATABASE, IMPORTED_OWNERSHIP_SQL, ROLES_BESIDE_OTHERS) },
  parts: ["database"],
  renewed: true,
};

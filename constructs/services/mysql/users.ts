import { MEASURING_SUFFIX } from "../../model/exporter";
import { LOGIN_FILES, LOGIN_PATH, READER_SUFFIX, USER_PREFIX, type UserSetup } from "../../model/service-users";
import { FIND_CA_BUNDLE } from "../find-ca-bundle";
import { MYSQL_VERSIONS } from "./versions";

const SIGNS_IN = String.raw`signs_in() {
  as user --database "$DATABASE" --execute 'SELECT 1' > /dev/null
}`;

/** Two exporters while one replaces the other, two connections each, and the one by which this program tries the password. */
export const MEASURING_CONNECTIONS = 5;

/**
 * What the program has beside that where somebody measures: a user without rights sees no database, and asks the server alone
 * what everybody may.
 */
const MEASURING = {
  signsIn: String.raw`signs_in() {
  case $name in
    *${MEASURING_SUFFIX}) as user --execute 'SELECT 1' > /dev/null ;;
    *) as user --database "$DATABASE" --execute 'SELECT 1' > /dev/null ;;
  esac
}`,
  rights: String.raw`    *${MEASURING_SUFFIX}) rights= ;;
`,
  statements: String.raw`  unlock="ALTER USER $user ACCOUNT UNLOCK;
GRANT $rights ON $tick$own$tick.* TO $user;"
  if [ -z "$rights" ]; then
    unlock="ALTER USER $user WITH MAX_USER_CONNECTIONS ${MEASURING_CONNECTIONS} ACCOUNT UNLOCK;"
  fi
`,
} as const;

/** Rights to a database that is not there are given without a word. */
const FIND_DATABASE = String.raw`
as admin --database "$DATABASE" --execute 'SELECT 1' > /dev/null 2> /tmp/refused || {
  cat /tmp/refused >&2
  case $(cat /tmp/refused) in
    *'ERROR 1049'*)
      echo "the server was imported, and its database is none that this program makes: name the one that is there, mysql({ database: \"…\" })" >&2
      ;;
  esac
  exit 1
}
`;

/**
 * What differs where others have users too, who may have any name: each that is made carries a mark, an attribute of MySQL and a role
 * without rights of MariaDB. One that was there keeps its password. With the same password it was made before there were marks.
 */
const BESIDE_OTHERS = {
  marks: String.raw`
case $(as admin --execute 'SELECT VERSION()') in
  *MariaDB*)
    marked="EXISTS (SELECT 1 FROM mysql.roles_mapping AS made WHERE made.user = mysql.user.user AND made.host = mysql.user.host AND made.role = 'goldenpath')"
    mark() {
      echo "CREATE ROLE IF NOT EXISTS goldenpath; GRANT goldenpath TO $user;"
    }
    ;;
  *)
    marked="COALESCE(JSON_CONTAINS_PATH(user_attributes, 'one', '\$.metadata.goldenpath'), 0)"
    mark() {
      echo "ALTER USER $user ATTRIBUTE '{\"goldenpath\": \"made\"}';"
    }
    ;;
esac
`,
  look: String.raw`  made=$(as admin --execute "SELECT $marked FROM mysql.user WHERE user = '$name' AND host = '%'" < /dev/null)
  if [ "$made" = 0 ] && ! signs_in 2> /dev/null; then
    echo "user $name was there before, and another than goldenpath made it: it keeps its password. Rename it, or whoever needs it here; or hand it over, and its password becomes another: $(mark)" >&2
    exit 1
  fi
`,
  mark: "\n$(mark)",
  retiring: " AND $marked",
} as const;

const NOBODY_ELSE = { marks: "", look: "", mark: "", retiring: "" } as const;

/*
 * Written for the clients and servers of MySQL and MariaDB alike: `loose-` makes an option that one of them lacks a
 * warning, and only MySQL reads what stands in a comment with its version number.
 *
 * A user keeps its old password beside the new one until the next change, so that pods which still have it go on. A
 * user whom nothing needs is locked and not dropped: views and procedures it defined go on working.
 *
 * In the name of a database an underscore stands for any character to GRANT, unless it is escaped. Statements come by
 * standard input, where no list of processes shows them.
 */
const script = (
  measuring: boolean,
  { marks, look, mark, retiring }: Readonly<Record<keyof typeof BESIDE_OTHERS, string>> = NOBODY_ELSE,
): string => String.raw`set -eu
umask 077
tick=$(printf '\140')

${FIND_CA_BUNDLE}
# A client's settings for one user. The password is on standard input.
settings() {
  {
    printf '[client]\nhost="%s"\nport=%s\nuser="%s"\n' "$HOST" "$PORT" "$1"
    printf 'password="%s"\n' "$(sed 's/["\\]/\\&/g')"
    printf 'protocol=tcp\nconnect-timeout=10\ndefault-character-set=utf8mb4\n'
    printf 'ssl-ca="%s"\nloose-ssl-mode=VERIFY_IDENTITY\nloose-ssl-verify-server-cert\n' "$bundle"
  } > "/tmp/$2.cnf"
}
as() {
  file=$1
  shift
  mysql --defaults-extra-file="/tmp/$file.cnf" --batch --skip-column-names "$@"
}
# Standard input as a text of SQL.
quoted() {
  printf "'%s'" "$(sed "s/['\\\\]/\\\\&/g")"
}
${measuring ? MEASURING.signsIn : SIGNS_IN}

settings "$(cat ${LOGIN_PATH}/${LOGIN_FILES.adminName})" admin < ${LOGIN_PATH}/${LOGIN_FILES.adminPassword}
own=$(printf '%s' "$DATABASE" | sed 's/[_%]/\\&/g')
${marks === "" ? "" : FIND_DATABASE + marks}
make() {
  name=$1
  path=$2
  user="'$name'@'%'"
  password=$(quoted < "$path")
  # Not the right to run procedures: they act with the rights of whoever defined them.
  case $name in
    *${READER_SUFFIX}) rights='SELECT, SHOW VIEW' ;;
${measuring ? MEASURING.rights : ""}    *) rights='ALL PRIVILEGES' ;;
  esac
${measuring ? MEASURING.statements : ""}  settings "$name" user < "$path"
${look}  as admin << SQL
SET SESSION sql_mode = '';
CREATE USER IF NOT EXISTS $user IDENTIFIED BY $password REQUIRE SSL;
${measuring ? "$unlock" : "ALTER USER $user ACCOUNT UNLOCK;\nGRANT $rights ON $tick$own$tick.* TO $user;"}${mark}
SQL
  if signs_in 2> /tmp/refused; then
    echo "user $name is as it should be"
    return
  fi
  # A server that has no time is no reason for another password: each takes the place of the one before the last.
  case $(cat /tmp/refused) in
    *'ERROR 1045'*) ;;
    *)
      cat /tmp/refused >&2
      exit 1
      ;;
  esac
  as admin << SQL
SET SESSION sql_mode = '';
ALTER USER $user IDENTIFIED BY $password /*!80014 RETAIN CURRENT PASSWORD */;
SQL
  signs_in
  echo "user $name has a new password"
}

case $1 in
  make)
    for path in ${LOGIN_PATH}/${LOGIN_FILES.user("*")}; do
      if [ -e "$path" ]; then make "$(basename "$path" | sed 's/^${LOGIN_FILES.user("")}//')" "$path"; fi
    done
    ;;
  retire)
    as admin --execute "SELECT user FROM mysql.user WHERE user LIKE '${USER_PREFIX}%' AND host = '%'${retiring}" > /tmp/known
    while read -r name; do
      if [ ! -e "${LOGIN_PATH}/${LOGIN_FILES.user("$name")}" ]; then
        as admin --execute "ALTER USER '$name'@'%' ACCOUNT LOCK" < /dev/null
        echo "user $name is locked: nothing needs it"
      fi
    done < /tmp/known
    ;;
esac
`;

/** Each user has all rights to its own database, or those to read, and none to any other. The one that measures has none. */
export const MYSQL_USERS: UserSetup = {
  image: MYSQL_VERSIONS["8.4"].image,
  script: script(false),
  measuringScript: script(true),
  imported: { script: script(false, BESIDE_OTHERS), measuringScript: script(true, BESIDE_OTHERS) },
  parts: ["database"],
};

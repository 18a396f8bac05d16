import { JOIN_OWNER, OWNER, ownershipSql, READERS } from "./ownership";

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Statements of PL/pgSQL for psql: no `$`, which a shell would read. */
const block = (text: string): string => `DO ${quoted(text)};\n`;

/** Relations that people made: those of an extension are its own. */
const RELATIONS = String.raw`FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname !~ '^pg_' AND nspname <> 'information_schema'`;

/**
 * What a role owns in this database, as `schema`, `type` and `identity`, but for what goes with a table or an extension. What acts with its
 * owner's rights stays with who has them. `REASSIGN OWNED` takes databases too, others' among them.
 */
const OWNED = String.raw`FROM pg_shdepend AS one, pg_identify_object(classid, objid, objsubid)
      WHERE deptype = 'o' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND type IN ('schema', 'table', 'view', 'materialized view', 'foreign table', 'sequence', 'type', 'function', 'procedure', 'aggregate')
        AND coalesce(schema, '') !~ '^pg_' AND objid NOT IN (SELECT rngmultitypid FROM pg_range)
        AND objid NOT IN (SELECT oid FROM pg_proc WHERE prosecdef)
        AND NOT EXISTS (SELECT FROM pg_depend AS other WHERE (other.classid, other.objid) = (one.classid, one.objid)
          AND (other.deptype = 'e' OR type = 'sequence' AND other.deptype IN ('a', 'i')))`;

/**
 * Who makes the users gives away `application`, whoever made that: since version 16 it has to be said to be so. What is a member of it
 * cannot have it as a member.
 */
const MAY_HAND_OVER = block(String.raw`DECLARE name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['${OWNER}', '${READERS}'] LOOP
    IF pg_has_role(name, current_user, 'MEMBER') THEN
      RAISE EXCEPTION 'role % is a member of %, who makes its users and has to be a member of it. As an administrator of the server: REVOKE % FROM %', name, current_user, quote_ident(current_user), name;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 AND NOT pg_has_role(current_user, name, 'MEMBER WITH ADMIN OPTION') THEN
      RAISE EXCEPTION 'role % was there, and % may not give it to users. As who made it: GRANT % TO % WITH ADMIN OPTION', name, current_user, name, quote_ident(current_user);
    END IF;
  END LOOP;
END`);

/**
 * What a database that was there before is asked: whether the role may use all that is in it, as pods would find out one by one. Rights of
 * an administrator are not for workloads, and who makes the users cannot be both above and below `application`: what such a role owns
 * changes hands.
 */
const MAY_USE = block(String.raw`DECLARE holder RECORD; problems TEXT; what TEXT;
BEGIN
  FOR holder IN SELECT relowner AS role, relowner::regrole AS owner, count(*) AS objects,
      rolcreaterole OR pg_has_role(relowner, current_user, 'MEMBER') AS administrates
    ${RELATIONS.replace("FROM pg_class", "FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner")}
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
      AND NOT (has_schema_privilege('${OWNER}', relnamespace, 'USAGE') AND CASE
        WHEN relkind = 'S' THEN has_sequence_privilege('${OWNER}', pg_class.oid, 'USAGE')
        WHEN relkind IN ('v', 'm') THEN has_table_privilege('${OWNER}', pg_class.oid, 'SELECT')
        ELSE has_table_privilege('${OWNER}', pg_class.oid, 'SELECT') AND has_table_privilege('${OWNER}', pg_class.oid, 'INSERT')
          AND has_table_privilege('${OWNER}', pg_class.oid, 'UPDATE') AND has_table_privilege('${OWNER}', pg_class.oid, 'DELETE')
      END)
    GROUP BY relowner, rolcreaterole ORDER BY relowner::regrole::text
  LOOP
    what := format('GRANT %s TO ${OWNER};', holder.owner);
    IF holder.administrates THEN
      SELECT E'\n' || string_agg(statement, E'\n' ORDER BY step, statement) INTO what FROM (
        SELECT DISTINCT 3 AS step, 'GRANT USAGE, CREATE ON SCHEMA ' || schema || ' TO ${OWNER};' AS statement
        ${OWNED} AND refobjid = holder.role AND schema IS NOT NULL
        UNION SELECT CASE type WHEN 'schema' THEN 4 ELSE 5 END, format('ALTER %s %s OWNER TO ${OWNER};', upper(type), identity)
        ${OWNED} AND refobjid = holder.role
        UNION SELECT 1, 'CREATE ROLE ${OWNER} NOLOGIN;' WHERE current_setting('goldenpath.was_there') = 'false'
        UNION SELECT 2, format('GRANT ${OWNER} TO %s;', holder.owner)
        UNION SELECT 6, format('GRANT ${OWNER} TO %I WITH ADMIN OPTION;', current_user) WHERE holder.role <> current_user::regrole
      ) AS statements;
      what := format('it is an administrator, whose rights are not for workloads: what it owns here changes hands. As %s, in this database:%s', holder.owner, what);
    ELSE
      what := format('as who made it, or another administrator of the server: %s', what);
    END IF;
    problems := concat_ws(E'\n', problems, format('- %s (%s): %s', holder.owner, holder.objects, what));
  END LOOP;
  IF problems IS NOT NULL THEN
    RAISE EXCEPTION E'database % was imported, and ${OWNER} may not use what these own (number of objects):\n%', current_database(), problems;
  END IF;
END`);

/** Who may only read gets what the role may hand over. Others who come to the database go on as they did. */
const READ = block(String.raw`DECLARE one TEXT;
BEGIN
  FOR one IN SELECT DISTINCT nspname ${RELATIONS} AND has_schema_privilege(relnamespace, 'USAGE WITH GRANT OPTION')
  LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${READERS}', one);
  END LOOP;
  FOR one IN SELECT pg_class.oid::regclass ${RELATIONS} AND pg_has_role(current_user, relowner, 'USAGE')
  LOOP
    EXECUTE format('GRANT SELECT ON %s TO ${READERS}', one);
  END LOOP;
END`);

/** The same as in a database that was made, in one that was there before and that others use. */
export const IMPORTED_OWNERSHIP_SQL = `SELECT set_config('goldenpath.was_there', (EXISTS (SELECT FROM pg_roles WHERE rolname = '${OWNER}'))::text, true);
${ownershipSql({ before: MAY_HAND_OVER + JOIN_OWNER, after: MAY_USE + READ })}`;

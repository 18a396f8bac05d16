/** Owns all that workloads make. Nobody signs in as it: every user that may write acts as it from its first statement on. */
export const OWNER = "application";

/** What users who may only read have. */
export const READERS = "application_readers";

/** Parts of the text that differ where a database was made and where it was imported. */
interface Place {
  /** Statements between the making of the roles and what is handed over. */
  readonly before: string;
  /** Statements that follow what was handed over. */
  readonly after: string;
}

/**
 * What all users have in common, in the database that one is connected to, in the words of psql. Again it changes nothing. An
 * administrator of a cloud is no superuser: since version 16 it has to be a member of what it hands over. Who may not hand over a right
 * is warned and no more, so that it is asked for afterwards.
 */
export const ownershipSql = ({
  before,
  after,
}: Place): string => String.raw`SELECT 'CREATE ROLE ${OWNER} NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${OWNER}') \gexec
SELECT 'CREATE ROLE ${READERS} NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${READERS}') \gexec
${before}SELECT format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO ${OWNER}', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO ${READERS}', current_database()) \gexec
GRANT USAGE, CREATE ON SCHEMA public TO ${OWNER};
GRANT USAGE ON SCHEMA public TO ${READERS};
DO 'BEGIN
  IF NOT has_database_privilege(''${OWNER}'', current_database(), ''CONNECT, CREATE'') OR NOT has_schema_privilege(''${OWNER}'', ''public'', ''CREATE'')
    OR NOT has_schema_privilege(''${READERS}'', ''public'', ''USAGE'') THEN
    RAISE EXCEPTION ''% may hand over nothing of database %: make it a member of who owns that, and its schema public'', current_user, current_database();
  END IF;
END';
${after}ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER} GRANT USAGE ON SCHEMAS TO ${READERS};
ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER} GRANT SELECT ON TABLES TO ${READERS};
ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER} GRANT SELECT ON SEQUENCES TO ${READERS};
`;

/** Who makes the users is a member of what it gives things to. */
export const JOIN_OWNER = String.raw`SELECT 'GRANT ${OWNER} TO CURRENT_USER' WHERE NOT pg_has_role(current_user, '${OWNER}', 'USAGE') \gexec
`;

/** The text for a database that is the application's alone: nobody comes to it but its users. */
export const OWNERSHIP_SQL = ownershipSql({
  before: String.raw`${JOIN_OWNER}SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname) FROM pg_database
  WHERE NOT datistemplate AND pg_has_role(current_user, datdba, 'USAGE') \gexec
`,
  after: "",
});

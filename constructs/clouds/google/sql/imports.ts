import type { Service } from "../../../model/service";
import type { ImportForm, ServiceRequest } from "../../../services/provisioner";
import type { Place } from "../place";
import type { CloudSqlKind } from "./kind";

/* Instances that were there before this program. */

/** What `imported.with` calls the first user, where there is one of its name. */
export const ADMINISTRATOR_WORD = "administrator";

export const cloudSqlImports = ({ administrator }: Pick<CloudSqlKind<never>, "administrator">): ImportForm => ({
  id: {
    what: "the name of an instance of Cloud SQL, without its project and region",
    form: /^[a-z](?:[a-z0-9-]{0,96}[a-z0-9])?$/,
    example: "legacy-orders",
  },
  with: { [ADMINISTRATOR_WORD]: `its user "${administrator.username}", whose password becomes another` },
});

/**
 * How the provider knows each of them.
 * https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/sql_database_instance#import and the pages beside it
 */
export const importIds = (
  { project }: Pick<Place, "project">,
  instance: string,
): {
  readonly instance: string;
  database(name: string): string;
  user(login: CloudSqlKind<never>["administrator"]): string;
} => {
  const path = `projects/${project}/instances/${instance}`;
  return {
    instance: path,
    database: (name) => `${path}/databases/${name}`,
    user: ({ username, host }) => [project, instance, ...(host === undefined ? [] : [host]), username].join("/"),
  };
};

/** Settings that one that was there has to have already. */
export const EDITION = "ENTERPRISE";
/** The only mode in which the certificate of an instance with a private address has a name to compare. */
export const SERVER_CA_MODE = "GOOGLE_MANAGED_CAS_CA";

/**
 * What an instance that was there has and keeps, whatever it is. Of the first another value is another instance to the provider, and
 * what is not said of it would be one; the rest others may use, and it is in nobody's way here.
 */
export const LEFT: readonly string[] = [
  "settings[0].collation",
  "settings[0].deny_maintenance_period",
  "settings[0].enable_dataplex_integration",
  "settings[0].enable_google_ml_integration",
  "settings[0].ip_configuration[0].allocated_ip_range",
  "settings[0].ip_configuration[0].enable_private_path_for_google_cloud_services",
  "settings[0].ip_configuration[0].psc_config",
];

type Imported = Pick<ServiceRequest<Service>, "sizing">;

/** What somebody who imports one would trip over. */
export function importNotes(
  { sizing: { imported } }: Imported,
  { administrator }: Pick<CloudSqlKind<never>, "administrator">,
): string[] {
  if (imported === undefined) return [];
  const { username } = administrator;
  return [
    `was there before as ${imported.id}: it keeps that name, the type of its disk, its key, and the databases and users that are in it`,
    `the administrator is ${username}, whose password is new: who signed in as ${username} before has to take it from the secret`,
    "its public address and authorized networks go, and who comes without TLS is refused",
    "flags that the model does not name go, and so does its policy for passwords",
    "once it is dropped, the whole instance is deleted, with every database in it, whoever has those",
  ];
}

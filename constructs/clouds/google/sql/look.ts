import { DataGoogleSqlDatabaseInstance } from "@cdktf/provider-google/lib/data-google-sql-database-instance";
import { type ITerraformDependable, Op, type TerraformResourceLifecycle } from "cdktf";
import { formatPath } from "../../../model/problem";
import type { Service } from "../../../model/service";
import { code, expression } from "../../../terraform/expression";
import { list } from "../../../terraform/expressions";
import { literalExpression } from "../../../terraform/literal";
import { expects } from "../../shared/existing-network";
import type { GoogleRequest } from "../services/provisioner";
import { OWN_NAME } from "./address";
import { EDITION, SERVER_CA_MODE } from "./imports";

/** What an instance that was there has to be already, beside what it has to be in any case. */
export interface ToBe {
  /** `MYSQL_8_4` */
  readonly databaseVersion: string;
  /** The machine that it is given. */
  readonly tier: string;
  /** GiB to which its disk may grow. */
  readonly growsTo: number;
}

const IP = "self.settings[0].ip_configuration[0]";
/** GiB that the disk of an instance has, in its own conditions. */
export const DISK = "self.settings[0].disk_size";

/** Text of Terraform's, in words of this program. */
const found = (text: string): string => expression`${code(text)}`;

/**
 * Looks at an instance that was there, so that a plan stops in words where it could not be run with: of another engine or version, in another
 * region or network, or without a name in its certificate. What else the provider changes in place it says itself.
 *
 * That it is in the network, and has that name, has to be so before: the provider takes addresses and names for what they were when it
 * plans, so that what leads to them could not be planned in the same run. Whatever is planned of it waits for what is returned.
 */
export function lookAtInstance(request: GoogleRequest<Service>, id: string, toBe: ToBe): ITerraformDependable {
  const { scope, lookup, resolved, application, name } = request;
  const { environment } = resolved;
  const path = ["environments", environment, "applications", application, "services", name];
  const what = `${formatPath([...path, "imported"])}: ${id}`;
  const patch = (options: string): string => `gcloud sql instances patch ${id} --project ${lookup.project} ${options}`;
  return new DataGoogleSqlDatabaseInstance(scope, "Existing", {
    name: id,
    project: lookup.project,
    lifecycle: {
      postcondition: [
        ...same(lookup, toBe, what, { id, patch }),
        beforeImport(request, toBe, what, patch),
        ...reached(request, what, patch),
        {
          condition: expression`${code(DISK)} <= ${toBe.growsTo}`,
          errorMessage: `${formatPath([...path, "storage"])}: the disk of ${id} has ${found(DISK)} GiB, and may grow to ${toBe.growsTo} by itself, five times what storage says; say more there.`,
        },
      ],
    },
  });
}

type Conditions = NonNullable<TerraformResourceLifecycle["postcondition"]>;

interface Commands {
  readonly id: string;
  readonly patch: (options: string) => string;
}

function same(
  { region, project }: GoogleRequest<Service>["lookup"],
  { databaseVersion, tier }: ToBe,
  what: string,
  { id, patch }: Commands,
): Conditions {
  const [engine = ""] = databaseVersion.split("_");
  const expected = expects(
    [
      {
        attribute: "the engine",
        found: `split("_", self.database_version)[0]`,
        is: engine,
        otherwise: "import it as a service of its own kind",
      },
      {
        attribute: "region",
        is: region,
        otherwise: "import it in an environment of its region, or copy what is in it",
      },
      {
        attribute: "instance_type",
        is: "CLOUD_SQL_INSTANCE",
        otherwise: `make it one of its own first: gcloud sql instances promote-replica ${id} --project ${project}`,
      },
      {
        attribute: "edition",
        found: "self.settings[0].edition",
        is: EDITION,
        otherwise: `this program runs no other; change it first, which interrupts it: ${patch(`--edition=${EDITION} --tier=${tier}`)}`,
      },
      {
        attribute: "server_ca_mode",
        found: `${IP}.server_ca_mode`,
        is: SERVER_CA_MODE,
        otherwise: `without it there is no name to verify; give every client the new authority, then change it, for which there is no way back: ${patch(`--server-ca-mode=${SERVER_CA_MODE}`)}`,
      },
    ],
    what,
  );
  return expected.postcondition ?? [];
}

/**
 * What is asked of an instance before it is imported, and of none that bears this service's labels: Cloud SQL would upgrade one of an older
 * version with the import, for which there is no way back. Of a version without its release each release will do.
 */
function beforeImport(
  { labels }: GoogleRequest<Service>,
  { databaseVersion }: ToBe,
  what: string,
  patch: Commands["patch"],
): Conditions[number] {
  const label = (name: string): string => `try(self.settings[0].user_labels[${literalExpression(name)}], "")`;
  const isOurs = Object.entries(labels).map(([name, value]) => `${label(name)} == ${literalExpression(value)}`);
  return {
    condition: expression`self.database_version == ${databaseVersion} || startswith(self.database_version, ${`${databaseVersion}_`}) || (${code(isOurs.join(" && "))})`,
    errorMessage: `${what}: its version is ${found("self.database_version")}, and the import would make it ${databaseVersion}, for good; say the version that it has in the service, or upgrade it first, and import it then: ${patch(`--database-version=${databaseVersion}`)}.`,
  };
}

/** Whether pods come to it, and find it by a name. */
function reached(
  { lookup: { networkId, dataRange }, dataCidrs }: GoogleRequest<Service>,
  what: string,
  patch: Commands["patch"],
): Conditions {
  const network = `try(regex("projects/.+$", ${IP}.private_network), "none")`;
  const inRange = `try(cidrhost(format("%s/%s", self.private_ip_address, split("/", each)[1]), 0) == cidrhost(each, 0), false)`;
  const names = `[for each in self.dns_names : each.name if ${OWN_NAME}]`;
  const range = dataRange === undefined ? "" : ` --allocated-ip-range-name=${dataRange}`;
  return [
    {
      condition: Op.eq(found(network), networkId),
      errorMessage: `${what}: private_network is "${found(network)}", and "${networkId}" was expected; put it there first, which restarts it: ${patch(`--network=${networkId}${range}`)}.`,
    },
    {
      condition: expression`${code(`${IP}.private_network`)} == "" || anytrue([for each in ${code(list(dataCidrs))} : ${code(inRange)}])`,
      errorMessage: `${what}: its private address is "${found("self.private_ip_address")}", and pods come to ${dataCidrs.join(", ")} alone; give the range that it is in as data of the network.`,
    },
    {
      condition: expression`self.private_ip_address == "" || ${code(IP)}.server_ca_mode != ${SERVER_CA_MODE} || length(${code(names)}) == 1`,
      errorMessage: `${what}: Cloud SQL tells no name of its certificate for private services access in dns_names; rotate its server certificate: gcloud sql ssl server-certs create and rotate.`,
    },
  ];
}

import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import type { PartSource } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import { check } from "../../../model/schema";
import type { ImportForm } from "../../../services/provisioner";
import { code, type Code, expression } from "../../../terraform/expression";
import { expects } from "../../shared/existing-network";
import {
  armIdForm,
  armIdName,
  type Condition,
  locationCondition,
  type MaybeImported,
  partsOfId,
  subscriptionProblems,
} from "../imports";
import { dataSubnetBlock } from "../schema";
import type { Administrator } from "../services/administrator";
import type { ImportedEngine } from "./engine";

/* Flexible servers that were there before this program, of whichever engine. */

const escaped = (text: string): string => text.replace(/[./]/g, String.raw`\$&`);

const ZONE = String.raw`Microsoft\.Network\/privateDnsZones\/`;

/** The form of `imported` of a server. */
export function serverImports({ title, type, domain }: ImportedEngine): ImportForm {
  const zone = armIdForm(`${ZONE}[a-zA-Z0-9.-]+${escaped(domain)}`);
  return {
    id: armIdName(
      `a ${title} flexible server`,
      `${escaped(type)}\\/[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?`,
      `${type}/legacy-orders`,
    ),
    keeps: {
      what: `the block of the subnet that it stands in, and the id of its private zone (…/privateDnsZones/….${domain})`,
      form: new RegExp(String.raw`^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$|${zone.source}`),
      example: "10.20.3.0/28",
    },
  };
}

/** A subnet of its own that a server stands in, and stays. */
export interface KeptSubnet {
  readonly blocks: readonly string[];
  /** Id of the private zone that has its name. */
  readonly zoneId: string;
}

const split = ({ sizing: { imported } }: MaybeImported) => {
  const keeps = imported?.keeps ?? [];
  return { blocks: keeps.filter((one) => !one.startsWith("/")), zones: keeps.filter((one) => one.startsWith("/")) };
};

/** What `keeps` says. `undefined`: nothing */
export function keptSubnet(request: MaybeImported): KeptSubnet | undefined {
  const { blocks, zones } = split(request);
  const [zoneId] = zones;
  return zoneId === undefined ? undefined : { blocks, zoneId };
}

/** Mistakes in what is imported, beyond its forms. `path` is the service's own. */
export function serverImportProblems(
  request: MaybeImported & { readonly subscriptionId: string },
  { domain }: ImportedEngine,
  path: Path,
): Problem[] {
  const { imported } = request.sizing;
  if (imported === undefined) return [];
  const { blocks, zones } = split(request);
  const at = [...path, "imported", "keeps"];
  const none = blocks.length + zones.length === 0;
  const both = `say both: the block of its subnet, and the id of the zone that ends in ${domain}`;
  const one = (what: string): Problem => ({ path: at, got: imported.keeps, why: `it has no ${what}`, fix: both });
  return [
    ...subscriptionProblems(request, path),
    ...(none || blocks.length > 0 ? [] : [one("block")]),
    ...(none || zones.length > 0 ? [] : [one("zone")]),
    ...(zones.length > 1
      ? [{ path: at, got: imported.keeps, why: "it has several zones, and a server one", fix: "say the server's own" }]
      : []),
    ...(imported.keeps ?? []).flatMap((kept, index) =>
      kept.startsWith("/") ? [] : check(dataSubnetBlock, kept, [...at, index]),
    ),
  ];
}

/**
 * Arguments of both kinds of servers that are left as they are. Of another value of most of them azurerm makes another server; the key
 * is one of them for some engines, and for MySQL it hangs on copies in the paired region, which want a second one there. Read at
 * v4.55.0: internal/services, the flexible servers.
 */
export const SERVER_AS_IT_WAS = [
  "customer_managed_key",
  "delegated_subnet_id",
  "geo_redundant_backup_enabled",
  "identity",
  "location",
  "private_dns_zone_id",
  "source_server_id",
] as const;

/** How the first user signs in: of a server that was there, by the name that it has there. */
export const loginOf = (
  { sizing: { imported } }: MaybeImported,
  { login }: Administrator,
  { administratorLogin }: { readonly administratorLogin: string },
): Readonly<Record<"password" | "username", PartSource>> =>
  imported === undefined ? login : { ...login, username: { value: administratorLogin } };

/** A text that Azure may leave out, in small letters. */
const small = (attribute: string): Code => code(`try(lower(self.${attribute}), "")`);

/** What a server that was there has to be, by which a plan stops in words. */
export interface ImportedServer extends MaybeImported {
  readonly engine: ImportedEngine;
  /** Name of the server. */
  readonly name: string;
  readonly subscriptionId: string;
  /** Location of the environment. */
  readonly location: string;
  /** Id of the subnet where servers of the engine stand in this environment. @default - they have endpoints */
  readonly subnetId?: string;
}

const condition = (server: ImportedServer, condition: string, says: string): Condition => ({
  condition,
  errorMessage: `${server.engine.title} server ${server.name}: ${says}`,
});

/** Where it stands, and that it is no copy of another one. Empty where the server is made. */
export function serverConditions(server: ImportedServer): Condition[] {
  if (server.sizing.imported === undefined) return [];
  return [locationCondition(`${server.engine.title} server ${server.name}`, server.location), ...whereIn(server)];
}

function isPrimary({ replica }: ImportedEngine) {
  const said = small(replica.attribute);
  return "is" in replica ? expression`${said} != ${replica.is}` : expression`${said} == ${replica.isNot}`;
}

/** Its subnet and zone, or none, and that it is no replica. */
function whereIn(server: ImportedServer): Condition[] {
  const { engine, name, subscriptionId, subnetId } = server;
  const kept = keptSubnet(server);
  const subnet = small("delegated_subnet_id");
  const zone = small("private_dns_zone_id");
  const where = expression`${subnet}`;
  const own = condition(
    server,
    expression`${subnet} != ""`,
    engine.hasEndpoint
      ? "it stands in no subnet. Take keeps away: it gets a private endpoint."
      : `it stands in no subnet, and Azure moves none into one. Restore it into a subnet that is delegated to ${engine.type} ` +
          `(az ${engine.cli} flexible-server restore --source-server ${name} --subnet … --private-dns-zone …), and import the one that was restored.`,
  );
  const primary = condition(
    server,
    isPrimary(engine),
    "it is a replica of another server, which takes no writes. Import that one, or stop the replication first.",
  );
  if (kept === undefined && engine.hasEndpoint) {
    const endpoint = condition(
      server,
      expression`${subnet} == ""`,
      `it stands in the subnet ${where}, where it has no private endpoint. Say imported: { id, keeps: [its block, the id of its private zone] }.`,
    );
    return [endpoint, primary];
  }
  if (kept === undefined) {
    const here = condition(
      server,
      // What is nowhere is told by the condition before.
      expression`contains(["", ${(subnetId ?? "").toLowerCase()}], ${subnet})`,
      `it stands in the subnet ${where}, and not in the environment's own. Say imported: { id, keeps: [its block, the id of its private zone] }.`,
    );
    return [own, here, primary];
  }
  return [
    own,
    condition(
      server,
      expression`${subnet} == "" || ${zone} == ${kept.zoneId.toLowerCase()}`,
      `its private zone is ${expression`${zone}`}, and keeps says ${kept.zoneId}. Correct keeps.`,
    ),
    condition(
      server,
      expression`${subnet} == "" || try(split("/", ${subnet})[2], "") == ${subscriptionId.toLowerCase()}`,
      `it stands in the subnet ${where}, of another subscription, where nobody here looks whether keeps has its block. Restore it into a subnet of ${subscriptionId}, and import the one that was restored.`,
    ),
    primary,
  ];
}

/** A part of an id that is known when Terraform runs. */
const part = (id: string, place: number): string => Token.asString(Fn.element(Fn.split("/", id), place));

/** Looks at the subnet that a server stands in, so that a plan stops where network policies would open to another one. */
export function lookAtSubnet(
  scope: Construct,
  server: ImportedServer,
  { delegatedSubnetId }: { readonly delegatedSubnetId: string },
): void {
  const kept = keptSubnet(server);
  if (kept === undefined) return;
  new DataAzurermSubnet(scope, "Subnet", {
    resourceGroupName: part(delegatedSubnetId, 4),
    virtualNetworkName: part(delegatedSubnetId, 8),
    name: part(delegatedSubnetId, 10),
    lifecycle: expects(
      [
        {
          attribute: "address_prefixes",
          found: `join(" ", sort(self.address_prefixes))`,
          is: [...kept.blocks].sort().join(" "),
          otherwise: "say its blocks in keeps, all of them: network policies open to these alone",
        },
      ],
      `subnet of ${server.engine.title} server ${server.name}`,
    ),
  });
}

/** What tells a server that was imported already from one that is to be. */
interface Ours extends ImportedServer {
  readonly service: string;
  readonly application: string;
}

/**
 * What is asked of a server before it is imported, and of none that bears this program's tags: azurerm would upgrade one of an older
 * version with the import, which nothing takes back.
 *
 * @param version as the API spells it
 */
export function beforeImport({ service, application, ...server }: Ours, version: string): Condition {
  const tag = (name: string): Code => code(`try(self.tags[${JSON.stringify(`goldenpath:${name}`)}], "")`);
  return condition(
    server,
    expression`self.version == ${version} || (${tag("service")} == ${service} && ${tag("application")} == ${application})`,
    `its version is ${expression`${code("self.version")}`}, and the import would upgrade it to ${version}, for good. Say the version that it has in the service, and upgrade later.`,
  );
}

/** What people have to know of a server that was there, beside what is true of every one. */
export const importNotes = (request: MaybeImported, { standbyFollows }: ImportedEngine): readonly string[] => {
  const { imported } = request.sizing;
  if (imported === undefined) return [];
  return [
    `it was there before, in the resource group ${partsOfId(imported.id).group}, and stays there: commands about it name that group`,
    "the administrator is who it was before, with a password of this program from the first deploy on: nobody else signs in as that any more",
    "with every database that is in it, and whoever has those, it is deleted once it is dropped: the server is one",
    "it is encrypted with the key that it had, its own or Azure's, and not with the application's; copies in the paired region stay as they are",
    ...(!standbyFollows
      ? ["whether it has a standby, people change by `az`: a plan stops where the environment says otherwise"]
      : []),
    ...(keptSubnet(request) === undefined
      ? []
      : ["it stands in a subnet of its own, whose network is peered with the environment's by whoever has it"]),
  ];
};

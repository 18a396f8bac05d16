import { Token } from "cdktf";
import { z } from "zod";
import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { check } from "../../model/schema";
import { schemaOf } from "../../model/schema-of";
import type { Service } from "../../model/service";
import type { ServicePlace } from "../service-place";
import { forWorkloadsAlone } from "../shared/alone";
import { dataBlock, unique } from "../shared/fields";
import { provideAlone } from "../shared/provide";
import { reference } from "../shared/references";
import type { AzureLocation } from "./locations";
import { createServices, groupOf } from "./provide";
import { location, subscriptionId, tenantId } from "./schema";
import { secretPlace } from "./secret-store";
import { askedOf, AZURE_PROVISIONERS, AZURE_SERVICES } from "./services/provisioners";

/**
 * Where on Azure single data services are made, each in a resource group of its own. The provider is the stack's own, for this
 * subscription.
 */
export interface AzureServicesProps {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: AzureLocation;
  /** Vault for the keys that encrypt their data, with Azure RBAC: its id or a reference. */
  readonly keyVaultId: string;
  /** Vault for their passwords, with Azure RBAC. */
  readonly secretVault: { readonly id: string; readonly name: string };
  /** Workspace of Log Analytics for their logs: its id or a reference. */
  readonly logWorkspaceId: string;
  /** Network of MySQL. @default - no MySQL */
  readonly mysql?: MysqlNetwork;
  /** Network of private endpoints, by which Redis is reached. @default - no Redis */
  readonly endpoints?: EndpointNetwork;
  /** Tags of every resource. @default - those of the service alone */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface MysqlNetwork {
  /** Subnet that is delegated to `Microsoft.DBforMySQL/flexibleServers`. */
  readonly subnetId: string;
  /** Private zone that ends in `mysql.database.azure.com`, linked to the network. */
  readonly zoneId: string;
  /** Blocks of the subnet, for network policies of who connects. @default - none are known */
  readonly cidrs?: readonly string[];
}

export interface EndpointNetwork {
  readonly subnetId: string;
  /** Private zone `privatelink.redis.azure.net`, linked to the network. @default - none is there, and no Redis is made */
  readonly redisZoneId?: string;
  /** Private zones of kinds of services that have one of their own, by their names, linked to the network. @default - none are there */
  readonly zones?: Readonly<Record<string, string>>;
  /** Blocks of the subnet, for network policies of who connects. @default - none are known */
  readonly cidrs?: readonly string[];
}

const id = reference(
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/\S+$/i,
  "use the id of the resource: /subscriptions/…",
);
const cidrs = unique(dataBlock("use the private block of the subnet")).optional();

const SCHEMA = schemaOf<AzureServicesProps>()({
  subscriptionId,
  tenantId,
  location,
  keyVaultId: id,
  secretVault: schemaOf<AzureServicesProps["secretVault"]>()({
    id,
    name: reference(/^[a-zA-Z][a-zA-Z0-9-]{2,23}$/, "use the name of the vault"),
  }),
  logWorkspaceId: id,
  mysql: schemaOf<MysqlNetwork>()({ subnetId: id, zoneId: id, cidrs }).optional(),
  endpoints: schemaOf<EndpointNetwork>()({
    ...{ subnetId: id, redisZoneId: id.optional(), cidrs },
    zones: z.record(z.string(), id).optional(),
  }).optional(),
  tags: z.record(z.string().min(1).max(512), z.string().max(256)).optional(),
});

const REFERENCES = ["keyVaultId", "secretVault", "logWorkspaceId", "mysql", "endpoints"];

const FOR_WORKLOADS = { bucket: "Blob Storage speaks no S3, and the gateway that does runs beside workloads" };

/** Field with the network in which services of a kind have their addresses. */
function networkOf(service: Service): "endpoints" | "mysql" | undefined {
  if (service.kind === "mysql") return "mysql";
  return AZURE_PROVISIONERS.find(service)?.facts?.endpointPort === undefined ? undefined : "endpoints";
}

function networkProblems(props: AzureServicesProps, { services }: ResolvedApplication, path: Path): Problem[] {
  return services.flatMap(({ service }): Problem[] => {
    const field = networkOf(service);
    if (field === undefined) return [];
    if (props[field] === undefined) {
      return [{ path: [...path, field], why: `missing, and ${service.kind} has its address there`, fix: "give it" }];
    }
    if (service.kind === "redis" && props.endpoints?.redisZoneId === undefined) {
      const why = "missing, and names of redis are looked up in it";
      return [{ path: [...path, "endpoints", "redisZoneId"], why, fix: "give the id of privatelink.redis.azure.net" }];
    }
    const zone = AZURE_PROVISIONERS.find(service)?.facts?.privateLinkZone;
    if (zone === undefined || props.endpoints?.zones?.[zone] !== undefined) return [];
    const why = `missing, and names of ${service.kind} are looked up in it`;
    return [{ path: [...path, "endpoints", "zones", zone], why, fix: "give the id of the zone of this name" }];
  });
}

/** Where a MySQL server that was there has to stand is compared in Terraform's language, which is written of texts alone. */
const importProblems = ({ mysql }: AzureServicesProps, { services }: ResolvedApplication, path: Path): Problem[] =>
  services.flatMap(({ service, sizing: { imported } }): Problem[] => {
    if (service.kind !== "mysql" || imported === undefined || imported.keeps !== undefined) return [];
    if (!Token.isUnresolved(mysql?.subnetId)) return [];
    const why = "a reference, and what is imported is compared with it before the plan";
    return [{ path: [...path, "mysql", "subnetId"], why, fix: "give the id of the subnet, or say keeps" }];
  });

/** A part of Azure for single data services: `place: azureServices({...})`. */
export const azureServices = (props: AzureServicesProps): ServicePlace => ({
  title: "Azure",
  get where() {
    return [props.subscriptionId];
  },
  ...AZURE_SERVICES.option,
  secretPlace,
  problems: (path) => check(SCHEMA, props, path, { elsewhere: REFERENCES }),
  applicationProblems: (application, path) => [
    ...AZURE_SERVICES.problems(application, askedOf({ ...props, publicApiServer: false }), path),
    ...forWorkloadsAlone(application, FOR_WORKLOADS, [...path, "place"]),
    ...networkProblems(props, application, [...path, "place"]),
    ...importProblems(props, application, [...path, "place"]),
  ],
  provideAlone: (scope, application) => {
    const { subscriptionId: subscription, tenantId: tenant, location: at, mysql, endpoints, secretVault } = props;
    const { keyVaultId, logWorkspaceId, tags = {} } = props;
    const lookup = {
      ...{ subscriptionId: subscription, tenantId: tenant, location: at, keyVaultId, logWorkspaceId },
      ...{ secretVaultId: secretVault.id, secretVaultName: secretVault.name },
      ...{ mysqlSubnetId: mysql?.subnetId ?? "", mysqlZoneId: mysql?.zoneId ?? "" },
      ...{ endpointSubnetId: endpoints?.subnetId ?? "", redisZoneId: endpoints?.redisZoneId ?? "" },
      privateZoneId: (name: string) => endpoints?.zones?.[name] ?? "",
      // Of buckets, which are not made here.
      ...{ blobZoneId: "", oidcIssuerUrl: "" },
    };
    const dataCidrs = { endpoints: endpoints?.cidrs ?? [], mysql: mysql?.cidrs ?? [] };
    return provideAlone(scope, application, (stack, owner) => {
      const input = { lookup, application: owner, place: { dataCidrs }, tags: { ...tags } };
      return createServices(stack, input, groupOf(stack, input));
    });
  },
});

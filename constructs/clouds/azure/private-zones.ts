import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Service } from "../../model/service";
import { PRIVATE_LINK_ZONES } from "./names";
import type { PrivateLinkZoneIds } from "./network-props";
import type { ResourceDefaults } from "./resource-group";
import { AZURE_PROVISIONERS } from "./services/provisioners";
import type { Settings } from "./settings";

type ZoneKind = keyof typeof PRIVATE_LINK_ZONES;

/** A network that is to find the private addresses, by an id that stays as long as it is given. */
export interface Resolver {
  readonly id: string;
  readonly networkId: string;
  /** Whether to link it to zones whose names every environment has, and maybe the network already. */
  readonly privateLink: boolean;
}

export interface PrivateZonesProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  /** Networks that find the private addresses. */
  readonly resolvers: readonly Resolver[];
  /** Private link zones that somebody else has made, and linked. @default - zones of the environment's own */
  readonly given?: PrivateLinkZoneIds;
}

/** Zones that kinds of these services bring, beside those that every environment has. */
export function zonesOfKinds(services: readonly Service[]): string[] {
  const known: readonly string[] = Object.values(PRIVATE_LINK_ZONES);
  const zones = AZURE_PROVISIONERS.all(services).flatMap(({ facts }) => facts?.privateLinkZone ?? []);
  return [...new Set(zones)].filter((zone) => !known.includes(zone)).sort();
}

/** Private names of data services, vaults and volumes. Data services themselves come with the applications. */
export class PrivateZones extends Construct {
  readonly zoneIds: Readonly<Record<ZoneKind, string>>;
  /** Dependencies: until these exist the names lead to public addresses, which are closed. */
  readonly links: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { defaults, settings, resolvers, given }: PrivateZonesProps) {
    super(scope, id);
    const links: ITerraformDependable[] = [];
    const create = (kind: ZoneKind | "kind" | "mysql", name: string): string => {
      const here = new Construct(this, kind === "kind" ? name : kind);
      const { resourceGroupName, tags } = defaults;
      const zone = new PrivateDnsZone(here, "Default", { name, resourceGroupName, tags });
      for (const resolver of resolvers.filter(({ privateLink }) => privateLink || kind === "mysql")) {
        links.push(
          new PrivateDnsZoneVirtualNetworkLink(here, `Link-${resolver.id}`, {
            name: resolver.id,
            resourceGroupName,
            privateDnsZoneName: zone.name,
            virtualNetworkId: resolver.networkId,
            tags,
          }),
        );
      }
      return zone.id;
    };
    create("mysql", settings.names.mysqlZone);
    const { vault, blob, file, redis } = PRIVATE_LINK_ZONES;
    this.zoneIds = given ?? {
      vault: create("vault", vault),
      blob: create("blob", blob),
      file: create("file", file),
      redis: create("redis", redis),
    };
    // Whoever has made the others has made these too: the network may be linked to one of this name, and can be to no second one.
    for (const zone of given === undefined ? zonesOfKinds(settings.services) : []) create("kind", zone);
    this.links = links;
  }
}

import { azure, type AzureProps } from "../../constructs/clouds/azure";
import type { EnvironmentSpec } from "../../constructs/environment";
import { postgresql } from "../../constructs/kinds/postgresql";
import { application } from "../../constructs/model/application";
import type { ServiceSizing } from "../../constructs/model/service";
import { http } from "../../constructs/model/workload";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { ALERTS } from "../../environments/alerts";
import { AZURE_PROPS, SUBSCRIPTION } from "./azure-environment";

/* What was on Azure before this program, as an environment names it. */

export const LEGACY = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Legacy/providers`;
export const ORDERS = `${LEGACY}/Microsoft.DBforMySQL/flexibleServers/legacy-orders`;
export const INVOICES = `${LEGACY}/Microsoft.DBforPostgreSQL/flexibleServers/legacy-invoices`;
export const ACCOUNT = `${LEGACY}/Microsoft.Storage/storageAccounts/legacyuploads`;
export const UPLOADS = `${ACCOUNT}/blobServices/default/containers/uploads`;
export const HUB = `/subscriptions/${SUBSCRIPTION}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub`;
export const ZONE = `${LEGACY}/Microsoft.Network/privateDnsZones/legacy.private.mysql.database.azure.com`;
export const PG_ZONE = `${LEGACY}/Microsoft.Network/privateDnsZones/legacy.private.postgres.database.azure.com`;

export type Sizings = Readonly<Partial<Record<"invoices" | "orders" | "other" | "uploads", ServiceSizing>>>;

/** An environment in which these services were there before. */
export function environmentWith(
  services: Sizings,
  { protect, ...props }: Partial<AzureProps> & { readonly protect?: boolean } = {},
): EnvironmentSpec {
  const image = "registry.example.com/api:v1";
  const store = application({
    name: "store",
    owner: "team-store",
    services: { orders: mysql({ database: "orders" }), invoices: postgresql(), uploads: bucket(), other: bucket() },
    defaultServices: ["uploads"],
    workloads: {
      api: http({ image, needs: ["orders", "uploads", { to: "other", prefix: "OTHER_" }] }),
      books: http({ image, needs: ["invoices"] }),
    },
  });
  return {
    ...{ name: "production", cloud: azure({ ...AZURE_PROPS, ...props }), routing: ingress(), profile: "production" },
    ...{ images: "immutable-tags", contact: "platform@example.com", costCenter: "store" },
    observability: prometheus(ALERTS),
    ...(protect !== undefined && { protect }),
    applications: [{ application: store, services }],
  };
}

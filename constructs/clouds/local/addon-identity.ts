import { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import { answerNeeds, type CloudNeeds, type Granted, type PermissionTable } from "../../addons/permissions";
import { allowReading, type Store } from "./secret-store";

const PERMISSIONS: PermissionTable<Store, typeof allowReading> = {
  // There are no zones: hosts of a local cluster resolve to this machine by themselves.
  "dns-records": () => ({ grants: [], values: {} }),
  "read-secrets": () => ({ grants: [allowReading], values: {} }),
};

/** Gives the add-on's service account the permissions, by roles of the cluster itself. It bears nothing for them. */
export function allowAddon(
  scope: Construct,
  store: Store,
  { name, namespace }: Pick<Addon, "name" | "namespace">,
  needs: CloudNeeds,
): Granted {
  const { grants, values } = answerNeeds(PERMISSIONS, needs, store);
  if (grants.length > 0) {
    const here = new Construct(scope, `${name}-access`);
    for (const grant of grants) grant(here, store, { name, namespace, serviceAccount: needs.serviceAccount });
  }
  return { identity: { annotations: {} }, values, ...(needs.store && { store: { interface: "volume" } }) };
}

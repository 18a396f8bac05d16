import type { ExternalDnsProvider } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import { domainsOf } from "../model/domains";
import type { EnvironmentOption } from "../model/environment";
import { nameThere } from "../model/name-there";
import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import type { RoutingAddons } from "./routing-addons";
import { ON_SYSTEM_NODES, resources } from "./scheduling";

const NAME = "external-dns";

/** Points the hosts of routes at the controller's load balancer. */
export function externalDns(
  environment: Pick<
    Environment<EnvironmentOption, EnvironmentOption & RoutingAddons>,
    "name" | "nameThere" | "protect" | "applications" | "routing"
  >,
  provider: ExternalDnsProvider,
): Addon {
  const domains = provider.domains ?? environment.applications.flatMap(({ routes }) => domainsOf(routes));
  return {
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://kubernetes-sigs.github.io/external-dns/", name: NAME, version: "1.21.1" },
    images: (placeOf) => ({ image: { repository: placeOf("registry.k8s.io/external-dns/external-dns") } }),
    needs: { permissions: ["dns-records"], serviceAccount: NAME },
    values: ({ identity }) => ({
      provider: { name: provider.name },
      env: Object.entries(provider.environment ?? {}).map(([name, value]) => ({ name, value })),
      extraArgs: provider.flags ?? {},
      ...(provider.configuration !== undefined && mounted(provider.configuration)),
      sources: environment.routing.dnsSources,
      domainFilters: [...new Set(domains)].sort(),
      // A record lost by mistake stays lost in resolvers for as long as they remember its absence; one too many
      // points at the environment's own load balancer.
      policy: environment.protect ? "upsert-only" : "sync",
      registry: "txt",
      // With its region where names have it: one that comes back does not take records from the one that was made meanwhile.
      txtOwnerId: nameThere(environment),
      // Ends in a dot, so that the note on a zone's apex lies in the zone, and within the domain filter.
      txtPrefix: "external-dns-%{record_type}.",
      triggerLoopOnEvent: true,
      interval: "5m",
      logFormat: "json",
      serviceAccount: { create: true, name: NAME, annotations: identity.annotations },
      ...(identity.podLabels !== undefined && { podLabels: identity.podLabels }),
      // One at a time by its nature: no replicas, and no budget that would block the node's drain.
      resources: resources("25m", "128Mi", "250m"),
      ...ON_SYSTEM_NODES,
    }),
  };
}

/** The chart has no other way to a file: a Secret, though nothing is secret in it. */
function mounted({ path, content }: NonNullable<ExternalDnsProvider["configuration"]>): JsonObject {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    secretConfiguration: { enabled: true, mountPath: path.slice(0, -name.length - 1), data: { [name]: content } },
  };
}

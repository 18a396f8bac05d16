import { sealedName } from "../model/names";
import type { ResolvedApplication } from "../model/resolved";
import type { EnvVar } from "./objects";
import type { WiredWorkload } from "./provided";

/** The Secret that holds every secret variable of an application. */
export const secretName = (application: Pick<ResolvedApplication, "name">): string => `${application.name}-secrets`;

/**
 * What edges and out-of-band secrets bring, the same on every cloud but for the secrets it takes. Plain values of
 * services are in `connections`.
 */
export function environment(application: ResolvedApplication, { workload, edges }: WiredWorkload): EnvVar[] {
  const fromSecret = (name: string, key: string, secret = secretName(application)): EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  });
  return [
    ...edges.flatMap(({ edge, variables }) =>
      variables.flatMap((variable): EnvVar[] => {
        if ("template" in variable) return [fromSecret(variable.name, variable.secretKey)];
        return edge.to === "service" ? [] : [variable];
      }),
    ),
    ...workload.secrets.map(({ variable, name, sealed }) =>
      fromSecret(variable, name, sealed === undefined ? undefined : sealedName(application.name)),
    ),
  ];
}

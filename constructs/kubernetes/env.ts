import { sealedName } from "../model/names";
import type { ResolvedApplication, ResolvedSecret } from "../model/resolved";
import type { EnvVar } from "./objects";
import type { WiredWorkload } from "./provided";

/** The Secret that holds every secret variable of an application. */
export const secretName = (application: Pick<ResolvedApplication, "name">): string => `${application.name}-secrets`;

const fromSecret = (name: string, secret: string, key: string): EnvVar => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key } },
});

/** Variables of out-of-band secrets. */
export const secretVariables = (application: ResolvedApplication, secrets: readonly ResolvedSecret[]): EnvVar[] =>
  secrets.map(({ variable, name, sealed }) =>
    fromSecret(variable, sealed === undefined ? secretName(application) : sealedName(application.name), name),
  );

/**
 * What edges and out-of-band secrets bring, the same on every cloud but for the secrets it takes. Plain values of
 * services are in `connections`.
 */
export function environment(application: ResolvedApplication, { workload, edges }: WiredWorkload): EnvVar[] {
  return [
    ...edges.flatMap(({ edge, variables }) =>
      variables.flatMap((variable): EnvVar[] => {
        if ("template" in variable) return [fromSecret(variable.name, secretName(application), variable.secretKey)];
        return edge.to === "service" ? [] : [variable];
      }),
    ),
    ...secretVariables(application, workload.secrets),
  ];
}

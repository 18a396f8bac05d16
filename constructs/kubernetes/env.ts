import { sealedName } from "../model/names";
import type { ResolvedApplication } from "../model/resolved";
import type { EnvVar } from "./objects";
import type { WiredWorkload } from "./provided";

/** The Secret that holds every secret variable of an application. */
export const secretName = (application: Pick<ResolvedApplication, "name">): string => `${application.name}-secrets`;

/**
 * What edges and out-of-band secrets bring. Connection values stand here and not in the ConfigMap, whose checksum
 * must be literal.
 */
export function environment(application: ResolvedApplication, { workload, edges }: WiredWorkload): EnvVar[] {
  const fromSecret = (name: string, key: string, secret = secretName(application)): EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  });
  return [
    ...edges.flatMap(({ variables }) =>
      variables.map((variable) =>
        "value" in variable
          ? { name: variable.name, value: variable.value }
          : fromSecret(variable.name, variable.secretKey),
      ),
    ),
    ...workload.secrets.map(({ variable, name, sealed }) =>
      fromSecret(variable, name, sealed === undefined ? undefined : sealedName(application.name)),
    ),
  ];
}

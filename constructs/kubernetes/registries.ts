import type { ResolvedLogin } from "../model/registries";
import type { ResolvedApplication } from "../model/resolved";
import { applicationMetadata } from "./labels";
import type { ExternalSecret, KubernetesObject, PodSpec } from "./objects";
import { inPhase } from "./phases";
import { fromStore, remoteRef } from "./secret";

/** Key of a Secret of this type: https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets */
const KEY = ".dockerconfigjson";

/** No workload has a dot in its name, so this is never another object's. */
const pullSecretName = ({ name }: Pick<ResolvedApplication, "name">): string => `${name}.registries`;

/**
 * The logins of all registries in one Secret: whoever names it needs no change when there is one more. Nodes read it for
 * each pull, so a new password reaches them with the Secret.
 */
export function pullSecret(application: ResolvedApplication): ExternalSecret | undefined {
  const logins = application.registries?.logins ?? [];
  if (logins.length === 0) return undefined;
  const secret = fromStore(applicationMetadata(application, pullSecretName(application)), {
    type: "kubernetes.io/dockerconfigjson",
    data: { [KEY]: dockerConfig(logins) },
    fetched: logins.map((login) => ({
      secretKey: login.name,
      remoteRef: remoteRef({ key: login.remoteKey, property: login.remoteProperty }),
    })),
  });
  return inPhase("openings", secret);
}

/** Docker Hub is looked for under the address that it had first. */
const keyOf = (registry: string): string => (registry === "docker.io" ? "https://index.docker.io/v1/" : registry);

/** A template that makes JSON: passwords are put in as JSON writes them, and everything else has nothing to be escaped. */
function dockerConfig(logins: readonly ResolvedLogin[]): string {
  const auths = logins.map(({ name, registry, username }) => {
    const password = `index . "${name}"`;
    const pair = `printf "%s:%s" "${username}" (${password}) | b64enc`;
    return `${JSON.stringify(keyOf(registry))}:{"username":"${username}","password":{{ ${password} | toJson }},"auth":"{{ ${pair} }}"}`;
  });
  return `{"auths":{${auths.join(",")}}}`;
}

/** What names the Secret, where there is one. */
export function pullSecrets(application: ResolvedApplication): Pick<PodSpec, "imagePullSecrets"> {
  const hasLogins = (application.registries?.logins ?? []).length > 0;
  return hasLogins ? { imagePullSecrets: [{ name: pullSecretName(application) }] } : {};
}

/**
 * Lets the pods of a service account pull, whatever makes them: no data service is restarted for a login. RabbitMQ's
 * operator makes service accounts of its own, and gives its pods what its cluster names.
 */
export function withPullSecret(application: ResolvedApplication, object: KubernetesObject): KubernetesObject {
  const named = pullSecrets(application);
  if (object.kind === "ServiceAccount") return { ...object, ...named };
  return object.kind === "RabbitmqCluster" ? { ...object, spec: { ...object.spec, ...named } } : object;
}

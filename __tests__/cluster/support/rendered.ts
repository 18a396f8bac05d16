import type { EnvironmentSpec } from "../../../constructs/environment";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../../constructs/model/load";
import { environments } from "../../../environments";
import { literalObjects } from "../../../scripts/engine/application-objects";

export interface Rendered {
  readonly environment: string;
  readonly application: string;
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
}

/** The shipped environments, each with namespaces that only this suite uses: the cluster is shared. */
export const environmentsOf = (suite: string): typeof environments =>
  environments.map((environment) => ({ ...environment, namespaceSuffix: `${suite}-${environment.name}` }));

/** The same environment with every service of its applications in the cluster, as large as it is by default. */
export const inCluster = (environment: EnvironmentSpec): EnvironmentSpec => ({
  ...environment,
  applications: environment.applications.map((overlay) => ({
    ...overlay,
    services: Object.fromEntries(
      Object.entries(overlay.application.services ?? {}).map(([name, { kind }]) => [
        name,
        // These two have no standby there, which is to be said.
        {
          placement: "in-cluster",
          ...((kind === "mysql" || kind === "redis") && { highAvailability: false }),
        } as const,
      ]),
    ),
  })),
});

/** What Terraform would create of every application in every shipped environment, without its cloud. */
export const rendered = (
  suite: string,
  change: (environment: EnvironmentSpec) => EnvironmentSpec = (environment) => environment,
): readonly Rendered[] =>
  loadEnvironments(environmentsOf(suite).map(change)).flatMap((environment) =>
    environment.applications.map((application) => ({
      environment: environment.name,
      application: application.name,
      namespace: application.namespace,
      objects: literalObjects(environment, application),
    })),
  );

type Kind = KubernetesObject["kind"];

export const ofKind = <K extends Kind>(objects: readonly KubernetesObject[], kind: K) =>
  objects.filter((object): object is Extract<KubernetesObject, { kind: K }> => object.kind === kind);

/** The same object with another tag of the application's images, as the next release has it. */
export const withTag = <T extends KubernetesObject>(object: T, tag: string): T =>
  JSON.parse(JSON.stringify(object).replaceAll("v1.2.3", tag)) as T;

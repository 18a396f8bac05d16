import { applicationObjects } from "../../../constructs/kubernetes/application";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import type { Routing } from "../../../constructs/kubernetes/routing/routing";
import { loadEnvironments } from "../../../constructs/model/load";
import { environments } from "../../../environments";
import { literals } from "../../../scripts/engine/literals";

export interface Rendered {
  readonly environment: string;
  readonly application: string;
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
}

/** The shipped environments, each with namespaces that only this suite uses: the cluster is shared. */
export const environmentsOf = (suite: string): typeof environments =>
  environments.map((environment) => ({ ...environment, namespaceSuffix: `${suite}-${environment.name}` }));

/** What Terraform would create of every application in every shipped environment, without its cloud. */
export const rendered = (suite: string, changes: { readonly routing?: Routing } = {}): readonly Rendered[] =>
  loadEnvironments(environmentsOf(suite).map((environment) => ({ ...environment, ...changes }))).flatMap(
    (environment) =>
      environment.applications.map((application) => ({
        environment: environment.name,
        application: application.name,
        namespace: application.namespace,
        objects: applicationObjects({
          application,
          facts: environment.cloud.facts(environment),
          routing: environment.routing,
          provided: literals(environment, application),
        }),
      })),
  );

type Kind = KubernetesObject["kind"];

export const ofKind = <K extends Kind>(objects: readonly KubernetesObject[], kind: K) =>
  objects.filter((object): object is Extract<KubernetesObject, { kind: K }> => object.kind === kind);

/** The same object with another tag of the application's images, as the next release has it. */
export const withTag = <T extends KubernetesObject>(object: T, tag: string): T =>
  JSON.parse(JSON.stringify(object).replaceAll("v1.2.3", tag)) as T;

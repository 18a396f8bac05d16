import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../model/resolved";
import { GOOGLE_PROVISIONERS } from "./services/provisioners";

/** What the state's bucket needs. */
export const STATE_APIS = ["cloudkms", "storage"] as const;

const CLUSTER_APIS = [
  "artifactregistry",
  "cloudresourcemanager",
  "compute",
  "container",
  "dns",
  "file",
  "iam",
  "iamcredentials",
  "logging",
  "memorystore",
  "monitoring",
  "networkconnectivity",
  "pubsub",
  "secretmanager",
] as const;

/**
 * What the cluster's stack needs, and whatever stands on it: an application's stack may run where nobody may do this. Those of
 * data services are of every kind that Google runs, whether or not an application has one, and of what other kinds bring.
 */
export function environmentApis({ applications }: Pick<Environment, "applications">): readonly string[] {
  const services = applications.flatMap((application) => application.services.map(({ service }) => service));
  const ofServices = GOOGLE_PROVISIONERS.all(services).flatMap(({ facts }) => [
    ...(facts?.apis ?? []),
    ...Object.values(facts?.resources ?? {}).map(({ api }) => api),
  ]);
  const state: readonly string[] = STATE_APIS;
  const more = [...CLUSTER_APIS, ...ofServices].filter((name) => !state.includes(name)).sort();
  return [...new Set([...state, ...more])];
}

/**
 * Switches APIs of the project on, so that a project that was just made needs no list of commands. They stay on when the
 * environment goes: others in the project may use them. Google makes most service agents, which keys are opened to, when
 * an API comes on.
 */
export class Apis<Name extends string> extends Construct {
  /** Dependencies: the APIs are enabled then. */
  readonly enabled: readonly ITerraformDependable[];
  readonly #enabled: ReadonlyMap<Name, ITerraformDependable>;

  constructor(scope: Construct, id: string, { names }: { readonly names: readonly Name[] }) {
    super(scope, id);
    this.#enabled = new Map(names.map((name) => [name, this.#enable(name)]));
    this.enabled = [...this.#enabled.values()];
  }

  /**
   * Dependencies of what is read: with all of them it would be unknown in every plan that switches one more on, and
   * what is made of it, such as grants of keys, would go and come.
   */
  one(name: Name): ITerraformDependable[] {
    const api = this.#enabled.get(name);
    return api === undefined ? [] : [api];
  }

  #enable(name: Name): ProjectService {
    return new ProjectService(this, name, { service: `${name}.googleapis.com`, disableOnDestroy: false });
  }
}

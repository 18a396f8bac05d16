import { App } from "cdktf";
import type { PlatformEnvironment } from "../environment";
import type { WiredWorkload } from "../kubernetes/provided";
import { refuse } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";
import { FastStack } from "../terraform/fast-stack";
import { opaque } from "../terraform/opaque";
import { patchResources } from "../terraform/resource-patches";
import { type ApplicationParts, applicationParts } from "./application-objects";
import { plain } from "./plain";
import type { RenderedApplication, RenderedEnvironment } from "./rendered-environment";
import { underPatches } from "./under-patches";

/** Environments as outputs take them. Costs nothing before an output asks for an application's objects. */
export const renderEnvironments = (environments: readonly PlatformEnvironment[]): RenderedEnvironment[] =>
  environments.map((environment) => ({
    name: environment.name,
    environment,
    applications: environment.applications.map((application) => renderApplication(environment, application)),
  }));

type Parts = Omit<ApplicationParts, "problems">;

function renderApplication(environment: PlatformEnvironment, application: ResolvedApplication): RenderedApplication {
  let parts: Parts | undefined;
  const made = (): Parts => (parts ??= underPatches(application, () => withoutTerraform(environment, application)));
  return {
    application,
    get workloads() {
      return made().workloads;
    },
    get prepared() {
      return made().prepared;
    },
    get released() {
      return made().released;
    },
    get own() {
      return made().own;
    },
    get demand() {
      return made().demand;
    },
  };
}

/** What the cloud filled in is plain; what is the model's stays the same objects. */
const plainWorkload = ({ edges, identity }: WiredWorkload, workload: WiredWorkload["workload"]): WiredWorkload => ({
  workload,
  edges: edges.flatMap(({ connection, variables }, index) => {
    const edge = workload.edges[index];
    return edge === undefined ? [] : [{ edge, connection: plain(connection), variables: plain(variables) }];
  }),
  identity: plain(identity),
});

/**
 * The one place where something is asked of a cloud without a stack of the program's. A cloud says what it provides by
 * creating it, so it is given a stack that is never synthesized: decision 0135 says why there is no second description.
 *
 * @throws InvalidInput where patches of the environment do not do what they say
 */
export function withoutTerraform(environment: PlatformEnvironment, application: ResolvedApplication): Parts {
  return underPatches(application, () => made(environment, application));
}

function made(environment: PlatformEnvironment, application: ResolvedApplication): Parts {
  const { cloud, routing, observability } = environment;
  const stack = new FastStack(new App({ stackTraces: false }), application.stackName);
  cloud.configure(stack, environment);
  const asked = opaque(application);
  const { workloads, prepared, released, own, demand, problems } = applicationParts({
    application: asked,
    facts: cloud.facts(environment),
    routing,
    observability,
    provided: cloud.connect(stack, environment).provide(stack, asked),
  });
  refuse([...problems, ...patchResources(stack, asked)]);
  return {
    prepared: plain(prepared),
    released: plain(released),
    own: plain(own),
    demand,
    workloads: workloads.flatMap((wired, index): WiredWorkload[] => {
      const workload = application.workloads[index];
      return workload === undefined ? [] : [plainWorkload(wired, workload)];
    }),
  };
}

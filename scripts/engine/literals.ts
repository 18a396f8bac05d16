import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cloud, CloudEnvironment, ProvidedApplication } from "../../constructs/clouds/cloud";
import { provideApplication } from "../../constructs/clouds/shared/provide";
import type { CloudRequest, ProvidedService } from "../../constructs/clouds/shared/provisioner";
import { createUsers, type PasswordGenerator, type ServiceUser } from "../../constructs/clouds/shared/users";
import { inPhase, phaseOf } from "../../constructs/kubernetes/phases";
import type { Connection, PartSource } from "../../constructs/model/connection";
import { secretPlace } from "../../constructs/model/resolve";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import type { Service } from "../../constructs/model/service";
import { withoutReferences } from "./without-references";

/** An environment with the cloud that its literals stand for. */
export type OnCloud = CloudEnvironment & { readonly cloud: Cloud };

/** Where the cloud's store would have them. */
const passwordsIn =
  (cloud: Cloud) =>
  ({ application, environment, name }: CloudRequest<Service>): PasswordGenerator =>
  (_scope, { workload, username }: ServiceUser): PartSource => {
    const key = secretPlace(cloud, [environment, application, name, workload ?? username]);
    return { secret: { key, property: "password" } };
  };

/**
 * An application's services as literals. What runs in its namespace has its real form, whoever runs the rest: only what
 * a cloud would say of a server of its own is made up, and workloads have no identity in it.
 *
 * @param scope for the records of who runs what. @default - whoever asks wants Kubernetes objects without Terraform
 */
export function literals(
  environment: OnCloud,
  application: ResolvedApplication,
  scope: Construct = new TerraformStack(new App({ stackTraces: false }), application.stackName),
): ProvidedApplication {
  return provideApplication<never>(scope, application, {
    services: () => {
      const provided = byCloud(environment, application);
      const passwords = passwordsIn(environment.cloud);
      return {
        provide: (request) => inFrontOf(environment, provided, request) ?? managed(request, passwords(request)),
        passwords,
      };
    },
    identity: () => undefined,
  });
}

/** What the cloud itself would provide, in a stack that is never synthesized. */
function byCloud(environment: OnCloud, application: ResolvedApplication): ProvidedApplication {
  const { cloud } = environment;
  const stack = new TerraformStack(new App({ stackTraces: false }), application.stackName);
  cloud.configure(stack, environment);
  return cloud.connect(stack, environment).provide(stack, application);
}

/** What runs in the namespace in front of a managed service, such as a gateway; `undefined` where nothing does. */
function inFrontOf(
  environment: OnCloud,
  provided: ProvidedApplication,
  { name, workloads }: CloudRequest<Service>,
): ProvidedService<never> | undefined {
  const objects = provided
    .objects(name, environment.cloud.facts(environment))
    .map((object) => inPhase(phaseOf(object), withoutReferences(object)));
  const [workload] = workloads;
  if (objects.length === 0 || workload === undefined) return undefined;
  const connection = withoutReferences(provided.connection(workload, name));
  return { objects: () => objects, connection: () => connection, grants: [] };
}

const ADMINISTRATOR = "administrator";

/** A server of the cloud's, with users where there is a way to make them. */
function managed(request: CloudRequest<Service>, generate: PasswordGenerator): Omit<ProvidedService<never>, "objects"> {
  const { scope, service, sizing } = request;
  const { parts, defaultPort } = service.contract;
  const one = (username: string): PartSource =>
    generate(scope, { username, description: username, generation: sizing.passwords });
  const filled = Object.entries(parts)
    .filter(([, { optional }]) => optional !== true)
    .map(([part, { secret }]): [string, PartSource] => [part, secret ? one(part) : { value: part }]);
  const shared: Connection = {
    parts: Object.fromEntries(filled),
    tls: true,
    endpoints: [{ cidrs: ["10.0.0.0/24"], port: defaultPort }],
  };
  if (service.users === undefined) return { connection: () => shared, grants: [] };
  const login = { username: { value: ADMINISTRATOR }, password: one(ADMINISTRATOR) };
  const administrator = { ...shared, parts: { ...shared.parts, ...login } };
  return { ...createUsers(request, { administrator, shared }, generate), grants: [] };
}

import type { PartSource } from "../model/connection";
import { workloadName } from "../model/names";
import { LOGIN_FILES, USERS_JOBS } from "../model/service-users";
import type { ResolvedPiece } from "../model/variables";
import { applicationLabels } from "./labels";
import type { ConfigMap, ExternalSecret, KubernetesObject, Labels, Metadata } from "./objects";
import { inPhase } from "./phases";
import { endpointRules } from "./policy-endpoints";
import { revised } from "./revision";
import { assembled, piece } from "./secret";
import { CA_BUNDLE, PROGRAM, scriptOf, USERS_COMPONENT, usersJob, type UsersRequest } from "./users-job";

/**
 * Jobs that make and retire the users of one service, with everything they need: their own way through the network, and a
 * Secret with the administrator's password that nothing else mounts.
 */
export function serviceUsers(request: UsersRequest): KubernetesObject[] {
  const name = workloadName(request.application.name, USERS_JOBS.make(request.service.name));
  const labels = jobLabels(request, name);
  const metadata: Metadata = { name, namespace: request.application.namespace, labels };
  const login = inPhase("rules", loginSecret(request, metadata));
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    program(request, metadata),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata,
      spec: {
        podSelector: { matchLabels: { app: name } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [],
        egress: endpointRules(request.provided.administrator.endpoints, request.facts),
      },
    },
    login,
    inPhase("users", usersJob(request, metadata, login.spec.target.name, "make")),
    inPhase("cleanup", usersJob(request, metadata, login.spec.target.name, "retire")),
  ];
}

function jobLabels({ application, service }: UsersRequest, name: string): Labels {
  return {
    app: name,
    "app.kubernetes.io/name": USERS_JOBS.make(service.name),
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": USERS_COMPONENT,
    ...applicationLabels(application),
  };
}

function program(request: UsersRequest, metadata: Metadata): ConfigMap {
  const { caBundle } = request.provided.administrator;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { [PROGRAM]: scriptOf(request), ...(typeof caBundle === "string" && { [CA_BUNDLE]: caBundle }) },
  };
}

/**
 * A Secret for each generation of passwords: the Job waits for a Secret that does not exist yet, never for one that is
 * about to change.
 */
function loginSecret({ service, provided }: UsersRequest, metadata: Metadata): ExternalSecret {
  const { administrator, users } = provided;
  const names = users.map(({ name }) => name);
  return assembled(revised(metadata, [service.sizing.passwords, names]), [
    [LOGIN_FILES.adminName, [given("username", administrator.parts.username)]],
    [LOGIN_FILES.adminPassword, [given("password", administrator.parts.password)]],
    ...users.map(({ name, password }) => [LOGIN_FILES.user(name), [piece("password", password)]] as const),
  ]);
}

function given(part: "username" | "password", source: PartSource | undefined): ResolvedPiece {
  if (source === undefined) throw new Error(`part "${part}" of an administrator's connection: left out; give it`);
  return piece(part, source);
}

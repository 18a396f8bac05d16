import { createHash } from "node:crypto";
import type { PartSource } from "../model/connection";
import { workloadName } from "../model/names";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import { LOGIN_FILES, LOGIN_PATH, type UserSetup, USERS_JOBS, type UsersTask } from "../model/service-users";
import type { ResolvedPiece } from "../model/variables";
import type { Resources } from "../model/workload";
import { withDisk } from "./disk";
import type { CloudFacts } from "./facts";
import { applicationLabels } from "./labels";
import type { ConfigMap, EnvVar, ExternalSecret, Job, KubernetesObject, Labels, Metadata, PodVolume } from "./objects";
import { podSecurity, RESTRICTED_CONTAINER } from "./pod";
import { endpointRules } from "./policy-endpoints";
import type { ProvidedUsers } from "./provided";
import { revised, revisedJob } from "./revision";
import { assembled } from "./secret";

/** Where the Job's program and the server's CA bundle are. */
const PROGRAM_PATH = "/etc/goldenpath/users";
const PROGRAM = "users.sh";
const CA_BUNDLE = "ca.pem";

/** Of every image: none of them needs to be one user or another. */
const USER = 1000;

/** A client and a shell, for seconds. */
export const USERS_RESOURCES: Resources = {
  requests: { cpu: "50m", memory: "64Mi" },
  limits: { cpu: "250m", memory: "128Mi" },
};

interface Request {
  readonly application: ResolvedApplication;
  readonly service: ResolvedService;
  readonly setup: UserSetup;
  readonly provided: ProvidedUsers;
  readonly facts: Pick<CloudFacts, "privateCidrs" | "undisturbedPodAnnotations">;
}

/**
 * Jobs that make and retire the users of one service, with everything they need: their own way through the network, and a
 * Secret with the administrator's password that nothing else mounts.
 */
export function serviceUsers(request: Request): KubernetesObject[] {
  const name = workloadName(request.application.name, USERS_JOBS.make(request.service.name));
  const labels = jobLabels(request, name);
  const metadata: Metadata = { name, namespace: request.application.namespace, labels };
  const login = loginSecret(request, metadata);
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
    usersJob(request, metadata, login.spec.target.name, "make"),
    usersJob(request, metadata, login.spec.target.name, "retire"),
  ];
}

/** By its component a Job is told when it has its turn: see `terraform/prerequisites.ts`. */
function jobLabels({ application, service }: Request, name: string): Labels {
  return {
    app: name,
    "app.kubernetes.io/name": USERS_JOBS.make(service.name),
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": USERS_COMPONENT,
    ...applicationLabels(application),
  };
}

export const USERS_COMPONENT = "users";
export const RETIRED_USERS_COMPONENT = "retired-users";

function program({ setup, provided }: Request, metadata: Metadata): ConfigMap {
  const { caBundle } = provided.administrator;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { [PROGRAM]: setup.script, ...(caBundle !== undefined && { [CA_BUNDLE]: caBundle }) },
  };
}

/**
 * A Secret for each generation of passwords: the Job waits for a Secret that does not exist yet, never for one that is
 * about to change.
 */
function loginSecret({ service, provided }: Request, metadata: Metadata): ExternalSecret {
  const { administrator, users } = provided;
  const names = users.map(({ name }) => name);
  return assembled(revised(metadata, [service.sizing.passwords, names]), [
    [LOGIN_FILES.adminName, [piece("username", administrator.parts.username)]],
    [LOGIN_FILES.adminPassword, [piece("password", administrator.parts.password)]],
    ...users.map(({ name, password }) => [LOGIN_FILES.user(name), [piece("password", password)]] as const),
  ]);
}

function usersJob(request: Request, metadata: Metadata, secretName: string, task: UsersTask): Job {
  const { application, facts, service, setup } = request;
  const { name, labels } = metadata;
  const component = task === "make" ? USERS_COMPONENT : RETIRED_USERS_COMPONENT;
  const volumes: PodVolume[] = [
    // In memory: the client's settings hold passwords.
    { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
    { name: "program", configMap: { name } },
    { name: "login", secret: { secretName, defaultMode: 0o440 } },
  ];
  return revisedJob({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      ...metadata,
      name: workloadName(application.name, USERS_JOBS[task](service.name)),
      labels: { ...labels, "app.kubernetes.io/component": component },
    },
    spec: {
      // The server may have come into being a moment ago, and a password may have changed since it was fetched.
      backoffLimit: 6,
      activeDeadlineSeconds: 900,
      template: {
        metadata: {
          labels,
          annotations: { ...facts.undisturbedPodAnnotations, "checksum/program": sha256(setup.script) },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: "Never",
          terminationGracePeriodSeconds: 30,
          securityContext: podSecurity(USER),
          containers: [
            withDisk(
              {
                name: "users",
                image: setup.image,
                imagePullPolicy: "IfNotPresent",
                command: ["sh", `${PROGRAM_PATH}/${PROGRAM}`, task],
                env: variables(request),
                resources: USERS_RESOURCES,
                securityContext: RESTRICTED_CONTAINER,
                volumeMounts: [
                  { name: "tmp", mountPath: "/tmp" },
                  { name: "program", mountPath: PROGRAM_PATH, readOnly: true },
                  { name: "login", mountPath: LOGIN_PATH, readOnly: true },
                ],
              },
              volumes,
            ),
          ],
          volumes,
        },
      },
    },
  });
}

/** Plain parts, which Terraform may only know when it runs. */
function variables({ service, setup, provided }: Request): EnvVar[] {
  const { parts, caBundle } = provided.administrator;
  return [
    ...["host", "port", ...setup.parts].map((part) => ({
      name: capitals(part),
      value: plain(service.name, part, parts[part]),
    })),
    // Nobody reads it: a server made anew has other credentials and none of the users, so this makes another Job.
    { name: "ADMINISTRATOR", value: place(parts.password) },
    { name: "CA_BUNDLE", value: caBundle === undefined ? "" : `${PROGRAM_PATH}/${CA_BUNDLE}` },
  ];
}

function plain(service: string, part: string, source: PartSource | undefined): string {
  if (source !== undefined && "value" in source) return source.value;
  throw new Error(`service ${service}: part "${part}" of the administrator's connection: give it as a value`);
}

function piece(part: "username" | "password", source: PartSource | undefined): ResolvedPiece {
  if (source === undefined) throw new Error(`part "${part}" of an administrator's connection: left out; give it`);
  return "value" in source ? { text: source.value } : { ...source.secret, part, raw: true };
}

const place = (source: PartSource | undefined): string =>
  source !== undefined && "secret" in source ? source.secret.key : "";

/** `virtualHost` → `VIRTUAL_HOST`. */
const capitals = (part: string): string => part.replace(/(?=[A-Z])/g, "_").toUpperCase();

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

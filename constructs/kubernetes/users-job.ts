import type { CaBundle, PartSource } from "../model/connection";
import { measuringUser } from "../model/exporter";
import { workloadName } from "../model/names";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import { LOGIN_PATH, serviceUser, USERS_JOBS, type UserSetup, type UsersTask } from "../model/service-users";
import type { Resources } from "../model/workload";
import { caBundleSource } from "./ca-bundles";
import type { CloudFacts } from "./facts";
import type { EnvVar, Job, Metadata, PodVolume } from "./objects";
import type { ProvidedUsers } from "./provided";
import { revisedJob } from "./revision";
import { taskPod } from "./task-pod";

/** Where the Job's program and the server's CA bundle are, and their keys in its ConfigMap. */
const PROGRAM_PATH = "/etc/goldenpath/users";
export const PROGRAM = "users.sh";
export const CA_BUNDLE = "ca.pem";

/** Labels by which people tell the two Jobs apart. */
export const USERS_COMPONENT = "users";
export const RETIRED_USERS_COMPONENT = "retired-users";

/** A client and a shell, for seconds. */
const USERS_RESOURCES: Resources = {
  requests: { cpu: "50m", memory: "64Mi" },
  limits: { cpu: "250m", memory: "128Mi" },
};

export interface UsersRequest {
  readonly application: ResolvedApplication;
  readonly service: ResolvedService;
  readonly setup: UserSetup;
  readonly provided: ProvidedUsers;
  readonly facts: Pick<CloudFacts, "privateCidrs" | "undisturbedPodAnnotations">;
}

/** The program, as it is for these users of this service. */
export function scriptOf({ service, setup, provided }: Pick<UsersRequest, "service" | "setup" | "provided">): string {
  const { script, measuringScript = script } =
    service.sizing.imported === undefined ? setup : (setup.imported ?? setup);
  return provided.measured === true ? measuringScript : script;
}

/** `metadata` is that of what the Jobs of a service share, `secretName` the Secret with the logins. */
export function usersJob(request: UsersRequest, metadata: Metadata, secretName: string, task: UsersTask): Job {
  const { application, facts, service, setup } = request;
  const { name, labels } = metadata;
  const component = task === "make" ? USERS_COMPONENT : RETIRED_USERS_COMPONENT;
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
      template: taskPod({
        ...{ application, facts, labels },
        name: "users",
        image: setup.image,
        script: scriptOf(request),
        args: [task],
        env: variables(request),
        resources: USERS_RESOURCES,
        account: name,
        program: {
          volume: programVolume(name, request.provided.administrator.caBundle),
          file: PROGRAM,
          path: PROGRAM_PATH,
        },
        login: { volume: { secret: { secretName, defaultMode: 0o440 } }, path: LOGIN_PATH },
      }),
    },
  });
}

/** The program and the server's CA bundle, which is in the same ConfigMap or a Secret. */
function programVolume(configMap: string, caBundle: CaBundle | undefined): Omit<PodVolume, "name"> {
  if (caBundle === undefined || typeof caBundle === "string") return { configMap: { name: configMap } };
  return { projected: { sources: [{ configMap: { name: configMap } }, caBundleSource(caBundle, CA_BUNDLE)] } };
}

const place = (source: PartSource | undefined): string =>
  source !== undefined && "secret" in source ? source.secret.key : "";

/** `virtualHost` → `VIRTUAL_HOST`. */
const capitals = (part: string): string => part.replace(/(?=[A-Z])/g, "_").toUpperCase();

/**
 * Users of the generations beside this one, where each has its own: their pods go on until they are restarted, which no release waits for. They
 * retire with the next change, as an old password does elsewhere.
 */
function spared({ application, service, provided }: UsersRequest): readonly string[] {
  const { passwords } = service.sizing;
  const now = new Set(provided.users.map(({ name }) => name));
  const named = (generation: number): string[] => [
    ...[...application.workloads, ...application.objects].flatMap(({ name }) =>
      (["read", "write"] as const).map((access) => serviceUser(name, access, generation)),
    ),
    measuringUser(generation),
  ];
  const here = named(passwords);
  return [passwords - 1, passwords + 1]
    .filter((generation) => generation > 0)
    .flatMap((generation) => named(generation).filter((_, index) => now.has(here[index] ?? "")));
}

/** Plain parts, which Terraform may only know when it runs. */
function variables(request: UsersRequest): EnvVar[] {
  const { service, setup, provided } = request;
  const { parts, caBundle } = provided.administrator;
  return [
    ...["host", "port", ...setup.parts].map((part) => ({
      name: capitals(part),
      value: plain(service.name, part, parts[part]),
    })),
    // Nobody reads it: a server made anew has other credentials and none of the users, so this makes another Job.
    { name: "ADMINISTRATOR", value: place(parts.password) },
    ...(setup.renewed === true ? [{ name: "SPARED", value: spared(request).join(" ") }] : []),
    { name: "CA_BUNDLE", value: caBundle === undefined ? "" : `${PROGRAM_PATH}/${CA_BUNDLE}` },
  ];
}

function plain(service: string, part: string, source: PartSource | undefined): string {
  if (source !== undefined && "value" in source) return source.value;
  throw new Error(`service ${service}: part "${part}" of the administrator's connection: give it as a value`);
}

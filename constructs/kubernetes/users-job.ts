import type { CaBundle, PartSource } from "../model/connection";
import { workloadName } from "../model/names";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import { LOGIN_PATH, USERS_JOBS, type UserSetup, type UsersTask } from "../model/service-users";
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

/** The program, as it is for these users. */
export const scriptOf = (
  { script, measuringScript = script }: UserSetup,
  { measured = false }: ProvidedUsers,
): string => (measured ? measuringScript : script);

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
        script: scriptOf(setup, request.provided),
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

/** Plain parts, which Terraform may only know when it runs. */
function variables({ service, setup, provided }: UsersRequest): EnvVar[] {
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

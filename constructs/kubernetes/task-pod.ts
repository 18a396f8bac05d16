import { mirrored } from "../model/registries";
import type { ResolvedApplication } from "../model/resolved";
import { sha256 } from "../model/sha256";
import type { Resources } from "../model/workload";
import { withDisk } from "./disk";
import type { CloudFacts } from "./facts";
import type { Container, EnvVar, Labels, PodTemplate, PodVolume } from "./objects";
import { podSecurity, RESTRICTED_CONTAINER } from "./pod";

/** User of every image: none of them needs to be one user or another. Volumes that nodes share belong to it. */
const USER = 1000;

/** A program of ours that runs to its end in a pod of its own, beside a data service. */
export interface Task {
  readonly application: ResolvedApplication;
  readonly facts: Pick<CloudFacts, "undisturbedPodAnnotations">;
  /** Name of its container. */
  readonly name: string;
  /** Name that its project gives it: an environment's mirror may have another. */
  readonly image: string;
  /** Run by `sh`; another text is other pods. */
  readonly script: string;
  /** What follows the program's name. @default - nothing */
  readonly args?: readonly string[];
  readonly env: readonly EnvVar[];
  readonly resources: Resources;
  readonly labels: Labels;
  /** Service account, which can do nothing in the cluster. */
  readonly account: string;
  /** The volume with the program, the file's path in it, and where it is mounted. */
  readonly program: { readonly volume: Omit<PodVolume, "name">; readonly file: string; readonly path: string };
  /** The volume with what it signs in with. */
  readonly login: { readonly volume: Omit<PodVolume, "name">; readonly path: string };
  /** Volumes beside these, with where they are mounted. @default - none */
  readonly more?: readonly { readonly volume: PodVolume; readonly path: string }[];
}

/** Its pod: no rights in the cluster, no file system but memory and what it mounts, and no second try within it. */
export function taskPod(task: Task): PodTemplate {
  const { account, application, args = [], facts, labels, login, more = [], name, program, script } = task;
  const volumes: PodVolume[] = [
    // In memory: the client's settings hold passwords.
    { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
    { name: "program", ...program.volume },
    { name: "login", ...login.volume },
    ...more.map(({ volume }) => volume),
  ];
  const container: Container = {
    name,
    image: mirrored(application.registries, task.image),
    imagePullPolicy: "IfNotPresent",
    command: ["sh", `${program.path}/${program.file}`, ...args],
    env: task.env,
    resources: task.resources,
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      { name: "program", mountPath: program.path, readOnly: true },
      { name: "login", mountPath: login.path, readOnly: true },
      ...more.map(({ volume, path }) => ({ name: volume.name, mountPath: path })),
    ],
  };
  return {
    metadata: {
      labels,
      annotations: { ...facts.undisturbedPodAnnotations, "checksum/program": sha256(script) },
    },
    spec: {
      serviceAccountName: account,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 30,
      securityContext: podSecurity(USER),
      containers: [withDisk(container, volumes)],
      volumes,
    },
  };
}

import type { ResolvedApplication } from "../model/resolved";
import { CA_BUNDLE_MOUNT, caBundleVolume, needsCaBundles } from "./ca-bundles";
import { connectionsName, hasConnections } from "./connections";
import { containerSecurity, pullPolicy } from "./container-parts";
import { containerVolumes, initContainers, sidecars } from "./containers";
import { withDisk } from "./disk";
import { environment } from "./env";
import { podAnnotations, podLabels } from "./labels";
import type { Container, EnvVar, Labels, PodSpec, PodTemplate, PodVolume } from "./objects";
import { placement } from "./placement";
import type { WiredWorkload } from "./provided";
import { pullSecrets } from "./registries";
import { podVolumes, volumeMounts } from "./volumes";
import { literalWords } from "./words";

/** Time for load balancers and other nodes to forget a pod that is going, before its server is told to stop. */
export const PRE_STOP_SECONDS = 10;

/** What a kind of workload says of its pods; the rest is the same for all. */
export interface PodParts {
  readonly containers: readonly Container[];
  /** @default - the workload's claims and `/tmp` */
  readonly volumes?: readonly PodVolume[];
  /** Seconds from the first notice to SIGKILL, hooks included. */
  readonly terminationGracePeriodSeconds: number;
}

/** What a kind of workload says of its main container. */
export type MainContainer = Partial<
  Pick<Container, "ports" | "startupProbe" | "livenessProbe" | "readinessProbe" | "lifecycle" | "volumeMounts">
> & { readonly env?: readonly EnvVar[] };

/** The container of the workload's own image, named as the workload. */
export function mainContainer(
  application: ResolvedApplication,
  wired: WiredWorkload,
  { env = [], volumeMounts: mounts = [], ...kind }: MainContainer,
): Container {
  const { workload } = wired;
  const variables = [...env, ...environment(application, wired)];
  return {
    name: workload.name,
    image: workload.image,
    imagePullPolicy: pullPolicy(application, workload.image),
    ...(workload.command !== undefined && { command: literalWords(workload.command) }),
    ...(workload.args !== undefined && { args: literalWords(workload.args) }),
    envFrom: [workload.objectName, ...(hasConnections(wired) ? [connectionsName(workload)] : [])].map((name) => ({
      configMapRef: { name },
    })),
    ...(variables.length > 0 && { env: variables }),
    resources: workload.resources,
    ...kind,
    securityContext: containerSecurity(workload, workload.security.readOnlyRootFilesystem),
    volumeMounts: [...volumeMounts(workload), ...mounts, ...(needsCaBundles(wired) ? [CA_BUNDLE_MOUNT] : [])],
  };
}

/** Security context of a container that `restricted` admits, on a root file system that nobody writes to. */
export const RESTRICTED_CONTAINER: Container["securityContext"] = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

export const podSecurity = (user: number): PodSpec["securityContext"] => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  fsGroupChangePolicy: "OnRootMismatch",
  seccompProfile: { type: "RuntimeDefault" },
});

export function podTemplate(
  application: ResolvedApplication,
  wired: WiredWorkload,
  parts: PodParts,
  more: Pick<PodSpec, "restartPolicy" | "topologySpreadConstraints">,
  ours?: Labels,
): PodTemplate {
  const { workload, identity } = wired;
  const annotations = podAnnotations(workload, ours);
  const volumes = [
    ...(parts.volumes ?? podVolumes(workload)),
    ...(needsCaBundles(wired) ? [caBundleVolume(application, wired)] : []),
    ...containerVolumes(workload),
  ];
  const first = initContainers(application, workload);
  return {
    metadata: {
      // Ours last: no cloud's label takes a pod away from its selector.
      labels: { ...identity?.podLabels, ...podLabels(application, workload) },
      ...(annotations !== undefined && { annotations }),
    },
    spec: {
      serviceAccountName: workload.objectName,
      // Its service account has them too. Here a login that was missing is a reason for new pods: those that wait for
      // their image would wait on.
      ...pullSecrets(application),
      automountServiceAccountToken: false,
      // A variable for each Service of the namespace, and `<NAME>_PORT` of one can be a program's own setting.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: parts.terminationGracePeriodSeconds,
      securityContext: podSecurity(workload.security.user),
      ...more,
      ...placement(workload),
      ...(first.length > 0 && { initContainers: first.map((container) => withDisk(container, volumes)) }),
      containers: [...parts.containers, ...sidecars(application, workload)].map((container) =>
        withDisk(container, volumes),
      ),
      volumes,
    },
  };
}

/** `preStop.sleep` would need no `sleep` in the image, but the provider's typed Deployment has no such field. */
export const sleepBeforeStop: NonNullable<Container["lifecycle"]> = {
  preStop: { exec: { command: ["sleep", String(PRE_STOP_SECONDS)] } },
};

import { admittedPod } from "../kubernetes/admission";
import { withDisk } from "../kubernetes/disk";
import type { CloudFacts } from "../kubernetes/facts";
import type { Container, Job, NetworkPolicy, PodTemplate, PodVolume } from "../kubernetes/objects";
import { podSecurity, RESTRICTED_CONTAINER } from "../kubernetes/pod";
import { dnsRule, endpointRules, podPeer } from "../kubernetes/policy-endpoints";
import { literalWord } from "../kubernetes/words";
import type { Endpoint } from "../model/connection";
import { SESSION_LABEL } from "../model/session-names";
import {
  keptSeconds,
  ownedMetadata,
  type OwnerReference,
  recordLabels,
  recordMetadata,
  recordWords,
  type SessionRecord,
} from "./record";
import { PID_FILE, RELAY_SCRIPT, RELAY_VARIABLES } from "./relay";
import type { SessionTarget } from "./target";

/** User of the relay: nginx needs to be none in particular. */
const USER = 1000;

/** A way to a target for one person, for a time. */
export interface Session extends SessionRecord {
  readonly target: SessionTarget;
}

type SessionFacts = Pick<
  CloudFacts,
  "admission" | "nodeLocalDns" | "nodeLocalDnsPods" | "privateCidrs" | "undisturbedPodAnnotations"
>;

export type SessionJob = Job & { readonly spec: { readonly ttlSecondsAfterFinished: number } };

/**
 * A Job that ends by itself, whoever's machine is off: the cluster counts its seconds. It stays for days, without a pod, as what
 * is known of the session.
 */
export function sessionJob(session: Session, around: SessionFacts): SessionJob {
  const { name, brokenGlass, seconds } = session;
  const opened = {
    time: session.from,
    level: "info",
    message: "a session begins",
    context: { session: name, ...recordWords(session), breakGlass: brokenGlass },
  };
  const template = relayPod(session, JSON.stringify(opened), around);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: recordMetadata(session),
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: seconds,
      ttlSecondsAfterFinished: keptSeconds(session),
      template: around.admission === undefined ? template : admittedPod(template, around.admission, true),
    },
  };
}

function relayPod(session: Session, opened: string, { undisturbedPodAnnotations }: SessionFacts): PodTemplate {
  const { name, target } = session;
  const { address } = target;
  const volumes: PodVolume[] = [{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } }];
  const container: Container = {
    name: "relay",
    image: target.image,
    imagePullPolicy: "IfNotPresent",
    command: ["sh", "-c", RELAY_SCRIPT],
    ...(address.configMap !== undefined && { envFrom: [{ configMapRef: { name: address.configMap } }] }),
    env: [
      ...(address.env ?? []),
      { name: RELAY_VARIABLES.addressOf, value: address.variable },
      { name: RELAY_VARIABLES.port, value: String(target.port) },
      { name: RELAY_VARIABLES.session, value: name },
      // The kubelet would put a variable of this pod there, whose value the log then has.
      { name: RELAY_VARIABLES.opened, value: literalWord(opened) },
    ],
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "250m", memory: "64Mi" } },
    readinessProbe: {
      exec: { command: ["test", "-s", PID_FILE] },
      ...{ initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
  return {
    metadata: {
      labels: recordLabels(session),
      ...(undisturbedPodAnnotations !== undefined && { annotations: undisturbedPodAnnotations }),
    },
    spec: {
      serviceAccountName: "default",
      ...(target.pullSecrets.length > 0 && { imagePullSecrets: target.pullSecrets }),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 1,
      securityContext: podSecurity(USER),
      containers: [withDisk(container, volumes)],
      volumes,
    },
  };
}

export type OwnedPolicy = NetworkPolicy & {
  readonly metadata: { readonly ownerReferences: readonly OwnerReference[] };
};

const isPods = (endpoint: Endpoint): endpoint is Extract<Endpoint, { readonly pods: unknown }> => "pods" in endpoint;

/** The relay's way out, and the way into pods that it leads to. Both are the Job's, and go with it. */
export function sessionPolicies(session: Session, around: SessionFacts, uid: string): readonly OwnedPolicy[] {
  const { name, target } = session;
  const own = { [SESSION_LABEL]: name };
  const policy = (suffix: string, spec: NetworkPolicy["spec"]): OwnedPolicy => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: ownedMetadata(session, uid, suffix),
    spec,
  });
  return [
    policy("", {
      podSelector: { matchLabels: own },
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [dnsRule(around), ...endpointRules(target.endpoints, around)],
    }),
    ...target.endpoints.filter(isPods).map(({ pods, port }, index) =>
      policy(`.in${index === 0 ? "" : String(index)}`, {
        podSelector: { matchLabels: pods.labels },
        policyTypes: ["Ingress"],
        ingress: [
          { from: [podPeer({ namespace: target.namespace, labels: own })], ports: [{ port, protocol: "TCP" }] },
        ],
      }),
    ),
  ];
}

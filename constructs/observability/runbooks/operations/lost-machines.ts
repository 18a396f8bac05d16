import type { PersistentVolumeClaim } from "../../../kubernetes/objects";
import type { ResolvedService } from "../../../model/resolved";
import { ofKind } from "../../alerts/watched";
import { kubectl } from "../commands";
import { affected } from "../impact";
import { code, listed } from "../in-words";
import { ofServer } from "../objects";
import { type Beside, type Operated, running } from "../operated";
import type { Operation } from "./operation";

/** A node that does not answer, by the name that the cluster has for it. */
const NOT_READY = `NODE=$(kubectl get nodes --no-headers | awk '$2 ~ /NotReady/ { print $1; exit }')`;

const ALERTS = ["WorkloadDown", "ReplicasMissing", "DataServiceDown", "DataServiceDegraded"];

const singles = (operated: Operated): string[] =>
  running(operated)
    .filter(({ deployment }) => deployment.spec.replicas < 2)
    .map(({ workload }) => workload.name);

/** Data services in the cluster, with what they hold on disks of it. */
const inside = (operated: Operated): { readonly name: string; readonly object: string }[] =>
  operated.application.services.flatMap(({ name }) => {
    const object = ofServer(operated, name);
    return object === undefined ? [] : [{ name, object }];
  });

const who = (operated: Operated): string[] => [
  ...(singles(operated).length === 0
    ? ["Every workload has two pods or more: what is left serves while the others are made anew elsewhere."]
    : [`${listed(singles(operated).map(code))}: one pod, so nothing serves until it runs elsewhere.`]),
  ...inside(operated).map(({ name }) => affected(operated, { kind: "service", name })),
];

const look = (operated: Operated, { cloud }: Beside) => ({
  steps: [
    ...(cloud.credentials === undefined
      ? []
      : [{ say: "The cluster, if this shell has not got it.", run: cloud.credentials }]),
    {
      say: "Nodes with their zones, and the pods that are on them.",
      run: [
        "kubectl get nodes -L topology.kubernetes.io/zone -o wide",
        kubectl(operated, "get", "pods", "-o", "wide", "--sort-by=.spec.nodeName"),
      ],
    },
    ...(cloud.cluster === undefined ? [] : [{ say: "What the cloud says of them.", run: cloud.cluster }]),
  ],
});

/** One machine is gone. */
export const lostNode = (operated: Operated, beside: Beside): Operation => ({
  file: "lost-node",
  title: "A node is lost",
  alerts: ALERTS,
  meaning: [
    "A machine of the cluster does not answer. Kubernetes waits five minutes before it makes its pods elsewhere, and a pod with a disk waits until the cluster knows that the machine is off.",
  ],
  impact: who(operated),
  diagnosis: [look(operated, beside)],
  mitigation: [
    {
      steps: [
        {
          say: "It answers, and is only ill: let nothing new on it, and take its pods off. Disruption budgets are kept, so it waits where too few pods would be left.",
          run: [
            NOT_READY,
            'kubectl cordon "$NODE"',
            'kubectl drain "$NODE" --ignore-daemonsets --delete-emptydir-data --timeout=10m',
          ],
        },
        {
          say: "It is off for good, as the cloud says: say so, and disks are given to the next machine at once. Never of a machine that may still run: two would write to one disk.",
          run: [
            NOT_READY,
            'kubectl taint nodes "$NODE" node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
            kubectl(operated, "get", "pods", "-o", "wide"),
            'kubectl delete node "$NODE"',
          ],
        },
        {
          say: "Whether everything runs again.",
          run: [kubectl(operated, "get", ...["deployments,statefulsets,pods", "-o", "wide"])],
        },
      ],
    },
  ],
});

/** Everything in one zone is gone. */
export const lostZone = (operated: Operated, beside: Beside): Operation => {
  const { services } = operated.application;
  const managed = services.filter(({ sizing }) => sizing.placement === "managed");
  const nodes = (service: ResolvedService): number | undefined => beside.traits(service)?.compute?.nodes;
  const standby = managed.filter((one) => (nodes(one) ?? 0) > 1).map(({ name }) => code(name));
  const alone = managed.filter((one) => nodes(one) === 1).map(({ name }) => code(name));
  const claims = ofKind(operated, "PersistentVolumeClaim");
  const isShared = ({ spec }: PersistentVolumeClaim): boolean => spec.accessModes.includes("ReadWriteMany");
  const disks = claims.filter((claim) => !isShared(claim)).map(({ metadata }) => code(metadata.name));
  const shared = claims.filter(isShared).map(({ metadata }) => code(metadata.name));
  return {
    file: "lost-zone",
    title: "A zone is lost",
    alerts: ALERTS,
    meaning: ["Machines and disks of one zone do not answer, and those of the others do.", beside.cloud.zone],
    impact: [
      ...who(operated),
      ...(standby.length === 0
        ? []
        : [`${listed(standby)}: more than one server, of which another takes over by itself.`]),
      ...(alone.length === 0
        ? []
        : [
            `${listed(alone)}: one server, without a standby. One that is in the zone that is lost comes back with it, or is restored.`,
          ]),
      ...(disks.length === 0 ? [] : [`${listed(disks)}: on disks of one zone each, which no other zone can mount.`]),
      ...(shared.length === 0
        ? []
        : [
            `${listed(shared)}: on a file system that every zone can mount, as long as its own server is not in the one that is lost.`,
          ]),
    ],
    diagnosis: [
      look(operated, beside),
      {
        about: "pods that wait",
        steps: [
          {
            say: "Why: no room in the zones that are left, or a disk in the zone that is lost.",
            run: [
              kubectl(operated, "get", "pods", "--field-selector=status.phase=Pending"),
              kubectl(operated, "get", "events", "--field-selector=reason=FailedScheduling"),
              "kubectl get persistentvolumes -o 'custom-columns=NAME:.metadata.name,CLAIM:.spec.claimRef.name,NAMESPACE:.spec.claimRef.namespace,WHERE:.spec.nodeAffinity.required.nodeSelectorTerms[*].matchExpressions[*].values'",
            ],
          },
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: "Leave it alone where pods come up in the zones that are left. Deploy nothing while the zone is lost: a plan reads resources that do not answer, and one that changes the list of zones makes machines and subnets anew.",
          },
          {
            say: "Nodes that are gone for good and hold pods that hang: as for [a node](lost-node.md), one after the other.",
          },
          {
            say: "A standby that did not take over within minutes, or a database without one: a restore makes it anew in another zone, where the cloud still answers for it.",
          },
          ...inside(operated).map(({ name, object }) => ({
            say: `${code(name)} runs in the cluster: a pod with a disk in the zone waits for it. Nothing but copies brings its data back elsewhere.`,
            run: [kubectl(operated, "get", object)],
          })),
        ],
      },
    ],
  };
};

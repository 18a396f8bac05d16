import type { Alert } from "../../alerts/alert";
import { events, kubectl } from "../commands";
import { affected } from "../impact";
import { ofServer } from "../objects";
import { labelled, objectOf, type Operated } from "../operated";
import type { Playbook, Step } from "../page";
import { managedDiagnosis, managedMitigation } from "./measured-services";

/* Data services: those that run in the cluster by their pods, and those of the cloud by what is measured of them. */

interface Server {
  readonly service: string;
  /** The StatefulSet, as `kind/name`. */
  readonly object: string;
  /** What selects its pods. */
  readonly selector: string;
  readonly claims: readonly string[];
}

function serversOf(operated: Operated, alerts: readonly Alert[]): Server[] {
  return labelled(alerts, "service").flatMap((service): Server[] => {
    const object = ofServer(operated, service);
    if (object === undefined) return [];
    const claim = objectOf(operated, "PersistentVolumeClaim", service);
    const own = objectOf(operated, "StatefulSet", service);
    const broker = objectOf(operated, "RabbitmqCluster", service);
    // The operator labels the pods by the name of the cluster.
    const selector = own
      ? `app=${own.spec.selector.matchLabels["app"] ?? ""}`
      : `app.kubernetes.io/name=${broker?.metadata.name ?? ""}`;
    return [{ service, object, selector, claims: claim ? [`persistentvolumeclaim/${claim.metadata.name}`] : [] }];
  });
}

const look = (operated: Operated, { object, selector, claims }: Server): Step[] => [
  {
    say: "Status: pods that are ready, and the nodes that they are on.",
    run: [kubectl(operated, "get", object, ...claims), kubectl(operated, "get", "pods", "-l", selector, "-o", "wide")],
  },
  {
    say: "What the server says, and said before it was restarted.",
    run: [
      kubectl(operated, "logs", "-l", selector, "--tail=100", "--all-containers", "--prefix"),
      kubectl(
        operated,
        "logs",
        "-l",
        selector,
        "--tail=100",
        "--all-containers",
        "--prefix",
        "--previous",
        "--ignore-errors",
      ),
    ],
  },
  {
    say: "Why a pod does not start: no node with room, a volume that another node still has, a Secret that is not there.",
    run: [kubectl(operated, "describe", "pods", "-l", selector), events(operated)],
  },
];

const mend = (operated: Operated, { object, claims }: Server): Step[] => [
  // Without a claim of the model's there is no such alert.
  ...(claims.length === 0
    ? []
    : [
        {
          say: "A full volume comes first, if [VolumeAlmostFull](VolumeAlmostFull.md) fires: a restart does not help then.",
        },
      ]),
  {
    say: "Restart: a new pod with the same volume. Clients lose their connections and make new ones.",
    run: [
      kubectl(operated, "rollout", "restart", object),
      kubectl(operated, "rollout", "status", object, "--timeout=10m"),
    ],
  },
  {
    say: "A pod that hangs on a node that is gone stays `Terminating` until the node is deleted; only when the machine is off for good, delete the node.",
    run: ["kubectl get nodes"],
  },
];

const sections = (operated: Operated, alerts: readonly Alert[], steps: (server: Server) => Step[]) =>
  serversOf(operated, alerts).map((server) => ({ about: server.service, steps: steps(server) }));

const impactOf = (operated: Operated, alerts: readonly Alert[]): string[] =>
  labelled(alerts, "service").map((name) => affected(operated, { kind: "service", name }));

export const dataServiceDown = (operated: Operated, alerts: readonly Alert[]): Playbook => ({
  impact: impactOf(operated, alerts),
  diagnosis: [...sections(operated, alerts, (server) => look(operated, server)), ...managedDiagnosis(operated, alerts)],
  mitigation: [
    ...sections(operated, alerts, (server) => mend(operated, server)),
    ...managedMitigation(operated, alerts),
  ],
});

export const dataServiceDegraded = (operated: Operated, alerts: readonly Alert[]): Playbook => ({
  impact: ["Nobody yet: those that need it go on with the pods that are left.", ...impactOf(operated, alerts)],
  diagnosis: sections(operated, alerts, (server) => look(operated, server)),
  mitigation: sections(operated, alerts, (server) => mend(operated, server)),
});

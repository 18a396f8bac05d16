import { promisable } from "../../../model/holdings";
import { outOfBandSecrets } from "../../../model/out-of-band";
import { formatSpan } from "../../../model/recovery";
import { ofKind } from "../../alerts/watched";
import { kubectl } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code, listed } from "../in-words";
import type { Beside, Operated } from "../operated";
import type { Operation } from "./operation";
import { released } from "./released";
import { prepared } from "./terraform-state";

const everybody = ({ application }: Operated): string[] => application.workloads.map(({ name }) => name);

/** Whether anything of it is on a disk that Velero copies. */
const hasDisks = (operated: Operated): boolean =>
  ofKind(operated, "RabbitmqCluster").length > 0 ||
  ofKind(operated, "PersistentVolumeClaim").some(({ spec }) => spec.accessModes.includes("ReadWriteOnce"));

/** Where each thing that holds data is, and what brings it back. */
const kept = ({ application }: Operated, { recoverable }: Beside): string[] =>
  promisable(application).map((holding) => {
    const placement = application.services.find(({ name }) => name === holding)?.sizing.placement;
    const where =
      placement === "managed"
        ? "a service of the cloud, outside of the cluster"
        : placement === "external"
          ? "a server that somebody else runs"
          : "in the cluster, or a volume of it";
    const back = recoverable(holding);
    const how =
      back === undefined
        ? "how it comes back is not known here"
        : back.rpoSeconds === undefined
          ? `nothing brings it back: ${back.by}`
          : `if it is lost, this brings it back, ${back.rpoSeconds === 0 ? "without a loss" : `without the last ${formatSpan(back.rpoSeconds)} at most`}: ${back.by}`;
    return `${code(holding)}: ${where}; ${how}.`;
  });

/** The cluster is gone, and the region is there. */
export function lostCluster(operated: Operated, beside: Beside): Operation {
  const { application } = operated;
  const { cloud, makesCluster, stacks, clusterBackups } = beside;
  const { namespace } = application;
  const secrets = outOfBandSecrets(application);
  const sealed = application.secrets.filter((secret) => secret.sealed !== undefined);
  const order = stacks.filter((stack) => !stack.startsWith("state-"));
  // A deploy of the application makes empty volumes, which no copy replaces.
  const first = clusterBackups === undefined ? order : order.filter((stack) => stack !== application.stackName);
  return {
    file: "lost-cluster",
    title: "The cluster or its namespace is lost",
    alerts: ["WorkloadDown"],
    meaning: [
      "The cluster, or the namespace with everything in it, was deleted or does not come back. The cloud's region, its services and the state of the stacks are there.",
      "A deploy makes again: namespace, policies, quota, identities, Secrets of what is in the cloud's store, workloads, routes, certificates, records of DNS.",
      "A deploy does not make again: what was only in the cluster. Disks of its pods and what is on them, objects that people made by hand, Jobs' logs, measures and dashboards' history.",
      ...kept(operated, beside),
    ],
    impact: affectedByWorkloads(operated, everybody(operated)),
    diagnosis: [
      {
        steps: [
          ...(cloud.cluster === undefined ? [] : [{ say: "Whether the cloud has it.", run: cloud.cluster }]),
          ...(cloud.credentials === undefined
            ? []
            : [{ say: "Whether it answers.", run: [...cloud.credentials, "kubectl get --raw /readyz"] }]),
          {
            say: "Whether the namespace is there, and is not being deleted.",
            run: [`kubectl get namespace ${namespace}`],
          },
          prepared(order),
          {
            say: "What each stack would make again. A plan that deletes or replaces a data service is wrong: stop there.",
            run: order.map((stack) => `npx cdktf diff ${stack}`),
          },
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          ...(secrets.length === 0 && sealed.length === 0
            ? []
            : [
                {
                  say: [
                    ...(secrets.length === 0
                      ? []
                      : [
                          `${listed(secrets.map((one) => code(one.name)))}: in the cloud's store, and come from there.`,
                        ]),
                    ...(sealed.length === 0
                      ? []
                      : [
                          `${listed(sealed.map((one) => code(one.name)))}: ciphertext, which only the controller's old keys read. Apply their copy before the application, or seal them anew.`,
                        ]),
                  ].join(" "),
                },
              ]),
          {
            say: makesCluster
              ? "Deploy in this order. A plan that cannot reach the cluster stops: then the stacks before it are not through."
              : "The cluster is somebody else's: wait until its owner has made it again, under its name. Then deploy.",
            run: first.map((stack) => `npx cdktf deploy ${stack}`),
          },
          ...(clusterBackups === undefined
            ? released(operated)
            : [
                {
                  say: "Before the application is deployed, its copy comes back: Velero finds the copies in its store within minutes of its start. [Restore the namespace](restore-a-namespace.md), which deploys the application at its end.",
                },
                ...(hasDisks(operated)
                  ? [
                      {
                        say: [
                          "Disks come back if their snapshots are still with the cloud.",
                          ...(cloud.diskCopies === undefined ? [] : [cloud.diskCopies]),
                          "Where they are gone, what was on disks is lost: restore with `--restore-volumes=false` and `--exclude-resources=persistentvolumeclaims,persistentvolumes`, and the deploy makes empty ones.",
                        ].join(" "),
                      },
                    ]
                  : []),
              ]),
          { say: `What stays taken. ${cloud.taken.join(" ")}` },
          {
            say: "Whether all of it is there. Certificates are issued anew, and Let's Encrypt issues five of the same names a week.",
            run: [
              kubectl(operated, "get", "externalsecrets,certificates,ingresses,deployments,statefulsets,jobs,pods"),
            ],
          },
        ],
      },
    ],
  };
}

import { VELERO } from "../../../addons/cluster-backups/names";
import { scheduleName } from "../../../addons/cluster-backups/schedules";
import { formatSpan } from "../../../model/recovery";
import { ofKind } from "../../alerts/watched";
import { deploy, kubectl, kubectlIn, kubectlOfAll, word } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code } from "../in-words";
import type { Beside, CopiedCluster, Operated } from "../operated";
import type { Section, Step } from "../page";
import type { Operation } from "./operation";
import { released } from "./released";

/** Time for secrets of a store, and for certificates, to be made again. */
const SECRETS_READY = "5m";
const CERTIFICATES_READY = "15m";

const copied = ({ schedule, keepDays, lostSeconds }: CopiedCluster): string[] => [
  `Velero copies it at ${code(schedule)} (UTC) and keeps each copy for ${keepDays} days: its objects, and its disks as they were then, so that up to ${formatSpan(lostSeconds)} are lost.`,
  "Not in a copy, and made again: pods, Jobs, Secrets of the cloud's store, certificates. Not in a copy at all: files of shared volumes, and what the cloud's own services hold.",
];

const volumes = (operated: Operated): boolean =>
  ofKind(operated, "PersistentVolumeClaim").length > 0 || ofKind(operated, "StatefulSet").length > 0;

const copies = ({ application }: Operated): string =>
  kubectlIn(
    VELERO,
    ...["get", "backups", "-l", `velero.io/schedule-name=${scheduleName(application)}`],
    "--sort-by=.status.completionTimestamp",
    "-o=custom-columns=NAME:.metadata.name,PHASE:.status.phase,ENDED:.status.completionTimestamp,ITEMS:.status.progress.itemsBackedUp",
  );

const ofNamespace = ({ application: { namespace } }: Operated, columns: string): string =>
  `{range .items[?(@.spec.claimRef.namespace=="${namespace}")]}${columns}{end}`;

const leftVolumes = (operated: Operated): string =>
  kubectlOfAll(
    ...["get", "persistentvolumes", "-o"],
    `jsonpath=${ofNamespace(operated, String.raw`{.metadata.name}{"\t"}{.status.phase}{"\t"}{.spec.storageClassName}{"\t"}{.spec.claimRef.name}{"\n"}`)}`,
  );

/** A volume whose claim is gone waits for that very claim. Without its id one of the same name will do. */
const claimAgain = (operated: Operated): Step => {
  const names = kubectlOfAll(
    ...["get", "persistentvolumes", "-o"],
    `jsonpath=${ofNamespace(operated, String.raw`{.status.phase} {.metadata.name}{"\n"}`)}`,
  );
  const forget = JSON.stringify(
    ["uid", "resourceVersion"].map((of) => ({ op: "remove", path: `/spec/claimRef/${of}` })),
  );
  return {
    say: "Let the volumes that are left be claimed again, by claims of the same names. One with what is spoilt on it is deleted first.",
    run: [
      `for volume in $(${names} | awk '$1 == "Released" { print $2 }'); do kubectl patch "persistentvolume/$volume" --type=json --patch=${word(forget)}; done`,
    ],
  };
};

const stopDeploys: Step = {
  say: "Nobody deploys until the restore is through: a deploy makes empty volumes, and a restore replaces nothing that is there.",
};

/** The newest copy, as a variable of the shell that later commands use. */
const choose = ({ application }: Operated): Step => {
  const newest = kubectlIn(
    VELERO,
    ...["get", "backups", "-l", `velero.io/schedule-name=${scheduleName(application)}`],
    ...["--sort-by=.status.completionTimestamp", "-o"],
    String.raw`jsonpath={range .items[?(@.status.phase=="Completed")]}{.metadata.name}{"\n"}{end}`,
  );
  return {
    say: `Which copy: the newest that is ${code("Completed")}, which this finds, or one from before the mistake. Then put its name in.`,
    run: [`export BACKUP="$(${newest} | tail -n 1)"`, 'echo "$BACKUP"'],
  };
};

const velero = (...rest: readonly string[]): string =>
  kubectlIn(VELERO, "exec", `deployment/${VELERO}`, "-c", VELERO, "--", "/velero", ...rest);

const restore = ({ application: { namespace } }: Operated, withDisks: boolean): Step => ({
  say: withDisks
    ? "Restore, with new disks from the snapshots of the copy. It ends when all of it is made."
    : "Restore the objects; claims find the volumes that are left. It ends when all of it is made.",
  run: [
    `${velero("restore", "create", "--include-namespaces", namespace, `--restore-volumes=${String(withDisks)}`, "--wait")} --from-backup "$BACKUP"`,
    kubectlIn(
      VELERO,
      ...["get", "restores", "--sort-by=.metadata.creationTimestamp"],
      "-o=custom-columns=NAME:.metadata.name,PHASE:.status.phase,ITEMS:.status.progress.itemsRestored,WARNINGS:.status.warnings,ERRORS:.status.errors",
    ),
  ],
});

const whatItSaid: Step = {
  say: `${code("Completed")} without errors is whole. Warnings are of what was there already. Of anything else the log says why.`,
  run: [
    `${kubectlIn(VELERO, "logs", `deployment/${VELERO}`, "-c", VELERO, "--since=1h")} | grep -E '"level":"(error|warning)"' | tail -n 30`,
  ],
};

/** Controllers make what is in no copy. */
function madeAgain(operated: Operated): Step[] {
  const wait = (kind: string, timeout: string): string =>
    kubectl(operated, "wait", "--for=condition=Ready", kind, "--all", `--timeout=${timeout}`);
  const run = [
    ...(ofKind(operated, "ExternalSecret").length > 0 ? [wait("externalsecrets", SECRETS_READY)] : []),
    ...(ofKind(operated, "Certificate").length > 0 ? [wait("certificates", CERTIFICATES_READY)] : []),
  ];
  return run.length === 0
    ? []
    : [{ say: "Secrets and certificates are made again by their controllers: wait for them.", run }];
}

/** Terraform finds its objects by their names, as it left them but for what Velero and time have changed. */
const afterwards = (operated: Operated): Step[] => [
  {
    say: "Look at the plan: two labels of Velero's go from each object, Jobs that ran come again, and what was changed since the copy. One that deletes or replaces a volume or a data service is wrong: stop there.",
    run: [`npx cdktf diff ${word(operated.application.stackName)}`],
  },
  { say: "Deploy it: from here on everybody may again.", run: [deploy(operated)] },
  ...released(operated),
];

const there = (operated: Operated): Step => ({
  say: "Whether all of it is there.",
  run: [kubectl(operated, "get", "externalsecrets,certificates,deployments,statefulsets,persistentvolumeclaims,pods")],
});

const deployAlone = (operated: Operated): Step[] => [
  ...(operated.application.protect && volumes(operated) ? [claimAgain(operated)] : []),
  { say: "What a deploy would make again.", run: [`npx cdktf diff ${word(operated.application.stackName)}`] },
  { say: "Deploy.", run: [deploy(operated)] },
  ...released(operated),
  ...madeAgain(operated),
  there(operated),
];

function restoreSections(operated: Operated): Section[] {
  const keptVolumes = operated.application.protect && volumes(operated);
  const last = [whatItSaid, ...madeAgain(operated), ...afterwards(operated), there(operated)];
  const fromSnapshots = [restore(operated, true), ...last];
  if (!keptVolumes) return [{ steps: [stopDeploys, choose(operated), ...fromSnapshots] }];
  return [
    {
      about: "The volumes are there",
      steps: [stopDeploys, choose(operated), claimAgain(operated), restore(operated, false), ...last],
    },
    {
      about: "The disks are gone, or what is on them is spoilt",
      steps: [
        stopDeploys,
        {
          say: "Delete the volumes of the disks that are spoilt, by the names from above. The disks themselves stay with the cloud, until people delete them.",
        },
        claimAgain(operated),
        choose(operated),
        ...fromSnapshots,
      ],
    },
  ];
}

/** Objects of a namespace that are gone, and the cluster is there. */
export function restoreNamespace(operated: Operated, { clusterBackups }: Beside): Operation {
  const { application } = operated;
  return {
    file: "restore-a-namespace",
    title: "Restore a namespace",
    alerts: ["WorkloadDown"],
    meaning: [
      `The namespace ${code(application.namespace)} or objects in it were deleted or spoilt, and the cluster answers.`,
      ...(clusterBackups === undefined
        ? ["Nothing copies it: a deploy makes again what the model says, and what people made by hand stays lost."]
        : copied(clusterBackups)),
      ...(application.protect && volumes(operated)
        ? ["Volumes outlive their claims here: what was written until the end is still on them."]
        : []),
    ],
    impact: affectedByWorkloads(
      operated,
      application.workloads.map(({ name }) => name),
    ),
    diagnosis: [
      {
        steps: [
          {
            say: "Whether the namespace is there, and is not being deleted. One that is being deleted has to go first.",
            run: [kubectlOfAll("get", "namespace", application.namespace, "--ignore-not-found")],
          },
          ...(volumes(operated)
            ? [{ say: "Volumes that are left of it, and what claims them.", run: [leftVolumes(operated)] }]
            : []),
          ...(clusterBackups === undefined
            ? []
            : [{ say: "Copies that there are, the newest last.", run: [copies(operated)] }]),
        ],
      },
    ],
    mitigation: clusterBackups === undefined ? [{ steps: deployAlone(operated) }] : restoreSections(operated),
  };
}

import { VELERO } from "../../../addons/cluster-backups/names";
import { scheduleName } from "../../../addons/cluster-backups/schedules";
import { PROTECTED_LABEL } from "../../../kubernetes/protection";
import { formatSpan } from "../../../model/recovery";
import { word } from "../../../releases/shell";
import { ofKind } from "../../alerts/watched";
import { deploy, kubectl, kubectlIn, kubectlOfAll } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code } from "../in-words";
import type { Beside, CopiedCluster, Operated } from "../operated";
import type { Section, Step } from "../page";
import type { Operation } from "./operation";
import { released } from "./released";
import { KEEP_DISK, spoiltDisks } from "./spoilt-disks";

/** Time for secrets of a store, and for certificates, to be made again. */
const SECRETS_READY = "5m";
const CERTIFICATES_READY = "15m";

/** Time for a namespace to go. Its controller asks again after a minute at most. */
const GONE = "10m";

const copied = ({ schedule, keepDays, lostSeconds }: CopiedCluster): string[] => [
  `Velero copies it at ${code(schedule)} (UTC) and keeps each copy for ${keepDays} days: its objects, and its disks as they were then, so that up to ${formatSpan(lostSeconds)} are lost.`,
  "A restore makes what is missing, and replaces nothing that is there. Of objects that are spoilt a deploy puts right what the model says; those that people made by hand are deleted by their names before it.",
  "Not in a copy, and made again: pods, Jobs, Secrets of the cloud's store, certificates. Not in a copy at all: files of shared volumes, and what the cloud's own services hold.",
];

const volumes = (operated: Operated): boolean =>
  ofKind(operated, "PersistentVolumeClaim").length > 0 || ofKind(operated, "RabbitmqCluster").length > 0;

/** Whether volumes outlive their claims. */
const keepsVolumes = (operated: Operated): boolean => operated.application.protect && volumes(operated);

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
    `jsonpath=${ofNamespace(operated, String.raw`{.metadata.name}{"\t"}{.status.phase}{"\t"}{.spec.persistentVolumeReclaimPolicy}{"\t"}{.spec.storageClassName}{"\t"}{.spec.claimRef.name}{"\n"}`)}`,
  );

/** The API server refuses to delete what is protected, the controller of namespaces too: it would ask for ever. */
function beingDeleted(operated: Operated): Section {
  const { namespace } = operated.application;
  const names = kubectlOfAll(
    ...["get", "persistentvolumes", "-o"],
    `jsonpath=${ofNamespace(operated, String.raw`{.metadata.name}{"\n"}`)}`,
  );
  const kinds = [
    "persistentvolumeclaims",
    ...(ofKind(operated, "RabbitmqCluster").length > 0 ? ["rabbitmqclusters.rabbitmq.com"] : []),
  ].join(",");
  return {
    about: "The namespace is being deleted",
    steps: [
      {
        say: `Only while it is ${code("Terminating")}. Nobody can stop that, and nothing can be made in it: it waits for as long as the API server refuses to delete what is protected. This says what is left.`,
        run: [
          kubectlOfAll(
            ...["get", "namespace", namespace, "--ignore-not-found", "-o"],
            String.raw`jsonpath={range .status.conditions[*]}{.type}{"\t"}{.message}{"\n"}{end}`,
          ),
        ],
      },
      {
        say: `Keep the disks first: every volume of it becomes, or is already, ${code("Retain")}. If one is not in the list below, stop: its disk would go with its claim.`,
        run: [
          `for volume in $(${names}); do kubectl patch "persistentvolume/$volume" --type=merge --patch=${KEEP_DISK}; done`,
          leftVolumes(operated),
        ],
      },
      {
        say: "Take the protection off what waits. The deploy and the copy have it again.",
        run: [kubectl(operated, "label", kinds, "-l", `${PROTECTED_LABEL}=true`, `${PROTECTED_LABEL}-`)],
      },
      {
        say: "Wait until it is gone: its controller tries again within a minute or two. Then go on below.",
        run: [kubectlOfAll("wait", "--for=delete", `namespace/${namespace}`, `--timeout=${GONE}`)],
      },
    ],
  };
}

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
  ...(keepsVolumes(operated) ? [claimAgain(operated)] : []),
  { say: "What a deploy would make again.", run: [`npx cdktf diff ${word(operated.application.stackName)}`] },
  { say: "Deploy.", run: [deploy(operated)] },
  ...released(operated),
  ...madeAgain(operated),
  there(operated),
];

const deploySections = (operated: Operated): Section[] =>
  keepsVolumes(operated)
    ? [beingDeleted(operated), { about: "The namespace is gone, or objects of it are", steps: deployAlone(operated) }]
    : [{ steps: deployAlone(operated) }];

function restoreSections(operated: Operated): Section[] {
  const last = [whatItSaid, ...madeAgain(operated), ...afterwards(operated), there(operated)];
  const fromSnapshots = [restore(operated, true), ...last];
  const inPlace = spoiltDisks(operated, {
    before: [stopDeploys, choose(operated)],
    restored: [restore(operated, true), whatItSaid],
    last: [...afterwards(operated), there(operated)],
  });
  if (!keepsVolumes(operated)) {
    const gone = { about: "The namespace is gone, or objects of it are" };
    return [{ ...(inPlace.length > 0 && gone), steps: [stopDeploys, choose(operated), ...fromSnapshots] }, ...inPlace];
  }
  return [
    beingDeleted(operated),
    {
      about: "The volumes are there",
      steps: [stopDeploys, choose(operated), claimAgain(operated), restore(operated, false), ...last],
    },
    {
      about: "The namespace is gone, and the disks are too, or what is on them is spoilt",
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
    ...inPlace,
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
      ...(keepsVolumes(operated)
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
            say: keepsVolumes(operated)
              ? `Whether the namespace is there, and is not being deleted. One that is ${code("Terminating")} has to go first, and does not by itself: the first section of what to do is about that.`
              : "Whether the namespace is there, and is not being deleted. One that is being deleted has to go first.",
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
    mitigation: clusterBackups === undefined ? deploySections(operated) : restoreSections(operated),
  };
}

import { LOCATION, VELERO } from "../../addons/cluster-backups/names";
import { kubectlIn } from "../runbooks/commands";
import { code } from "../runbooks/in-words";
import type { Playbook, Step } from "../runbooks/page";

/* What people do about copies that are not made. Objects are named as Velero's chart names them. */

const server: Step = {
  say: "Whether Velero runs, and what hinders it.",
  run: [
    kubectlIn(VELERO, "get", `deployment/${VELERO}`),
    kubectlIn(VELERO, "get", "pods", "-o", "wide"),
    `${kubectlIn(VELERO, "get", "events", "--sort-by=.lastTimestamp")} | tail -n 30`,
  ],
};

const store: Step = {
  say: `Whether it reaches its store: ${code("Available")}. Otherwise the message says what the cloud answered, ${code("AccessDenied")} or ${code("403")} where its identity is not let in any more.`,
  run: [
    kubectlIn(
      VELERO,
      ...["get", `backupstoragelocations/${LOCATION}`],
      "-o=custom-columns=NAME:.metadata.name,PHASE:.status.phase,MESSAGE:.status.message",
    ),
  ],
};

const copies: Step = {
  say: "The copies, the newest last, and how each ended.",
  run: [
    kubectlIn(
      VELERO,
      ...["get", "backups", "--sort-by=.metadata.creationTimestamp"],
      "-o=custom-columns=NAME:.metadata.name,PHASE:.status.phase,ENDED:.status.completionTimestamp,ERRORS:.status.errors,REASON:.status.failureReason",
    ),
    kubectlIn(VELERO, "get", "schedules"),
  ],
};

const log: Step = {
  say: "What went wrong, in its own words.",
  run: [
    `${kubectlIn(VELERO, "logs", `deployment/${VELERO}`, "-c", VELERO, "--since=26h")} | grep '"level":"error"' | tail -n 30`,
  ],
};

const snapshots: Step = {
  say: "Snapshots of disks that do not become ready, and why: the driver of the disks takes them.",
  run: [
    "kubectl get volumesnapshots -A",
    "kubectl get volumesnapshotcontents -o=custom-columns=NAME:.metadata.name,READY:.status.readyToUse,ERROR:.status.error.message",
  ],
};

const deploy = (environment: string): Step => ({
  say: "What is not as it was rendered, identity and store among it, the platform's stack makes anew.",
  run: [`npx cdktf deploy ${environment}-platform`],
});

const again: Step = {
  say: "Copy all of it again, as each schedule would; each ends when it is whole.",
  run: [
    `for schedule in $(${kubectlIn(VELERO, "get", "schedules", "-o", "jsonpath={.items[*].metadata.name}")}); do ${kubectlIn(VELERO, "exec", `deployment/${VELERO}`, "-c", VELERO, "--", "/velero", "backup", "create", "--wait", "--from-schedule")} "$schedule"; done`,
  ],
};

const restart: Step = {
  say: "Start it anew: a copy that it was at counts as failed, and the next one is made at its time.",
  run: [
    kubectlIn(VELERO, "rollout", "restart", `deployment/${VELERO}`),
    kubectlIn(VELERO, "rollout", "status", `deployment/${VELERO}`, "--timeout=15m"),
  ],
};

const IMPACT = "Nobody, until something is lost: what was changed since the last whole copy would not come back.";

const late = (called: string, environment: string): Playbook => ({
  called,
  impact: [IMPACT],
  diagnosis: [{ steps: [server, store, copies, log, snapshots] }],
  mitigation: [{ steps: [restart, deploy(environment), again] }],
});

/** Playbooks by the names of alerts. */
export const clusterBackupPlaybooks = (environment: string): Readonly<Record<string, Playbook>> => ({
  ClusterBackupTooOld: late("The last copy is too old", environment),
  ClusterBackupMissing: late("There is no copy", environment),
  ClusterBackupFailed: {
    called: "A copy is not whole",
    impact: [IMPACT, "Copies from before are kept, and one that is not whole restores what it has."],
    diagnosis: [{ steps: [copies, log, snapshots, store] }],
    mitigation: [{ steps: [again] }],
  },
  VeleroDown: {
    called: "Nothing is copied",
    impact: [IMPACT],
    diagnosis: [{ steps: [server, store] }],
    mitigation: [{ steps: [restart, deploy(environment)] }],
  },
});

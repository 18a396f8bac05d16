import { staysOf } from "../../../releases/stays";
import { deploy, diff, helm, helmBack, kubectl, rolledOut, undo } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code } from "../in-words";
import { type Operated, running } from "../operated";
import type { Step } from "../page";
import { key, plan } from "../releases";
import type { Operation } from "./operation";

/** Image of each Deployment that runs now. */
const IMAGES = "custom-columns=NAME:.metadata.name,IMAGES:.spec.template.spec.containers[*].image";

const statuses = (operated: Operated): string[] => running(operated).map((one) => rolledOut(operated, one));

const byHelm = (operated: Operated): Step[] => [
  {
    say: "Go back to the newest revision that was well, all workloads at once: this says which one that is, what changes with it, and the commands. With `--run` it goes there, and says how long it took.",
    run: [plan(operated)],
  },
  {
    say: "The same by hand, to the revision before the newest: another one by its number behind the name, as where the newest says that it went back by itself, the one before is the one that failed. No Job runs when it goes back.",
    run: [helmBack(operated), ...statuses(operated)],
  },
  {
    say: "If it stops because the last upgrade still counts as running, its process is gone: the history says `pending-upgrade`. The same command ends that state too; look that no pipeline is at work first.",
    run: [helm(operated, "history"), helm(operated, "status")],
  },
  {
    say: "Then revert the commit that released, or the next pipeline brings it back.",
  },
];

const byTerraform = (operated: Operated): Step[] => [
  {
    say: "At once, for as long as the next deploy takes: Kubernetes' own way back, of each workload that changed. It helps where images alone have changed.",
    run: running(operated).flatMap((one) => [undo(operated, one), rolledOut(operated, one)]),
  },
  {
    say: "Which commit it was for this environment, what its images were before, and the commands of the way back. With `--run` it goes back, and says how long it took.",
    run: [plan(operated)],
  },
  {
    say: "For good: revert the commit that released, or write the images of the release before into the environment's file. Look at the plan before it is applied: it may hold more than the release.",
    write: `workloads: {\n${running(operated)
      .map(({ workload: { name } }) => `  ${key(name)}: { image: "the image of the release before" },`)
      .join("\n")}\n},`,
    run: [diff(operated), deploy(operated), ...statuses(operated)],
  },
];

/** The whole application, as it was before a release. */
export function rollBackAll(operated: Operated): Operation {
  const { application, release } = operated;
  const all = running(operated);
  const migrations = application.workloads.filter(({ kind }) => kind === "release").map(({ name }) => name);
  return {
    file: "roll-back",
    title: "Roll back a release",
    alerts: ["WorkloadDown", "HighErrorRate", "HighResponseTime", "PodCrashLooping", "ImagePullFailing"],
    meaning: [
      `Since a release something is worse. ${release === "helm" ? "Helm releases here, so Helm goes back" : "Terraform releases here, so what was in the environment's file before goes back there"}.`,
      ...(migrations.length === 0
        ? ["No workload runs before a release, so that none has changed a database for it."]
        : []),
      ...staysOf(application, release, code),
    ],
    impact: [
      "Pods are replaced a few at a time, and an old one goes when a new one is ready; a single replica has one more beside it for that time.",
      ...affectedByWorkloads(
        operated,
        all.map(({ workload }) => workload.name),
      ),
    ],
    diagnosis: [
      {
        steps: [
          { say: "What runs now.", run: [kubectl(operated, "get", "deployments", "-o", IMAGES)] },
          {
            say: "What ran before, and since when: the newest revision is last.",
            run: [
              ...(release === "helm" ? [helm(operated, "history")] : []),
              kubectl(operated, "get", "replicasets", "--sort-by=.metadata.creationTimestamp", "-o", IMAGES),
            ],
          },
          ...(migrations.length === 0
            ? []
            : [{ say: "What ran before the release, and how it ended.", run: [kubectl(operated, "get", "jobs")] }]),
        ],
      },
    ],
    mitigation: [{ steps: release === "helm" ? byHelm(operated) : byTerraform(operated) }],
  };
}

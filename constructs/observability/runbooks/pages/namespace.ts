import type { Alert } from "../../alerts/alert";
import { deploy, kubectl, kubectlIn } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code } from "../in-words";
import { quotaOf } from "../objects";
import { labelled, type Operated } from "../operated";
import type { Playbook, Step } from "../page";

/* What the namespace may have, and what it is given. */

export const quotaNearlyFull = (operated: Operated): Playbook => ({
  impact: ["Nobody yet. Pods beyond the quota are refused: a release stands still, and an autoscaler adds none."],
  diagnosis: [
    {
      steps: [
        {
          say: "What is in use, and how much there may be.",
          run: quotaOf(operated).map((quota) => kubectl(operated, "describe", quota)),
        },
        {
          say: "Whose pods: the model's have a label `app`; the quota is computed for those, with a rolling update of each.",
          run: [
            kubectl(operated, "get", "pods", "-L", "app", "-o", "wide"),
            kubectl(operated, "get", "deployments,cronjobs,jobs"),
          ],
        },
        { say: "What was refused.", run: [kubectl(operated, "get", "events", "--field-selector=reason=FailedCreate")] },
      ],
    },
  ],
  mitigation: [
    {
      steps: [
        { say: "Delete pods, Deployments and Jobs that were made by hand, if they are not needed any more." },
        {
          say: "Replicas and limits that were raised with Helm or by hand are not in the quota: write them into the environment's file and deploy, and the quota is computed for them.",
          run: [deploy(operated)],
        },
      ],
    },
  ],
});

/** Where the controller runs, and the release and Deployment of its chart. */
const CONTROLLER = "external-secrets";

export function secretNotSynchronised(operated: Operated, alerts: readonly Alert[]): Playbook {
  const names = labelled(alerts, "secret");
  const about = (steps: (object: string) => Step[]) =>
    names.map((name) => ({ about: name, steps: steps(`externalsecret/${name}`) }));
  return {
    impact: [
      "Nobody yet: pods go on with what they have. A password that was rotated does not arrive, and where the Secret is not there new pods do not start.",
      ...affectedByWorkloads(
        operated,
        operated.application.workloads.filter(({ secrets }) => secrets.length > 0).map(({ name }) => name),
      ),
    ],
    diagnosis: [
      ...about((object) => [
        {
          say: "What the store answered: not there, not allowed, or no answer. The description has the name in the store.",
          run: [kubectl(operated, "get", object), kubectl(operated, "describe", object)],
        },
      ]),
      {
        about: "the store",
        steps: [
          {
            say: "Whether the store is ready for everybody, and what the controller says.",
            run: [
              "kubectl get clustersecretstores",
              kubectlIn(CONTROLLER, "logs", `deployment/${CONTROLLER}`, "--tail=100"),
            ],
          },
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: `What people make is made again in the cloud's store: a plan of ${code(operated.application.stackName)} stops where it is missing and prints the command. What Terraform made comes back with a deploy.`,
            run: [deploy(operated)],
          },
        ],
      },
      ...about((object) => [
        {
          say: "Read it now, not in five minutes.",
          run: [
            `${kubectl(operated, "annotate", object, "--overwrite")} "force-sync=$(date +%s)"`,
            kubectl(operated, "wait", "--for=condition=Ready", object, "--timeout=60s"),
          ],
        },
      ]),
    ],
  };
}

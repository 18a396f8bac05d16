import { deploy, events, helm, kubectl } from "../commands";
import { code } from "../in-words";
import type { Beside, Operated } from "../operated";
import type { Operation } from "./operation";
import { prepared, terraformIn } from "./terraform-state";

/** A deploy that ended before its end. */
export function halfApplied(operated: Operated, { stacks }: Beside): Operation {
  const { release, application } = operated;
  const { stackName } = application;
  return {
    file: "half-applied-deploy",
    title: "A deploy stopped half-way",
    alerts: ["JobFailed", "ReplicasMissing", "QuotaNearlyFull"],
    meaning: [
      `${code(`cdktf deploy ${stackName}`)} failed, was interrupted, or lost its machine. What was made is made and in the state; the rest is as it was. Nothing is undone by itself.`,
      ...(release === "helm"
        ? [
            "Helm releases the workloads: an upgrade that failed stays as the newest revision, unless it was told to go back.",
          ]
        : []),
    ],
    impact: [
      "Workloads run on with the pods they have. A workload whose new pods do not become ready keeps its old ones; a Job that failed before the release has kept all of them from it.",
    ],
    diagnosis: [
      {
        steps: [
          prepared([stackName]),
          {
            say: "What is left to do, and what was made and broke: a resource that is `tainted` is replaced by the next apply.",
            run: [
              `npx cdktf diff ${stackName}`,
              `${terraformIn(stackName)} show -no-color | grep -n '(tainted)'`,
              `ls -l cdktf.out/stacks/${stackName}/errored.tfstate`,
            ],
          },
          {
            say: "What does not become ready, and why.",
            run: [kubectl(operated, "get", "deployments,statefulsets,jobs,pods"), events(operated)],
          },
          ...(release === "helm"
            ? [{ say: "Where the release stands.", run: [helm(operated, "status"), helm(operated, "history")] }]
            : []),
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: `The state could not be written: \`errored.tfstate\` is there. Put it back before anything else.`,
            run: [
              `${terraformIn(stackName)} state push errored.tfstate`,
              `rm cdktf.out/stacks/${stackName}/errored.tfstate`,
            ],
          },
          { say: "The state is locked by the run that is gone: [Terraform state](terraform-state.md)." },
          {
            say: "Mend what the error says, and deploy again: it goes on where it stopped. A time-out is mended by nothing but that. A tainted resource that holds data, and is whole, is kept by `terraform untaint` with its address.",
            run: [deploy(operated)],
          },
          {
            say: `\`already exists\`: the run made it and ended before it wrote so. Import it at the address of the error, in ${code(`cdktf.out/stacks/${stackName}`)}; delete it only if it holds nothing.`,
          },
          {
            say: `A stack that another one stands on is missing: deploy them in this order.`,
            run: stacks.map((stack) => `npx cdktf deploy ${stack}`),
          },
          {
            say: "It made things worse, and the cause is not found: [roll back](roll-back.md).",
          },
        ],
      },
    ],
  };
}

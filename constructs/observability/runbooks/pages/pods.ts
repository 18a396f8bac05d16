import { ofKind } from "../../alerts/watched";
import { describePods, events, kubectl, lastWords } from "../commands";
import { affectedByWorkloads } from "../impact";
import { type Operated, running } from "../operated";
import type { Playbook, Step } from "../page";
import { history, rollBack } from "../releases";
import { needs, shell } from "../steps";
import { each } from "./workloads";

/* Pods that do not run, whatever they are of. */

/** Columns that tell a pod that starts and dies. */
const RESTARTS =
  "custom-columns=POD:.metadata.name,RESTARTS:.status.containerStatuses[*].restartCount,REASON:.status.containerStatuses[*].lastState.terminated.reason,EXIT:.status.containerStatuses[*].lastState.terminated.exitCode";

const IMAGES = "custom-columns=POD:.metadata.name,PHASE:.status.phase,IMAGES:.spec.containers[*].image";

const columns = (operated: Operated, what: string): string => kubectl(operated, "get", "pods", "-o", what);

const impact = (operated: Operated): string[] =>
  affectedByWorkloads(
    operated,
    operated.application.workloads.map(({ name }) => name),
  );

export function podCrashLooping(operated: Operated): Playbook {
  return {
    impact: [
      "That of the workload which the alert names. While other pods of it are ready, it is slower and no more.",
      ...impact(operated),
    ],
    diagnosis: [
      {
        steps: [
          {
            say: "Which containers, how often, and how they ended: 137 is killed (for its memory where the reason is `OOMKilled`, else by a check of its health), anything else is what the program said.",
            run: [columns(operated, RESTARTS)],
          },
          { say: "Events, the newest last.", run: [events(operated)] },
        ],
      },
      ...each(running(operated), (one) => [
        {
          say: "What they said before they ended.",
          run: [lastWords(operated, one.deployment.metadata.name)],
        },
        { say: "What they were given and asked.", run: [describePods(operated, one.deployment.metadata.name)] },
        ...needs(operated, one),
        history(operated, one),
      ]),
    ],
    mitigation: each(running(operated), (one) => [...rollBack(operated, one), shell(operated, one)]),
  };
}

/** Where the secret is by which images are pulled; nothing where everybody may. */
function pullSecret(operated: Operated): Step[] {
  const names = new Set(
    ofKind(operated, "ServiceAccount").flatMap(({ imagePullSecrets = [] }) => imagePullSecrets.map(({ name }) => name)),
  );
  const known = ofKind(operated, "ExternalSecret").filter(({ spec }) => names.has(spec.target.name));
  return known.length === 0
    ? []
    : [
        {
          say: "Whether the registry's login was read from the store.",
          run: known.map(({ metadata }) => kubectl(operated, "get", `externalsecret/${metadata.name}`)),
        },
      ];
}

export function imagePullFailing(operated: Operated): Playbook {
  return {
    impact: [
      "Pods with the old image go on. New ones do not start: a release stands still, and a pod that is lost is not replaced.",
      ...impact(operated),
    ],
    diagnosis: [
      {
        steps: [
          {
            say: "What the registry answered: `not found` is a tag or digest that was not pushed, `unauthorized` or `forbidden` a login, a time-out the way there.",
            run: [kubectl(operated, "get", "events", "--field-selector=reason=Failed"), columns(operated, IMAGES)],
          },
          ...pullSecret(operated),
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: "Push the image that is missing; Kubernetes tries again by itself, every five minutes at least. Or go back to the release before.",
          },
        ],
      },
      ...each(running(operated), (one) => rollBack(operated, one)),
    ],
  };
}

import type { Files } from "../../constructs/outputs/output";
import { commands } from "./commands";

/*
 * Commands of runbooks that the control plane of the tests cannot answer, with the reason of each. All others are pasted there:
 * `__tests__/cluster/runbooks.cluster.ts` fails where a command is neither pasted nor in this list, and where it is both.
 */

export interface NotRun {
  /** What they are, as the head of a list of them. */
  readonly what: string;
  readonly pattern: RegExp;
  readonly why: string;
}

/** The first one that matches is the reason. */
export const NOT_RUN: readonly NotRun[] = [
  {
    what: "Tools of clouds",
    pattern: /^(?:[A-Z]+=\$\()?(?:until )?(?:aws|az|gcloud) /,
    why: "There is no account behind a test. The words of those of AWS are read by the AWS CLI itself in `npm run scan`.",
  },
  {
    what: "Deploys, and what Terraform is asked",
    pattern: /^(?:[A-Z]+=\$\()?(?:npx cdktf|terraform) /,
    why: "They need the state of an environment and its cloud. Stacks are applied by `npm run test:stories` and `npm run test:engine`.",
  },
  {
    what: "Files and words beside those two",
    pattern: /^(?:cp|ls -l|rm|printf|export) |^(?:CLUSTER|KUBECONFIG|OLD|REGION)=/,
    why: "What they show, set or remove is made by the commands of the cloud or of Terraform before them.",
  },
  {
    what: "The repository",
    pattern: /^(?:git|cd|npm) |^(?:COMMIT|TAG)=|^\[ -d /,
    why: "They mark a commit and go back to it, in the repository of whoever runs the tests.",
  },
  {
    what: "What ends a block where a line of it fails",
    pattern: /^(?:\(|set -e|\))$/,
    why: "Lines are pasted one by one there. That such a block goes no further is asserted by `npm test`.",
  },
  {
    what: "Charts of the platform",
    pattern:
      /^(?:[A-Z]+=\$\()?kubectl -n (?:alloy|cert-manager|external-dns|external-secrets|keda|loki|observability|tempo|velero) |^curl .* -H 'X-Scope-OrgID: /,
    why: "Their pods are not there: doubles stand for what the application needs of them.",
  },
  {
    what: "Kinds that only controllers of the platform use",
    pattern:
      /^kubectl (?:-n \S+ )?(?:get|describe) (?:clustersecretstores|challenges|certificaterequests,orders,challenges)$/,
    why: "Their definitions come with those controllers, which are not there.",
  },
  {
    what: "This program itself",
    pattern: /^npx goldenpath /,
    why: "It reads the model and asks no cluster: what it answers is tested by `npm test`.",
  },
  { what: "cert-manager's own tool", pattern: /^cmctl /, why: "It asks cert-manager, which is not there." },
  {
    what: "Docker",
    pattern: /^docker /,
    why: "There is no Docker where tests run, and no registry with these images.",
  },
  { what: "Names in public DNS", pattern: /^dig /, why: "The names are examples, and nobody answers for them." },
];

/** Why a command is not run; `undefined`: it is. */
export const notRun = (line: string): NotRun | undefined => NOT_RUN.find(({ pattern }) => pattern.test(line));

/** Commands of all pages, each once, in their order. */
export const commandsOf = (files: Files): string[] => [...new Set(Object.values(files).flatMap(commands))];

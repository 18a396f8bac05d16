import type { ReleaseTool } from "../../model/environment";
import { entryPoint } from "./playbooks";

/* What each entry point of the role is told, which Ansible checks before its first task. */

/** An argument, in Ansible's own form. */
interface Argument {
  readonly type: "bool" | "dict" | "list" | "str";
  readonly description: string;
  readonly required?: true;
  readonly elements?: "str";
  readonly default?: unknown;
}

const TOLD = "Said by the inventory.";

const inventory = (description: string, type: "list" | "str" = "str"): Argument => ({
  type,
  ...(type === "list" && { elements: "str" as const }),
  required: true,
  description: `${description} ${TOLD}`,
});

const COMMON: Readonly<Record<string, Argument>> = {
  release_environment: inventory("Name of the environment."),
  release_application: inventory("Name of the application, and of its release."),
  release_stays: inventory("What does not go back, a sentence each.", "list"),
};

const HELM: Readonly<Record<string, Argument>> = {
  ...COMMON,
  release_namespace: inventory("Namespace of the application."),
  release_rollback_timeout: inventory("How long Helm waits until it is back."),
  release_context: {
    type: "str",
    default: "",
    description: "Context of kubectl to use. Where it is empty, the one that is chosen there.",
  },
  release_interrupted: {
    type: "bool",
    default: false,
    description: "Whether whoever left the release on its way is gone for certain.",
  },
};

const HELM_DEPLOY: Readonly<Record<string, Argument>> = {
  ...HELM,
  release_chart: inventory("Folder of the chart."),
  release_timeout: inventory("How long Helm waits for a release."),
  release_smoke_addresses: inventory("Addresses that have to answer.", "list"),
  release_tag: { type: "str", required: true, description: "Tag of the images, or tag@sha256:digest." },
  release_values: {
    type: "dict",
    default: {},
    description: "More values of the chart: image of a workload, for one. Nothing secret.",
  },
};

const HELM_ROLLBACK: Readonly<Record<string, Argument>> = {
  ...HELM,
  release_revision: {
    type: "str",
    default: "",
    description: "Revision to go back to. Where it is empty, the newest before this one that ran.",
  },
};

const TERRAFORM_DEPLOY: Readonly<Record<string, Argument>> = {
  ...COMMON,
  release_stack: inventory("Stack of the application."),
};

const TERRAFORM_ROLLBACK: Readonly<Record<string, Argument>> = {
  ...COMMON,
  release_root: inventory("Folder of the program."),
  release_only: {
    type: "list",
    elements: "str",
    default: [],
    description: "Workloads that go back alone. Where there is none, the whole application does.",
  },
  release_run: {
    type: "bool",
    default: false,
    description: "Whether the workloads of release_only go back. Without it the way is said, and nothing is changed.",
  },
  release_context: {
    type: "str",
    default: "",
    description: "Context of kubeconfig that release_run asks, as pods do not say which environment's they are.",
  },
};

/** Arguments by entry point, for the tools that release somewhere. */
export function argumentsOf(
  tools: ReadonlySet<ReleaseTool>,
): Readonly<Record<string, Readonly<Record<string, Argument>>>> {
  return {
    ...(tools.has("helm") && {
      [entryPoint("helm", "deploy")]: HELM_DEPLOY,
      [entryPoint("helm", "rollback")]: HELM_ROLLBACK,
    }),
    ...(tools.has("terraform") && {
      [entryPoint("terraform", "deploy")]: TERRAFORM_DEPLOY,
      [entryPoint("terraform", "rollback")]: TERRAFORM_ROLLBACK,
    }),
  };
}

const SAYS: Readonly<Record<string, string>> = {
  helm_deploy: "Release by Helm, and take back what does not answer",
  helm_rollback: "Go back by Helm",
  terraform_deploy: "Say who releases where Terraform does",
  terraform_rollback: "Go back where Terraform releases, by the program",
};

/** The role's `meta/argument_specs.yml`. */
export const argumentSpecs = (tools: ReadonlySet<ReleaseTool>): unknown => ({
  argument_specs: Object.fromEntries(
    Object.entries(argumentsOf(tools)).map(([entry, options]) => [
      entry,
      { short_description: SAYS[entry], options },
    ]),
  ),
});

/** The role's `meta/main.yml`. */
export const roleMeta = (application: string): unknown => ({
  galaxy_info: {
    author: application,
    description: `Releases ${application} and goes back`,
    license: "license (proprietary)",
    // Of kubernetes.core.
    min_ansible_version: "2.16",
  },
  dependencies: [],
});

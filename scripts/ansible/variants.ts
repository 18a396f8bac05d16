import type { ReleaseTool } from "../../constructs/model/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { ansible, type AnsibleOptions, type Files, renderEnvironments } from "../../constructs/outputs/outputs";
import { environments } from "../../environments";
import { local } from "../../environments/local";
import { PLAYBOOKS } from "../../environments/outputs";

const PLACES = environments.filter(({ name }) => name !== local.name);

/** Machines in each environment, so that each cloud's are there. */
const EVERY_CLOUD = Object.fromEntries(
  PLACES.map(({ name }) => [
    name,
    { plan: ["self-hosted", `${name}-plan`], apply: ["self-hosted", `${name}-apply`] },
  ]),
);

const byTool = (toolOf: (environment: string) => ReleaseTool, more: Partial<AnsibleOptions> = {}): Files =>
  ansible.render(
    renderEnvironments(loadEnvironments(PLACES.map((one) => ({ ...one, release: toolOf(one.name) })))),
    { ...PLAYBOOKS, ...more },
  );

/**
 * Playbooks of every kind: those of this repository, the same where Helm releases, and where each releases somewhere. Tests and linters look
 * at all of them.
 */
export const ansibleVariants = (): Readonly<Record<"both" | "helm" | "terraform", Files>> => ({
  terraform: byTool(() => "terraform"),
  helm: byTool(() => "helm", { baseImage: "registry.example.com/helm:4.3.1", runners: EVERY_CLOUD }),
  both: byTool((environment) => (environment === "production" ? "helm" : "terraform")),
});

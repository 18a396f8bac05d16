import { loadEnvironments } from "../../constructs/model/load";
import { type Files, renderEnvironments, workflows, type WorkflowsOptions } from "../../constructs/outputs/outputs";
import { environments } from "../../environments";
import { WORKFLOWS } from "../../environments/outputs";

/** Deploys to the two clouds that this repository's own workflows deploy nothing to, with Terraform in OpenTofu's place. */
const ELSEWHERE: WorkflowsOptions = {
  ...WORKFLOWS,
  engine: { name: "terraform", version: "1.14.3" },
  attest: true,
  deploys: [
    {
      environment: "gke-staging",
      branch: "develop",
      url: "https://gke.staging.example.com",
      runners: { plan: "google-plan", apply: "google-apply" },
    },
    {
      environment: "aks-staging",
      branch: "main",
      url: "https://aks.staging.example.com",
      runners: { plan: "azure-plan", apply: "azure-apply" },
    },
  ],
};

/** Domains of previews, each in a zone of the environment that takes them. */
const DOMAINS: Readonly<Record<string, string>> = {
  staging: "staging.example.com",
  "gke-staging": "gke-staging.example.com",
  "aks-staging": "aks-staging.example.com",
};

/** The shipped environments, those of profile small with previews. */
const taking = environments.map((one) => {
  const domain = DOMAINS[one.name];
  return domain === undefined ? one : { ...one, previews: { domain } };
});

/** The same options, with previews where the environment takes them. */
const withPreviews = (options: WorkflowsOptions): WorkflowsOptions => ({
  ...options,
  deploys: options.deploys.map((deploy) =>
    DOMAINS[deploy.environment] === undefined ? deploy : { ...deploy, previews: true },
  ),
});

/**
 * Workflows of every kind, by what is in them: those of this repository, the same where Helm releases, with previews, and all on the other clouds. Tests and
 * linters look at all of them.
 */
export function workflowVariants(): Readonly<
  Record<"helm elsewhere" | "helm" | "previews elsewhere" | "previews" | "terraform elsewhere" | "terraform", Files>
> {
  const byPreviews = renderEnvironments(loadEnvironments(taking));
  const byTerraform = renderEnvironments(loadEnvironments(environments));
  const byHelm = renderEnvironments(
    loadEnvironments(environments.map((one) => ({ ...one, release: "helm" as const }))),
  );
  return {
    terraform: workflows.render(byTerraform, WORKFLOWS),
    helm: workflows.render(byHelm, WORKFLOWS),
    "terraform elsewhere": workflows.render(byTerraform, ELSEWHERE),
    "helm elsewhere": workflows.render(byHelm, ELSEWHERE),
    previews: workflows.render(byPreviews, withPreviews(WORKFLOWS)),
    "previews elsewhere": workflows.render(byPreviews, withPreviews(ELSEWHERE)),
  };
}

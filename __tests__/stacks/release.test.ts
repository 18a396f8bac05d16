import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput } from "../../constructs/model/problem";
import { environments } from "../../environments";
import { myApp } from "../../environments/my-app";
import { staging } from "../../environments/staging";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";

/*
 * Who releases: with `terraform` each object of an application is a resource; with `helm` those of a release are the
 * chart's, and no plan destroys what Terraform had of them.
 */

const addresses = ({ resource }: StackJson): string[] =>
  Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));

const of = (release?: "terraform" | "helm") =>
  stack(synthesizeEnvironments([{ ...staging, ...(release !== undefined && { release }) }]), "staging");

const terraform = of("terraform");
const helm = of("helm");
const { removed = [] } = helm as { removed?: readonly { from: string; lifecycle: unknown }[] };

test("terraform releases unless another is named, and forgets nothing", () => {
  expect(of()).toEqual(terraform);
  expect(terraform).not.toHaveProperty("removed");
});

test("what the chart brings is no resource any more; all else is as it was", () => {
  const gone = addresses(terraform).filter((address) => !addresses(helm).includes(address));
  expect(addresses(helm).filter((address) => !addresses(terraform).includes(address))).toEqual([]);
  expect(gone.map((address) => address.replace(/^(\w+)\.my-app_kubernetes_(.*)_[0-9A-F]{8}$/, "$1 $2")).sort()).toEqual(
    [
      "kubernetes_config_map_v1 config-map-my-app-backend",
      "kubernetes_config_map_v1 config-map-my-app-backendserver",
      "kubernetes_config_map_v1 config-map-my-app-consumer",
      "kubernetes_config_map_v1 config-map-my-app-cron",
      "kubernetes_config_map_v1 config-map-my-app-frontend",
      "kubernetes_config_map_v1 config-map-my-app-migrate",
      "kubernetes_config_map_v1 config-map-my-app-notifications",
      "kubernetes_cron_job_v1 cron-job-my-app-cron",
      "kubernetes_deployment_v1 deployment-my-app-backend",
      "kubernetes_deployment_v1 deployment-my-app-consumer",
      "kubernetes_deployment_v1 deployment-my-app-frontend",
      "kubernetes_deployment_v1 deployment-my-app-notifications",
      "kubernetes_horizontal_pod_autoscaler_v2 horizontal-pod-autoscaler-my-app-backend-hpa",
      "kubernetes_horizontal_pod_autoscaler_v2 horizontal-pod-autoscaler-my-app-frontend-hpa",
      "kubernetes_horizontal_pod_autoscaler_v2 horizontal-pod-autoscaler-my-app-notifications-hpa",
      "kubernetes_ingress_v1 ingress-my-app-ingress",
      "kubernetes_job_v1 job-my-app-migrate",
      "kubernetes_manifest pod-disruption-budget-my-app-backend-pdb",
      "kubernetes_manifest pod-disruption-budget-my-app-frontend-pdb",
      "kubernetes_manifest pod-disruption-budget-my-app-notifications-pdb",
      "kubernetes_service_v1 service-my-app-backend",
      "kubernetes_service_v1 service-my-app-frontend",
      "kubernetes_service_v1 service-my-app-notifications",
      // Helm's releases are in its own records.
      "terraform_data.Serving",
    ],
  );
  // Nothing that stays waits for what is gone.
  const text = JSON.stringify(helm.resource);
  expect(gone.filter((address) => text.includes(address))).toEqual([]);
});

test("what Terraform had of it is forgotten and not destroyed, under the very addresses; a Job that has run goes", () => {
  const gone = addresses(terraform).filter((address) => !addresses(helm).includes(address));
  expect(removed.map(({ from }) => from).sort()).toEqual(
    gone.filter((address) => address.startsWith("kubernetes_") && !address.startsWith("kubernetes_job_v1.")).sort(),
  );
  for (const { lifecycle } of removed) expect(lifecycle).toEqual({ destroy: false });
});

test("the other stacks of the environment do not know of it", () => {
  const [some, others] = (["terraform", "helm"] as const).map((release) =>
    synthesizeEnvironments([{ ...staging, release }]),
  );
  for (const name of ["state-staging", "staging-cluster", "staging-platform"]) {
    expect(some?.stacks[name]).toBeDefined();
    expect(some?.stacks[name]).toEqual(others?.stacks[name]);
  }
});

test("every shipped environment says so or is released by Terraform", () => {
  for (const { release } of loadEnvironments(environments)) expect(["terraform", "helm"]).toContain(release);
});

test("a ciphertext that a Job of the release reads comes too late, and is refused", () => {
  const ciphertext = `Ag${"A".repeat(700)}`;
  const workloads = { ...myApp.workloads };
  const { migrate } = workloads;
  if (migrate?.kind !== "release") throw new Error("no release");
  const load = (read: boolean) => () =>
    loadEnvironments([
      {
        ...staging,
        release: "helm",
        sealedSecrets: true,
        applications: [
          {
            application: {
              ...myApp,
              workloads: { ...workloads, migrate: { ...migrate, ...(read && { secrets: ["stripe-key"] }) } },
            },
            hosts: { api: "staging.example.com", web: "www.staging.example.com" },
            sealed: { "stripe-key": ciphertext },
          },
        ],
      },
    ]);
  expect(load(false)).not.toThrow();
  expect(load(true)).toThrow(InvalidInput);
  expect(load(true)).toThrow(
    'environments.staging.applications.my-app.sealed.stripe-key: workload "migrate" runs before the chart has brought it; ' +
      "keep it in the secret store, or give the workload no such secret",
  );
});

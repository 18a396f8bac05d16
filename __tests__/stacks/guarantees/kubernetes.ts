import type { GuaranteeName } from "../../../constructs/clouds/guarantees";
import { named } from "../../support/reference";
import { all, only, type Stacks } from "./column";

type Shared = "broker-users" | "database-users" | "honest-probes" | "quota" | "release-jobs" | "secret-delivery";

/** What Kubernetes has by itself, and so every cloud in the same way. */
export function inEveryCluster(stacks: Stacks): Readonly<Record<Shared & GuaranteeName, () => void>> {
  const { app } = stacks;
  return {
    "database-users": () => {
      const urls = JSON.stringify(named(app, "kubernetes_manifest", "my-app-secrets"));
      for (const workload of ["backend", "consumer", "cron", "migrate"])
        expect(urls).toContain(`mysql://app.${workload}:`);
      expect(stacks.jobs()).toContain("my-app-orders-db-users");
    },
    "broker-users": () => {
      const urls = JSON.stringify(named(app, "kubernetes_manifest", "my-app-secrets"));
      for (const workload of ["backend", "consumer"]) expect(urls).toContain(`amqps://app.${workload}:`);
      expect(stacks.jobs()).toContain("my-app-events-users");
    },
    "secret-delivery": () => {
      expect(stacks.release("external-secrets").version).toBe("2.9.0");
      expect(stacks.release("reloader").name).toBe("reloader");
      expect(named(app, "kubernetes_deployment_v1", "my-app-backend")).toHaveProperty(
        ["metadata", "annotations", "secret.reloader.stakater.com/reload"],
        // An authority of the cluster is another Secret.
        expect.stringMatching(/^my-app-secrets(?:,|$)/),
      );
    },
    "release-jobs": () => {
      expect(stacks.jobs()).toContain("my-app-migrate");
      for (const job of all(app, "kubernetes_job_v1")) expect(job.wait_for_completion).toBe(true);
      expect(stacks.deployment("my-app-backend")).toMatch(/kubernetes_job_v1\.[\w-]*job-my-app-migrate/);
    },
    quota: () => {
      const { hard } = only(app, "kubernetes_resource_quota_v1").spec as { hard: Record<string, string> };
      // The autoscalers' maxima with a rolling update above them, and every Job.
      expect(Number(hard.pods)).toBeGreaterThan(10 + 6 + 2 + 3);
    },
    "honest-probes": () => {
      expect(JSON.stringify(named(app, "kubernetes_config_map_v1", "my-app-backend.server"))).toContain(
        "pm.status_listen",
      );
      expect(stacks.deployment("my-app-backend")).toMatch(/php-fpm-healthcheck","--listen-queue=\d+/);
    },
  };
}

/** What holds data is in a record that Terraform destroys for nobody, and so is where each stack is. */
export function recordsWhatIsKept({ app, cluster, platform }: Stacks): void {
  const [kept, ...others] = [app, cluster, platform].map((json) => json.resource.terraform_data?.Kept);
  expect(kept).toMatchObject({ lifecycle: { prevent_destroy: true } });
  for (const name of ["orders-db", "cache", "events", "uploads", "backend/uploads"]) {
    expect(kept?.for_each).toContain(`/${name}"`);
  }
  for (const other of others) expect(other).toMatchObject({ lifecycle: { prevent_destroy: true } });
}

/** A RabbitMQ in the cluster is three nodes in three zones. */
export function rabbitmqStandby({ app }: Stacks): void {
  const manifests = all(app, "kubernetes_manifest").map(({ manifest }) => manifest as { kind: string; spec: object });
  const [cluster] = manifests.filter(({ kind }) => kind === "RabbitmqCluster");
  expect(cluster?.spec).toMatchObject({ replicas: 3 });
  expect(JSON.stringify(cluster?.spec)).toContain("topology.kubernetes.io/zone");
}

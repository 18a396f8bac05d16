import type { HorizontalPodAutoscaler } from "../../constructs/kubernetes/objects";
import { waitUntil } from "../real/support/program";
import type { Found } from "./support/api";
import { api, apply, kubectl, must, type Output } from "./support/cluster";
import { type ChartSuite, chartOf, committedChart, helm, HELMS, type Major } from "./support/helm";
import { ofKind } from "./support/rendered";
import { NEVER_READY } from "./support/stages";
import { AvailableReplicas } from "./support/watch";
import { giveWork } from "./support/work";

/*
 * The chart on a real control plane, in namespaces that hold what Terraform prepares: staging and production, by both
 * versions of Helm. Each is one story, in order; the four run side by side, as they wait most of their time.
 */

interface Story {
  readonly major: Major;
  readonly environment: string;
  readonly namespace: string;
  /** The chart's folder. */
  readonly chart: string;
  readonly autoscalers: readonly HorizontalPodAutoscaler[];
  readonly deployments: readonly string[];
  readonly prepared: readonly object[];
}

/** One Helm has the chart as it is in the repository; the other the same one for environments with other namespaces. */
const SUITES: Readonly<Record<Major, ChartSuite>> = { 3: chartOf("helm-three"), 4: committedChart() };

const STORIES: readonly Story[] = HELMS.flatMap((major) =>
  ["staging", "production"].map((environment) => {
    const { folder, of } = SUITES[major];
    const { namespace, prepared, released } = of(environment);
    return {
      ...{ major, environment, namespace, prepared },
      chart: folder,
      autoscalers: ofKind(released, "HorizontalPodAutoscaler"),
      deployments: ofKind(released, "Deployment").map(({ metadata }) => metadata.name),
    };
  }),
);

const upgrade = (story: Story, tag: string, ...flags: readonly string[]): Promise<Output> =>
  helm(story.major, [
    ...["upgrade", "--install", "my-app", story.chart, "--set", tag.includes("=") ? tag : `image.tag=${tag}`],
    ...["--set", `environment=${story.environment}`, "--wait", "--timeout", "150s", "-n", story.namespace],
    ...flags,
  ]);

/** Every story does it at the same time, and all have ended before one is found to have failed. */
async function inEach<T>(act: (story: Story) => Promise<T>): Promise<T[]> {
  const done = await Promise.allSettled(STORIES.map(act));
  return done.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

/** Without what Helm says when it may not read a log: no container runs here, so none has a log. */
const complaints = ({ stderr }: Output): string[] =>
  stderr
    .split("\n")
    .filter((line) => line !== "" && !/[Ff]ailed to stream pod logs for pod: my-app-migrate-/.test(line));

const path = (namespace: string, kind: string): string => {
  const group = { deployments: "apis/apps/v1", horizontalpodautoscalers: "apis/autoscaling/v2", pods: "api/v1" }[kind];
  return `/${String(group)}/namespaces/${namespace}/${kind}`;
};

const deployment = (namespace: string, name: string): Promise<Found> =>
  api.get(`${path(namespace, "deployments")}/${name}`);

/** Tags in use, by Deployment. */
async function tags({ namespace, deployments }: Story): Promise<Record<string, string>> {
  const found = await Promise.all(
    deployments.map(async (name): Promise<[string, string]> => {
      const { spec } = await deployment(namespace, name);
      return [name, String(spec.template.spec.containers[0].image).split(":").at(-1) ?? ""];
    }),
  );
  return Object.fromEntries(found);
}

const allAt = ({ deployments }: Story, tag: string): Record<string, string> =>
  Object.fromEntries(deployments.map((name) => [name, tag]));

/** What Helm has in the namespace, and how often each was changed. */
async function changes({ namespace }: Story): Promise<Record<string, unknown>> {
  const kinds = "deployments,services,cronjobs,horizontalpodautoscalers,poddisruptionbudgets,ingresses,configmaps";
  const selector = "app.kubernetes.io/managed-by=Helm";
  const json = must(await kubectl(["get", kinds, "-n", namespace, "-l", selector, "-o", "json"]));
  const { items } = JSON.parse(json) as { items: Found[] };
  return Object.fromEntries(
    items.map(({ kind, metadata, data }) => [
      `${String(kind)} ${String(metadata.name)}`,
      // What has no status is changed by whoever applies it and nobody else.
      data === undefined ? metadata.generation : metadata.resourceVersion,
    ]),
  );
}

const statuses = async ({ major, namespace }: Story): Promise<string[]> => {
  const history = must(await helm(major, ["history", "my-app", "-n", namespace, "-o", "json"]));
  return (JSON.parse(history) as { status: string }[]).map(({ status }) => status);
};

/** Undoes an upgrade that fails, as each calls it. */
const ROLLBACK: Readonly<Record<Major, string>> = { 3: "--atomic", 4: "--rollback-on-failure" };

const FIRST = "sha-0000001";
const SECOND = "sha-0000002";

let installed: Output[] = [];

beforeAll(async () => {
  for (const output of await inEach(({ prepared }) => apply(prepared))) must(output);
  installed = await inEach((story) => upgrade(story, FIRST));
});

test("it installs with --wait, for staging and production, and nothing is rejected or warned of", async () => {
  expect(installed.map((output) => ({ code: output.code, complaints: complaints(output) }))).toEqual(
    STORIES.map(() => ({ code: 0, complaints: [] })),
  );
  await inEach(async (story) => {
    expect(await tags(story)).toEqual(allAt(story, FIRST));
    for (const name of story.deployments) {
      const { status } = await deployment(story.namespace, name);
      expect({ name, unavailable: status.unavailableReplicas }).toEqual({ name, unavailable: undefined });
    }
    const events = await api.list(`/api/v1/namespaces/${story.namespace}/events?fieldSelector=reason=FailedCreate`);
    expect(events.map(({ message }) => String(message))).toEqual([]);
  });
});

test("what the API server took is what the environment has: autoscalers, budgets, routes", async () => {
  await inEach(async (story) => {
    const { namespace, autoscalers } = story;
    const found = await api.list(path(namespace, "horizontalpodautoscalers"));
    const bounds = ({ metadata, spec }: HorizontalPodAutoscaler) => [metadata.name, spec.minReplicas, spec.maxReplicas];
    expect(found.map(bounds).sort()).toEqual(autoscalers.map(bounds).sort());
    expect(await api.list(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`)).not.toEqual([]);
    expect(await api.list(`/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`)).toHaveLength(1);
  });
});

test("migrations ran before anything else did, and left nothing", async () => {
  await inEach(async ({ namespace, deployments }) => {
    const events = await api.list(`/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.kind=Job`);
    const ended = events.filter(({ reason, involvedObject }) => {
      return reason === "Completed" && String(involvedObject.name).startsWith("my-app-migrate");
    });
    expect(ended).toHaveLength(1);
    const made = await Promise.all(deployments.map((name) => deployment(namespace, name)));
    for (const { metadata } of made) {
      expect(String(metadata.creationTimestamp) >= String(ended[0].lastTimestamp)).toBe(true);
    }
    const jobs = await api.list(`/apis/batch/v1/namespaces/${namespace}/jobs`);
    expect(jobs.filter(({ metadata }) => metadata.labels["app.kubernetes.io/component"] === "release")).toEqual([]);
  });
});

test("autoscalers take it to what they want at least", async () => {
  await inEach(async ({ namespace, autoscalers }) => {
    for (const { spec } of autoscalers) {
      const { name } = spec.scaleTargetRef;
      await waitUntil(
        `${namespace}/${name} has ${spec.minReplicas}`,
        async () => (await deployment(namespace, name)).status.availableReplicas === spec.minReplicas,
        { seconds: 60 },
      );
    }
  });
});

test("the same release again changes nothing", async () => {
  await inEach(async (story) => {
    const before = await changes(story);
    expect(Object.keys(before).length).toBeGreaterThan(10);
    must(await upgrade(story, FIRST));
    expect(await changes(story)).toEqual(before);
  });
});

test("a release that the autoscalers have made larger rolls over without dropping below that", async () => {
  await inEach(async (story) => {
    const { namespace, autoscalers, deployments } = story;
    const sizes = await Promise.all(
      autoscalers.map(async ({ spec: { scaleTargetRef, minReplicas, maxReplicas } }): Promise<[string, number]> => {
        const { name } = scaleTargetRef;
        await giveWork(namespace, name, "50");
        const larger = Math.min(maxReplicas, minReplicas + 2);
        await waitUntil(
          `${namespace}/${name} has ${larger} at least`,
          async () => Number((await deployment(namespace, name)).status.availableReplicas) >= larger,
          { seconds: 60 },
        );
        return [name, larger];
      }),
    );
    const watched = new AvailableReplicas(namespace);
    must(await upgrade(story, SECOND));
    const least = watched.stop();
    expect(await tags(story)).toEqual(allAt(story, SECOND));
    const wanted = new Map(sizes);
    for (const name of deployments) {
      expect({ name, enough: (least[name] ?? 0) >= (wanted.get(name) ?? 1) }).toEqual({ name, enough: true });
    }
    for (const { spec } of autoscalers) await giveWork(namespace, spec.scaleTargetRef.name, undefined);
  });
});

test("after kubectl scale, as in a runbook, an upgrade goes through and takes no replica away", async () => {
  await inEach(async (story) => {
    const { namespace, autoscalers } = story;
    for (const { spec } of autoscalers) {
      const what = `deployment/${spec.scaleTargetRef.name}`;
      must(await kubectl(["scale", what, "-n", namespace, `--replicas=${spec.maxReplicas}`]));
      must(await kubectl(["rollout", "status", what, "-n", namespace, "--timeout=60s"]));
    }
    const watched = new AvailableReplicas(namespace);
    must(await upgrade(story, SECOND));
    const least = watched.stop();
    // The autoscaler may take one a minute again, and does; Helm none.
    for (const { spec } of autoscalers) {
      const { name } = spec.scaleTargetRef;
      expect({ name, enough: (least[name] ?? 0) >= spec.maxReplicas - 1 }).toEqual({ name, enough: true });
    }
  });
});

test("an upgrade that never becomes ready rolls back by itself, and takes nothing away", async () => {
  await inEach(async (story) => {
    const watched = new AvailableReplicas(story.namespace);
    // One workload alone, so that the migrations of this release do end.
    const each = [...story.deployments.map((name) => name.replace(/^my-app-/, "")), "migrate", "cron"].map(
      (workload) => `workloads.${workload}.image.tag=${workload === "backend" ? NEVER_READY : SECOND}`,
    );
    const { code, stderr } = await upgrade(story, each.join(","), "--timeout", "40s", ROLLBACK[story.major]);
    const least = watched.stop();
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("rolled back") });
    expect(await tags(story)).toEqual(allAt(story, SECOND));
    for (const name of story.deployments) expect({ name, some: (least[name] ?? 0) >= 1 }).toEqual({ name, some: true });
    expect(await statuses(story)).toEqual([
      "superseded",
      "superseded",
      "superseded",
      "superseded",
      "failed",
      "deployed",
    ]);
  });
});

test("migrations that fail stop the upgrade before anything else is touched", async () => {
  await inEach(async (story) => {
    const generations = (): Promise<number[]> =>
      Promise.all(
        story.deployments.map(async (name) => Number((await deployment(story.namespace, name)).metadata.generation)),
      );
    const before = await generations();
    const { code } = await upgrade(story, NEVER_READY, "--timeout", "15s");
    expect(code).toBe(1);
    expect(await generations()).toEqual(before);
    expect((await statuses(story)).at(-1)).toBe("failed");
    // The Job stays for its log, until the next release.
    must(await upgrade(story, SECOND));
  });
});

test("helm rollback brings back an earlier release", async () => {
  await inEach(async (story) => {
    const { major, namespace } = story;
    must(await helm(major, ["rollback", "my-app", "1", "-n", namespace, "--wait", "--timeout", "150s"]));
    expect(await tags(story)).toEqual(allAt(story, FIRST));
    expect((await statuses(story)).at(-1)).toBe("deployed");
  });
});

test("uninstalled, it leaves what was prepared and nothing else", async () => {
  await inEach(async (story) => {
    const { major, namespace, prepared } = story;
    must(await helm(major, ["uninstall", "my-app", "-n", namespace, "--wait", "--timeout", "150s"]));
    expect(await changes(story)).toEqual({});
    const kinds = "deployments,cronjobs,services,horizontalpodautoscalers,poddisruptionbudgets,ingresses";
    const left = must(await kubectl(["get", kinds, "-n", namespace, "-o", "name"])).trim();
    expect(left).toBe("");
    const jobs = await api.list(`/apis/batch/v1/namespaces/${namespace}/jobs`);
    expect(jobs.filter(({ metadata }) => String(metadata.name).startsWith("my-app-migrate"))).toEqual([]);
    // Claims with their data, secrets, accounts and policies.
    expect((await kubectl(["get", "-f", "-"], prepared.map((one) => JSON.stringify(one)).join("\n---\n"))).code).toBe(
      0,
    );
  });
});

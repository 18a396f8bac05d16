import { type Context, evaluated, type ParsedWorkflow, workflowIn } from "../../../support/workflows/parse";
import { ALL, APPLICATION } from "../../../support/workflows/rendered";
import { runStep, stepOf } from "../../../support/workflows/run-step";

/* What is pushed is what is scanned, and that is what is deployed: by what the texts of a workflow are in a run. */

const SHA = "1f2e3d4c5b6a79880716253443526170f0e1d2c3";

/** A repository with capitals, as many are. */
const github = {
  event_name: "push",
  ref: "refs/heads/develop",
  ref_name: "develop",
  sha: SHA,
  repository: "Acme/Orders-API",
  server_url: "https://github.example.com",
  actor: "somebody",
  token: "a-token",
};

const digestOf = (image: string): string => `sha256:${Buffer.from(image).toString("hex").padEnd(64, "0")}`;

/** Runs each build, and returns what those after it see of them. */
async function built(
  workflow: ParsedWorkflow,
): Promise<{ needs: Record<string, Context>; pushed: Record<string, string[]> }> {
  const needs: Record<string, Context> = {};
  const pushed: Record<string, string[]> = {};
  for (const [id, job] of Object.entries(workflow.jobs).filter(([id]) => id.startsWith("build"))) {
    const named = await runStep(job, "Name the image", {
      context: { github },
      env: { GITHUB_REPOSITORY: github.repository },
    });
    expect(named.status).toBe(0);
    const digest = digestOf(id);
    const context = { github, steps: { image: { outputs: named.outputs }, push: { outputs: { digest } } } };
    const tags = await evaluated(String(stepOf(job, "Build and push").with?.tags), context);
    pushed[id] = tags.trim().split("\n");
    const outputs: Record<string, string> = {};
    for (const [key, text] of Object.entries(job.outputs ?? {})) outputs[key] = await evaluated(text, context);
    needs[id] = { outputs };
  }
  return { needs, pushed };
}

describe.each(["terraform", "helm"] as const)("where %s releases", (kind) => {
  const workflow = workflowIn(ALL[kind][APPLICATION] ?? "");

  test("an image is called in small letters, by the branch and by the branch and the commit", async () => {
    const { pushed } = await built(workflow);
    expect(pushed["build-backend"]).toEqual([
      "ghcr.io/acme/orders-api/backend:develop",
      `ghcr.io/acme/orders-api/backend:develop-${SHA}`,
    ]);
    expect(Object.keys(pushed)).toEqual(["build-backend", "build-frontend", "build-notifications"]);
  });

  test("each image is scanned by the digest that was pushed, to report and to stop", async () => {
    const { needs } = await built(workflow);
    for (const image of ["backend", "frontend", "notifications"]) {
      const job = workflow.jobs[`security-${image}`];
      const scanned = (job?.steps ?? []).filter(({ uses }) => uses?.includes("trivy-action"));
      const references = await Promise.all(
        scanned.map((step) => evaluated(String(step.with?.["image-ref"]), { github, needs })),
      );
      const pushed = `ghcr.io/acme/orders-api/${image}@${digestOf(`build-${image}`)}`;
      expect(references).toEqual([pushed, pushed]);
      expect(scanned.map((step) => step.with?.["exit-code"])).toEqual(["0", "1"]);
      expect(scanned[1]?.with).toMatchObject({ severity: "CRITICAL,HIGH", "ignore-unfixed": true });
    }
  });

  test("a deploy waits for every build, test and scan", () => {
    const before = Object.keys(workflow.jobs).filter((id) => /^(?:build|test|security)-|^integration$/.test(id));
    expect(before).toHaveLength(10);
    expect(workflow.jobs["deploy-staging"]?.needs).toEqual(before);
    expect(workflow.jobs["deploy-production"]?.needs).toEqual(before);
  });
});

test("Helm is given each workload's image by the digest that was scanned", async () => {
  const workflow = workflowIn(ALL.helm[APPLICATION] ?? "");
  const { needs } = await built(workflow);
  const job = workflow.jobs["deploy-staging"];
  if (job === undefined) throw new Error("no deploy");
  const { calls, status } = await runStep(job, "Deploy", { context: { github, needs }, programs: { helm: "" } });
  expect(status).toBe(0);
  const [call = ""] = calls;
  const image = (name: string): string[] => [
    `image.repository=ghcr.io/acme/orders-api/${name}`,
    `image.tag=develop-${SHA}@${digestOf(`build-${name}`)}`,
  ];
  const set = (workload: string, name: string): string[] =>
    image(name).flatMap((value) => ["--set-string", `workloads.${workload}.${value}`]);
  expect(call.split("\t")).toEqual([
    ...[
      "helm",
      "upgrade",
      "--install",
      "my-app",
      "./helm/my-app",
      "--namespace",
      "my-app-staging",
      "--create-namespace",
    ],
    ...["--set", "environment=staging"],
    ...["backend", "consumer", "migrate", "cron"].flatMap((workload) => set(workload, "backend")),
    ...set("frontend", "frontend"),
    ...set("notifications", "notifications"),
    ...["--wait", "--rollback-on-failure", "--timeout", "20m"],
  ]);
});

test("where Terraform releases no command of Helm's appears, and the digests that were scanned are written down", async () => {
  const text = ALL.terraform[APPLICATION] ?? "";
  expect(text).not.toMatch(/\bhelm\b/i);
  const workflow = workflowIn(text);
  const { needs } = await built(workflow);
  const job = workflow.jobs["deploy-staging"];
  if (job === undefined) throw new Error("no deploy");
  const { calls, status } = await runStep(job, "Write the images", {
    context: { github, needs },
    programs: { npx: "" },
  });
  expect(status).toBe(0);
  const image = (name: string): string =>
    `${name}=ghcr.io/acme/orders-api/${name}:develop-${SHA}@${digestOf(`build-${name}`)}`;
  expect(calls.map((call) => call.split("\t"))).toEqual([
    [
      ...["npx", "--no-install", "goldenpath", "images", "staging", "--file", "environments/images/staging.json"],
      ...["backend", "frontend", "notifications"].map(image),
    ],
  ]);
});

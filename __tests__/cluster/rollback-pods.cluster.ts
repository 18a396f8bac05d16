import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api, apply, KUBECTL, kubectl, must, type Output } from "./support/cluster";
import { type Chart, chartOf } from "./support/helm";
import { imagesIn } from "./support/release-story";
import { programs, rollback } from "./support/rollback";
import { NEVER_READY } from "./support/stages";

/* `goldenpath rollback` of single workloads where Terraform releases, against a control plane. The tests are one story, in order. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-rollback-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const suite = "backpods";
const path = programs(folder, { kubectl: KUBECTL });
let chart: Chart;
beforeAll(async () => {
  chart = chartOf(suite, (one) => ({ ...one, release: "terraform" }));
  must(await apply([...chart.prepared("staging"), ...chart.released("staging").filter(({ kind }) => kind !== "Job")]));
});
afterAll(() => {
  chart.remove();
});

const back = (...args: readonly string[]): Promise<Output> =>
  rollback({ suite, tool: "terraform", path }, "staging", "frontend", "--timeout", "60", ...args);
const image = async (): Promise<string> => (await imagesIn(chart.namespace("staging")))["my-app-frontend"] ?? "";
const set = async (tag: string): Promise<void> => {
  const object = `/apis/apps/v1/namespaces/${chart.namespace("staging")}/deployments/my-app-frontend`;
  const { spec } = await api.get(object);
  const [container] = spec.template.spec.containers as readonly { readonly name: string; readonly image: string }[];
  const of = `${container?.name ?? ""}=${(container?.image ?? "").replace(/:[^:]*$/, `:${tag}`)}`;
  must(await kubectl(["set", "image", "deployment/my-app-frontend", of, "-n", chart.namespace("staging")]));
};

/** Goes back, where it is said which cluster is meant. */
const go = async (): Promise<Output> => {
  const context = must(await kubectl(["config", "current-context"])).trim();
  return back("--run", "--yes", "--context", context);
};

test("nothing is changed before it is said which cluster is meant", async () => {
  expect(await back("--run", "--yes")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("name the context of staging with --context") as string,
  });
});

test("with no pods before, there is nothing", async () => {
  must(
    await kubectl([
      "rollout",
      "status",
      "deployment/my-app-frontend",
      "-n",
      chart.namespace("staging"),
      "--timeout=60s",
    ]),
  );
  expect(await back()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("frontend: nothing to go back to") as string,
  });
});

test("back to the image before, once, and what to write", async () => {
  const before = await image();
  await set(NEVER_READY);
  const { code, stdout, stderr } = await go();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(await image()).toBe(before);
  expect(stdout).toMatch(new RegExp(`frontend: \\{ image: "\\S+:${before}" \\}`));
  console.log(/Back after \d+ s/.exec(stdout)?.[0] ?? "not back");
  expect(await go()).toMatchObject({ code: 1 });
  expect(await image()).toBe(before);
});

test("not where the settings that its pods read are gone", async () => {
  await set("v2");
  const names = must(
    await kubectl(["get", "configmaps", "-o", "name", "-n", chart.namespace("staging"), "-l", "app=my-app-frontend"]),
  );
  const [first = ""] = names.split("\n");
  must(await kubectl(["delete", first, "-n", chart.namespace("staging")]));
  const { code, stderr } = await go();
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("which is gone; revert") as string });
  expect(await image()).toBe("v2");
});

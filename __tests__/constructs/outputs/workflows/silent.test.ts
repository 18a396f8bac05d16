import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployPlace } from "../../../../constructs/outputs/workflows/deploy-place";
import { tryJob } from "../../../../constructs/outputs/workflows/try-job";
import type { Ran } from "../../../support/workflows/run-step";
import { folderWith, larger, programs, ran, removeFolders } from "../../../support/workflows/stack-jobs";
import { planJson } from "../../plan/plans";

/* What a pull request was told nothing of: stacks that it takes out, providers that it changes, applications beside each other. */

afterAll(removeFolders);

describe("a stack that the program has no more", () => {
  const told = async (plans: Readonly<Record<string, string>>): Promise<string> => {
    const temp = folderWith({
      ...plans,
      "base/cdktf.out/stacks/staging/cdk.tf.json": "{}",
      "base/cdktf.out/stacks/staging-billing/cdk.tf.json": "{}",
    });
    const cwd = folderWith({ "cdktf.out/stacks/staging/cdk.tf.json": "{}" });
    const result = await ran("try-staging", "Report what would happen", { programs: programs(larger(30)), temp, cwd });
    expect([result.status, result.stdout]).toEqual([0, expect.stringContaining("::warning::The program has no stack staging-billing")]);
    expect(result.stdout).not.toContain("no stack staging any more");
    return readFileSync(join(temp, "report/report.md"), "utf8");
  };
  const SAYS = "**The program has no stack staging-billing any more: nothing plans it, and what it made stays";

  test("is told before all else of a report", async () => {
    const [mark = "", says = "", , ...rest] = (await told({ "staging.json": planJson([]) })).split("\n");
    expect([mark.startsWith("<!--"), says.startsWith(SAYS)]).toEqual([true, true]);
    expect(rest.join("\n")).toMatch(/\S/);
  });

  test("is told where nothing is planned", async () => {
    expect(await told({})).toContain(SAYS);
  });
});

test.each([
  ["other", "a", "b", 1],
  ["the same", "a", "a", 0],
  ["new", undefined, "b", 1],
  ["no more", "a", undefined, 1],
])("a stack that is as before with hashes of providers that are %s", async (_, base, head, plans) => {
  const lock = "locks/staging-cluster/.terraform.lock.hcl";
  const file = "cdktf.out/stacks/staging-cluster/cdk.tf.json";
  const cwd = folderWith({ [file]: "{}", ...(head !== undefined && { [lock]: head }) });
  const temp = folderWith({ [`base/${file}`]: "{}", ...(base !== undefined && { [`base/${lock}`]: base }) });
  const { status, calls }: Ran = await ran("try-staging", "Plan staging-cluster", { programs: programs(larger(30)), temp, cwd });
  expect([status, calls.filter((call) => call.includes("\tplan\t")).length]).toEqual([0, plans]);
});

test("no application waits for another one: each stands on the cluster and the platform", () => {
  const place = {
    environment: { name: "staging", release: "terraform" },
    deploy: { environment: "staging", branch: "develop" },
    stacks: ["staging-cluster", "staging-platform", "staging", "staging-billing"],
    access: { env: () => ({}), signIn: () => [] },
  } as unknown as DeployPlace;
  const before = tryJob(place, { code: {}, deploy: [] } as never).steps.flatMap(({ name, ...step }) =>
    name.startsWith("Plan ") ? [[name, (step as { env?: Record<string, string> }).env?.BEFORE]] : [],
  );
  expect(before).toEqual([
    ["Plan staging-cluster", undefined],
    ["Plan staging-platform", "staging-cluster"],
    ["Plan staging", "staging-platform staging-cluster"],
    ["Plan staging-billing", "staging-platform staging-cluster"],
  ]);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rights } from "../../../cli/commands/rights";
import { InvalidInput } from "../../../constructs/model/problem";
import { environments } from "../../../environments";
import { ask, type Asked, ELSEWHERE, HERE, NAMES, programOf, told } from "../../support/rights";

/* What the command prints and writes, and what it refuses. */

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-rights-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each(NAMES)("%s: everything that makes its identities", async (environment) => {
  const { out, exit } = await ask({ environment });
  expect(exit).toBe(0);
  expect(out).toMatchSnapshot();
  expect(out).not.toMatch(/[<>](?:account|project|subscription|region|environment|stack)/);
});

test.each(NAMES)("%s: who deploys is made where Helm releases, and nowhere else", async (environment) => {
  const [terraform, helm] = await Promise.all([told({ environment }), told({ environment, release: "helm" })]);
  expect(terraform.identities.map(({ identity }) => identity)).toEqual(["plan", "apply"]);
  expect(helm.identities.map(({ identity }) => identity)).toEqual(["plan", "apply", "deploy"]);
  expect(Object.keys(terraform.files).filter((file) => file.startsWith("deploy."))).toEqual([]);
  expect(Object.keys(helm.files).filter((file) => file.startsWith("deploy."))).not.toEqual([]);
});

test("for programs it is JSON", async () => {
  const { out } = await ask({ environment: "staging", flags: ["json"] });
  expect(JSON.parse(out)).toEqual(await told({ environment: "staging" }));
});

test("on a cluster of one's own there is nothing to make", async () => {
  expect(await ask({ environment: "local", values: { repository: "" } })).toEqual({
    out: "local: there is nothing to make: it is the cluster that the kubeconfig of whoever runs it points to\n",
    error: "",
    exit: 0,
  });
});

test("forms of subjects: both where the number is asked for, too, and numbers alone on Azure", async () => {
  expect((await told({ environment: "staging" })).subjects).toEqual(["ids", "names"]);
  expect((await told({ environment: "gke-staging" })).subjects).toEqual(["ids", "names"]);
  const azure = await told({ environment: "aks-staging" });
  expect(azure.subjects).toEqual(["ids"]);
  expect(azure.files["plan.json"]).not.toContain('"repo:Acme/');
  const asked = await told({ environment: "aks-staging", values: { subjects: "both" } });
  expect(asked.files["plan.json"]).toContain('"repo:Acme/Orders-API:pull_request"');
  expect(asked.limits.join()).toContain("whoever gets the repository's name");
  expect((await ask({ environment: "aks-staging", values: { subjects: "names" } })).error).toContain("whoever gets");
});

test("identities in the environment's own subscription are made, and it is said what that means", async () => {
  const own = { "identities-in": "11111111-1111-4111-8111-111111111111" };
  const { error, exit } = await ask({ environment: "aks-staging", values: own });
  expect(exit).toBe(0);
  expect(error).toContain("an apply can change whom they trust");
  expect((await ask({ environment: "aks-staging" })).error).not.toContain("an apply can change whom they trust");
});

/** What is refused, in lines. */
async function refusal(asked: Asked): Promise<string[]> {
  try {
    await ask(asked);
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  return [];
}

describe("what is wrong is told at once, with what to do", () => {
  test("a command line", async () => {
    expect(
      await refusal({ environment: "staging", values: { repository: "", "owner-id": "", "repository-id": "" } }),
    ).toEqual([
      "--repository: is not given; name it as GitHub does: acme/orders",
      "--owner-id: is not given; give the number that this prints: gh api repos/<owner>/<name> --jq .owner.id",
      "--repository-id: is not given; give the number that this prints: gh api repos/<owner>/<name> --jq .id",
    ]);
    expect(
      await refusal({
        environment: "staging",
        values: { repository: "acme/*", "owner-id": "1.5", "repository-id": "0" },
      }),
    ).toEqual([
      '--repository: got "acme/*"; name it as GitHub does: acme/orders',
      '--owner-id: got "1.5"; give the number that this prints: gh api repos/<owner>/<name> --jq .owner.id',
      '--repository-id: got "0"; give the number that this prints: gh api repos/<owner>/<name> --jq .id',
    ]);
    expect(await refusal({ environment: "stagin" })).toEqual([
      expect.stringMatching(/^stagin: no such environment; use "local"/),
    ]);
  });

  test("an environment that no workflows deploy", async () => {
    expect(await refusal({ environment: "gke-staging", options: HERE })).toEqual([
      expect.stringMatching(/^workflows\.deploys: no workflows deploy gke-staging, .*; name it in deploys/),
    ]);
    const program = programOf(undefined);
    const values = new Map([
      ["repository", "acme/orders"],
      ["owner-id", "1"],
      ["repository-id", "2"],
    ]);
    await expect(rights.run({ words: ["staging"], flags: new Set(), values }, program)).rejects.toThrow(InvalidInput);
  });

  test("workflows that cannot be rendered", async () => {
    const [first, second] = ELSEWHERE.deploys;
    if (first === undefined || second === undefined) throw new Error("no deploys");
    const options = { ...ELSEWHERE, deploys: [{ ...first, branch: "main" }, second] };
    expect(await refusal({ environment: "gke-staging", options })).toEqual([
      expect.stringMatching(/^workflows\.deploys\[1\]\.branch: got "main", is deployed to another environment already/),
    ]);
  });

  test("an environment on AWS without a boundary, and a place for its roles", async () => {
    const program = programOf(HERE, environments);
    const values = new Map([
      ["repository", "acme/orders"],
      ["owner-id", "1"],
      ["repository-id", "2"],
      ["identities-in", "elsewhere"],
    ]);
    const asked = rights.run({ words: ["staging"], flags: new Set(), values }, program);
    await expect(asked).rejects.toThrow(
      /^environments\.staging\.cloud\.permissionsBoundary: is not there, .*arn:aws:iam::111111111111:policy\/goldenpath-boundary.*\n--identities-in: got "elsewhere", /,
    );
  });

  test("a place that identities cannot be in, or that nobody said", async () => {
    expect(await refusal({ environment: "aks-staging", values: { "identities-in": "" } })).toEqual([
      expect.stringMatching(/^--identities-in: where managed identities are.*name the id of another subscription/),
    ]);
    expect(await refusal({ environment: "aks-staging", values: { "identities-in": "$(id)" } })).toHaveLength(1);
    expect(await refusal({ environment: "gke-staging", values: { "identities-in": "other" } })).toEqual([
      expect.stringMatching(/^--identities-in: got "other", .*; leave it out$/),
    ]);
  });

  test("a subject that Google would refuse", async () => {
    const long = { repository: `acme/${"o".repeat(100)}` };
    const lines = await refusal({ environment: "gke-staging", values: long });
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^--repository: got "repo:acme.*127 bytes that Google takes; give/);
  });
});

describe("a folder", () => {
  test("is written, and written again nothing changes", async () => {
    const asked = { environment: "staging", release: "helm", values: { folder } } as const;
    const first = await ask(asked);
    expect(first.out).toBe(`${folder}: 9 files written; next: bash ${folder}/make.sh --look\n`);
    expect(readdirSync(folder).sort()).toEqual([
      "README.md",
      "apply.policy.json",
      "apply.trust.json",
      "boundary.json",
      "deploy.policy.json",
      "deploy.trust.json",
      "make.sh",
      "plan.policy.json",
      "plan.trust.json",
    ]);
    expect(statSync(join(folder, "make.sh")).mode & 0o777).toBe(0o755);
    expect((await ask(asked)).out).toContain("is as it was");
  });

  test("loses what is not made any more, and nothing of anybody else's", async () => {
    await ask({ environment: "staging", release: "helm", values: { folder } });
    writeFileSync(join(folder, "notes.txt"), "mine");
    await ask({ environment: "staging", values: { folder } });
    expect(readdirSync(folder)).not.toContain("deploy.policy.json");
    expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("mine");
  });

  test.each(["README.md", "make.sh"])("with somebody else's %s is left as it is", async (file) => {
    writeFileSync(join(folder, file), "mine");
    expect(await refusal({ environment: "staging", values: { folder } })).toEqual([
      `${join(folder, file)}: is there, and was not written by this command; name another folder`,
    ]);
    expect(readdirSync(folder)).toEqual([file]);
    expect(readFileSync(join(folder, file), "utf8")).toBe("mine");
  });

  test("that is a file is refused", async () => {
    writeFileSync(join(folder, "file"), "");
    expect(await refusal({ environment: "staging", values: { folder: join(folder, "file") } })).toEqual([
      `${join(folder, "file")}: is no folder; name another one`,
    ]);
  });
});

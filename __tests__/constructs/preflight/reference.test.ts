import { spawnSync } from "node:child_process";
import { FORMATS } from "../../../constructs/preflight/formats";
import { line } from "../../../constructs/releases/shell";
import { checklist, everyChecklist, SHIPPED } from "../../support/preflight/checklists";

/* The checklists of the shipped environments, word by word, and what holds of every checklist. */

test.each(SHIPPED)("the checklist of %s", (name) => {
  expect(FORMATS.text(checklist(name))).toMatchSnapshot();
});

describe.each(everyChecklist())("%s", (_name, { checks }) => {
  test("has an id for each check, a reason, a page, and an order in which each comes after what it waits for", () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(checks.length).toBeGreaterThan(3);
    for (const [index, { id, needs, source, holds, otherwise, after, ask, passes }] of checks.entries()) {
      expect({ id, needs: needs.length > 0 }).toEqual({ id, needs: true });
      expect(source).toMatch(/^https:\/\/\S+$/);
      expect(`${holds} ${otherwise.say} ${passes}`).not.toMatch(/undefined|\$\{|\[object/);
      expect(after.every((before) => ids.indexOf(before) < index && ids.includes(before))).toBe(true);
      if (ask.length > 0) expect(passes).not.toBe("");
    }
  });

  test("asks by whole words: a shell that is given the line has the same ones", () => {
    const all = checks.flatMap(({ ask }) => ask);
    const script = all.map((words) => `printf '%s\\0' ${line(words)}`).join("\n");
    const { stdout, status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\0").slice(0, -1)).toEqual(all.flat());
  });

  test("says why, with the resource, wherever the stacks have one", () => {
    const ofStacks = checks.filter(({ kind }) => ["quotas", "offers", "names"].includes(kind));
    for (const { id, needs } of ofStacks) {
      expect({ id, at: needs.every(({ at }) => at !== undefined && /^\S+: \S+\.\S+$/.test(at)) }).toEqual({
        id,
        at: true,
      });
    }
  });
});

/** Words after the program, up to the first option or value, by which a command says that it reads. */
const READS: readonly RegExp[] = [
  /^terraform version -json$/,
  /^(?:aws|gke-gcloud-auth-plugin|kubelogin) --version$/,
  /^helm version --template /,
  /^kubectl (?:version|config current-context|get \S+)(?: |$)/,
  /^dig \+noall \+comments \+answer \+time=5 \+tries=2 (?:NS|CAA) [a-z0-9.-]+\.$/,
  /^aws [a-z0-9-]+ (?:describe|get|list|head)-[a-z-]+ --/,
  // It simulates what somebody else's policies would say.
  /^aws iam simulate-principal-policy --/,
  /^gcloud (?:[a-z-]+ ){1,3}(?:list|describe|get-server-config|get-ancestors-iam-policy|get-host-project) /,
  /^az (?:[a-z-]+ ){1,3}(?:show|list|list-usage|list-usages|list-skus|list-deleted|get-versions|check-name) --/,
];

/** Verbs that are none of a reader's, wherever they stand. */
const WRITES =
  /(?<![\w/.-])(?:create|delete|put|update|modify|set|add|remove|apply|patch|register|unregister|enable|disable|purge|restore|recover|grant|start|stop|reboot|print-access-token|get-access-token|get-secret-value)(?:-[a-z-]+)? /;

const readsAlone = (command: string): boolean => READS.some((form) => form.test(command)) && !WRITES.test(command);

test("every command reads, and none brings a token or the value of a secret", () => {
  const commands = new Set(everyChecklist().flatMap(([, { checks }]) => checks.flatMap(({ ask }) => ask.map(line))));
  expect(commands.size).toBeGreaterThan(100);
  expect([...commands].filter((command) => !readsAlone(command))).toEqual([]);
});

test.each([
  "aws s3api create-bucket --bucket a",
  "aws secretsmanager get-secret-value --secret-id a",
  "gcloud services enable a --project b",
  "gcloud auth print-access-token --format json",
  "az provider register --namespace a",
  "az account get-access-token --output json",
  "kubectl delete pod a",
  "dig +noall axfr example.com",
  "sh -c 'aws sts get-caller-identity'",
])("a command that does more would be found: %s", (command) => {
  expect(readsAlone(command)).toBe(false);
});

test("what an environment has not is not named", () => {
  for (const format of ["text", "markdown", "json"] as const) {
    expect(FORMATS[format](checklist("local"))).not.toMatch(/\baws\b|gcloud|\baz\b|azure|quota|undefined|\$\{/i);
  }
  expect(FORMATS.text(checklist("gke-staging"))).not.toMatch(/\baws\b|azurerm/);
  expect(FORMATS.text(checklist("aks-staging"))).not.toMatch(/\baws_|gcloud/);
});

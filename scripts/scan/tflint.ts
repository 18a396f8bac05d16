import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plant, plantedId } from "./planted";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import type { ScannedStack } from "./stacks";
import { IN_EACH_STACK, PLANTED } from "./tflint-planted";
import { PLUGINS, run } from "./tools";

interface Report {
  readonly issues: readonly Issue[];
  readonly errors: readonly { readonly message: string }[];
}

interface Issue {
  readonly rule: { readonly name: string };
  readonly message: string;
  readonly range: { readonly filename: string; readonly start: { readonly line: number } };
}

/** Its rules about style judge what people write, not what is synthesized. */
const CONFIG = `
config {
  call_module_type = "none"
}
plugin "terraform" {
  enabled = false
}
`;

/**
 * Rules for arguments of one provider, as tflint's plugin of that name. Another one: a folder in `pinned`, a line in
 * `.ci/install-scanners` and one here. There is none for Google and Azure, whose plugins were not to be had as Go modules.
 */
const RULESETS = [{ provider: "aws", title: "AWS" }] as const;

const PLUGINS_ON = RULESETS.map(({ provider }) => `plugin "${provider}" {\n  enabled = true\n}\n`).join("");

const OURS = "cdk.tf.json";
const PLANTED_FILE = "planted.tf.json";
const PLANTED_FOLDER = "planted";

/** Enums, lengths and patterns of arguments against the clouds' own models, by tflint where it has rules. */
export async function tflint(all: readonly ScannedStack[], work: string): Promise<Scan> {
  const ruled = new Set<string>(RULESETS.map(({ provider }) => provider));
  const stacks = all.filter(({ json }) => Object.keys(json.provider).some((provider) => ruled.has(provider)));
  const root = join(work, "tflint");
  mkdirSync(root);
  writeFileSync(join(root, "config.hcl"), CONFIG + PLUGINS_ON);
  const findings: Finding[] = [];
  const failures: string[] = [];
  for (const { name, json, resources } of stacks) {
    const text = JSON.stringify(json, null, 2);
    const report = await lint(root, name, { [OURS]: text, [PLANTED_FILE]: JSON.stringify(IN_EACH_STACK) });
    failures.push(...report.errors.map(({ message }) => `${name}: ${message}`));
    const [ours, planted] = [OURS, PLANTED_FILE].map((file) =>
      report.issues.filter(({ range }) => range.filename === file),
    );
    findings.push(...(ours ?? []).map((issue) => finding(issue, name, text, resources)));
    if (planted?.[0]?.rule.name !== IN_EACH_STACK.check) failures.push(`did not look at ${name}`);
  }
  const text = JSON.stringify(plant(PLANTED, stacks), null, 2);
  const { issues } = await lint(root, PLANTED_FOLDER, { [PLANTED_FILE]: text });
  const found = issues.map(({ rule, range }) => `${resourceAt(text, range.start.line)} ${rule.name}`);
  const missed = PLANTED.filter(({ check }, index) => !found.includes(`${plantedId(index)} ${check}`));
  const count = stacks.reduce((sum, { json }) => sum + countOf(json, ruled), 0);
  const [titles, without] = [RULESETS.map(({ title }) => title).join(" and "), withoutRules(all, ruled)];
  return {
    tool: await version(root),
    scope: `${count} ${titles} resources in ${stacks.length} stacks, no rules for ${without.join(", ")}`,
    subjects: all.flatMap(({ resources }) => [...resources.values()]),
    owns: (check) => ruled.has(check.split("_")[0] ?? ""),
    findings,
    planted: PLANTED.length + stacks.length,
    failures: [
      ...failures,
      ...missed.map(({ type, check }) => `did not find a planted violation: ${check} in an ${type}`),
    ],
  };
}

/** Resources of providers that there are rules for. */
function countOf({ resource }: ScannedStack["json"], ruled: ReadonlySet<string>): number {
  const types = Object.entries(resource).filter(([type]) => ruled.has(type.split("_")[0] ?? ""));
  return types.reduce((sum, [, blocks]) => sum + Object.keys(blocks).length, 0);
}

/** Clouds that nobody looked at, for the reader to know. */
function withoutRules(stacks: readonly ScannedStack[], ruled: ReadonlySet<string>): string[] {
  const providers = new Set(stacks.flatMap(({ json }) => Object.keys(json.provider)));
  return [...providers].filter((provider) => !ruled.has(provider)).sort();
}

async function lint(root: string, name: string, files: Readonly<Record<string, string>>): Promise<Report> {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const args = ["--config", join(root, "config.hcl"), "--format", "json"];
  const { stdout, stderr } = await run("tflint", args, folder, { TFLINT_PLUGIN_DIR: PLUGINS });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new ScanError(`tflint answered with something else than a report on ${name}:\n${stdout}${stderr}`);
  }
}

/** `tflint 0.64.0, ruleset aws 0.48.0` */
async function version(root: string): Promise<string> {
  const args = ["--config", join(root, "config.hcl"), "--version"];
  const { stdout } = await run("tflint", args, root, { TFLINT_PLUGIN_DIR: PLUGINS });
  const [own = "?", ruleset = "?"] = ["TFLint version", "ruleset.aws"].map(
    (what) => new RegExp(`${what} \\(?([\\d.]+)`).exec(stdout)?.[1],
  );
  return `tflint ${own} with AWS rules ${ruleset}`;
}

function finding(issue: Issue, stack: string, text: string, resources: ReadonlyMap<string, Subject>): Finding {
  const id = resourceAt(text, issue.range.start.line);
  const subject = resources.get(id) ?? { title: `${stack}: ${id}`, exceptions: [] };
  return { subject, check: issue.rule.name, text: issue.message };
}

/** Logical id of the resource around a line of a file that was written with two spaces to a level. */
function resourceAt(text: string, line: number): string {
  const above = text.split("\n").slice(0, line).reverse();
  return above.flatMap((candidate) => /^ {6}"([^"]+)": \{/.exec(candidate)?.[1] ?? [])[0] ?? "?";
}

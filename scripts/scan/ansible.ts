import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "../../constructs/outputs/outputs";
import { ansibleVariants } from "../ansible/variants";
import {
  PLANTED_FOR_ANSIBLE,
  PLANTED_FOR_ANSIBLE_LINT,
  PLANTED_FOR_YAMLLINT,
  type PlantedPlaybook,
} from "./ansible-planted";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import { type Output, runAnsible } from "./tools";

/*
 * Rendered playbooks, where Helm releases and where Terraform does, by the linters that teams have and by Ansible. There is no exception: what
 * any has something against is rendered otherwise.
 */

/** What was said, by check. */
interface Said {
  readonly check: string;
  readonly text: string;
}

type Linter = (folder: string) => Promise<readonly Said[]>;

const KINDS = ["terraform", "helm"] as const;

function write(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

async function scan(
  root: string,
  tool: string,
  linter: Linter,
  planted: readonly PlantedPlaybook[],
  checks: RegExp,
): Promise<Scan> {
  const variants = ansibleVariants();
  const findings: Finding[] = [];
  for (const kind of KINDS) {
    const folder = join(root, kind);
    write(folder, variants[kind]);
    const subject: Subject = { title: `playbooks, ${kind}`, exceptions: [] };
    for (const { check, text } of await linter(folder)) findings.push({ subject, check, text });
  }
  return {
    tool,
    scope: `${KINDS.flatMap((kind) => Object.keys(variants[kind])).length} files of ${KINDS.length} repositories`,
    subjects: [],
    owns: (check) => checks.test(check),
    findings,
    planted: planted.length,
    failures: await missed(join(root, "planted"), linter, planted, variants.helm),
  };
}

async function missed(
  folder: string,
  linter: Linter,
  planted: readonly PlantedPlaybook[],
  files: Files,
): Promise<string[]> {
  const changed: Record<string, string> = { ...files };
  for (const { check, file: end, change } of planted) {
    const [file = "", text = ""] = Object.entries(changed).find(([name]) => name.endsWith(end)) ?? [];
    changed[file] = change(text);
    if (changed[file] === text) throw new ScanError(`${check}: nothing in ${end} to plant it in`);
  }
  write(folder, changed);
  const said = await linter(folder);
  return planted
    .filter(({ check }) => !said.some((one) => one.check === check))
    .map(({ check }) => `did not find a planted violation: ${check}`);
}

interface LintIssue {
  readonly check_name: string;
  readonly description: string;
  readonly location: { readonly path: string };
}

/** ansible-lint, at its strictest profile and without Galaxy. */
export async function ansibleLint(work: string): Promise<Scan> {
  const { stdout: version } = await runAnsible("ansible-lint", ["--version"], work);
  const linter: Linter = async (folder) => {
    const args = ["--offline", "--profile", "production", "--format", "json", "ansible"];
    const { code, stdout, stderr } = await runAnsible("ansible-lint", args, folder);
    const issues = parsed("ansible-lint", stdout, stderr) as readonly LintIssue[];
    // It has nothing to say of what it did not look at, and then exits otherwise.
    if (issues.length === 0 && code !== 0) throw new ScanError(`ansible-lint exited with ${code}:\n${stderr}`);
    return [
      ...issues.map(({ check_name: check, description, location }) => ({
        check,
        text: `${location.path}: ${description}`,
      })),
      // Of a module that it does not know it warns in a role, and passes its arguments over.
      ...[...stderr.matchAll(/resolved_fqcn attribute of (\S+) module/g)].map(([text]) => ({
        check: "unknown-module",
        text,
      })),
    ];
  };
  const tool = /^ansible-lint \S+/.exec(version)?.[0] ?? "ansible-lint ?";
  return scan(join(work, "ansible-lint"), tool, linter, PLANTED_FOR_ANSIBLE_LINT, /^[a-z-]+(\[.*\])?$/);
}

/** Its own rules, but for lines that are 80 wide: ansible-lint takes more, too. */
const YAMLLINT = "{extends: default, rules: {line-length: {max: 140}}}";

export async function yamllint(work: string): Promise<Scan> {
  const { stdout: version } = await runAnsible("yamllint", ["--version"], work);
  const linter: Linter = async (folder) => {
    const args = ["--strict", "--format", "parsable", "--config-data", YAMLLINT, "ansible"];
    const { code, stdout, stderr } = await runAnsible("yamllint", args, folder);
    const said = stdout.split("\n").filter((line) => line !== "");
    if (said.length === 0 && code !== 0) throw new ScanError(`yamllint exited with ${code}:\n${stderr}`);
    return said.map((text) => ({ check: /\(([a-z-]+)\)$/.exec(text)?.[1] ?? "syntax", text }));
  };
  return scan(join(work, "yamllint"), version.trim(), linter, PLANTED_FOR_YAMLLINT, /^[a-z-]+$/);
}

/** Ansible itself: the syntax of playbooks, and what it reads of inventories. */
export async function ansiblePlaybook(work: string): Promise<Scan> {
  const { stdout: version } = await runAnsible("ansible-playbook", ["--version"], work);
  const linter: Linter = async (folder) => {
    const said: Said[] = [];
    for (const book of ["deploy", "rollback", "runner"]) {
      const args = ["--inventory", "ansible/inventory", "--syntax-check", `ansible/playbooks/${book}.yml`];
      said.push(...refused("syntax", book, await runAnsible("ansible-playbook", args, folder)));
    }
    const listed = await runAnsible("ansible-inventory", ["--inventory", "ansible/inventory", "--list"], folder);
    // It warns of what it does not understand, and goes on.
    const code = listed.stderr.includes("[WARNING]") ? 1 : listed.code;
    said.push(...refused("inventory", "ansible/inventory", { ...listed, code }));
    return said;
  };
  const tool = /ansible-playbook \[core \S+\]/.exec(version)?.[0] ?? "ansible-playbook ?";
  return scan(join(work, "ansible-playbook"), tool, linter, PLANTED_FOR_ANSIBLE, /^(syntax|inventory)$/);
}

function refused(check: string, file: string, { code, stdout, stderr }: Output): readonly Said[] {
  return code === 0 ? [] : [{ check, text: `${file}: ${stderr}${stdout}` }];
}

function parsed(tool: string, stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new ScanError(`${tool} answered with something else than a report:\n${stdout}${stderr}`);
  }
}

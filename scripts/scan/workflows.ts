import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { workflowVariants } from "../workflows/variants";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import { runFile, runLinter } from "./tools";
import { PLANTED_FOR_ACTIONLINT, PLANTED_FOR_ZIZMOR, type PlantedWorkflow } from "./workflows-planted";

/*
 * Rendered workflows of every kind, by the two linters that teams have in their pipelines. There is no exception: what either has something
 * against is rendered otherwise.
 */

/** What a linter said, by check. */
interface Said {
  readonly check: string;
  readonly text: string;
}

type Linter = (folder: string, files: readonly string[]) => Promise<readonly Said[]>;

interface Written {
  readonly title: string;
  readonly folder: string;
  readonly files: readonly string[];
}

/** Each kind in a folder of its own, laid out as a repository. */
function written(root: string): Written[] {
  return Object.entries(workflowVariants()).map(([title, files]) => {
    const folder = join(root, title.replaceAll(" ", "-"));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return { title, folder, files: Object.keys(files).filter((file) => file.startsWith(".github/workflows/")) };
  });
}

async function scan(
  root: string,
  tool: string,
  linter: Linter,
  planted: readonly PlantedWorkflow[],
  checks: RegExp,
): Promise<Scan> {
  mkdirSync(root);
  const kinds = written(root);
  const findings: Finding[] = [];
  for (const { title, folder, files } of kinds) {
    const subject: Subject = { title: `workflows, ${title}`, exceptions: [] };
    for (const { check, text } of await linter(folder, files)) findings.push({ subject, check, text });
  }
  return {
    tool,
    scope: `${kinds.flatMap(({ files }) => files).length} workflows in ${kinds.length} repositories`,
    subjects: [],
    owns: (check) => checks.test(check),
    findings,
    planted: planted.length,
    failures: await missed(root, linter, planted),
  };
}

async function missed(root: string, linter: Linter, planted: readonly PlantedWorkflow[]): Promise<string[]> {
  const text = Object.entries(workflowVariants().terraform).find(([file]) =>
    basename(file).startsWith("application-"),
  )?.[1];
  if (text === undefined) throw new ScanError("there is no workflow of an application");
  const failures: string[] = [];
  for (const [index, { check, change }] of planted.entries()) {
    const folder = join(root, `planted-${index}`);
    const file = ".github/workflows/planted.yml";
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    const changed = change(text);
    writeFileSync(join(folder, file), changed);
    const said = await linter(folder, [file]);
    if (changed === text || !said.some((one) => one.check === check)) {
      failures.push(`did not find a planted violation: ${check}`);
    }
  }
  return failures;
}

interface ActionlintError {
  readonly message: string;
  readonly filepath: string;
  readonly line: number;
  readonly kind: string;
}

/** actionlint, which asks shellcheck of what each step runs. */
export async function actionlint(work: string): Promise<Scan> {
  const shellcheck = "/usr/bin/shellcheck";
  const { stdout: version } = await runLinter("actionlint", ["--version"], work);
  const { stdout: shell } = await runFile(shellcheck, ["--version"], work);
  const linter: Linter = async (folder, files) => {
    // It looks for its configuration in a repository.
    mkdirSync(join(folder, ".git"), { recursive: true });
    const args = ["-no-color", "-shellcheck", shellcheck, "-pyflakes", "", "-format", "{{json .}}", ...files];
    const { stdout, stderr } = await runLinter("actionlint", args, folder);
    const errors = (parsed("actionlint", stdout, stderr) as readonly ActionlintError[] | null) ?? [];
    return errors.map(({ kind, filepath, line, message }) => ({
      check: kind,
      text: `${filepath}:${line}: ${message}`,
    }));
  };
  const tool = `actionlint ${version.split("\n")[0] ?? ""} with shellcheck ${/version: (\S+)/.exec(shell)?.[1] ?? "?"}`;
  return scan(join(work, "actionlint"), tool, linter, PLANTED_FOR_ACTIONLINT, /^[a-z-]+$/);
}

interface ZizmorFinding {
  readonly ident: string;
  readonly desc: string;
  readonly locations: readonly {
    readonly concrete: { readonly location: { readonly start_point: { readonly row: number } } };
  }[];
}

/** zizmor, as strict as it is but for those who audit, and without GitHub. */
export async function zizmor(work: string): Promise<Scan> {
  const { stdout: version } = await runLinter("zizmor", ["--version"], work);
  const linter: Linter = async (folder) => {
    const args = ["--offline", "--no-progress", "--no-exit-codes", "--persona", "pedantic", "--format", "json-v1", "."];
    const { stdout, stderr } = await runLinter("zizmor", args, folder);
    return (parsed("zizmor", stdout, stderr) as readonly ZizmorFinding[]).map(({ ident, desc, locations }) => ({
      check: ident,
      text: `line ${(locations[0]?.concrete.location.start_point.row ?? 0) + 1}: ${desc}`,
    }));
  };
  return scan(join(work, "zizmor"), version.trim(), linter, PLANTED_FOR_ZIZMOR, /^[a-z-]+$/);
}

function parsed(tool: string, stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new ScanError(`${tool} answered with something else than a report:\n${stdout}${stderr}`);
  }
}

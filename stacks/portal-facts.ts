import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import type { EnvironmentSpec } from "../constructs/environment";
import { InvalidInput, type Problem } from "../constructs/model/problem";
import { applicationsOf, workloadsOf } from "../constructs/outputs/catalog/applications";
import type { CatalogOptions } from "../constructs/outputs/catalog/options";
import { optionsForm } from "../constructs/outputs/catalog/options-problems";
import { catalog } from "../constructs/outputs/catalog/output";
import { folderOf, repositoryAnnotations, ROOT } from "../constructs/outputs/catalog/places";
import { runbooks, type RunbooksOptions } from "../constructs/outputs/runbooks/output";
import type { OutputTarget } from "../constructs/outputs/target";
import type { PortalApi, PortalFacts, PortalFile } from "../constructs/portal/facts";
import type { RenderedEnvironment } from "../constructs/rendering/rendered-environment";
import type { TemplateOrigin } from "../constructs/scorecard/template-origin";
import type { Day } from "../constructs/services/pinned-version";
import { pageFacts } from "./page-facts";

export interface PortalFactsProps {
  readonly title: string;
  /** Every environment of the program. */
  readonly environments: readonly EnvironmentSpec[];
  /** Those that the portal is of. None: all of them. */
  readonly names: readonly string[];
  /** What the program renders: options of its catalog and of its runbooks are the portal's, too. */
  readonly outputs: readonly OutputTarget[];
  /** Folder of the program, in which what the options name is. */
  readonly root: string;
  /** Day on which support is looked at. */
  readonly on: Day;
  /** What records say of templates, by the name of the application. @default - no template wrote any */
  readonly origins?: ReadonlyMap<string, TemplateOrigin>;
  /** Is told what is done next. @default - nobody is */
  readonly step?: (what: string) => void;
}

const targetOf = (outputs: readonly OutputTarget[], name: string): OutputTarget | undefined =>
  outputs.find((one) => one.name === name);

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * What the portal says, from the same stacks and objects as a synthesis and the outputs. Writes nothing that stays.
 *
 * @throws InvalidInput where the environments have mistakes, one is named that is not there, or a file that describes an API is not
 */
export function portalFacts(props: PortalFactsProps): PortalFacts {
  const { title, environments, outputs, root, on, step } = props;
  const facts = pageFacts(props);
  step?.("reading documents");
  const rendered = facts.map((one) => one.rendered);
  const { options, folder } = catalogOf(outputs);
  const runbookOptions = (targetOf(outputs, runbooks.name)?.options ?? {}) as RunbooksOptions;
  const known = facts.map((one) => one.rendered.name);
  return {
    ...{ title, on, environments: facts },
    others: environments.map(({ name }) => name).filter((name) => !known.includes(name)),
    runbooks: runbooks.render(rendered, runbookOptions),
    apis: apisIn(root, folder, options, rendered),
    ...codeOf(root, options, rendered),
  };
}

function catalogOf(outputs: readonly OutputTarget[]): {
  readonly options: CatalogOptions;
  readonly folder: string;
} {
  const target = targetOf(outputs, catalog.name);
  if (target === undefined) return { options: {}, folder: ROOT };
  const options = target.options as CatalogOptions;
  // What it says of what other environments have is no mistake of this portal.
  const problems = optionsForm(options);
  if (problems.length > 0) throw new InvalidInput(problems);
  return { options, folder: target.folder };
}

/** Workloads by application and name, with all environments that have them. */
const workloadsIn = (rendered: readonly RenderedEnvironment[]) =>
  applicationsOf(rendered).flatMap((application) =>
    workloadsOf(application).map((workload) => ({
      application: application.name,
      of: `${application.name}/${workload.name}`,
      workload,
    })),
  );

function apisIn(
  root: string,
  folder: string,
  { apis = {} }: CatalogOptions,
  rendered: readonly RenderedEnvironment[],
): Record<string, PortalApi> {
  const known = new Set(workloadsIn(rendered).map(({ of }) => of));
  const problems: Problem[] = [];
  const found = Object.entries(apis)
    .filter(([of]) => known.has(of))
    .flatMap(([of, { type, file }]): [string, PortalApi][] => {
      const path = posix.join(folder, file);
      if (isFile(join(root, path))) return [[of, { type, file: path, text: readFileSync(join(root, path), "utf8") }]];
      const fix = "write it, or take it out of the target of the catalog";
      problems.push({ path: ["catalog", "apis", of, "file"], got: path, why: "there is no such file", fix });
      return [];
    });
  if (problems.length > 0) throw new InvalidInput(problems);
  return Object.fromEntries(found);
}

/** Where the code of workloads is, and what it says of itself. */
function codeOf(
  root: string,
  options: CatalogOptions,
  rendered: readonly RenderedEnvironment[],
): Pick<PortalFacts, "readmes" | "sources"> {
  const readmes: [string, PortalFile][] = [];
  const sources: [string, string][] = [];
  for (const { application, of, workload } of workloadsIn(rendered)) {
    const folder = folderOf(application, workload.each, options);
    if (folder === undefined) continue;
    const source = repositoryAnnotations(options, application, folder)["backstage.io/source-location"];
    if (source !== undefined) sources.push([of, source.replace(/^url:/, "")]);
    const file = posix.join(folder, "README.md");
    // That of the root is of the whole repository, and of no workload more than of another.
    if (folder !== ROOT && isFile(join(root, file)))
      readmes.push([of, { file, text: readFileSync(join(root, file), "utf8") }]);
  }
  return { readmes: Object.fromEntries(readmes), sources: Object.fromEntries(sources) };
}

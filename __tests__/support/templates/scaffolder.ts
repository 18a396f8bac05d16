import { createRequire } from "node:module";
import { parse } from "yaml";
import type { BackstageFile } from "../../../constructs/templates/backstage";

/*
 * What Backstage's scaffolder makes of a folder: its engine with its own tags and without escaping, and `fetch:template` as it goes about paths and
 * texts. The backend itself cannot be installed here.
 */

interface Engine {
  renderString(text: string, context: object): string;
}

interface Step {
  readonly action: string;
  readonly if?: string;
  readonly input: { readonly url: string; readonly values: Readonly<Record<string, string>> };
}

const { Environment } = createRequire(__filename)("nunjucks") as {
  Environment: new (loader: null, options: object) => Engine;
};
const engine = new Environment(null, { autoescape: false, tags: { variableStart: "${{", variableEnd: "}}" } });

/** The files that come out, by their paths. */
export function scaffold(
  files: readonly BackstageFile[],
  parameters: Readonly<Record<string, string>>,
): Map<string, string> {
  const entity = files.find(({ path }) => path === "template.yaml");
  const { spec } = parse(entity?.text ?? "") as { spec: { steps: readonly Step[] } };
  const made = new Map<string, string>();
  for (const { if: condition, input } of spec.steps) {
    if (condition !== undefined && engine.renderString(condition, { parameters }) !== "true") continue;
    const values = Object.fromEntries(
      Object.entries(input.values).map(([name, text]) => [name, engine.renderString(text, { parameters })]),
    );
    const folder = `${input.url.replace(/^\.\//, "")}/`;
    for (const { path, text } of files.filter((file) => file.path.startsWith(folder))) {
      const to = engine.renderString(path.slice(folder.length), { values });
      // One that is there is left: no two steps may write the same.
      if (made.has(to)) throw new Error(`${to}: fetched twice`);
      made.set(to, engine.renderString(text, { values }));
    }
  }
  return made;
}

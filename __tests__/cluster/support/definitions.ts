import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Found } from "./api";

const DEFINITION = /^kind: CustomResourceDefinition$/m;

export interface DefinitionsFrom {
  /** With `bin` and `definitions`. */
  readonly installed: string;
  /** This program's own charts, which Helm renders. */
  readonly charts: string;
}

/** Definitions of the kinds that Kubernetes has not: those that are installed, and those in this program's own charts. */
export const definitions = ({ installed, charts }: DefinitionsFrom): Found[] =>
  [
    ...texts(join(installed, "definitions")),
    ...readdirSync(charts)
      .map((chart) => join(charts, chart))
      .filter((chart) => texts(join(chart, "templates")).some((text) => DEFINITION.test(text)))
      .map((chart) => execFileSync(join(installed, "bin", "helm4"), ["template", "own", chart], { encoding: "utf8" })),
  ]
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as { kind?: string } | null))
    .filter((object) => object?.kind === "CustomResourceDefinition");

const texts = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".yaml"))
        .map((file) => readFileSync(join(folder, file), "utf8"))
        .filter((text) => DEFINITION.test(text))
    : [];

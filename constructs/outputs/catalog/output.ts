import { type Element, elementsOf, isSameElement } from "../../model/element";
import { InvalidInput } from "../../model/problem";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import { printYaml, yamlDocument } from "../../yaml/write";
import type { Output, OutputAddress, OutputPart } from "../output";
import { applicationsOf } from "./applications";
import { entitiesOf } from "./catalog";
import { codeowners, CODEOWNERS } from "./codeowners";
import { type Entity, type Listed, refOfEntity } from "./entity";
import type { CatalogOptions } from "./options";
import { optionsProblems } from "./options-problems";

export const CATALOG = "catalog-info.yaml";

const HEADER = "# Rendered from the model: goldenpath render. Change the model, and not this file.\n";

/** Begins each entity, so that a change of one is told as one. */
const MARK = "---\n";

const textOf = (entity: Entity): string => printYaml(yamlDocument(entity));

const ruleParts = (text: string): readonly OutputPart[] =>
  text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ called: "code owner rule", name: /^(?:\\ |[^ ])+/.exec(line)?.[0] ?? line, text: line }));

/**
 * The catalog of a program for Backstage: each application, workload, data service, API, team and person once, however many
 * environments have them, and who needs whom by the edges of the model. The file CODEOWNERS is of the same owners.
 */
export const catalog: Output<CatalogOptions> = {
  name: "catalog",
  description: "the catalog of applications, APIs, data services and teams for Backstage, and the file CODEOWNERS",
  render: (environments, options) => {
    const listed = listedOf(environments, options);
    return {
      [CATALOG]: HEADER + listed.map(({ entity }) => MARK + textOf(entity)).join(""),
      ...(options.codeowners && {
        [options.codeowners.file ?? CODEOWNERS]: codeowners(applicationsOf(environments), options),
      }),
    };
  },
  // Of several GitHub reads the one in this folder, and the one that is rendered would count for nothing.
  owned: ({ codeowners: asked }) => (asked?.file === undefined || asked.file === CODEOWNERS ? [] : [CODEOWNERS]),
  addresses: (environments, options) => {
    const listed = listedOf(environments, options);
    const elements = environments.flatMap(({ applications }) =>
      applications.flatMap(({ application }) => elementsOf(application)),
    );
    const once = elements.filter(
      (element, index) => elements.findIndex((one) => isSameElement(one, element)) === index,
    );
    return once.flatMap((element) => addressesOf(element, listed));
  },
  parts: (file, text) => (file === CATALOG ? entityParts(text) : ruleParts(text)),
};

function listedOf(environments: readonly RenderedEnvironment[], options: CatalogOptions): readonly Listed[] {
  const problems = optionsProblems(environments, options);
  if (problems.length > 0) throw new InvalidInput(problems);
  return entitiesOf(environments, options);
}

function addressesOf(element: Element, listed: readonly Listed[]): OutputAddress[] {
  if (element.kind === "secret") return [{ element, none: "a catalog has no secrets" }];
  const role = ({ entity: { kind, spec } }: Listed): string =>
    typeof spec["type"] === "string" ? `${kind}, ${spec["type"]}` : kind;
  const found =
    element.kind === "routes"
      ? listed.filter(({ entity, of }) => entity.kind === "API" && of.startsWith(`${element.application}/`))
      : listed.filter((one) => one.element !== undefined && isSameElement(one.element, element));
  if (found.length === 0) return [{ element, none: "it has no API: its routes are pages" }];
  return found.map((one) => ({ element, address: refOfEntity(one.entity), role: role(one) }));
}

function entityParts(text: string): readonly OutputPart[] {
  const [, ...documents] = text.split(/^---\n/m);
  return documents.map((part) => {
    const kind = /^kind: (.*)$/m.exec(part)?.[1] ?? "";
    const name = /^ {2}name: "?([^"\n]*)/m.exec(part)?.[1] ?? "";
    return { called: "catalog entity", name: `${kind.toLowerCase()}:${name}`, text: part };
  });
}

import { yaml } from "../yaml/write";
import { type Archive, type ArchivedFile, filled, mark, type ValueName, VALUES } from "./archive";
import { type Choices, combinationsOf } from "./combinations";
import { LONGEST, REFUSED, REFUSED_OWNERS } from "./inputs";
import { RECORD } from "./record";
import { renderTemplate } from "./render";

/** A file of a folder of Backstage's. */
export interface BackstageFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** What stands around a template in a portal. */
export interface BackstageOptions {
  /** Digest of the template's version. */
  readonly digest: string;
  /** Team that answers for the template itself. */
  readonly owner: string;
  /** How npm finds this package in what is made. */
  readonly package: string;
}

/** Form of `name` in the model: letters, digits and single hyphens. */
const NAME = "^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$";

const HEAD =
  "# Written by goldenpath; what is changed here by hand is overwritten by the next version. Add steps that publish to a copy.\n";

const conditionOf = ({ when = {} }: Pick<ArchivedFile, "when">): string => JSON.stringify(when);

/** `skeleton`, `skeleton-cloud-aws` */
const folderOf = (when: Choices): string => ["skeleton", ...Object.entries(when).flat()].join("-").replaceAll(".", "-");

/** What begins a tag of the engine is a text in a tag, and so is the end of a comment, which the engine looks for everywhere. */
const escaped = (text: string): string => text.replace(/\$\{\{|\{%|\{#|#\}/g, (begin) => `\${{ "${begin}" }}`);

/** The package is what whoever writes the template says; the rest is what whoever uses it says. */
const placeholder =
  (options: BackstageOptions) =>
  (name: ValueName): string =>
    name === "package" ? escaped(options.package) : `\${{ values.${name} }}`;

const NAMED = "Lower-case letters, digits and hyphens; the repository and its application are called so";

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `${{ parameters.cloud == "aws" and parameters.database == "mysql" }}` */
const condition = (when: Choices): string =>
  `\${{ ${Object.entries(when)
    .map(([option, choice]) => `parameters.${option} == "${choice}"`)
    .join(" and ")} }}`;

/**
 * A template as one of Backstage's scaffolder (v1beta3): `template.yaml`, and folders of files with placeholders, of which each is fetched where it
 * fits what was chosen. Filled with what somebody says they are what `goldenpath new` writes, byte for byte.
 */
export function backstageTemplate(archive: Archive, options: BackstageOptions): readonly BackstageFile[] {
  const files = [...archive.files.filter(({ later }) => later !== true), ...records(archive, options)];
  const conditions = [...new Set(files.map(conditionOf))].sort();
  const folders = new Map(conditions.map((condition) => [condition, folderOf(JSON.parse(condition) as Choices)]));
  const fetched = conditions.map((condition) => JSON.parse(condition) as Choices);
  return [
    { path: "template.yaml", text: HEAD + yaml(entity(archive, options, fetched)), executable: false },
    ...files.map((file) => ({
      path: `${folders.get(conditionOf(file)) ?? ""}/${filled(file.path, placeholder(options), escaped)}`,
      text: filled(file.text, placeholder(options), escaped),
      executable: file.executable === true,
    })),
  ];
}

/** The record of each combination: it names the files that there are. */
function records(archive: Archive, { digest }: BackstageOptions): readonly ArchivedFile[] {
  const values = Object.fromEntries(VALUES.map((name) => [name, mark(name)])) as Record<ValueName, string>;
  return combinationsOf(archive.options).map((choices) => ({
    path: RECORD,
    class: "owned",
    part: "program",
    ...(Object.keys(choices).length > 0 && { when: choices }),
    text: renderTemplate(archive, digest, { values, choices }).record,
  }));
}

function entity(
  { template, title, description, makes = "service", options }: Archive,
  { owner }: BackstageOptions,
  fetched: readonly Choices[],
): object {
  const text = { type: "string", pattern: NAME, maxLength: LONGEST };
  const chosen = Object.entries(options).map(([name, { description: about, choices, default: usual }]) => [
    name,
    { title: capitalized(name), description: about, type: "string", enum: choices, default: usual },
  ]);
  return {
    apiVersion: "scaffolder.backstage.io/v1beta3",
    kind: "Template",
    metadata: { name: template, title, description, tags: ["goldenpath"] },
    spec: {
      owner,
      type: makes,
      parameters: [
        {
          title: "Service",
          required: ["name", "owner"],
          properties: {
            name: { title: "Name", description: NAMED, ...text, not: { pattern: REFUSED } },
            owner: {
              title: "Owner",
              description: "Team that answers for it",
              ...text,
              not: { pattern: REFUSED_OWNERS },
            },
          },
        },
        ...(chosen.length === 0 ? [] : [{ title: "Choices", properties: Object.fromEntries(chosen) as object }]),
      ],
      steps: fetched.map((when) => ({
        id: folderOf(when).replaceAll("-", "_"),
        name: `Fetch ${folderOf(when)}`,
        ...(Object.keys(when).length > 0 && { if: condition(when) }),
        action: "fetch:template",
        input: {
          url: `./${folderOf(when)}`,
          values: {
            name: "${{ parameters.name }}",
            identifier: '${{ parameters.name | replace("-", "_") }}',
            owner: "${{ parameters.owner }}",
          },
        },
      })),
    },
  };
}

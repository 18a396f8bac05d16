import { z } from "zod";
import { imageName } from "../../model/image";
import { oneOf, type Path, type Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { schemaOf } from "../../model/schema-of";
import { name as teamName } from "../../model/validate/forms";
import { codeowner } from "../../model/validate/team-shape";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import { applicationsOf, type CatalogApplication, workloadsOf } from "./applications";
import { deadRules } from "./codeowners";
import { MAX_ENTITY_NAME } from "./entity";
import type { CatalogApi, CatalogCodeowners, CatalogDomain, CatalogOptions, CatalogRepository } from "./options";

const PATH: Path = ["catalog"];

/** A place in the repository. What CODEOWNERS gives a meaning of its own is no part of it. */
const place = z
  .string()
  .max(500)
  .regex(/^[\w.@+~,=-][\w.@+~,= /-]*$/, "use a path from the root, of letters, digits, spaces and . _ - @ + ~ , =");

const isPath = (text: string): boolean => !/(?:^|\/)\.{1,2}(?:\/|$)|\/\/| $| \//.test(text);

const PATH_RULE = "use a path without . and .. for folders, and without spaces at an end";

const path = place.refine(isPath, PATH_RULE);

/** The workflows take the root for a folder of code, and folders that begin at it. */
const folder = place.refine((text) => /^\.\/?$/.test(text) || isPath(text.replace(/^\.\//, "")), PATH_RULE);

const entityName = z
  .string()
  .max(MAX_ENTITY_NAME)
  .regex(
    /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/,
    "use lower-case letters, digits and - _ ., a letter or digit at both ends",
  );

const codeownerRules = z.array(
  z.strictObject({
    pattern: z.string().regex(/^[\w./*@+-]+$/, 'use a pattern without spaces, "!", "#" and "[", e.g. "*"'),
    owners: z.array(codeowner).min(1).max(50),
  }),
);

const schema = schemaOf<CatalogOptions>()({
  repository: schemaOf<CatalogRepository>()({
    slug: z.string().regex(/^[A-Za-z0-9][\w-]{0,38}\/[\w.-]{1,100}$/, 'use owner and name, e.g. "acme/platform"'),
    branch: z
      .string()
      .regex(/^(?!-)[\w./-]{1,200}$/, 'use the name of a branch, e.g. "main"')
      .optional(),
  }).optional(),
  code: z.record(z.string(), z.record(z.string(), z.looseObject({ folder }))).optional(),
  written: z.record(z.string(), z.array(path).min(1)).optional(),
  apis: z
    .record(
      z.string(),
      schemaOf<CatalogApi>()({ type: z.enum(["asyncapi", "graphql", "grpc", "openapi"]), file: path }),
    )
    .optional(),
  documents: z.record(z.string(), folder).optional(),
  types: z
    .record(
      z.string(),
      z
        .string()
        .max(63)
        .regex(/^[a-z][a-z0-9-]*$/, 'use a word, e.g. "website"'),
    )
    .optional(),
  names: z.record(z.string(), entityName).optional(),
  domains: z
    .record(
      z.string(),
      schemaOf<CatalogDomain>()({
        owner: teamName,
        title: z.string().trim().min(1).max(100).optional(),
        description: z.string().trim().min(1).max(1000).optional(),
      }),
    )
    .optional(),
  teams: z.enum(["rendered", "elsewhere"]).optional(),
  codeowners: schemaOf<CatalogCodeowners>()({
    file: z.enum([".github/CODEOWNERS", "CODEOWNERS"]).optional(),
    first: codeownerRules.optional(),
    last: codeownerRules.optional(),
  }).optional(),
});

/** What is wrong with the form of options, whatever the model has. */
export const optionsForm = (options: CatalogOptions): readonly Problem[] => check(schema, options, PATH);

/** Reviewers who would never be asked, though somebody has written them down. */
const deadProblems = (applications: readonly CatalogApplication[], options: CatalogOptions): Problem[] =>
  deadRules(applications, options).map(({ index, pattern, by }) => ({
    path: [...PATH, "codeowners", "first", index, "pattern"],
    got: pattern,
    why: `never counts: ${by} comes later, of the teams of the model, and matches all of it`,
    fix: "remove it, or put it into codeowners.last, which counts over these",
  }));

/** Everything that is wrong with options: their form, and then what they say of the model. */
export function optionsProblems(
  environments: readonly RenderedEnvironment[],
  options: CatalogOptions,
): readonly Problem[] {
  const form = optionsForm(options);
  if (form.length > 0) return form;
  const applications = applicationsOf(environments);
  const unknown = unknownProblems(applications, options);
  // Of what the model does not have, no rule is made.
  return unknown.length > 0 ? unknown : deadProblems(applications, options);
}

/** What the model does not have, which a rename or a removal leaves behind. */
function unknownProblems(applications: readonly CatalogApplication[], options: CatalogOptions): Problem[] {
  const names = applications.map(({ name }) => name);
  const workloads = applications.flatMap((one) => workloadsOf(one).map(({ name }) => `${one.name}/${name}`));
  const named = applications.flatMap(({ name, model, placed }) => [
    name,
    ...placed.flatMap(({ rendered: { application } }) =>
      [
        ...application.workloads,
        ...application.services,
        ...application.objects,
        ...[...application.workloads, ...application.objects].flatMap(({ edges }) =>
          edges.filter((edge) => edge.to === "external"),
        ),
      ].map((one) => `${model.name}/${one.name}`),
    ),
    ...placed.flatMap(({ rendered: { application } }) =>
      application.workloads.flatMap((workload) =>
        workload.volumes.map((volume) => `${model.name}/${workload.name}/${volume.name}`),
      ),
    ),
  ]);
  const domains = applications.flatMap(({ model }) => model.domain ?? []);
  const known = (field: keyof CatalogOptions, keys: object | undefined, all: readonly string[]): Problem[] =>
    Object.keys(keys ?? {})
      .filter((key) => !all.includes(key))
      .map((key) => ({
        path: [...PATH, field, key],
        why: "the model has no such thing",
        fix: `remove it, or use ${oneOf([...new Set(all)])}`,
      }));
  return [
    ...known("code", options.code, names),
    ...known("written", options.written, names),
    ...known("apis", options.apis, workloads),
    ...known("documents", options.documents, names),
    ...known("types", options.types, workloads),
    ...known("names", options.names, named),
    ...known("domains", options.domains, domains),
    ...applications.flatMap((application) => imageProblems(application, options)),
  ];
}

function imageProblems(application: CatalogApplication, { code = {} }: CatalogOptions): Problem[] {
  const images = workloadsOf(application).flatMap(({ each }) => each.map(({ one }) => imageName(one.image)));
  const mine = new Map(Object.entries(code)).get(application.name) ?? {};
  return Object.keys(mine)
    .filter((image) => !images.includes(image))
    .map((image) => ({
      path: [...PATH, "code", application.name, image],
      why: "no workload runs an image of this name",
      fix: `remove it, or use ${oneOf([...new Set(images)])}`,
    }));
}

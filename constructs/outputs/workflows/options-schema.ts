import { z } from "zod";
import { schemaOf } from "../../model/schema-of";
import type { Deploy, Engine, ImageCode, Node, Php, Runners, WorkflowsOptions } from "./options";

/* Forms of options. What is in them stands in files that a shell and GitHub read, so that nothing of theirs may be in it. */

/** Branches whose names are tags of images, too. */
const branch = z
  .string()
  .max(80)
  .regex(
    /^[A-Za-z0-9][\w.-]*$/,
    "use a branch whose name is letters, digits, dots, underscores and hyphens, as an image's tag begins with it",
  );
const path = z
  .string()
  .regex(
    /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[\w./-]+$/,
    "use a path from the root, of letters, digits and - _ . /, without ..",
  );
const word = (form: RegExp, fix: string) => z.string().regex(form, fix);
const address = word(
  /^https?:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[\w./~%-]*)?$/,
  "use an address without a question: https://staging.example.com/lifts",
);
const release = word(/^\d+(?:\.\d+)*$/, "use a release: 8.4");
const runner = word(/^[\w.-]+$/, "use the label of a runner: letters, digits and - _ .");
const key = word(/^[\w.-]+$/, "use letters, digits and - _ .");
const cron = (sample: string) => word(/^(?:[\d*/,-]+ ){4}[\d*/,-]+$/, `use five fields of cron: "${sample}"`);
/** A text in lines that another program splits at their ends. */
const value = word(/^[^\r\n$]*$/, "use a text of one line without $");

const php = schemaOf<Php>()({
  name: z.literal("php"),
  version: release,
  extensions: z.array(word(/^[a-z0-9_]+$/, "use the name of an extension: pdo_mysql")).optional(),
  sources: z.array(path).min(1).optional(),
  phpstan: release,
  level: z.int().min(0).max(10).optional(),
  integration: word(/^[\w-]+$/, "use the name of a suite: integration").optional(),
});

const node = schemaOf<Node>()({ name: z.literal("node"), version: release });

const code = schemaOf<ImageCode>()({
  folder: path,
  dockerfile: path,
  target: word(/^[A-Za-z0-9][\w.-]*$/, "use the name of a stage: runtime"),
  contexts: z.record(key, path).optional(),
  args: z.record(word(/^[A-Za-z_]\w*$/, "use the name of an argument: PHP_VERSION"), value).optional(),
  language: z.discriminatedUnion("name", [php, node], 'use "php" or "node"'),
});

const machines = z.union([runner, z.array(runner).min(1)]);

const deploy = schemaOf<Deploy>()({
  environment: z.string(),
  branch,
  url: address,
  smoke: z.array(address).optional(),
  runners: schemaOf<Runners>()({ plan: machines, apply: machines }).optional(),
  approval: z.boolean().optional(),
  previews: z.boolean().optional(),
  helm: z
    .array(
      word(
        /^--[a-z][a-z-]*(?:=[\w.:/-]+)?$/,
        "use an argument: --name or --name=value, of letters, digits and - _ . : /",
      ),
    )
    .optional(),
});

const engine = schemaOf<Engine>()({ name: z.enum(["opentofu", "terraform"]), version: release });

export const optionsSchema = schemaOf<WorkflowsOptions>()({
  application: z.string(),
  images: z.record(word(/^[a-z0-9][a-z0-9._-]*$/, "use the last part of an image's name: backend"), code),
  deploys: z.array(deploy).min(1),
  charts: path.optional(),
  imagesFolder: path.optional(),
  committer: word(/^[a-z0-9][a-z0-9-]*$/, "use the name of the App in its address: acme-releases").optional(),
  engine: engine.optional(),
  // Commands of the repository's own: they are lines of the workflow as they are.
  checks: z
    .array(word(/^[^\r\n]*$/, "use a command of one line"))
    .min(1)
    .optional(),
  acknowledged: path.optional(),
  drift: z.union([cron("23 4 * * 1-5"), z.literal(false)]).optional(),
  sweep: cron("41 * * * *").optional(),
  runner: runner.optional(),
  sarif: z.boolean().optional(),
  branchTag: z.boolean().optional(),
  attest: z.boolean().optional(),
});

import { z } from "zod";
import { didYouMean, oneOf, type Problem, refuse } from "../model/problem";
import { check } from "../model/schema";
import { name as nameForm } from "../model/validate/forms";
import type { Archive, ValueName } from "./archive";
import type { Choices } from "./combinations";

/** What a template is filled with. */
export interface Inputs {
  readonly values: Readonly<Record<ValueName, string>>;
  /** One choice for each option of the template. */
  readonly choices: Choices;
}

/** What somebody gives; what is left out is the template's. */
export interface GivenInputs {
  readonly name: string;
  readonly owner?: string;
  readonly package: string;
  readonly choices: Choices;
}

/** Longest name: with what is put around it, names of objects stay within what every place takes. */
export const LONGEST = 28;

/** Words that YAML reads as something else than a text. */
const YAML_WORDS = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/**
 * Names of files that a repository has beside those that are called as it is, and of packages that it depends on: npm refuses one with the name of
 * what it installs.
 */
const TAKEN = [
  ...["alerts", "images", "index", "local", "outputs", "production", "staging"],
  ...["amqplib", "cdktf", "constructs", "goldenpath", "jest", "mysql2", "prom-client", "react", "react-native"],
  ...["test-renderer", "tsx", "typescript"],
  // What Composer installs, and no repository keeps: git would leave its code out.
  "vendor",
];

/**
 * What a service may not be called, as a pattern that JSON Schema has, too: words, what YAML takes for a number, and what namespaces of Kubernetes itself
 * begin with.
 */
export const REFUSED = `^(?:${[...YAML_WORDS, ...TAKEN, "constructor"].join("|")}|e-?[0-9]+|kube-.*)$`;

/** What an owner may not be called. */
export const REFUSED_OWNERS = `^(?:${[...YAML_WORDS, "constructor"].join("|")}|e-?[0-9]+)$`;

// Of `constructor` the form itself says what it says of every name.
const without = (refused: string, why: string): z.ZodType<string> =>
  nameForm
    .max(LONGEST)
    .refine((text) => text === "constructor" || !new RegExp(refused).test(text), `use another name: ${why}`);

const serviceName = without(
  REFUSED,
  "this one is of the repository's files or packages, of Kubernetes, or YAML reads it otherwise",
);
const ownerName = without(REFUSED_OWNERS, "YAML reads this one otherwise");

/** A version, a range, a tag, or a path of a tarball: what npm takes, without what would end a text in JSON or YAML. */
const specifier = z
  .string()
  .max(400)
  .regex(/^[\w@^~<>=*./:+-]+$/, "use a version such as ^0.1.0, or file:<tarball>");

/** What is wrong with an owner, and with how npm finds the package. */
export const ownerProblems = (owner: string, wanted: string): Problem[] => [
  ...check(ownerName, owner, ["arguments", "owner"]),
  ...check(specifier, wanted, ["arguments", "package"]),
];

/**
 * The inputs of a template, complete.
 *
 * @throws InvalidInput with everything that is wrong, at `arguments`
 */
export function inputsOf({ options, template }: Archive, given: GivenInputs): Inputs {
  const { name, owner = name, package: wanted, choices } = given;
  const unknown = Object.keys(choices).filter((option) => !Object.hasOwn(options, option));
  const problems: Problem[] = [
    ...check(serviceName, name, ["arguments", "name"]),
    // One that nobody has said is the name, of which enough was said.
    ...ownerProblems(given.owner ?? "team", wanted),
    ...unknown.map((option) => ({
      path: ["arguments", option],
      why: `${template} has no such option`,
      fix: `leave it out${didYouMean(option, Object.keys(options))}`,
    })),
    ...Object.entries(options).flatMap(([option, { choices: known }]) => {
      const got = choices[option];
      return got === undefined || known.includes(got)
        ? []
        : [{ path: ["arguments", option], got, fix: `use ${oneOf(known)}${didYouMean(got, known)}` }];
    }),
  ];
  refuse(problems);
  const chosen = Object.entries(options).map(([option, { default: usual }]) => [option, choices[option] ?? usual]);
  return {
    values: { name, identifier: name.replaceAll("-", "_"), owner, package: wanted },
    choices: Object.fromEntries(chosen) as Choices,
  };
}

import { NEW_CLOUDS } from "../../cli/init/clouds";
import type { TemplateOption } from "../../constructs/templates/archive";

/** Clouds that a repository can be for; a developer's own machine is in each. */
const CLOUDS = Object.entries(NEW_CLOUDS).flatMap(([name, { environment }]) =>
  environment === "staging" ? [name] : [],
);

export const CLOUD: TemplateOption = {
  description: "where staging and production are",
  choices: CLOUDS,
  default: "aws",
};

/** What `init` writes of staging, and what it is in production: another account, network and zone. */
const IN_PRODUCTION: readonly (readonly [string, string])[] = [
  ["111111111111", "222222222222"],
  ["11111111-1111-4111-8111-111111111111", "55555555-5555-4555-8555-555555555555"],
  ["10.10.0.0/16", "10.20.0.0/16"],
  ["staging.example.com", "example.com"],
  ["staging-example-com", "example-com"],
  ["example-staging", "example-production"],
  ["Z0EXAMPLESTAGING", "Z0EXAMPLEPRODUCTION"],
];

/** How an environment imports and makes its cloud. */
export function placeOf(cloud: string, environment: "staging" | "production"): { imports: string; expression: string } {
  const { imports, expression } = newCloud(cloud);
  if (environment === "staging") return { imports, expression };
  return {
    imports,
    expression: IN_PRODUCTION.reduce((text, [staging, production]) => text.replaceAll(staging, production), expression),
  };
}

export function newCloud(cloud: string): (typeof NEW_CLOUDS)[string] {
  const found = NEW_CLOUDS[cloud];
  if (found === undefined) throw new Error(`${cloud}: no such cloud`);
  return found;
}

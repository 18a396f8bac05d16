import type { EnvironmentDocument } from "../../model-json/schema";
import { type OutOfBandSecret, outOfBandSecrets, platformSecrets } from "../../model/out-of-band";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import { type Html, markup } from "../html";
import { code } from "../parts";
import { table } from "../table";

const rows = (secrets: readonly OutOfBandSecret[], store: string): (Html | string)[][] =>
  secrets.map(({ name, remoteKey, description }) => [name, markup`${store}: ${code(remoteKey)}`, description]);

const COLUMNS = ["Secret", "Place", "What it is"];

/** Names and places of the secrets that people make for an application. A value is nowhere in the model. */
export function secretsTable(application: ResolvedApplication, { cloud, applications }: EnvironmentDocument): Html {
  const versioned = Object.entries(applications[application.name]?.secrets ?? {}).filter(([, { sealed }]) => sealed);
  return table({
    caption: `Secrets that people make for ${application.name}`,
    columns: COLUMNS,
    empty: "The application needs no secret that people make.",
    rows: [
      ...rows(outOfBandSecrets(application), cloud.secretStore),
      ...versioned.map(([name, { description }]) => [name, "versioned, as a Sealed Secret", description]),
    ],
  });
}

/** The same of the platform; `undefined` where it needs none. */
export function platformSecretsTable(
  environment: Pick<Environment, "cloud" | "name" | "observability">,
  { cloud, registries }: EnvironmentDocument,
): Html | undefined {
  const logins = Object.entries(registries?.logins ?? {}).map(([name, { registry, username, remoteKey }]) => [
    name,
    markup`${cloud.secretStore}: ${code(remoteKey)}`,
    `password of ${username} at ${registry}`,
  ]);
  const all = [...rows(platformSecrets(environment), cloud.secretStore), ...logins];
  if (all.length === 0) return undefined;
  return table({ caption: "Secrets that people make for the platform", columns: COLUMNS, empty: "", rows: all });
}

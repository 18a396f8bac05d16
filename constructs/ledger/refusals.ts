import { COPIES_KIND, copiesIn } from "../model/elsewhere";
import { importIn, serviceIn } from "../model/imported";
import type { ResolvedService } from "../model/resolved";
import { SERVICES } from "../services/kinds";
import { code, expression } from "../terraform/expression";
import { map } from "../terraform/expressions";
import { numbered } from "../terraform/numbered";
import { field } from "./entries";
import type { LostEntries, Refusals } from "./ledger";

/**
 * How what each kind holds is copied, by its kind: every one of this program's, since what is gone from the application was of
 * any, and those that the application's other services are of.
 */
const hintsOf = (services: readonly Pick<ResolvedService, "service">[]): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(SERVICES).map(([kind, build]) => [kind, build().moving("it").out])),
  volume: "copy its files to a place outside of it, from a pod that mounts it, and compare their number and sizes",
  [COPIES_KIND]: "it is a copy: see that what it is of is there still",
  ...Object.fromEntries(services.map(({ service: { kind, moving } }) => [kind, moving("it").out])),
});

const NAME = field("name");

/** Expression: what `drops` calls an entry of an application. */
const SERVICE = serviceIn(NAME);

const named = (entries: LostEntries, name = NAME): string =>
  expression`join(", ", ${code(entries(`"\\"\${${name}}\\" (\${${field("kind")}})"`))})`;

const words = (entries: LostEntries, name = NAME): string =>
  `drops: [${expression`join(", ", ${code(entries(`"\\"\${${name}}\\""`))})`}]`;

const hints = (entries: LostEntries, known: Readonly<Record<string, string>>): string => {
  const hint = `lookup(${map(known)}, ${field("kind")}, "copy its data")`;
  return expression`join("; ", ${code(entries(`"\${${SERVICE}}: \${${hint}}"`))})`;
};

/** What each was, and is not any more: `"orders-db" was imported as "legacy-orders"`. */
const otherwise = (entries: LostEntries): string => {
  const imported = `format("imported as %q", ${importIn(NAME)})`;
  const was = `format("%q was %s", ${SERVICE}, try(${imported}, "made by this program"))`;
  return expression`join("; ", ${code(entries(was))})`;
};

/** What a plan says that would have another one in a service's place. */
const other =
  (path: string) =>
  (entries: LostEntries): string =>
    `${path}.services: ${otherwise(entries)}, and this plan would have it be something else: the same one under another name, away from ` +
    "who knows it by this one, or another one that begins empty. Put imported back as it was, with its id, or take it out: what a service is " +
    "stays. Another server is another service: add it beside this one, copy, let the workloads use it, and drop this one last.";

/** Cloud, whose account there, region, cluster, namespace: what a place of the ledger is made of. */
const PLACE = "cloud/account/region/cluster/namespace";

const places = (entries: LostEntries): string => expression`join(", ", distinct(${code(entries(field("place")))}))`;

/** Copies in a second region are no holding of an application by themselves, and their word is in another place. */
const COPIES = `what is called ${copiesIn("<region>")} is of backups in the environment, and its word is in drops there, beside region`;

/** What a plan says that would delete data of an application. `path` is where its overlay stands. */
export function applicationRefusals(path: string, services: readonly Pick<ResolvedService, "service">[]): Refusals {
  const known = hintsOf(services);
  return {
    gone: (entries) =>
      [
        `${path}: ${named(entries, SERVICE)}: holds data of a protected environment and is gone from the application, so that this ` +
          `plan would delete it (${COPIES}). Put it back, or drop it in this order:`,
        ...numbered([
          `copy what is still needed. ${hints(entries, known)}. A final snapshot that the cloud keeps is encrypted with the ` +
            "application's key, which goes with the last service that the cloud runs for it; of what was imported it has its own",
          `put it back into the application, a service out of all needs, say ${words(entries, SERVICE)} beside services in ${path}, and ` +
            "deploy: that takes its protections off and does not delete it",
          "take it out of the application, leave the word in drops, and deploy: now it is deleted",
          "take the word out of drops",
        ]),
        "Another name is another service or volume, and begins empty: add it beside this one, copy, let the workloads use " +
          "it, and drop this one last.",
      ].join("\n"),
    stillProtected: (entries) =>
      `${path}.drops: ${named(entries, SERVICE)}: is out of the application already, but was never deployed with the word in drops (${COPIES}), so ` +
      "that its deletion protection is still on and would stop this plan half-way. Put it back into the application, leave " +
      "the word in drops and deploy; then take it out.",
    other: other(path),
    elsewhere: (entries, here) =>
      [
        `${path}: ${named(entries, SERVICE)}: was applied as protected at ${places(entries)}, and this plan is for ${here} ` +
          `(${PLACE}). There it would begin empty, and what it holds would be deleted or left behind, known to no state. ` +
          "Put back what was changed: cloud, account, region, name of the cluster or namespaceSuffix. Or move in this order:",
        ...numbered([
          "add an environment with the new place and a name of its own beside this one, and deploy the application there",
          `copy what is still needed. ${hints(entries, known)}`,
          `say ${words(entries, SERVICE)} here, with the place as it was, and deploy; then take the application's stack down by ` +
            "cdktf destroy",
          "take this environment out of the program",
        ]),
      ].join("\n"),
  };
}

/** The same of a stack that applications stand on, `environments.production` being where its environment stands. */
export const environmentStackRefusals = (path: string, stack: string): Refusals => ({
  // Of its entries the stack itself is always in the model: what may be gone are copies in a second region.
  gone: (entries) =>
    [
      `${path}.backups: ${named(entries)}: what the stack ${stack} has copied there is of a protected environment, and this ` +
        "plan would delete it. Put backups back as it was, or drop it in this order:",
      ...numbered([
        `say ${words(entries)} in backups, beside region, and deploy every stack of the environment: that takes the protections ` +
          "off and does not delete anything",
        "take backups out, or give it another region, and deploy: now it is deleted",
      ]),
    ].join("\n"),
  stillProtected: (entries) =>
    `${path}.backups.drops: ${named(entries)}: is out of backups already, but the stack ${stack} was never deployed with the word ` +
    "in drops, so that protections are still on and would stop this plan half-way. Put the region back, leave the word in drops " +
    "and deploy; then take it out.",
  elsewhere: (entries, here) =>
    [
      `${path}.cloud: the stack ${stack} was applied as protected at ${places(entries)}, and this plan is for ${here} ` +
        "(cloud/account/region/cluster): its keys, vaults and file systems, and what applications keep there, would be " +
        "deleted or left behind, known to no state. Put back what was changed. Another place is another environment:",
      ...numbered([
        "add one with the new place and a name of its own beside this one, and deploy it",
        "move its applications there: each names what it holds in drops here, and its stack is taken down",
        "take this one down: protect: false, deploy, cdktf destroy, with the place as it was",
      ]),
    ].join("\n"),
});

/** Where each thing that a platform holds is said. */
const WORDS = `"logs", "traces" and "measures" are of observability, "cluster-backups" of clusterBackups, "${copiesIn("<region>")}" of backups`;

/** The same of a platform, which may hold logs and copies of the cluster. */
export const platformRefusals = (path: string, stack: string): Refusals => ({
  ...environmentStackRefusals(path, stack),
  gone: (entries) =>
    [
      `${path}: ${named(entries)}: holds data of a protected environment and is gone from it, so that this plan would delete it ` +
        `(${WORDS}). Put it back, or drop it in this order:`,
      ...numbered([
        "copy what is still needed",
        `put it back, say ${words(entries)} beside it, and deploy: that takes its protections off and does not delete it`,
        "take it out, or all that it is of, and deploy: now it is deleted",
      ]),
    ].join("\n"),
  stillProtected: (entries) =>
    `${path}: drops: ${named(entries)}: is out of it already (${WORDS}), but was never deployed with the word in drops, so that ` +
    "its protections are still on and would stop this plan half-way. Put it back, leave the word in drops and deploy; then " +
    "take it out.",
});

import type { EnvironmentSpec } from "../../../constructs/environment";
import { type Block, type StackJson, synthesizeEnvironments } from "../reference";
import { AWS_TAKEN } from "./aws";
import { AZURE_TAKEN } from "./azure";
import { GOOGLE_TAKEN } from "./google";
import { LONGEST, type Names, type NamesByType } from "./names";

export const TAKEN: NamesByType = { ...AWS_TAKEN, ...AZURE_TAKEN, ...GOOGLE_TAKEN };

/** Objects in the cluster, and what is in a state alone. */
const INSIDE = /^(?:kubernetes|helm|random|time|tls|terraform)_/;

const DATA = /\bdata\.([a-z_0-9]+)\.([\w-]+)[\w.[\]*]*/g;

/** A resource of the same stack, or what is drawn once: nobody else's. */
const OWN = /(?<![\w.])(?:aws|google|azurerm|random|time|tls)_[a-z_0-9]+\.[\w-]+/;

/**
 * Value as it is compared: what is looked up becomes what it is looked up by. `undefined`: it is of a resource of the same
 * environment, and so of no other.
 */
function valueOf(value: unknown, { data = {} }: StackJson): string | undefined {
  const text = (typeof value === "string" ? value : JSON.stringify(value ?? "")).replace(
    DATA,
    (_, type: string, name: string) => JSON.stringify({ type, ...data[type]?.[name], lifecycle: undefined }),
  );
  return OWN.test(text) ? undefined : text.toLowerCase();
}

const argumentsOf = (names: Names): readonly string[] =>
  "drawn" in names ? [] : "of" in names ? [...names.of, ...names.by] : names.by;

/** What of a resource is taken, in words; nothing where its name is drawn, or is part of what is another's. */
function takenBy(type: string, block: Block, json: StackJson, region: string): string[] {
  const names = TAKEN[type];
  if (names === undefined)
    throw new Error(`${type}: where does its cloud take a name of it? Say so in support/taken-names`);
  if ("drawn" in names) return [];
  const [first = ""] = argumentsOf(names);
  // What Terraform draws the end of, as of `name_prefix`.
  if (block[first] === undefined && `${first}_prefix` in block) return [];
  if (block[first] === undefined) throw new Error(`${type} has no ${first}`);
  const values = argumentsOf(names).map((argument) => valueOf(block[argument], json));
  if (values.includes(undefined)) return [];
  const place =
    "once" in names && names.once === "region"
      ? [[block.region, block.location].find((one): one is string => typeof one === "string") ?? region]
      : [];
  return [[type, ...place, ...values].join(" ").trim()];
}

const ZONE = /^\$\{azurerm_private_dns_zone\.([\w-]+)\.name\}$/;

/**
 * Networks that others made, each with names of zones that it is linked to: Azure links none to two zones of one name.
 * https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
 */
const linked = ({ resource }: StackJson): string[] =>
  Object.values(resource["azurerm_private_dns_zone_virtual_network_link"] ?? {}).flatMap((link) => {
    const network = String(link["virtual_network_id"]);
    if (OWN.test(network)) return [];
    const [, id = ""] = ZONE.exec(String(link["private_dns_zone_name"])) ?? [];
    const zone = resource["azurerm_private_dns_zone"]?.[id]?.["name"];
    if (typeof zone !== "string") throw new Error(`no zone of the link of ${network}`);
    return [`zone of ${network.toLowerCase()}: ${zone}`];
  });

/** Names that an environment takes in its cloud, those of all its stacks. `region`: of what says none itself. */
export const takenNames = (spec: EnvironmentSpec, region: string): string[] =>
  Object.values(synthesizeEnvironments([spec]).stacks).flatMap((json) => [
    ...Object.entries(json.resource)
      .filter(([type]) => !INSIDE.test(type))
      .flatMap(([type, blocks]) => Object.values(blocks).flatMap((block) => takenBy(type, block, json, region))),
    ...linked(json),
  ]);

const DRAWN = /\$\{random_id\.([\w-]+)\.hex\}/g;

/** Names of which Terraform draws a part, with that part, of kinds that have a longest one. */
export const drawnNames = (spec: EnvironmentSpec): { type: string; name: string; longest: number }[] =>
  Object.values(synthesizeEnvironments([spec]).stacks).flatMap(({ resource }) =>
    Object.entries(LONGEST).flatMap(([type, longest]) => {
      const names = TAKEN[type];
      const by = names === undefined ? undefined : argumentsOf(names).at(-1);
      return Object.values(resource[type] ?? {}).flatMap((block) => {
        const given = by === undefined ? undefined : block[by];
        if (typeof given !== "string" || !given.includes("${random_id.")) return [];
        const name = given.replace(DRAWN, (_, id: string) =>
          "0".repeat(2 * Number(resource["random_id"]?.[id]?.["byte_length"])),
        );
        return [{ type, name, longest }];
      });
    }),
  );

/** Names that both want, in their order. */
export function wantedTwice(one: readonly string[], other: readonly string[]): string[] {
  const taken = new Set(one);
  return [...new Set(other.filter((name) => taken.has(name)))].sort();
}

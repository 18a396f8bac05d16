import type { StackJson } from "../reference";
import { awsSurroundings } from "./aws";
import { azureSurroundings } from "./azure";
import { googleSurroundings } from "./google";
import { localSurroundings } from "./local";
import type { Surroundings } from "./surroundings";

/** By the provider that makes the cluster. */
const CLOUDS: Readonly<Record<string, (cluster: StackJson) => Surroundings>> = {
  aws: awsSurroundings,
  google: googleSurroundings,
  azurerm: azureSurroundings,
};

/** What every environment has outside of itself. */
const OUTSIDE = { stripe: "203.0.113.10", mail: "198.51.100.25", "somebody outside": "93.184.216.34" };
const PEERED = { "a peered network": "192.168.7.7" };

/** Of the environment whose stack `<env>-cluster` this is; without one, of a cluster that somebody has made. */
export function surroundingsOf(cluster: StackJson | undefined): Surroundings {
  const own = cluster === undefined ? localSurroundings() : madeBy(cluster);
  return {
    ...own,
    publicAddresses: { ...OUTSIDE, ...own.publicAddresses },
    addresses: { ...own.addresses, ...PEERED },
  };
}

function madeBy(cluster: StackJson): Surroundings {
  const cloud = Object.keys(cluster.provider).find((name) => name in CLOUDS);
  const make = cloud === undefined ? undefined : CLOUDS[cloud];
  if (make === undefined) throw new Error(`no surroundings for ${Object.keys(cluster.provider).join(", ")}`);
  return make(cluster);
}

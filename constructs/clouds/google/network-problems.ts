import type { Path, Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { addressProblems, field } from "../shared/problems";
import { isMade } from "./network-props";
import type { GoogleProps } from "./props";
import { existingNetworkSchema, madeNetworkSchema } from "./schema";

/** Which of two forms was meant is told by `existing`; a union would only say that neither fits. */
export function networkShape(props: unknown, path: Path): Problem[] {
  const at = [...path, "network"];
  const network = field(props, "network");
  return check(field(network, "existing") === undefined ? madeNetworkSchema : existingNetworkSchema, network, at);
}

/** Ranges of a network that is given are of one use each. */
export function rangeProblems({ network }: Pick<GoogleProps, "network">, path: Path): Problem[] {
  if (isMade(network)) return [];
  const at = [...path, "network", "existing"];
  const { nodes, pods, services, controlPlane, data } = network.existing;
  const given = { nodes, pods, services, controlPlane, data };
  return [
    ...(controlPlane.subnet === nodes.subnet
      ? [
          {
            path: [...at, "controlPlane", "subnet"],
            got: controlPlane.subnet,
            why: "given twice",
            fix: "give the control plane a subnet of its own: a /28 is enough",
          },
        ]
      : []),
    ...(services.range === pods.range
      ? [
          {
            path: [...at, "services", "range"],
            got: services.range,
            why: "given twice",
            fix: "give each its own range",
          },
        ]
      : []),
    ...addressProblems(Object.entries(given).map(([name, { cidr }]) => ({ cidr, at: [...at, name, "cidr"] }))),
  ];
}

import { oneOf, type Path, type Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { field, listedTwice, namedPools, poolProblems, withCrossChecks } from "../shared/problems";
import { givenNameProblems } from "../shared/region-in-names";
import type { ExistingAwsProps } from "./existing";
import { isArm } from "./instance-types";
import { architectureOf } from "./karpenter/pool";
import { networkProblems, networkShape } from "./network-problems";
import { isAutoMode } from "./place";
import { policyProblems } from "./policy-problems";
import type { AwsProps, KarpenterPool, ManagedNodes } from "./props";
import { AWS_REGIONS } from "./regions";
import { autoModeSchema, existingPropsSchema, karpenterPoolSchema, managedNodesSchema, propsSchema } from "./schema";

/** Names of the environment's own that `regionInNames` is of. The name of a cluster that is found is its owner's. */
const nameProblems = (
  props: AwsProps | ExistingAwsProps,
  fields: readonly ("clusterName" | "stateBucket")[],
  path: Path,
): Problem[] => givenNameProblems(props, { region: props.region, regions: AWS_REGIONS }, fields, path);

/** Every mistake in what was given to `aws()`: first field by field, then what needs two fields to be judged. */
export function inputProblems(props: AwsProps, path: Path): Problem[] {
  const shape = [
    ...check(propsSchema, props, path, { elsewhere: ["network", "nodes"] }),
    ...networkShape(props, path),
    ...nodeShape(props, path),
  ];
  return withCrossChecks<AwsProps>(shape, path, [
    { reads: ["network", "region"], problems: () => networkProblems(props, path) },
    { reads: ["permissionsBoundary", "accountId"], problems: () => boundaryProblems(props, path) },
    {
      reads: ["clusterName", "region", "regionInNames", "stateBucket"],
      problems: () => nameProblems(props, ["clusterName", "stateBucket"], path),
    },
    // EKS has one entry for each principal.
    { reads: ["access"], problems: () => listedTwice(props.access, [...path, "access"], "principal") },
    { reads: ["nodes"], problems: () => nodeProblems(props, [...path, "nodes"]) },
    {
      reads: ["nodes", "policiesByName", "s3Addresses"],
      problems: () => policyProblems(props, isAutoMode(props), path),
    },
  ]);
}

/** Every mistake in what was given to `existingAws()`. */
export function existingInputProblems(props: ExistingAwsProps, path: Path): Problem[] {
  const shape = check(existingPropsSchema, props, path);
  if (shape.length > 0) return shape;
  return [
    ...boundaryProblems(props, path),
    ...nameProblems(props, ["stateBucket"], path),
    ...policyProblems(props, props.autoMode === true, path),
  ];
}

/** A boundary is a policy of AWS or of the role's own account. */
function boundaryProblems(props: Pick<AwsProps, "accountId" | "permissionsBoundary">, path: Path): Problem[] {
  const account = props.permissionsBoundary?.split(":")[4];
  if (account === undefined || account === "aws" || account === props.accountId) return [];
  return [
    {
      path: [...path, "permissionsBoundary"],
      got: props.permissionsBoundary,
      why: `not a policy of account ${props.accountId}, where the roles are`,
      fix: "create the policy there too and use its ARN",
    },
  ];
}

/** Which of two forms was meant is told by `autoMode` and by `false`; a union would only say that neither fits. */
function nodeShape(props: unknown, path: Path): Problem[] {
  const nodes = field(props, "nodes");
  if (nodes === undefined) return [];
  const at = [...path, "nodes"];
  if (field(nodes, "autoMode") === true) return check(autoModeSchema, nodes, at);
  const karpenter = field(nodes, "karpenter");
  return [
    ...check(managedNodesSchema, nodes, at, { elsewhere: ["karpenter"] }),
    ...(karpenter === undefined || karpenter === false
      ? []
      : check(karpenterPoolSchema, karpenter, [...at, "karpenter"])),
  ];
}

function nodeProblems({ nodes }: AwsProps, path: Path): Problem[] {
  if (nodes === undefined || nodes.autoMode === true) return [];
  return [
    ...(nodes.karpenter === undefined || nodes.karpenter === false
      ? []
      : karpenterProblems(nodes.karpenter, [...path, "karpenter"])),
    ...groupProblems(nodes, path),
  ];
}

function karpenterProblems({ instanceTypes, instanceCategories, architectures }: KarpenterPool, path: Path): Problem[] {
  if (instanceTypes === undefined) return [];
  const at = [...path, "instanceTypes"];
  return [
    ...(instanceCategories === undefined
      ? []
      : [{ path: at, got: instanceTypes, why: "given beside instanceCategories", fix: "give one of the two" }]),
    ...instanceTypes.flatMap((type, index) =>
      architectures === undefined || architectures.includes(architectureOf(type))
        ? []
        : [
            {
              path: [...at, index],
              got: type,
              why: `not ${oneOf(architectures)}`,
              fix: "remove it, or add its processor to architectures",
            },
          ],
    ),
  ];
}

function groupProblems(nodes: ManagedNodes, path: Path): Problem[] {
  return namedPools(nodes, "groups", path).flatMap((named): Problem[] => [
    ...poolProblems(named),
    ...(new Set(named.pool.instanceTypes.map(isArm)).size > 1
      ? [
          {
            path: [...named.at, "instanceTypes"],
            got: named.pool.instanceTypes,
            why: "mixes ARM and x86",
            fix: "make a group for each architecture",
          },
        ]
      : []),
  ]);
}

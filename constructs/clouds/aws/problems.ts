import { check } from "../../model/schema";
import { oneOf, type Path, type Problem } from "../../model/problem";
import type { ExistingAwsProps } from "./existing";
import { isArm } from "./instance-types";
import { architectureOf } from "./karpenter/pool";
import type { AwsProps, ClusterAccess, KarpenterPool, ManagedNodes } from "./props";
import { isRegion, zonePrefix } from "./regions";
import { autoModeSchema, existingPropsSchema, karpenterPoolSchema, managedNodesSchema, propsSchema } from "./schema";
import { SYSTEM_GROUP } from "./settings";

/** Every mistake in what was given to `aws()`: first field by field, then what needs two fields to be judged. */
export function inputProblems(props: AwsProps, path: Path): Problem[] {
  const shape = [...check(propsSchema, props, path), ...nodeShape(props, path)];
  // Cross-checks read fields; where one has the wrong form its own problem is enough.
  if (shape.some((problem) => problem.path.length <= path.length)) return shape;
  const spoilt = (field: keyof AwsProps): boolean => shape.some((problem) => problem.path[path.length] === field);
  return [
    ...shape,
    ...(spoilt("network") || spoilt("region") ? [] : zoneProblems(props, path)),
    ...(spoilt("access") ? [] : accessProblems(props.access, [...path, "access"])),
    ...(spoilt("nodes") ? [] : nodeProblems(props, [...path, "nodes"])),
  ];
}

/** Every mistake in what was given to `existingAws()`. */
export const existingInputProblems = (props: ExistingAwsProps, path: Path): Problem[] =>
  check(existingPropsSchema, props, path);

/** Which of two forms was meant is told by `autoMode` and by `false`; a union would only say that neither fits. */
function nodeShape(props: unknown, path: Path): Problem[] {
  const nodes = field(props, "nodes");
  if (nodes === undefined) return [];
  const at = [...path, "nodes"];
  if (field(nodes, "autoMode") === true) return check(autoModeSchema, nodes, at);
  const karpenter = field(nodes, "karpenter");
  return [
    ...check(managedNodesSchema, nodes, at),
    ...(karpenter === undefined || karpenter === false
      ? []
      : check(karpenterPoolSchema, karpenter, [...at, "karpenter"])),
  ];
}

const field = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;

function zoneProblems({ region, network }: AwsProps, path: Path): Problem[] {
  const zones = network.zones ?? [];
  const prefix = isRegion(region) ? zonePrefix(region) : "";
  return zones.flatMap((zone, index): Problem[] => {
    const at = [...path, "network", "zones", index];
    if (!zone.startsWith(`${prefix}-az`)) {
      return [
        { path: at, got: zone, why: `not a zone of ${region}`, fix: `use zone ids that begin with "${prefix}-az"` },
      ];
    }
    return zones.indexOf(zone) < index ? [{ path: at, got: zone, why: "given twice", fix: "name each zone once" }] : [];
  });
}

/** EKS has one entry for each principal. */
function accessProblems(access: ClusterAccess, path: Path): Problem[] {
  const seen = new Set<string>();
  return (["deployers", "administrators", "viewers"] as const).flatMap((group) =>
    (access[group] ?? []).flatMap((arn, index): Problem[] => {
      if (!seen.has(arn)) {
        seen.add(arn);
        return [];
      }
      return [{ path: [...path, group, index], got: arn, why: "listed twice", fix: "name each principal once" }];
    }),
  );
}

function nodeProblems({ nodes }: AwsProps, path: Path): Problem[] {
  if (nodes === undefined || nodes.autoMode === true) return [];
  return [
    ...(nodes.karpenter === undefined || nodes.karpenter === false
      ? []
      : poolProblems(nodes.karpenter, [...path, "karpenter"])),
    ...groupProblems(nodes, path),
  ];
}

function poolProblems({ instanceTypes, instanceCategories, architectures }: KarpenterPool, path: Path): Problem[] {
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
  return namedGroups(nodes, path).flatMap(({ name, group, at }) => [
    ...(name === SYSTEM_GROUP && at.at(-2) === "groups"
      ? [{ path: at, why: "this name is taken", fix: `size the system nodes by "nodes.system"` }]
      : []),
    ...(group.min > group.max
      ? [{ path: [...at, "max"], got: group.max, why: `below min ${group.min}`, fix: `use at least ${group.min}` }]
      : []),
    ...(new Set(group.instanceTypes.map(isArm)).size > 1
      ? [
          {
            path: [...at, "instanceTypes"],
            got: group.instanceTypes,
            why: "mixes ARM and x86",
            fix: "make a group for each architecture",
          },
        ]
      : []),
  ]);
}

function namedGroups(nodes: ManagedNodes, path: Path) {
  const groups = Object.entries(nodes.groups ?? {}).map(([name, group]) => ({
    name,
    group,
    at: [...path, "groups", name],
  }));
  const system =
    nodes.system === undefined ? [] : [{ name: SYSTEM_GROUP, group: nodes.system, at: [...path, "system"] }];
  return [...system, ...groups];
}

import {
  type AwsPermission,
  type AzurePermission,
  CONTENT,
  type GooglePermission,
  type Permissions,
} from "../permissions";
import type { Path } from "../problem";
import type { Finding, Rule } from "./rule";

/* What is too much for a permission without a reason, and what is given twice. */

const FIX = "narrow it, or say why it cannot be narrower in reason";

const isWide = (text: string): boolean => /[*?]/.test(text);

function ofAws({ actions, resources, reason }: AwsPermission, field: Path): Finding[] {
  if (reason !== undefined) return [];
  const wide = (part: "actions" | "resources", texts: readonly string[]): Finding[] =>
    texts.flatMap((got, index) =>
      isWide(got) ? [{ field: [...field, part, index], got, why: "it is more than one", fix: FIX }] : [],
    );
  return [...wide("actions", actions), ...wide("resources", resources)];
}

/** Roles that let their bearer change who may do what, or everything. */
const BASIC = ["roles/owner", "roles/editor", "roles/viewer"];

function ofGoogle({ role, on, reason }: GooglePermission, field: Path): Finding[] {
  const count = Object.values(on ?? {}).filter((given) => given !== undefined).length;
  const many = count === 0 ? "nothing that it is given on" : "several things that it is given on";
  const one = { field: [...field, "on"], why: many, fix: "name one: topic, subscription, bucket or secret" };
  return [
    ...(on !== undefined && count !== 1 ? [one] : []),
    ...(on === undefined && reason === undefined
      ? [{ field, why: "it is given on the whole project", fix: "say what on, or why in reason" }]
      : []),
    ...(BASIC.includes(role) && reason === undefined
      ? [{ field: [...field, "role"], got: role, why: "it is one of all services", fix: FIX }]
      : []),
  ];
}

/** Roles of all services, in lower case, as Azure does not mind it. */
const ALL_OF_AZURE = [
  "owner",
  "contributor",
  "reader",
  "user access administrator",
  "role based access control administrator",
];

/** One resource, or one below it: pairs of type and name. A subscription, a resource group, a provider or a type is more. */
const ONE_OF_AZURE = /^\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+)?(?:\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+)+$/i;

function ofAzure({ role, scope, reason }: AzurePermission, field: Path): Finding[] {
  if (reason !== undefined) return [];
  return [
    ...(ALL_OF_AZURE.includes(role.toLowerCase())
      ? [{ field: [...field, "role"], got: role, why: "it is one of all services", fix: FIX }]
      : []),
    ...(ONE_OF_AZURE.test(scope)
      ? []
      : [{ field: [...field, "scope"], got: scope, why: "it is everything that is in there", fix: FIX }]),
  ];
}

const each = <T>(
  cloud: keyof Permissions,
  given: Readonly<Record<string, T>> = {},
  find: (one: T, field: Path) => Finding[],
  contentOf: (one: T) => string,
): Finding[] => {
  const names = Object.entries(given);
  return names.flatMap(([name, one], index) => {
    const field = ["permissions", cloud, name];
    const before = names.slice(0, index).find(([, other]) => contentOf(other) === contentOf(one));
    const again = before === undefined ? [] : [{ field, why: `gives what ${before[0]} gives`, fix: "give it once" }];
    return [...find(one, field), ...again];
  });
};

export const PERMISSION_RULES: readonly Rule[] = [
  {
    reads: ["permissions"],
    find: ({ permissions = {} }) => [
      ...each("aws", permissions.aws, ofAws, CONTENT.aws),
      ...each("google", permissions.google, ofGoogle, CONTENT.google),
      ...each("azure", permissions.azure, ofAzure, CONTENT.azure),
    ],
  },
];

import type { Identity } from "../kubernetes/provided";
import type { MeasuresAccess } from "./measures";

/** A permission that tells an add-on nothing besides letting it. */
type NoValues = Readonly<Record<string, never>>;

/**
 * Every permission that an add-on can ask of a cloud, by purpose, with what the cloud tells of it: a bucket's name, an
 * endpoint. A new line here does not compile until each cloud answers it in its `PermissionTable`.
 */
export interface PermissionValues {
  /** Edit records of the environment's DNS zones. */
  readonly "dns-records": NoValues;
  /** Read the environment's secrets. */
  readonly "read-secrets": NoValues;
}

export type CloudPermission = keyof PermissionValues;

const NAMES: Readonly<Record<CloudPermission, true>> = { "dns-records": true, "read-secrets": true };

/** The same as a list, for checks of what a program wrote. */
export const CLOUD_PERMISSIONS = Object.keys(NAMES) as readonly CloudPermission[];

/** Permissions that one service account of an add-on has together. */
export interface PermissionNeeds {
  readonly permissions: readonly [CloudPermission, ...CloudPermission[]];
  /** Name of the service account, in the add-on's namespace. */
  readonly serviceAccount: string;
}

/** The same of an add-on of the platform's, which may keep objects as well. */
export interface CloudNeeds {
  readonly permissions: readonly CloudPermission[];
  readonly serviceAccount: string;
  /** A store of objects that is the add-on's alone. @default - it keeps none */
  readonly store?: StoreNeed;
  /** What it does with the measures that the cloud keeps for the environment. @default - nothing */
  readonly measures?: MeasuresAccess;
}

/** A store of objects: private, encrypted with a key of its own, and opened to one service account. */
export interface StoreNeed {
  /** Days after which the cloud deletes an object, in case the add-on did not. */
  readonly expireDays: number;
  /** Whether nobody may delete it while there is something in it. */
  readonly protect: boolean;
  /**
   * Whether it may be lost with its region: lines and spans, which nothing is restored from.
   * @default - it is copied where the environment has `backups`
   */
  readonly stays?: true;
}

/** Where an add-on's store is, by the interface that the cloud has for objects. */
export type GrantedStore =
  | { readonly interface: "azure-blob"; readonly account: string; readonly container: string }
  | { readonly interface: "gcs"; readonly bucket: string }
  | { readonly interface: "s3"; readonly bucket: string; readonly region: string }
  /** The cluster has no store of objects: a volume of the add-on's own has to do. */
  | { readonly interface: "volume" };

/** What a cloud answers to an add-on's needs. */
export interface Granted {
  /** What the service account and its pods must bear to have the permissions. */
  readonly identity: Identity;
  readonly values: Partial<PermissionValues>;
  /** @default - no store was asked for, or the cloud has no answer to that */
  readonly store?: GrantedStore;
}

/** A cloud's answer to one permission: the least that serves it, in the cloud's own form. None: nothing to grant. */
export interface PermissionAnswer<Grant, Values> {
  readonly grants: readonly Grant[];
  readonly values: Values;
}

/** A cloud's answers: one to each permission there is, or it does not compile. */
export type PermissionTable<Context, Grant> = {
  readonly [P in CloudPermission]: (context: Context) => PermissionAnswer<Grant, PermissionValues[P]>;
};

/** Answers all of an add-on's permissions from a cloud's table, in the order in which they were asked for. */
export function answerNeeds<Context, Grant>(
  table: PermissionTable<Context, Grant>,
  { permissions }: Pick<CloudNeeds, "permissions">,
  context: Context,
): { readonly grants: readonly Grant[]; readonly values: Partial<PermissionValues> } {
  const answers = permissions.map((permission) => [permission, table[permission](context)] as const);
  return {
    grants: answers.flatMap(([, { grants }]) => grants),
    values: Object.fromEntries(answers.map(([permission, { values }]) => [permission, values])),
  };
}

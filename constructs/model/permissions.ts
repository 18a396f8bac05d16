import { sha256 } from "./sha256";

/*
 * What a workload may do in its cloud beside what its edges bring, by names of its own. Nothing in it is secret. Each is one
 * permission of its own: whatever else comes or goes, and whatever it is called, it stays as it is.
 */

/** Permissions by cloud. One that is there with nothing in it says that the workload needs nothing more there. */
export interface Permissions {
  /** Statements in the policy of the workload's IAM role. */
  readonly aws?: Readonly<Record<string, AwsPermission>>;
  /** Roles of the workload's service account of Google Cloud. */
  readonly google?: Readonly<Record<string, GooglePermission>>;
  /** Roles of the workload's managed identity. */
  readonly azure?: Readonly<Record<string, AzurePermission>>;
}

/** What an environment says otherwise: a permission is replaced as a whole, and `false` takes one away. */
export type PermissionsOverride = {
  readonly [K in keyof Permissions]: Readonly<Record<string, NonNullable<Permissions[K]>[string] | false>>;
};

export interface AwsPermission {
  /** `sqs:SendMessage`. With `*` or `?` in one, say why in `reason`. */
  readonly actions: readonly string[];
  /** ARNs: `arn:aws:sqs:eu-central-1:111111111111:orders`. With `*` or `?` in one, say why in `reason`. */
  readonly resources: readonly string[];
  /** Why it cannot be narrower, 10 to 1,000 characters. @default - it is as narrow as can be */
  readonly reason?: string;
}

export interface GooglePermission {
  /** `roles/pubsub.publisher`, or a role of the project's or organization's own. */
  readonly role: string;
  /** What it is given on. @default - the whole project, and `reason` has to say why */
  readonly on?: GoogleResource;
  /** Why it cannot be narrower, 10 to 1,000 characters. @default - it is as narrow as can be */
  readonly reason?: string;
}

/** A resource of the environment's project, by one of these. */
export interface GoogleResource {
  /** Name of a Pub/Sub topic. */
  readonly topic?: string;
  /** Name of a Pub/Sub subscription. */
  readonly subscription?: string;
  /** Name of a Cloud Storage bucket. */
  readonly bucket?: string;
  /** Name of a secret of Secret Manager. */
  readonly secret?: string;
}

export interface AzurePermission {
  /** Name of a role, built-in or of the subscription's own: `Azure Service Bus Data Sender`. */
  readonly role: string;
  /** Id of the resource that it is given on. A subscription or resource group as a whole: say why in `reason`. */
  readonly scope: string;
  /** Why it cannot be narrower, 10 to 1,000 characters. @default - it is as narrow as can be */
  readonly reason?: string;
}

export const CLOUDS_WITH_PERMISSIONS = ["aws", "google", "azure"] as const satisfies readonly (keyof Permissions)[];

/** Text that two permissions of one cloud share where they give the same. Case counts where the cloud minds it. */
export const CONTENT = {
  aws: ({ actions, resources }: AwsPermission): string =>
    JSON.stringify([actions.map((action) => action.toLowerCase()).sort(), [...resources].sort()]),
  google: ({ role, on: { topic, subscription, bucket, secret } = {} }: GooglePermission): string =>
    JSON.stringify([role, topic, subscription, bucket, secret]),
  azure: ({ role, scope }: AzurePermission): string => `${role} ${scope}`.toLowerCase(),
} as const;

/** Permissions in an order of what they give: another name, or another place in the file, changes nothing. */
export const byContent = <T>(
  permissions: Readonly<Record<string, T>> | undefined,
  contentOf: (permission: T) => string,
): readonly T[] => Object.values(permissions ?? {}).sort((one, other) => (contentOf(one) < contentOf(other) ? -1 : 1));

/** Id of the construct that gives a permission, of what it gives. No service of an application has a dot in its name. */
export const permissionId = (content: string): string => `permission.${sha256(content).slice(0, 12)}`;

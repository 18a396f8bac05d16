import type { Bytes } from "./quantity";

/**
 * That an environment takes previews: for each pull request its applications once more, in namespaces of its cluster, with
 * all data in pods and for a time.
 */
export interface Previews {
  /**
   * Domain below which hosts of previews are, with what a zone of the environment's cloud covers:
   * `staging.example.com` → `pr-123-my-app-api.staging.example.com`.
   */
  readonly domain: string;
  /** Hours after its last deploy that a preview is swept. 1 to 720. @default 72 */
  readonly lifetimeHours?: number;
  /** Days after it was made that it is swept, however often it was deployed. 1 to 90. @default 14 */
  readonly mostDays?: number;
  /** Most previews at one time: of more, those made first are swept. 1 to 200. @default 20 */
  readonly most?: number;
  /** Disk of each data service of a preview. @default "5Gi" */
  readonly storage?: Bytes;
  /**
   * Externals that previews reach, by application and name: `"my-app/stripe"`. Their credentials are stand-ins all the same.
   * @default - none: mail to customers does not leave, and nobody's account is asked
   */
  readonly open?: readonly string[];
  /**
   * Who signs certificates of previews. Let's Encrypt signs 50 new ones a week for a registered domain, those of the
   * environment itself among them, and one for each host of each preview; `letsencrypt-staging` signs many more, which no
   * browser trusts. Not on a cloud that signs them itself.
   * @see https://letsencrypt.org/docs/rate-limits/
   * @default - who signs those of the environment
   */
  readonly clusterIssuer?: PreviewIssuer;
}

/** Those that the platform brings: a test compares. */
export const PREVIEW_ISSUERS = ["letsencrypt-prod", "letsencrypt-staging"] as const;

export type PreviewIssuer = (typeof PREVIEW_ISSUERS)[number];

/** The same with every default. */
export interface ResolvedPreviews extends Required<Omit<Previews, "clusterIssuer">> {
  /** @default - who signs those of the environment */
  readonly clusterIssuer: PreviewIssuer | undefined;
}

/** Applies the defaults to what was checked before. */
export const resolvePreviews = ({
  domain,
  lifetimeHours = 72,
  mostDays = 14,
  most = 20,
  storage = "5Gi",
  open = [],
  clusterIssuer,
}: Previews): ResolvedPreviews => ({ domain, lifetimeHours, mostDays, most, storage, open, clusterIssuer });

/** Largest number of a pull request that names are made of. */
export const MOST_PULL_REQUEST = 9_999_999;

/** `123` → `pr-123`: the preview's name, as of an environment. */
export const previewName = (pullRequest: number): string => `pr-${pullRequest}`;

const PREVIEW_NAME = /^pr-([1-9]\d{0,6})$/;

/** Number of the pull request in the name of a preview. `undefined`: it is no such name. */
export function pullRequestIn(name: string): number | undefined {
  const [, digits] = PREVIEW_NAME.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether the name ends as that of a preview does: `my-app-pr-123`. */
export const endsAsPreview = (name: string): boolean => /(?:^|-)pr-\d+$/.test(name);

import type { Labels, Metadata } from "../kubernetes/objects";
import { BREAK_GLASS_LABEL, SESSION_LABEL, sessionAnnotation } from "../model/session-names";

/** Days for which what a session was stays in the cluster, and what one was that broke the glass. */
const KEPT_DAYS = { usual: 7, brokenGlass: 30 } as const;

const DAY_SECONDS = 24 * 60 * 60;

/** What a session is, whatever its pod does: who, what, why and until when. Its Job says so. */
export interface SessionRecord {
  /** `my-app-session-x4f2a91c0`, `my-app-task-x4f2a91c0`, or `my-app-break-glass-x4f2a91c0`. */
  readonly name: string;
  readonly environment: string;
  /** What it is about, and where: its labels are on everything of the session. */
  readonly target: { readonly name: string; readonly namespace: string; readonly labels: Labels };
  /** Who asks, as the cluster knows them. */
  readonly who: string;
  /** @default - nobody said */
  readonly reason?: string;
  readonly brokenGlass: boolean;
  readonly seconds: number;
  /** Times at which it begins and ends, as RFC 3339: for people; the cluster counts seconds for itself. */
  readonly from: string;
  readonly until: string;
}

/** Labels of everything that a session is made of. */
export const recordLabels = ({ name, target, brokenGlass }: SessionRecord): Labels => ({
  ...target.labels,
  [SESSION_LABEL]: name,
  ...(brokenGlass && { [BREAK_GLASS_LABEL]: "true" }),
});

/** Who, what, why and until when, in words. */
export const recordWords = ({ environment, target, who, reason, from, until }: SessionRecord) => ({
  ...{ environment, target: target.name, who, reason: reason ?? "", from, until },
});

/** Metadata of its Job, with `more` beside the usual words. */
export const recordMetadata = (record: SessionRecord, more: Readonly<Record<string, string>> = {}): Metadata => ({
  ...{ name: record.name, namespace: record.target.namespace, labels: recordLabels(record) },
  annotations: Object.fromEntries(
    Object.entries({ ...recordWords(record), ...more }).flatMap(([key, value]) =>
      value === "" ? [] : [[sessionAnnotation(key), value] as const],
    ),
  ),
});

/** Seconds for which its Job stays without a pod that runs, as what is known of it. */
export const keptSeconds = ({ brokenGlass }: SessionRecord): number =>
  (brokenGlass ? KEPT_DAYS.brokenGlass : KEPT_DAYS.usual) * DAY_SECONDS;

/** Object that another belongs to, and goes with. */
export interface OwnerReference {
  readonly apiVersion: "batch/v1";
  readonly kind: "Job";
  readonly name: string;
  readonly uid: string;
}

/** Metadata of an object that goes with the Job of the session. */
export const ownedMetadata = (record: SessionRecord, uid: string, suffix: string) => ({
  ...{ name: `${record.name}${suffix}`, namespace: record.target.namespace, labels: recordLabels(record) },
  ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: record.name, uid } satisfies OwnerReference],
});

import type { CloudFailureFacts } from "../model/cloud-failure";
import type { Service } from "../model/service";

/*
 * What fails of a service that a cloud runs and only the cloud sees. Everything else is measured from the cluster: whether a
 * server answers, its connections, the memory of a cache that an exporter asks.
 */

/** One such failure. */
interface Failure extends CloudFailureFacts {
  /** Kind of service that has it; with `-copy` where copies of it go to a second region. */
  readonly kind: string;
}

/**
 * All of them by name, in the order in which people read them. A runbook is called as one is, so none has the name of an alert. Those of
 * databases are of every kind that is one; what else a kind of another program has is in its `failures`.
 */
export const CLOUD_FAILURES = {
  DatabaseDiskNearMaximum: {
    kind: "mysql",
    severity: "critical",
    is: "has a disk that is nearly full and does not grow, or soon cannot grow any more",
    impact: "Nobody yet. A full disk makes the database read-only, or stops it.",
  },
  DatabaseInterrupted: {
    kind: "mysql",
    severity: "critical",
    is: "fails over, or does not serve",
    impact:
      "Connections break. After a failover clients connect anew within a minute or two, and what was not committed is lost.",
  },
  DatabaseStandbyMissing: {
    kind: "mysql",
    severity: "warning",
    is: "has no standby that could take over",
    impact:
      "Nobody yet. If the zone of the database is lost now, it is down until the cloud has made a standby, or a backup is restored.",
  },
  DatabaseProcessorThrottled: {
    kind: "mysql",
    severity: "warning",
    is: "has nearly used up the credits of its processor",
    impact:
      "Nobody yet. Without credits it goes on at a fraction of its speed: everything that needs it is slow, and nothing fails.",
  },
  DatabaseCopyStopped: {
    kind: "mysql-copy",
    severity: "critical",
    is: "is not copied to the second region any more",
    impact: "Nobody yet. If the region is lost, so is what was written since.",
  },
  BucketCopyFailed: {
    kind: "bucket-copy",
    severity: "critical",
    is: "has objects that did not reach the second region",
    impact: "Nobody yet. If the region is lost, so are these objects. The cloud does not try again by itself.",
  },
  CacheMemoryNearMaximum: {
    kind: "redis",
    severity: "warning",
    is: "has little memory left",
    impact:
      "Nobody yet. When memory is full keys go before their time, or writes fail: its policy of eviction says which.",
  },
  CacheInterrupted: {
    kind: "redis",
    severity: "critical",
    is: "has been restarted, has failed over, or tells nothing",
    impact:
      "Connections break, and a cache without a standby is empty when it comes back: the database is asked more until it is warm.",
  },
  BrokerMemoryNearMaximum: {
    kind: "rabbitmq",
    severity: "critical",
    is: "has little memory left",
    impact: "Nobody yet. Above its limit the broker takes no messages: whoever publishes waits.",
  },
  BrokerDiskNearMinimum: {
    kind: "rabbitmq",
    severity: "critical",
    is: "has little disk left",
    impact: "Nobody yet. Below its limit the broker takes no messages on any node: whoever publishes waits.",
  },
  BrokerMessagesUnconsumed: {
    kind: "rabbitmq",
    severity: "warning",
    is: "has messages that wait, and nobody takes any",
    impact: "Work is put off: messages stay in their queues, which grow.",
  },
  BrokerInterrupted: {
    kind: "rabbitmq",
    severity: "critical",
    is: "tells nothing of itself",
    impact: "It is down, or not measured: then nobody is called about its memory, its disk and its messages.",
  },
} as const satisfies Readonly<Record<string, Failure>>;

export type CloudFailure = keyof typeof CLOUD_FAILURES;

const KNOWN: ReadonlyMap<string, CloudFailureFacts> = new Map(Object.entries(CLOUD_FAILURES));

/** Whether every service may have a failure of this name: no kind says another thing by it. */
export const isKnownFailure = (failure: string): boolean => KNOWN.has(failure);

/**
 * What is said of a failure that a service has.
 *
 * @throws Error, a mistake of the kind, where it has an alarm for what it has not named
 */
export function failureOf({ kind, failures }: Pick<Service, "failures" | "kind">, failure: string): CloudFailureFacts {
  const found = KNOWN.get(failure) ?? failures?.[failure];
  if (found === undefined) throw new Error(`kind ${kind} has an alarm for ${failure}, which is not in its failures`);
  return found;
}

/** Names of the failures of one kind. */
export type FailureOf<K extends string> = {
  [F in CloudFailure]: (typeof CLOUD_FAILURES)[F]["kind"] extends K ? F : never;
}[CloudFailure];

/** Kinds that have none, with the reason. */
export const WITHOUT_CLOUD_FAILURES: Readonly<Record<string, string>> = {
  bucket: "it has no machine, no disk and no limit of its own: what fails is a request, which its client sees",
};

/** How a cloud tells a failure. */
export interface CloudAlarm {
  /** What is compared with what, as a sentence without its full stop. */
  readonly when: string;
  /** Where the cloud documents what is watched. */
  readonly source: string;
  /** Day on which that was read, `2026-11-29`. */
  readonly read: string;
}

/** Why a cloud tells nothing of a failure, as a clause. */
export interface Untold {
  readonly untold: string;
}

/** An alarm, or why there is none, for each failure that services of a kind have. `A` is what the cloud needs to make one. */
export type CloudAlarms<K extends string, A extends CloudAlarm = CloudAlarm> = Readonly<
  Record<FailureOf<K>, A | Untold>
>;

/** The same of the copies that a service of a kind has in a second region. */
export type CopyAlarms<K extends string, A extends CloudAlarm = CloudAlarm> = CloudAlarms<`${K}-copy`, A>;

/** The same of a service of whatever kind, by the names of failures. */
export type AnyCloudAlarms<A extends CloudAlarm = CloudAlarm> = Readonly<Partial<Record<string, A | Untold>>>;

/** What people read of them, without how the cloud makes each. */
export function inWords(alarms: AnyCloudAlarms): AnyCloudAlarms {
  const words = Object.entries(alarms).flatMap(([failure, alarm]): [string, CloudAlarm | Untold][] => {
    if (alarm === undefined) return [];
    if ("untold" in alarm) return [[failure, alarm]];
    const { when, source, read } = alarm;
    return [[failure, { when, source, read }]];
  });
  return Object.fromEntries(words);
}

/** Names of failures, each once: those of `CLOUD_FAILURES` in their order, and those of other kinds as they come. */
export const inOrder = (failures: Iterable<string>): string[] => {
  const all = new Set(failures);
  return [...[...KNOWN.keys()].filter((failure) => all.has(failure)), ...[...all].filter((one) => !KNOWN.has(one))];
};

/** The alarms among them, in that order. */
export function alarmsAmong<A extends CloudAlarm>(alarms: AnyCloudAlarms<A>): (readonly [string, A])[] {
  return inOrder(Object.keys(alarms)).flatMap((failure): (readonly [string, A])[] => {
    const alarm = alarms[failure];
    return alarm === undefined || "untold" in alarm ? [] : [[failure, alarm]];
  });
}

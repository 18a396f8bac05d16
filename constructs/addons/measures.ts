/* What a cloud's own Prometheus is asked for, and what it answers. */

/** Topics to which its alert manager writes, by ARN or whatever the cloud calls them. */
export interface AlertTopics {
  /** What people read. */
  readonly alerts: string;
  /** Who has mail as well. @default - nobody */
  readonly mail?: string;
  /** Those of heartbeats, by their names. */
  readonly heartbeats: Readonly<Record<string, string>>;
  readonly region: string;
}

/** A message that comes every minute as long as a way of alerts works. */
export interface Heartbeat {
  /** Names its topic and its alarm: `cluster`. */
  readonly name: string;
  /** What is said when it stopped: a sentence or some. */
  readonly stopped: string;
}

/** The channel in which alerts are told, by way of the cloud's own app. */
export interface ChatChannel {
  /** Name of the workspace, as people authorised it in the cloud's console. */
  readonly workspace: string;
  /** Id of the channel. */
  readonly channelId: string;
}

/** A store of measures that the cloud runs, which evaluates rules and tells alerts. One for an environment. */
export interface MeasuresNeed {
  /** Days for which measures are kept. */
  readonly keepDays: number;
  /** Whether nobody may delete it. */
  readonly protect: boolean;
  readonly slack: ChatChannel;
  /** Mail address of who has alerts by mail. @default - nobody */
  readonly mail?: string;
  readonly heartbeats: readonly Heartbeat[];
  /** Configuration of the alert manager. */
  readonly definition: (topics: AlertTopics) => string;
  /** Rules of the platform itself, as a file of Prometheus has them. */
  readonly rules: string;
}

/** Where it is. */
export interface GrantedMeasures {
  /** Host name, without a port. */
  readonly host: string;
  /** Path of the store on it, beginning with a slash and not ending with one. */
  readonly path: string;
  readonly region: string;
}

/** What an add-on does there. */
export type MeasuresAccess = "read" | "write";

import { z } from "zod";
import type { EnvironmentSecret } from "../../model/environment";
import type { Bytes } from "../../model/quantity";
import { schemaOf } from "../../model/schema-of";
import { memory } from "../../model/validate/forms";
import { SEVERITIES, type Severity } from "../alertmanager";
import { LOGS_HOLDING } from "../logs/names";
import { LOGS_SCHEMA, type LogsProps } from "../logs/props";
import { TRACES_HOLDING } from "../traces/names";
import { TRACES_SCHEMA, type TracesProps } from "../traces/props";

export interface PrometheusProps {
  /** Address of the folder with the runbooks that this program renders: `https://git.example.com/platform/blob/main/docs/runbooks`. */
  readonly runbooks: string;
  /** Where every alert is told. Its webhook is a secret that people make: `slack-webhook`. */
  readonly slack: SlackProps;
  /** Who is called as well, by PagerDuty. The key of its service is a secret that people make: `pagerduty-key`. @default - nobody */
  readonly pagerDuty?: PagerDutyProps;
  /** Who has mail as well. The password is a secret that people make: `alerts-mail-password`. @default - nobody */
  readonly email?: EmailProps;
  /**
   * Tells a service outside, every minute, that alerts arrive; it calls people when it hears nothing, for Prometheus,
   * Alertmanager or the cluster is gone then. The address that it gave out is a secret that people make: `dead-mans-switch`.
   * @default false
   */
  readonly deadMansSwitch?: boolean;
  /** Days for which measures are kept. @default 15 in profile `production`, 3 in `small` */
  readonly retentionDays?: number;
  /**
   * Keeps what containers write: Loki with the cloud's store of objects, read on each node by Alloy. `{}`: as the profile has
   * it. The store holds data: a protected environment lets it go by `drops` alone. @default - nobody keeps it
   */
  readonly logs?: LogsProps;
  /**
   * Takes and keeps traces of workloads that say `tracing`: a collector of OpenTelemetry's protocol, and Tempo with the cloud's
   * store of objects. `{}`: as the profile has it. The store holds data, as that of logs does. @default - nobody takes them
   */
  readonly traces?: TracesProps;
  /**
   * What may be deleted though the environment is protected: `logs` is the store of logs with all lines in it, `traces` that of
   * traces. Deploy with the word while it is there, then take it out, then the word. @default - nothing
   */
  readonly drops?: readonly Droppable[];
  /** Disk of each Prometheus. @default - what the retention takes, with half as much again; 10Gi at least */
  readonly storage?: Bytes;
}

/** What holds data and may be dropped. */
const DROPPABLE = [LOGS_HOLDING.name, TRACES_HOLDING.name] as const;
export type Droppable = (typeof DROPPABLE)[number];

export interface SlackProps {
  /** Name of the channel with its `#`. */
  readonly channel: string;
}

export interface PagerDutyProps {
  /** Severities for which somebody is called. @default ["critical"] */
  readonly severities?: readonly Severity[];
}

export interface EmailProps {
  /** Mail address. */
  readonly to: string;
  /** Mail address that it comes from. */
  readonly from: string;
  /** Host and port of the SMTP server, which has to speak TLS: `smtp.example.com:587`. */
  readonly server: string;
  /** Who signs in there. Not a secret. */
  readonly username: string;
  /** Severities that are written about. @default ["critical"] */
  readonly severities?: readonly Severity[];
}

export const SEVERITY_LIST = z
  .array(z.enum(SEVERITIES))
  .min(1)
  .refine((given) => new Set(given).size === given.length, "name each once")
  .optional();

export const MAIL = z.email("use a mail address");

export const RUNBOOKS = z.url({ protocol: /^https?$/, error: "use the address of a folder: https://…" });

/** Days for which Prometheus keeps measures on its disk. */
export const RETENTION = z.int().min(1).max(90);

export const SCHEMA = schemaOf<PrometheusProps>()({
  runbooks: RUNBOOKS,
  slack: schemaOf<SlackProps>()({
    channel: z
      .string()
      .regex(
        /^#[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u,
        'use the name of a channel with its #, in lower case: "#my-app-alerts"',
      ),
  }),
  pagerDuty: schemaOf<PagerDutyProps>()({ severities: SEVERITY_LIST }).optional(),
  email: schemaOf<EmailProps>()({
    to: MAIL,
    from: MAIL,
    server: z
      .string()
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?:\d{1,5}$/, 'use host and port: "smtp.example.com:587"'),
    username: z.string().min(1).max(320),
    severities: SEVERITY_LIST,
  }).optional(),
  deadMansSwitch: z.boolean().optional(),
  retentionDays: RETENTION.optional(),
  storage: memory.optional(),
  logs: LOGS_SCHEMA.optional(),
  traces: TRACES_SCHEMA.optional(),
  drops: z
    .array(z.enum(DROPPABLE))
    .refine((given) => new Set(given).size === given.length, "name each once")
    .optional(),
});

type Receivers = Pick<PrometheusProps, "deadMansSwitch" | "email" | "pagerDuty">;

/** Secrets of Alertmanager by the field that needs them; the names are those of its files too. */
export const RECEIVER_SECRETS = {
  slack: {
    name: "slack-webhook",
    description: "incoming webhook of the channel that alerts are told in, from the settings of the app in Slack",
  },
  pagerDuty: {
    name: "pagerduty-key",
    description: "integration key of the service that calls people, from its integration Events API v2 in PagerDuty",
  },
  email: { name: "alerts-mail-password", description: "password with which alerts are sent by mail" },
  deadMansSwitch: {
    name: "dead-mans-switch",
    description: "address that is asked every minute, from the service that calls people when it is not",
  },
} as const satisfies Readonly<Record<keyof Receivers | "slack", EnvironmentSecret>>;

export const GRAFANA_SECRET: EnvironmentSecret = {
  name: "grafana-admin-password",
  description: "password of Grafana's user admin, of twenty characters or more",
};

/** Secrets of the receivers that were chosen. */
export const receiverSecrets = ({ pagerDuty, email, deadMansSwitch = false }: Receivers): EnvironmentSecret[] => [
  RECEIVER_SECRETS.slack,
  ...(pagerDuty === undefined ? [] : [RECEIVER_SECRETS.pagerDuty]),
  ...(email === undefined ? [] : [RECEIVER_SECRETS.email]),
  ...(deadMansSwitch ? [RECEIVER_SECRETS.deadMansSwitch] : []),
];

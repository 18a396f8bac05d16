import { z } from "zod";
import { schemaOf } from "../../model/schema-of";
import { memory } from "../../model/validate/forms";
import type { Severity } from "../alertmanager";
import { LOGS_HOLDING } from "../logs/names";
import { LOGS_SCHEMA } from "../logs/props";
import { type Droppable, MAIL, type PrometheusProps, RETENTION, RUNBOOKS, SEVERITY_LIST } from "../prometheus/props";
import { TRACES_HOLDING } from "../traces/names";
import { TRACES_SCHEMA } from "../traces/props";
import { MEASURES_HOLDING } from "./names";

export interface AmazonManagedPrometheusProps extends Pick<
  PrometheusProps,
  "logs" | "retentionDays" | "runbooks" | "storage" | "traces"
> {
  /** Where every alert is told, by Amazon Q Developer in chat applications. */
  readonly slack: SlackChannelProps;
  /** Who is called as well, by PagerDuty. @default - nobody */
  readonly pagerDuty?: PagerDutySecretProps;
  /** Who has mail as well. AWS asks them once whether they want it. @default - nobody */
  readonly email?: MailProps;
  /** Days for which the workspace keeps measures. 1 to 1095. @default 150 */
  readonly keepDays?: number;
  /**
   * What may be deleted though the environment is protected: `measures` is the workspace with all measures in it, the others are as
   * with `prometheus()`. Deploy with the word while it is there, then take it out, then the word. @default - nothing
   */
  readonly drops?: readonly (Droppable | typeof MEASURES_HOLDING.name)[];
}

export interface SlackChannelProps {
  /** Name of the workspace of Slack. People authorise it once for the account, in the console of Amazon Q Developer in chat applications. */
  readonly workspace: string;
  /** Id of the channel, from its details in Slack: `C0123456789`. A private channel has to invite the app first. */
  readonly channelId: string;
}

export interface PagerDutySecretProps {
  /** ARN of a secret of Secrets Manager that the workspace may read; whoever makes it lets `aps.amazonaws.com` in. */
  readonly secretArn: string;
  /** Key in it of the integration key of the service that calls people. @default "routing_key" */
  readonly secretKey?: string;
  /** Severities for which. @default ["critical"] */
  readonly severities?: readonly Severity[];
}

export interface MailProps {
  /** Mail address. */
  readonly to: string;
  /** Severities that are written about. @default ["critical"] */
  readonly severities?: readonly Severity[];
}

/** Days for which a workspace keeps measures where nobody says otherwise, as AWS has it. */
export const DEFAULT_KEEP_DAYS = 150;

export const SCHEMA = schemaOf<AmazonManagedPrometheusProps>()({
  runbooks: RUNBOOKS,
  slack: schemaOf<SlackChannelProps>()({
    workspace: z.string().min(1).max(255),
    channelId: z
      .string()
      .regex(/^[CG][A-Z0-9]{6,20}$/, 'use the id of the channel, as its details in Slack show it: "C0123456789"'),
  }),
  pagerDuty: schemaOf<PagerDutySecretProps>()({
    secretArn: z
      .string()
      .regex(
        /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+$/,
        "use the ARN of a secret: arn:aws:secretsmanager:<region>:<account>:secret:<name>",
      ),
    secretKey: z.string().min(1).max(255).optional(),
    severities: SEVERITY_LIST,
  }).optional(),
  email: schemaOf<MailProps>()({ to: MAIL, severities: SEVERITY_LIST }).optional(),
  keepDays: z.int().min(1).max(1095).optional(),
  retentionDays: RETENTION.optional(),
  storage: memory.optional(),
  logs: LOGS_SCHEMA.optional(),
  traces: TRACES_SCHEMA.optional(),
  drops: z
    .array(z.enum([MEASURES_HOLDING.name, LOGS_HOLDING.name, TRACES_HOLDING.name]))
    .refine((given) => new Set(given).size === given.length, "name each once")
    .optional(),
});

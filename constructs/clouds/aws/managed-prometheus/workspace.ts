import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { PrometheusWorkspaceConfiguration } from "@cdktf/provider-aws/lib/prometheus-workspace-configuration";
import { Construct } from "constructs";
import type { GrantedMeasures, MeasuresAccess } from "../../../addons/measures";
import { arn } from "../arn";
import { EncryptionKey } from "../encryption-key";
import type { Statement } from "../iam";
import { createLogGroup } from "../log-group";
import type { AwsLookup } from "../lookup";

/** What an environment's workspace is called, by which its applications find it. No environment's name has a dot. */
export const workspaceAlias = (environment: string): string => `${environment}.measures`;

/** Where Prometheus of a region answers. */
export const workspaceHost = (region: string): string => `aps-workspaces.${region}.amazonaws.com`;

/** AWS itself writes to groups below this name, without a resource policy that would have to know each of them. */
const logGroupName = (environment: string): string => `/aws/vendedlogs/prometheus/${environment}`;

export interface WorkspaceProps {
  readonly lookup: Pick<AwsLookup, "accountId" | "region">;
  readonly environment: string;
  readonly keepDays: number;
  readonly protect: boolean;
  readonly logRetentionDays: number;
}

const ACTIONS = {
  // Alerts of rules that the cluster's own Prometheus evaluates.
  write: ["aps:RemoteWrite", "aps:CreateAlertManagerAlerts"],
  // With what people do in Grafana about alerts: they see and silence them.
  read: [
    "aps:QueryMetrics",
    "aps:GetSeries",
    "aps:GetLabels",
    "aps:GetMetricMetadata",
    "aps:ListRules",
    "aps:ListAlerts",
    "aps:GetAlertManagerStatus",
    "aps:ListAlertManagerAlerts",
    "aps:ListAlertManagerAlertGroups",
    "aps:ListAlertManagerReceivers",
    "aps:ListAlertManagerSilences",
    "aps:GetAlertManagerSilence",
    "aps:PutAlertManagerSilences",
    "aps:DeleteAlertManagerSilence",
  ],
} as const satisfies Readonly<Record<MeasuresAccess, readonly string[]>>;

/** The workspace of an environment, with a key of its own and a log of what its rules and its alert manager could not do. */
export class Workspace extends Construct {
  static readonly ID = "Measures";
  readonly arn: string;
  readonly workspaceId: string;
  readonly granted: GrantedMeasures;
  readonly #keyArn: string;
  readonly #region: string;

  constructor(scope: Construct, id: string, props: WorkspaceProps) {
    super(scope, id);
    const { lookup, environment, keepDays, protect, logRetentionDays } = props;
    const name = logGroupName(environment);
    const key = new EncryptionKey(this, "Key", {
      accountId: lookup.accountId,
      // An application is one part after the environment: none has this name.
      name: [`${environment}/measures/store`],
      description: `Measures of ${environment}`,
      protect,
      // The workspace uses it by grants of whoever creates it.
      statements: [
        {
          Sid: "CloudWatchLogs",
          Effect: "Allow",
          Principal: { Service: `logs.${lookup.region}.amazonaws.com` },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn(lookup, "logs", `log-group:${name}`) } },
        },
      ],
    });
    const logs = createLogGroup(this, "Log", { name, retentionDays: logRetentionDays, keyArn: key.arn });
    const workspace = new PrometheusWorkspace(this, "Default", {
      alias: workspaceAlias(environment),
      kmsKeyArn: key.arn,
      loggingConfiguration: { logGroupArn: `${logs.arn}:*` },
      lifecycle: { preventDestroy: protect },
      dependsOn: [key.key],
    });
    new PrometheusWorkspaceConfiguration(this, "Retention", {
      workspaceId: workspace.id,
      retentionPeriodInDays: keepDays,
    });
    this.arn = workspace.arn;
    this.workspaceId = workspace.id;
    this.#keyArn = key.arn;
    this.#region = lookup.region;
    this.granted = {
      host: workspaceHost(lookup.region),
      path: `/workspaces/${workspace.id}`,
      region: lookup.region,
    };
  }

  /** The one that was made below a scope. */
  static below(scope: Construct): Workspace {
    const found = scope.node.tryFindChild(Workspace.ID);
    if (found instanceof Workspace) return found;
    throw new Error(
      `${scope.node.path}: an add-on asks for measures, and the environment's observability keeps none in AWS`,
    );
  }

  /** The least that lets somebody read or write there. */
  statements(access: MeasuresAccess): readonly Statement[] {
    return [
      { Effect: "Allow", Action: ACTIONS[access], Resource: this.arn },
      // AWS asks for it on behalf of who calls, where the workspace has a key of its own.
      {
        Effect: "Allow",
        Action: access === "write" ? ["kms:Decrypt", "kms:GenerateDataKey"] : "kms:Decrypt",
        Resource: this.#keyArn,
        Condition: { StringEquals: { "kms:ViaService": `aps.${this.#region}.amazonaws.com` } },
      },
    ];
  }
}

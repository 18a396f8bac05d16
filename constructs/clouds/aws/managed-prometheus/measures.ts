import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import type { Construct } from "constructs";
import type { GrantedMeasures, MeasuresNeed } from "../../../addons/measures";
import { type NamedThere, nameThere } from "../../../model/name-there";
import { fitName } from "../../../model/names";
import type { AwsLookup } from "../lookup";
import { AWS_NAMES } from "../names";
import { watchHeartbeat } from "./heartbeats";
import { tellSlack } from "./slack";
import { Topics } from "./topics";
import { Workspace } from "./workspace";

interface MeasuresInput {
  readonly lookup: Pick<AwsLookup, "accountId" | "region">;
  readonly environment: NamedThere & { readonly contact: string };
  readonly logRetentionDays: number;
}

/** Name of the platform's own rules in the workspace. No application has a name that ends so. */
const OF_THE_PLATFORM = "platform.rules";

/** Amazon Managed Service for Prometheus for an environment: store, rules, alert manager, and who is told of what. */
export function createMeasures(
  scope: Construct,
  { lookup, environment, logRetentionDays }: MeasuresInput,
  need: MeasuresNeed,
): GrantedMeasures {
  const { contact } = environment;
  const name = nameThere(environment);
  const { keepDays, protect } = need;
  const workspace = new Workspace(scope, Workspace.ID, {
    lookup,
    environment: name,
    keepDays,
    protect,
    logRetentionDays,
  });
  const topics = new Topics(workspace, "Topics", { lookup, environment: name, workspaceArn: workspace.arn });
  const alerts = topics.add("alerts", { alarms: true });
  const mail = need.mail === undefined ? undefined : topics.add("mail", { mail: need.mail });
  // Whoever answers for the environment hears of it by mail too: what is broken may be the way to the channel.
  const alarms = topics.add("alarms", { alarms: true, mail: contact });
  const heartbeats = need.heartbeats.map((heartbeat) => ({
    heartbeat,
    arn: topics.add(`heartbeat-${heartbeat.name}`),
    topic: fitName([name, "measures", `heartbeat-${heartbeat.name}`], AWS_NAMES.topic),
  }));
  new PrometheusAlertManagerDefinition(workspace, "AlertManager", {
    workspaceId: workspace.workspaceId,
    definition: need.definition({
      alerts,
      ...(mail !== undefined && { mail }),
      heartbeats: Object.fromEntries(heartbeats.map(({ heartbeat, arn }) => [heartbeat.name, arn])),
      region: lookup.region,
    }),
    dependsOn: [...topics.policies],
  });
  new PrometheusRuleGroupNamespace(workspace, "Rules", {
    workspaceId: workspace.workspaceId,
    name: OF_THE_PLATFORM,
    data: need.rules,
  });
  tellSlack(workspace, { environment: name, channel: need.slack, topicArns: [alerts] });
  for (const { heartbeat, topic } of heartbeats) {
    watchHeartbeat(workspace, { environment: name, heartbeat, topic, tell: [alerts, alarms] });
  }
  return workspace.granted;
}

import { DataAwsPrometheusWorkspaces } from "@cdktf/provider-aws/lib/data-aws-prometheus-workspaces";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { type NamedThere, nameThere } from "../../../model/name-there";
import { fitName, stackNames } from "../../../model/names";
import { expression } from "../../../terraform/expression";
import { applicationTags } from "../tags";
import { workspaceAlias } from "./workspace";

export interface ApplicationRulesProps {
  readonly environment: NamedThere;
  readonly application: string;
  /** A file of Prometheus, as JSON. */
  readonly rules: string;
  /** What the rules are about. @default - nothing has to be there first */
  readonly after?: ITerraformDependable;
}

/** Names of rule group namespaces: https://docs.aws.amazon.com/prometheus/latest/APIReference/API_CreateRuleGroupsNamespace.html */
const NAMESPACE = { max: 64 } as const;

/**
 * Rules of an application, in the workspace that the platform of its environment made. A plan without that stops, and says what to
 * do.
 */
export function createApplicationRules(
  scope: Construct,
  { environment, application, rules, after }: ApplicationRulesProps,
): void {
  const here = new Construct(scope, "Rules");
  const alias = workspaceAlias(nameThere(environment));
  const workspaces = new DataAwsPrometheusWorkspaces(here, "Workspaces", {
    aliasPrefix: alias,
    lifecycle: {
      postcondition: [
        {
          condition: expression`length(self.workspace_ids) == 1`,
          errorMessage:
            `Workspace ${alias} of Amazon Managed Service for Prometheus: expected one, found ${expression`length(self.workspace_ids)`}. ` +
            `With it this application's rules are evaluated. Where there is none, deploy the platform first: cdktf deploy ` +
            `${stackNames.platform(environment.name)}; where there are several, delete what this program did not make.`,
        },
      ],
    },
  });
  new PrometheusRuleGroupNamespace(here, "Default", {
    workspaceId: Token.asString(Fn.element(workspaces.workspaceIds, 0)),
    name: fitName([application], NAMESPACE),
    data: rules,
    tags: applicationTags(application),
    ...(after !== undefined && { dependsOn: [after] }),
  });
}

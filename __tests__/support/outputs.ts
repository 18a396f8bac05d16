import type { PlatformEnvironment } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { composeDocument } from "../../constructs/outputs/compose/compose";
import type { ComposeDocument } from "../../constructs/outputs/compose/document";
import { chartEnvironments as chartOf, helmChart } from "../../constructs/outputs/helm-chart/output";
import type { Files } from "../../constructs/outputs/output";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { local } from "../../environments/local";
import { LOCAL_COMPOSE } from "../../environments/outputs";

type Environments = readonly PlatformEnvironment[];

/** The chart of an application. */
export const applicationChart = ({
  application,
  environments,
}: {
  application: string;
  environments: Environments;
}): Files => helmChart.render(renderEnvironments(environments), { application });

/** What Terraform would release of an application in each environment. */
export const chartEnvironments = (application: string, environments: Environments) =>
  chartOf(application, renderEnvironments(environments));

/** The reference application in Compose. */
export const referenceCompose = (): ComposeDocument =>
  composeDocument({ ...LOCAL_COMPOSE, application: localApplication() });

function localApplication(): ResolvedApplication {
  const [application] = loadEnvironments([local]).flatMap(({ applications }) => applications);
  if (application === undefined) throw new Error("no application");
  return application;
}

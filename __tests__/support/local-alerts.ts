import { parse } from "yaml";
import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { localAlerts, localContext, type LocalInput } from "../../constructs/observability/local/local";
import { localApplication as onMachine } from "../../constructs/outputs/compose/compose";
import { configurationFolder } from "../../constructs/outputs/compose/configuration";
import { profile } from "../../constructs/outputs/compose/observability/profile";
import { compose } from "../../constructs/outputs/compose/output";
import { localServers } from "../../constructs/outputs/compose/servers/provisioners";
import type { Files } from "../../constructs/outputs/output";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { local } from "../../environments/local";
import { LOCAL_COMPOSE } from "../../environments/outputs";
import type { Alerting } from "./alerts";

/* What measures the reference application in Compose. */

const environments = loadEnvironments([local]);

/** Its files by their paths from the root. */
export const localFiles = (): Files => compose.render(renderEnvironments(environments), LOCAL_COMPOSE);

/** One of them that is YAML, below the folder of what measures. */
export const localFile = (path: string): unknown => parse(localFiles()[`docker/observability/${path}`] ?? "");

export function localApplication(): ResolvedApplication {
  const [application] = environments.flatMap(({ applications }) => applications);
  if (application === undefined) throw new Error("no application");
  return application;
}

export function localInput(resolved = localApplication()): LocalInput {
  const application = onMachine(resolved, LOCAL_COMPOSE.observability);
  const folder = configurationFolder("docker");
  const { measured } = profile({ application, servers: localServers(application, folder), folder });
  return { application, ...measured, runbookUrl: (alert) => `https://git.example.com/${alert}.md` };
}

/** Its alerts, as those of environments in clusters are given. */
export function localAlerting(): Alerting[] {
  const input = localInput();
  return localAlerts(input).map((group) => ({
    environment: "compose",
    watched: { application: input.application, measured: input.measured, objects: [] },
    groups: [group],
    context: localContext(group, input),
  }));
}

import { besideOf } from "../../observability/runbooks/beside";
import { runbookPages } from "../../observability/runbooks/runbooks";
import type { RenderedApplication, RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Files, Output } from "../output";

export interface RunbooksOptions {
  /** Folder with the chart of each application that Helm releases, from the root of the program. @default "helm" */
  readonly charts?: string;
}

/**
 * Pages for whoever is called: one for each alert of an application in each environment that is measured, at the path that its
 * `runbook_url` has below `runbooks` of the environment. An environment that nobody measures has none.
 */
export const runbooks: Output<RunbooksOptions> = {
  name: "runbooks",
  description: "what to do about each alert, in each environment that is measured",
  parts: (_, text) => [{ called: "runbook page", text }],
  render: (environments, options) => Object.assign({}, ...environments.map((one) => pagesOf(one, options))) as Files,
};

function pagesOf({ environment, applications }: RenderedEnvironment, { charts = "helm" }: RunbooksOptions): Files {
  const { observability, release } = environment;
  if (observability === undefined) return {};
  const { dashboards = [], keepsLogs = false } = observability;
  const pages = ({ application, prepared, released }: RenderedApplication): Files =>
    runbookPages({
      application,
      objects: [...prepared, ...released],
      release,
      dashboards,
      keepsLogs,
      charts,
      beside: besideOf(environment, application),
    });
  return Object.assign({}, ...applications.map(pages), observability.pages?.(environment)) as Files;
}

import type { EnvironmentSpec } from "../../constructs/environment";
import { placementsOf, resolveEnvironment } from "../../constructs/model/resolve";
import { line, tableHead } from "../../constructs/portability/markdown";
import { traitsOf } from "../../constructs/portability/moves";
import { serviceWords } from "../../constructs/portability/service-rows";
import { SERVICE_KINDS, type ServiceKind } from "../../constructs/services/kinds";

/** What is said of a service and does not depend on how large an environment makes it. */
const SAID = ["product", "version", "port", "sign-in"] as const;

/** Who runs each kind of service where, as a table in Markdown: the services of the environments' applications. */
export function servicesTable(environments: readonly EnvironmentSpec[]): string {
  const rows = SERVICE_KINDS.map((kind) => line(`\`${kind}()\``, ...environments.map((one) => cell(one, kind))));
  return [...tableHead("service", ...environments.map(({ cloud }) => cloud.title)), ...rows].join("\n");
}

function cell(environment: EnvironmentSpec, kind: ServiceKind): string {
  const { cloud } = environment;
  for (const application of resolveEnvironment(environment).applications) {
    const service = application.services.find((one) => one.service.kind === kind);
    if (service === undefined) continue;
    const words = serviceWords(service, traitsOf(cloud, application, service));
    const [, ...others] = placementsOf(cloud, service.service);
    return [
      SAID.flatMap((what) => (words[what] === "-" ? [] : `${what === "port" ? "port " : ""}${words[what] ?? ""}`)).join(
        ", ",
      ),
      ...others.map((placement) => (placement === "managed" ? "or run by the cloud" : "or in the cluster")),
    ].join("; ");
  }
  return "in no application";
}

import type { Construct } from "constructs";
import { heldUnder } from "../../model/held-under";
import type { Service } from "../../model/service";
import { code, expression } from "../../terraform/expression";
import { map } from "../../terraform/expressions";
import { literalExpression } from "../../terraform/literal";
import { numbered } from "../../terraform/numbered";
import { keepRecord, StateRecord } from "../../terraform/state-record";
import type { CloudRequest } from "./provisioner";

type Holding = Pick<CloudRequest<Service>, "application" | "environment" | "name" | "service" | "sizing">;

/**
 * Remembers in the state what the data of a service are of: its kind, and what they are kept under. Another kind takes the old one's
 * place by an edit of one word, and its `prevent_destroy` goes with its block; a server in the cluster that is told another
 * database makes an empty one beside it. Neither is gone by its name, so that the ledger sees nothing.
 *
 * One for each placement: a move that is confirmed begins with another server, and its record.
 */
export function recordData(scope: Construct, holding: Holding): void {
  const { placement } = holding.sizing;
  if (placement === "external") return;
  const input = { kind: holding.service.kind, ...heldUnder(holding) };
  const same = Object.entries(input).map(([key, value]) => {
    const wanted = literalExpression(value);
    // What a kind names later is in no record of before.
    return `try(self.input.${key}, ${wanted}) == ${wanted}`;
  });
  new StateRecord(scope, placement === "managed" ? "ManagedData" : "InClusterData", {
    input,
    lifecycle: keepRecord(same.join(" && "), refusal(holding, input)),
  });
}

const words = (input: Readonly<Record<string, string>>): string =>
  Object.entries(input)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(", ");

/** What a plan says that would have another one in the place of what there is. */
function refusal(
  { name, service, environment, application }: Holding,
  input: Readonly<Record<string, string>>,
): string {
  const recorded = expression`join(", ", ${code('[for key, value in self.input : "${key} ${format("%q", value)}"]')})`;
  const { out, back } = service.moving(name);
  const copy = expression`lookup(${code(map({ [service.kind]: out }))}, self.input.kind, "copy what it holds with the tools of its kind")`;
  const steps = [
    `add a second service to the application, under another name, as ${name} would be, and deploy it`,
    `stop whatever writes to ${name}: kubectl scale deployments of ${application} to 0, and suspend its cron jobs`,
    copy,
    `into the second one: ${back}`,
    `let the workloads need the second one, deploy, and take ${name} out last; in a protected environment by drops`,
  ];
  return [
    `environments.${environment}.applications.${application}.services.${name}: got ${words(input)}, but what it holds is of ${recorded}. ` +
      "A server of another kind, or one that is told another name for its data, begins empty beside what there is; one of another major version does not start on its files. " +
      "Put it back as it was, or move in this order:",
    ...numbered(steps),
    "Where nothing of it is needed, take the service out, deploy, and add it again as it is to be.",
  ].join("\n");
}

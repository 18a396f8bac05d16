import type { ComposeService } from "../../../constructs/outputs/compose/document";
import { referenceCompose } from "../../support/outputs";

/* What compose.yaml says, for tests that do it with programs of this machine. */

export const COMPOSE = referenceCompose();

export function composeService(name: string): ComposeService {
  const service = COMPOSE.services[name];
  if (service === undefined) throw new Error(`compose.yaml has no ${name}`);
  return service;
}

/** The command of a service that has one of its own. */
export function commandOf(name: string): readonly string[] {
  const { entrypoint } = composeService(name);
  if (entrypoint === undefined) throw new Error(`${name} has no command of its own`);
  return entrypoint;
}

/** As whoever starts Compose without any variables has them. */
export const variablesOf = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(composeService(name).environment ?? {}).map(([variable, value]) => [
      variable,
      typeof value === "string" ? value : (value.otherwise ?? ""),
    ]),
  );

/** The command of a health check; `undefined` where it has none. */
export function healthCommand(name: string): readonly string[] | undefined {
  const { healthcheck } = composeService(name);
  if (healthcheck === undefined || "disable" in healthcheck) return undefined;
  const [form, ...command] = healthcheck.test;
  return form === "CMD" ? command : ["sh", "-c", ...command];
}

/** Names of services, each after those that it waits for. */
export function startOrder(): string[] {
  const ordered: string[] = [];
  const add = (name: string): void => {
    if (ordered.includes(name)) return;
    Object.keys(composeService(name).depends_on ?? {}).forEach(add);
    ordered.push(name);
  };
  // Those of a profile start where somebody names it.
  Object.entries(COMPOSE.services).forEach(([name, { profiles }]) => {
    if (profiles === undefined) add(name);
  });
  return ordered;
}

import type { Construct } from "constructs";
import type { InClusterRequest } from "../../in-cluster/form";
import type { AnyService } from "../../services/kinds";
import { firstUser, inClusterForm } from "./in-cluster-form";
import { recordNodes } from "./node-record";
import type { ProvidedService, ServiceWish } from "./service";
import { createUsers, type PasswordGenerator } from "./users";

/**
 * A service as pods of the application's namespace. The cloud does for it what it does for services of its own: it makes
 * passwords, and keeps them where they are in no plan and no state.
 */
export function provideInCluster(
  scope: Construct,
  wish: ServiceWish<AnyService>,
  cells: { passwords(wish: ServiceWish<AnyService>): PasswordGenerator },
): ProvidedService<never> {
  const { name, resolved, service, sizing, workloads } = wish;
  const request: InClusterRequest = { application: resolved, service: name, workloads, sizing };
  const generate = cells.passwords(wish);
  const username = firstUser(request, service);
  const password = generate(scope, {
    username,
    description: `User ${username} of service ${name} of ${wish.application} in ${wish.environment}`,
    generation: service.users === undefined ? sizing.passwords : FIRST,
  });
  const form = inClusterForm(request, service, password);
  const { connection, objects, nodes } = form;
  if (nodes !== undefined) recordNodes(scope, { ...wish, kind: service.kind }, nodes);
  if (!("administrator" in form)) return { connection: () => connection, objects, grants: [] };
  const connections = { administrator: form.administrator, shared: connection };
  return { ...createUsers(scope, wish, connections, generate), objects, grants: [] };
}

/** Servers take the administrator's password when they make their first files: another one would only lock him out. */
const FIRST = 1;

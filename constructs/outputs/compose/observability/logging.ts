import { containersOf } from "../../../model/containers-of";
import { workloadName } from "../../../model/names";
import type { ResolvedApplication } from "../../../model/resolved";
import { tagOf } from "../../../observability/local/lines";
import { containerName } from "../containers";
import type { ComposeService, Logging } from "../document";
import type { NamedServer } from "../servers/provisioners";
import { ALLOY, LOKI } from "./names";

/*
 * Lines of containers: Docker keeps them in files, each with a tag that says whose it is, as labels of a cluster have it. That takes
 * no socket of Docker's, and `docker compose logs` has them as ever.
 */

/** What Loki says of a line that it refused would be sent to it, and be refused: nothing reads lines without a tag. */
const UNREAD = [LOKI, ALLOY];

/** What labels of a cluster call the owner of a container's lines. */
interface Named {
  readonly app: string;
  readonly container: string;
}

function owners(application: ResolvedApplication, servers: readonly NamedServer[]): ReadonlyMap<string, Named> {
  return new Map([
    ...application.workloads.flatMap((workload): [string, Named][] => [
      [workload.name, { app: workload.objectName, container: workload.name }],
      ...containersOf(workload).map((one): [string, Named] => [
        containerName(workload, one),
        { app: workload.objectName, container: one.name },
      ]),
    ]),
    ...servers.map(({ name, host }): [string, Named] => [
      host,
      { app: workloadName(application.name, name), container: host },
    ]),
  ]);
}

/** Forty megabytes of a container at most: Docker's own default has no limit. */
const logging = (tag?: string): Logging => ({
  driver: "json-file",
  options: { ...(tag !== undefined && { tag }), "max-size": "10m", "max-file": "4" },
});

/** The same containers, of whose lines each says whose it is. */
export function withTags(
  application: ResolvedApplication,
  servers: readonly NamedServer[],
  services: readonly (readonly [name: string, service: ComposeService])[],
): [name: string, service: ComposeService][] {
  const known = owners(application, servers);
  return services.map(([name, service]) => {
    const { app, container } = known.get(name) ?? { app: name, container: name };
    const tag = UNREAD.includes(name) ? undefined : tagOf(application, app, container);
    return [name, { ...service, logging: logging(tag) }];
  });
}

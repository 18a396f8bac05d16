import type { PlatformEnvironment } from "../environment";
import type { Recoverable, ResolvedRecovery } from "../model/recovery";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import type { ServiceTraits } from "../services/traits";
import type { Request } from "./request";
import { type Usage, usageOf } from "./usage";

/** What clauses judge by: a request, and the resolved model with it. Nothing of it changes. */
export interface Asked {
  readonly request: Request;
  /** Team of the application. */
  readonly owner: string;
  /** Environments in which something would be made, in the order of their names. */
  readonly environments: readonly AskedEnvironment[];
  /** What the team has in all environments, with everything that is asked for at this time. */
  readonly used: Usage;
  /** Day it is: `2026-11-30`. */
  readonly today: string;
}

/** One environment of a request. */
export interface AskedEnvironment {
  readonly name: string;
  readonly environment: PlatformEnvironment;
  readonly application: ResolvedApplication;
  /**
   * Words for where it is, as its cloud says them: account, region, cluster. Copies in another region bring that one.
   */
  readonly places: readonly string[];
  /** The service that is asked for, where it is one. */
  readonly service?: AskedService;
}

/** A service as one environment would have it. */
export interface AskedService {
  readonly resolved: ResolvedService;
  readonly traits: ServiceTraits;
  /** What the environment promises of it. `undefined`: nothing. */
  readonly promise: ResolvedRecovery | undefined;
  /** How its place brings lost data back. `undefined`: nobody says. */
  readonly recoverable: Recoverable | undefined;
}

/** What clauses are given of a request, in these environments. */
export function askedOf(request: Request, environments: readonly PlatformEnvironment[], today: string): Asked {
  const asked = [...environments]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .filter(({ name }) => request.request !== "environment" || name === request.name)
    .flatMap((environment): AskedEnvironment[] =>
      environment.applications
        .filter(({ name }) => name === request.application)
        .map((application) => askedEnvironment(request, environment, application)),
    );
  const owner = asked[0]?.application.owner ?? "";
  return { request, owner, environments: asked, used: usageOf(environments, owner), today };
}

function askedEnvironment(
  { name: asked }: Request,
  environment: PlatformEnvironment,
  application: ResolvedApplication,
): AskedEnvironment {
  const { name, cloud, backups } = environment;
  const resolved = application.services.find((service) => service.name === asked);
  return {
    ...{ name, environment, application },
    places: [...cloud.place(environment), ...(backups === undefined ? [] : [backups.region])],
    ...(resolved !== undefined && {
      service: {
        resolved,
        traits: cloud.describeService(application, resolved),
        promise: application.recovery[asked],
        recoverable: cloud.recoverable?.(application, asked),
      },
    }),
  };
}

import type { Construct } from "constructs";
import { refuse } from "../model/problem";
import { schemaOf } from "../model/schema-of";
import { objectName } from "../model/validate/forms";
import { ingressObjects } from "../routing/ingress";
import { DEFAULT_ISSUER } from "../routing/issuers";
import { headerProblems } from "../routing/route-headers";
import { Objects } from "./objects";
import { pathOf } from "./props";
import { checkRoutes, routed, routesFields, type RoutesProps } from "./routes";

export interface AppIngressProps extends RoutesProps {
  /** A class whose controller honours the annotations of ingress-nginx, as Traefik's provider for it does. @default "nginx" */
  readonly ingressClass?: string;
}

const SCHEMA = schemaOf<AppIngressProps>()({ ...routesFields, ingressClass: objectName.optional() });

/** Requests per second and client. */
const RATE_LIMIT = 100;

/**
 * Ingresses that lead to Services that exist, as an application has them under `ingress()`: TLS alone, a certificate for each
 * host, limits and time-outs. `<name>-ingress`, and one more for each route with settings of its own.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class AppIngress extends Objects {
  constructor(scope: Construct, id: string, props: AppIngressProps) {
    super(scope, id);
    const path = pathOf(this);
    const report = checkRoutes(SCHEMA, props, path);
    // Which headers of answers its controller is told of, only that one knows.
    if (report.problems.length === 0) report.add(...headerProblems(routed(props), path));
    refuse(report.problems);
    const { clusterIssuer = DEFAULT_ISSUER, rateLimit = RATE_LIMIT, ingressClass } = props;
    this.create(
      ingressObjects(routed(props), { clusterIssuer, rateLimit, ...(ingressClass !== undefined && { ingressClass }) }),
    );
  }
}

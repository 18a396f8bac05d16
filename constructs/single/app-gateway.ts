import type { Construct } from "constructs";
import { refuse } from "../model/problem";
import { schemaOf } from "../model/schema-of";
import { objectName } from "../model/validate/forms";
import { gatewayObjects } from "../routing/gateway-api";
import { gatewayLimits } from "../routing/gateway-limits";
import { bodyProblems } from "../routing/gateway-route-settings";
import { DEFAULT_ISSUER } from "../routing/issuers";
import { Objects } from "./objects";
import { pathOf } from "./props";
import { checkRoutes, routed, routesFields, type RoutesProps } from "./routes";

export interface AppGatewayProps extends RoutesProps {
  /** A class of Envoy Gateway, whose policies hold the limits. @default "envoy" */
  readonly gatewayClass?: string;
}

const SCHEMA = schemaOf<AppGatewayProps>()({ ...routesFields, gatewayClass: objectName.optional() });

/** Requests per second and client. */
const RATE_LIMIT = 100;

/**
 * Gateway and HTTPRoutes that lead to Services that exist, as an application has them under `gatewayApi()`: TLS alone, a
 * certificate for each host, limits and time-outs. The kinds have to be in the cluster before the plan.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class AppGateway extends Objects {
  constructor(scope: Construct, id: string, props: AppGatewayProps) {
    super(scope, id);
    const path = pathOf(this);
    const report = checkRoutes(SCHEMA, props, path);
    if (report.problems.length === 0) {
      const application = routed(props);
      report.add(...gatewayLimits(application, path), ...bodyProblems(application, path));
    }
    refuse(report.problems);
    const { clusterIssuer = DEFAULT_ISSUER, rateLimit = RATE_LIMIT, gatewayClass } = props;
    this.create(
      gatewayObjects(routed(props), { clusterIssuer, rateLimit, ...(gatewayClass !== undefined && { gatewayClass }) }),
    );
  }
}

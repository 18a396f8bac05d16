import { aws } from "../../../constructs/clouds/aws";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import type { ApplicationOverlay } from "../../../constructs/model/environment";
import { InvalidInput } from "../../../constructs/model/problem";
import { cron, http, release } from "../../../constructs/model/workload";
import { ingress } from "../../../constructs/routing/ingress";
import { mysql } from "../../../constructs/services/mysql";
import { AWS_PROPS } from "../../support/aws-environment";

const image = "registry.example.com/shop:v1";

/** An application with an object of each kind that patches are tried on. */
export const shop = application({
  name: "shop",
  owner: "shop",
  services: { db: mysql({ database: "shop" }) },
  workloads: {
    web: http({ image, needs: ["db"], autoscaling: { min: 2, max: 4, cpu: 70 } }),
    nightly: cron({ image, schedule: "0 3 * * *", needs: ["db"] }),
    migrate: release({ image, needs: ["db"] }),
  },
  routes: [{ host: "www", path: "/", to: "web" }],
});

export function patched(
  patches: ApplicationOverlay["patches"],
  { name = "staging", cloud = aws(AWS_PROPS), helm = false }: { name?: string; cloud?: Cloud; helm?: boolean } = {},
): EnvironmentSpec {
  return environment({
    name,
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    ...(helm && { release: "helm" as const }),
    applications: [
      { application: shop, hosts: { www: `${name}.example.com` }, ...(patches !== undefined && { patches }) },
    ],
  });
}

/** The lines of what is refused; none where nothing is. */
export function refusals(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
}

import type { EnvironmentOption } from "../../../model/environment";

/** AWS has all of them as a service, and a cluster can run them too. */
export const placements: EnvironmentOption["placements"] = {
  mysql: ["managed", "in-cluster"],
  redis: ["managed", "in-cluster"],
  rabbitmq: ["managed", "in-cluster"],
  bucket: ["managed", "in-cluster"],
};

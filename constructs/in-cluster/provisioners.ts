import { provisionerTable } from "../services/provisioner-table";
import { DESCRIBED } from "../services/traits";
import { bucketInCluster } from "./bucket/provisioner";
import { mysqlInCluster } from "./mysql/provisioner";
import { rabbitmqInCluster } from "./rabbitmq/provisioner";
import { redisInCluster } from "./redis/provisioner";

/** What the cluster runs. */
export const IN_CLUSTER = provisionerTable(
  "in-cluster",
  {
    mysql: mysqlInCluster,
    redis: redisInCluster,
    rabbitmq: rabbitmqInCluster,
    bucket: bucketInCluster,
  },
  { describe: DESCRIBED, provide: { connection: "object", objects: "function" } },
);

import { provisionerTable } from "../../../services/provisioner-table";
import { ANSWERS } from "../../shared/provisioner";
import { type CloudAsked, cloudServices } from "../../shared/services";
import { facts } from "../facts";
import type { Place } from "../place";
import { secretPlace } from "../secret-store";
import { volumesRecovery } from "../volumes-recovery";
import { bucketOnAws } from "./bucket";
import { mysqlOnAws } from "./mysql";
import type { AwsPlace } from "./provisioner";
import { rabbitmqOnAws } from "./rabbitmq";
import { redisOnAws } from "./redis";

/** What AWS runs itself. */
export const AWS_PROVISIONERS = provisionerTable(
  "aws",
  {
    mysql: mysqlOnAws,
    redis: redisOnAws,
    rabbitmq: rabbitmqOnAws,
    bucket: bucketOnAws,
  },
  ANSWERS,
);

/** What the model and people ask of it. */
export const AWS_SERVICES = cloudServices(AWS_PROVISIONERS, volumesRecovery);

/** How they ask, of a place that may not have been checked. */
export const askedOf = (place: Pick<Place, "accountId" | "autoMode" | "dns" | "region">): CloudAsked<AwsPlace> => ({
  managed: (owner) => ({ ...owner, region: place.region, accountId: place.accountId }),
  inCluster: () => ({ facts: () => facts(place), secretPlace }),
});

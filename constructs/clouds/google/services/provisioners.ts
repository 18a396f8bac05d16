import { provisionerTable } from "../../../services/provisioner-table";
import { ANSWERS } from "../../shared/provisioner";
import { type CloudAsked, cloudServices } from "../../shared/services";
import { facts } from "../facts";
import type { Place } from "../place";
import { secretPlace } from "../secret-store";
import { volumesRecovery } from "../volumes-recovery";
import { bucketOnGoogle } from "./bucket";
import { mysqlOnGoogle } from "./mysql";
import type { GooglePlace } from "./provisioner";
import { redisOnGoogle } from "./redis";

/** What Google Cloud runs itself. */
export const GOOGLE_PROVISIONERS = provisionerTable(
  "google",
  {
    mysql: mysqlOnGoogle,
    redis: redisOnGoogle,
    rabbitmq: { notHere: "Google Cloud runs no RabbitMQ" },
    bucket: bucketOnGoogle,
  },
  ANSWERS,
);

/** What the model and people ask of it. */
export const GOOGLE_SERVICES = cloudServices(GOOGLE_PROVISIONERS, volumesRecovery);

/** How they ask, of a place that may not have been checked. */
export const askedOf = (
  place: Parameters<typeof facts>[0] & Pick<Place, "project" | "region">,
): CloudAsked<GooglePlace> => ({
  managed: (owner) => ({ ...owner, place }),
  inCluster: () => ({ facts: () => facts(place), secretPlace }),
});

import { provisionerTable } from "../../../services/provisioner-table";
import { ANSWERS } from "../../shared/provisioner";
import { type CloudAsked, cloudServices } from "../../shared/services";
import { facts } from "../facts";
import type { Place } from "../place";
import { generatedPlace } from "../secret-store";
import { volumesRecovery } from "../volumes-recovery";
import { bucketOnAzure } from "./bucket";
import { mysqlOnAzure } from "./mysql";
import type { AzurePlace } from "./provisioner";
import { redisOnAzure } from "./redis";

/** What Azure runs itself. A bucket is Blob storage with a gateway in the cluster that speaks S3. */
export const AZURE_PROVISIONERS = provisionerTable(
  "azure",
  {
    mysql: mysqlOnAzure,
    redis: redisOnAzure,
    rabbitmq: { notHere: "Azure runs no RabbitMQ" },
    bucket: bucketOnAzure,
  },
  ANSWERS,
);

/** What the model and people ask of it. */
export const AZURE_SERVICES = cloudServices(AZURE_PROVISIONERS, volumesRecovery);

/** How they ask, of a place that may not have been checked. */
export const askedOf = (
  place: Parameters<typeof facts>[0] & Pick<Place, "location" | "subscriptionId">,
): CloudAsked<AzurePlace> => ({
  managed: (owner) => ({
    ...owner,
    location: place.location,
    subscriptionId: place.subscriptionId,
    facts: () => facts(place),
  }),
  inCluster: ({ sizing }) => ({
    facts: () => facts(place),
    secretPlace: (names) => generatedPlace(names, sizing.passwords),
  }),
});

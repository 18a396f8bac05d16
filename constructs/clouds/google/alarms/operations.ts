import type { FailureOperations } from "../../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { restarts, sizeUp } from "../../shared/mending";
import { askedOf, GOOGLE_SERVICES } from "../services/provisioners";

type Known = Parameters<typeof askedOf>[0];

/** What people do with `gcloud` about a failure of a service. `undefined`: Google tells it of none */
export function failureOperations(
  application: ResolvedApplication,
  service: ResolvedService,
  failure: string,
  known: Known,
): FailureOperations | undefined {
  const { project, region } = known;
  const own = GOOGLE_SERVICES.operations(application, service, askedOf(known))?.failure(failure);
  if (own !== undefined) return own;
  const { name } = GOOGLE_SERVICES.describe(application, service, askedOf(known));
  const cache = {
    say: "Its state, its memory and its replica.",
    run: [
      `gcloud redis instances describe ${name} --project ${project} --region ${region} --format 'yaml(state,statusMessage,memorySizeGb,tier,currentLocationId,suspensionReasons)'`,
    ],
  };
  switch (failure) {
    case "CacheMemoryNearMaximum":
      return {
        look: [cache],
        mend: [
          { say: "Give keys a time to live, or a shorter one, in the program that writes them." },
          sizeUp(
            service.name,
            "has more memory. Memorystore fails over to a larger one; without a replica it is empty afterwards",
          ),
        ],
      };
    case "CacheInterrupted":
      return {
        look: [cache],
        mend: [
          restarts(
            "`READY`: it was restarted or has failed over, and is well. `UPDATING` and `REPAIRING` end by themselves.",
          ),
          {
            say: "If Google tells nothing of it and clients go on, it is the measure that is missing: the alarm ends when it is back.",
          },
        ],
      };
    default:
      return undefined;
  }
}

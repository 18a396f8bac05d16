import type { FailureOperations } from "../../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { restarts, sizeUp, storageUp } from "../../shared/mending";
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
  const { name } = GOOGLE_SERVICES.describe(application, service, askedOf(known));
  const sql = (command: string): string => `gcloud sql ${command} --project ${project}`;
  const instance = {
    say: "Its state, its zones and its disk. The end of its name is drawn. Keep this shell, for the variable.",
    run: [
      `INSTANCE=$(${sql(`instances list --filter 'name ~ ^${name.replace("<random>", "")}[0-9a-f]{8}$' --format 'value(name)'`)})`,
      sql(
        `instances describe "$INSTANCE" --format 'yaml(state,suspensionReason,gceZone,secondaryGceZone,settings.availabilityType,settings.dataDiskSizeGb,settings.storageAutoResizeLimit)'`,
      ),
      sql('operations list --instance "$INSTANCE" --limit 10'),
    ],
  };
  const cache = {
    say: "Its state, its memory and its replica.",
    run: [
      `gcloud redis instances describe ${name} --project ${project} --region ${region} --format 'yaml(state,statusMessage,memorySizeGb,tier,currentLocationId,suspensionReasons)'`,
    ],
  };
  switch (failure) {
    case "DatabaseDiskNearMaximum":
      return {
        look: [instance],
        mend: [
          storageUp(
            service.name,
            "What it may grow to by itself is five times as much. Cloud SQL makes it larger while it serves.",
          ),
        ],
      };
    case "DatabaseInterrupted":
      return {
        look: [instance],
        mend: [
          restarts("A failover is over when the last operation is `DONE`."),
          {
            say: "`SUSPENDED` has its reason beside it: billing, or a key that was disabled or destroyed: undo that. `FAILED` does not end by itself: restore it.",
          },
        ],
      };
    case "DatabaseStandbyMissing":
      return {
        look: [instance],
        mend: [
          {
            say: "Cloud SQL makes the standby anew by itself: after a failover, after care, and when a zone is back. Change nothing of the instance meanwhile.",
          },
          { say: "Where it is missing for hours, ask Google's support with the name of the instance." },
        ],
      };
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

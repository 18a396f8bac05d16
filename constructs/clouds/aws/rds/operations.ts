import type { ServiceOperations } from "../../../services/provisioner";
import { elsewhereOf } from "./elsewhere";
import { failureOf } from "./failures";
import { instanceName } from "./imports";
import type { RdsAsked } from "./kind";
import { restoreOf } from "./restore";

/** What people do about a database with the AWS CLI. It is of no engine: RDS copies and restores instances. */
export function rdsOperations(request: RdsAsked): ServiceOperations<RdsAsked> {
  const id = instanceName(request);
  return {
    restore: restoreOf(request, id),
    failure: (failure) => failureOf(request, id, failure),
    ...(request.resolved.backups !== undefined && {
      elsewhere: (there: RdsAsked, stack: string) => elsewhereOf(request, id, instanceName(there), stack),
    }),
  };
}

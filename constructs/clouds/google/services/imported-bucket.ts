import { DataGoogleStorageBucket } from "@cdktf/provider-google/lib/data-google-storage-bucket";
import { type ITerraformDependable, Op } from "cdktf";
import { formatPath } from "../../../model/problem";
import type { Service } from "../../../model/service";
import type { Bucket } from "../../../services/bucket";
import type { ImportForm, ServiceRequest } from "../../../services/provisioner";
import { code, expression } from "../../../terraform/expression";
import { expects } from "../../shared/existing-network";
import type { GoogleRequest } from "./provisioner";

/* Buckets that were there before this program. */

export const BUCKET_IMPORTS: ImportForm = {
  id: {
    what: "the name of a bucket of the environment's project, without gs://",
    form: /^(?!.*\.\.)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
    example: "legacy-uploads",
  },
};

/**
 * What a bucket that was there has and keeps. Of the first another value is another bucket to the provider, and so is what is not said
 * of it, as is a locked retention policy that is not there any more; the rest others may use.
 * https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/storage_bucket
 */
export const leftOf = ({ spec }: Pick<Bucket, "spec">): string[] => [
  "custom_placement_config",
  "enable_object_retention",
  "retention_policy",
  "autoclass",
  "default_event_based_hold",
  "logging",
  "storage_class",
  ...(spec.cors === undefined ? ["cors"] : []),
];

/**
 * Looks at a bucket that was there, so that a plan stops in words where it could not be run with: of another project or region, or one
 * that keeps no old versions. Whatever is planned of it waits for what is returned.
 */
export function lookAtBucket(
  { scope, lookup, resolved, application, name }: GoogleRequest<Service>,
  id: string,
): ITerraformDependable {
  const path = ["environments", resolved.environment, "applications", application, "services", name, "imported"];
  const what = `${formatPath(path)}: ${id}`;
  const number = expression`${code("tostring(self.project_number)")}`;
  const { postcondition = [] } = expects(
    [
      {
        attribute: "location",
        found: "lower(self.location)",
        is: lookup.region,
        otherwise:
          "a bucket stays where it is, and its key with it: import it in an environment of its region, or make one and copy what is in it",
      },
      {
        attribute: "hierarchical_namespace",
        found: "anytrue([for each in self.hierarchical_namespace : each.enabled])",
        is: false,
        otherwise:
          "with it Cloud Storage keeps no old versions, which are the way back: make a bucket and copy what is in it",
      },
      {
        attribute: "ip_filter",
        found: `anytrue([for each in self.ip_filter : each.mode == "Enabled"])`,
        is: false,
        otherwise: "pods come from addresses that it may not know: switch the filter off first",
      },
    ],
    what,
  );
  return new DataGoogleStorageBucket(scope, "Existing", {
    name: id,
    project: lookup.project,
    lifecycle: {
      postcondition: [
        ...postcondition,
        {
          condition: Op.eq(number, lookup.projectNumber),
          errorMessage: `${what}: it is of the project with the number ${number}, and ${lookup.project} has ${lookup.projectNumber}; import it in an environment of its project.`,
        },
      ],
    },
  });
}

/** What somebody who imports one would trip over. */
export const importNotes = ({ sizing: { imported } }: Pick<ServiceRequest<Service>, "sizing">): string[] =>
  imported === undefined
    ? []
    : [
        `was there before as ${imported.id}: objects have the key that they were written with, which has to stay, until they are written again`,
        "permissions of single objects count no more, nor do those that make it public; permissions of the bucket stay",
        "its lifecycle rules become the model's, by which old versions of before go too",
      ];

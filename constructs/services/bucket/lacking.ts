import type { Path, Problem } from "../../model/problem";
import type { BucketSettings } from "./spec";

type Setting = "lifecycle" | "cors";

interface Lack {
  readonly why: string;
  readonly fix: string;
}

const NO_BROWSER: Lack = {
  why: "only pods of the cluster reach the server that speaks S3, so no page of a browser can",
  fix: "say cors: false for this environment, and let a workload take and hand out what browsers send and get",
};

/** Settings of buckets that a place does not have. Clouds that are not named have all of them. */
const LACKING: Readonly<Record<"azure" | "in-cluster" | "external", Readonly<Partial<Record<Setting, Lack>>>>> = {
  azure: { cors: NO_BROWSER },
  "in-cluster": {
    lifecycle: {
      why: "the server in the cluster deletes no objects by itself",
      fix: "say lifecycle: false for this environment, or delete old objects from a cron() of the application",
    },
    cors: NO_BROWSER,
  },
  external: {
    lifecycle: {
      why: "whoever runs the bucket says what becomes of its objects",
      fix: "say lifecycle: false for this environment, and have the rules made there",
    },
    cors: {
      why: "whoever runs the bucket says which pages may use it",
      fix: "say cors: false for this environment, and have the rules made there",
    },
  },
};

/** Settings of a bucket that would count for nothing there. `path` is the service's own. */
export function lackingSettings(
  place: keyof typeof LACKING,
  { spec }: { readonly spec: BucketSettings },
  path: Path,
): Problem[] {
  return Object.entries(LACKING[place]).flatMap(([setting, lack]) =>
    spec[setting as Setting] === undefined ? [] : [{ path: [...path, setting], ...lack }],
  );
}

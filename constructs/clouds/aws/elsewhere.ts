import type { BackupsElsewhere, CopyElsewhere, Elsewhere, NoCopyElsewhere } from "../../model/elsewhere";
import { oneOf, type Path, type Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { elsewhereOf, type VolumesElsewhere } from "../shared/elsewhere";
import { AWS_REGIONS, type AwsRegion, isRegion } from "./regions";
import { AWS_PROVISIONERS } from "./services/provisioners";

/** Shared volumes are one file system of EFS, whose replica EFS keeps itself; a disk of EBS is in one zone, and so are its snapshots. */
const volumesElsewhere: VolumesElsewhere = (access, region): CopyElsewhere | NoCopyElsewhere =>
  access === "ReadWriteMany"
    ? {
        by: `EFS replicates its file system to ${region}`,
        lost: "the last quarter of an hour for most file systems",
        source: "https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html",
        read: "2026-11-29",
      }
    : { none: "a disk of EBS and its snapshots stay in their region" };

const copy = elsewhereOf(AWS_PROVISIONERS, volumesElsewhere);

/** Copies in a second region of the same account, made by the services themselves. */
export const elsewhere = (known: () => { readonly region: AwsRegion }): Elsewhere<ResolvedApplication> => ({
  problems: (backups, path) => regionProblems(backups, known().region, path),
  copy,
});

function regionProblems({ region }: BackupsElsewhere, own: AwsRegion, path: Path): Problem[] {
  const at = [...path, "region"];
  const others = AWS_REGIONS.filter((one) => one !== own);
  if (region === own) {
    return [{ path: at, got: region, why: "the environment is there itself", fix: `use another: ${oneOf(others)}` }];
  }
  return isRegion(region)
    ? []
    : [{ path: at, got: region, why: "no region of AWS that this program knows", fix: `use ${oneOf(others)}` }];
}

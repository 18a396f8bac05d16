import type { Path, Problem } from "../../model/problem";
import { gibibytes } from "../../model/quantity";
import type { ResolvedSizing } from "../../model/service";

/** What the disk of a cloud's database can have, in GiB. */
export interface DiskLimits {
  /** `a gp3 volume of RDS` */
  readonly of: string;
  readonly min: number;
  readonly max: number;
}

/** `20Gi to 64Ti` */
export const limitsText = ({ min, max }: DiskLimits): string => `${min}Gi to ${max / 1024}Ti`;

/** Whether the disk that an environment asks for is to be had. `path` is the service's own. */
export function diskProblems(limits: DiskLimits, { storage }: Pick<ResolvedSizing, "storage">, path: Path): Problem[] {
  const given = gibibytes(storage);
  if (given >= limits.min && given <= limits.max) return [];
  const why = `not a size of ${limits.of}`;
  return [{ path: [...path, "storage"], got: storage, why, fix: `use ${limitsText(limits)}` }];
}

/** What a disk of so many GiB may grow to by itself, in GiB. */
export const growsTo = ({ max }: DiskLimits, allocated: number): number => Math.min(allocated * 5, max);

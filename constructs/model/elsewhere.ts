import type { Path, Problem } from "./problem";

/** Copies of what an environment holds in a second region, for the day on which the first one is lost. */
export interface BackupsElsewhere {
  /** Region for the copies, as the cloud writes it: `"eu-west-1"`. In the account of the environment. */
  readonly region: string;
  /**
   * What may be lost with the region: services and volumes of which no copy can be there, `"my-app/cache"`,
   * `"my-app/backend/uploads"`. Synthesis names each that is missing here. @default - nothing
   */
  readonly without?: readonly string[];
  /**
   * Copies that may be deleted though the environment is protected: `"copies@eu-west-1"` are those in that region. Deploy with
   * the word, then take `backups` out, or give it another region. @default - none
   */
  readonly drops?: readonly string[];
}

/** The same with every default. */
export type ResolvedElsewhere = Required<BackupsElsewhere>;

/** A copy in the second region, as the cloud documents what makes it. */
export interface CopyElsewhere {
  /** What makes it, as a clause: `RDS copies backups and the binary log`. */
  readonly by: string;
  /** Most that is lost with the region, as a clause. */
  readonly lost: string;
  /** Page that says so. */
  readonly source: string;
  /** Day on which it was read, `2026-11-29`. */
  readonly read: string;
}

/** Why there is no copy, as a clause: `ElastiCache copies no snapshot to another region`. */
export interface NoCopyElsewhere {
  readonly none: string;
}

/** A cloud that keeps copies of what applications hold in a second region. */
export interface Elsewhere<Application> {
  /** Mistakes in the region. `path` is where `backups` stands. */
  problems(backups: BackupsElsewhere, path: Path): Problem[];
  /** What becomes of a service or volume, by its name as `drops` has it. */
  copy(application: Application, holding: string): CopyElsewhere | NoCopyElsewhere;
}

/** Why a cloud keeps none, as a clause, and what people do in its place, as an instruction. */
export interface NoElsewhere {
  readonly none: string;
  readonly instead: string;
}

/** What an environment says of copies in a second region. */
export interface WithBackups {
  /** Copies of what its applications and its platform hold in a second region: `{ region: "eu-west-1" }`. @default - none */
  readonly backups?: BackupsElsewhere;
}

/** What a cloud says of them. */
export interface KeepsElsewhere<Application> {
  /** How it keeps copies in a second region, or why not: then `backups` is refused. @default - it says nothing of it */
  readonly elsewhere?: Elsewhere<Application> | NoElsewhere;
}

/** What the ledger calls the copies in a region, and the word in `drops` for them. No other name has such a sign. */
export const copiesIn = (region: string): string => `copies@${region}`;

/** Kind of the copies in the ledger. */
export const COPIES_KIND = "copies";

export const keepsElsewhere = <Application>(
  elsewhere: Elsewhere<Application> | NoElsewhere | undefined,
): elsewhere is Elsewhere<Application> => elsewhere !== undefined && "copy" in elsewhere;

/** Whether nothing may delete the copies in the region. */
export const keepsCopies = ({ region, drops }: ResolvedElsewhere): boolean => !drops.includes(copiesIn(region));

export const isCopied = (copy: CopyElsewhere | NoCopyElsewhere): copy is CopyElsewhere => "by" in copy;

/** Applies the defaults to what was checked before. */
export const resolveElsewhere = ({ region, without = [], drops = [] }: BackupsElsewhere): ResolvedElsewhere => ({
  ...{ region, without, drops },
});

/** What an option says of names that an environment has in it. */
export interface NamesEnvironments {
  /**
   * What names in it have in place of the environment's: `production-eu-west-1` of `production` where names say their region.
   * @default - the environment's name
   */
  nameThere?(environment: { readonly name: string }): string;
}

/** An environment, or what is known of it before it was resolved. */
export interface NamedThere {
  readonly name: string;
  /** What names of its cloud have in place of it: `production-eu-west-1`. @default - its own name */
  readonly nameThere?: string | undefined;
}

/** `production-eu-west-1`: an environment's name with a region, in names of its cloud. */
export const nameWithRegion = (name: string, region: string): string => `${name}-${region}`;

/** The first part of every name that an environment has in its cloud: its own name, and its region where it says so. */
export const nameThere = ({ name, nameThere: there = name }: NamedThere): string => there;

/** The same, asked of one of its applications. */
export const environmentThere = ({
  environment,
  environmentThere: there = environment,
}: {
  readonly environment: string;
  readonly environmentThere?: string | undefined;
}): string => there;

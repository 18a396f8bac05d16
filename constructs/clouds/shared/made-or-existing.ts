/** What an environment makes, or somebody else has made before. */
export type MadeOrExisting<Made, Existing> =
  { readonly made: Made; readonly existing?: undefined } | { readonly made?: undefined; readonly existing: Existing };

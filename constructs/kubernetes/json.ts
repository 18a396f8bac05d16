export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A plain JSON object. An absent field is left out, never `undefined` in the output. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

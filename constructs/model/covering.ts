/**
 * A resolved form that has every field of what people write, each required: a field that is added there does not compile
 * until it is here, with its default. `Other` are those that become something else, as `needs` becomes `edges`.
 */
export type Covering<
  Form extends Record<Exclude<keyof Written, Other>, unknown>,
  Written,
  Other extends keyof Written,
> = Form;

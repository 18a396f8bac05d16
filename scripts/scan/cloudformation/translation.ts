/** How an argument of Terraform is said in CloudFormation where its words in PascalCase are not what it is called. */
export type Said =
  /** Its property, with dots where that is further down: `LifecycleConfiguration.Rules`. */
  | string
  /** A nested block of which there is one, where one of the two has a list. */
  | { readonly name: string; readonly as: "one" | "list" }
  /** A property whose value is built differently too; keys of what `value` returns are final. */
  | { readonly name: string; readonly value: (value: unknown) => unknown }
  /** CloudFormation has no such property: why. */
  | { readonly without: string };

interface Arguments {
  /** Names by path, without positions in lists: `vpc_config.subnet_ids`. The others are said in PascalCase. */
  readonly says?: Readonly<Record<string, Said>>;
}

/** A resource that is one in CloudFormation as well. */
export interface Resource extends Arguments {
  readonly type: string;
  /** Required properties whose value Terraform makes up. */
  readonly adds?: Readonly<Record<string, string>>;
  /** What expressions read of it: by `Fn::GetAtt`, or `Ref`. Others are read by their words in PascalCase. */
  readonly reads?: Readonly<Record<string, string>>;
}

/** A resource that is a part of another one in CloudFormation. */
export interface Part extends Arguments {
  /** The argument that refers to the whole. */
  readonly of: string;
  /** The property of the whole that lists such parts. @default - its properties are the whole's own */
  readonly list?: string;
}

/** A resource that CloudFormation does not know. */
export interface Unknown {
  readonly without: string;
}

export type Translation = Resource | Part | Unknown;

/** Translations by Terraform type. */
export type Translations = Readonly<Record<string, Translation>>;

export const REF = "Ref";

/** Why a template would not say what Terraform says. */
export class Untranslated extends Error {}

/** Makes a list of one where CloudFormation has several and Terraform one. */
export const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Reads the documents that Terraform takes as text. */
export const json = (value: unknown): unknown => (typeof value === "string" ? (JSON.parse(value) as unknown) : value);

/** Leaves as they are maps with keys of a user. */
export const asIs = (value: unknown): unknown => value;

/** Writes numbers that CloudFormation takes as text. */
export const text = (value: unknown): unknown => (typeof value === "number" ? String(value) : value);

/** Reads the truth values that the provider takes as text. */
export const truth = (value: unknown): unknown => (value === "true" ? true : value === "false" ? false : value);

/** Tags, as most types take them. */
export const tagList = (value: unknown): unknown =>
  Object.entries(value as Readonly<Record<string, unknown>>).map(([Key, Value]) => ({ Key, Value }));

/** Parameters of a group, which Terraform lists. */
export const byName = (value: unknown): unknown =>
  Object.fromEntries(
    (value as readonly Readonly<Record<string, unknown>>[]).map(({ name, value: one, ...rest }) => {
      const [more] = Object.keys(rest);
      if (more !== undefined) throw new Untranslated(`CloudFormation knows no ${more} of a parameter`);
      return [String(name), one];
    }),
  );

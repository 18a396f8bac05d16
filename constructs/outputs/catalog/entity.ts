import type { Element } from "../../model/element";

/** An entity of Backstage's catalog, as a file describes it. */
export interface Entity {
  readonly apiVersion: "backstage.io/v1alpha1";
  readonly kind: EntityKind;
  readonly metadata: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly tags?: readonly string[];
    readonly links?: readonly EntityLink[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

export type EntityKind = "API" | "Component" | "Domain" | "Group" | "Resource" | "System" | "User";

export interface EntityLink {
  readonly url: string;
  readonly title: string;
  readonly type: string;
}

/** An entity and what of the model it is. */
export interface Listed {
  readonly entity: Entity;
  /** What people call it in the program: `my-app/backend`, `team team-my-app`. */
  readonly of: string;
  /** @default - a part of an element, or a team */
  readonly element?: Element;
}

/** Longest name of an entity. */
export const MAX_ENTITY_NAME = 63;

/** How entities name each other: `component:default/my-app-backend`. The catalog reads it in any case and keeps the lower one. */
export const refOf = (kind: EntityKind, name: string): string => `${kind.toLowerCase()}:default/${name}`;

/** The same of an entity. */
export const refOfEntity = ({ kind, metadata }: Entity): string => refOf(kind, metadata.name);

/** Makes an entity; fields of its metadata without anything in them are left out. */
export function entity(kind: EntityKind, metadata: Metadata, spec: Readonly<Record<string, unknown>>): Entity {
  const { name, title, description, annotations = {}, tags = [], links = [] } = metadata;
  return {
    apiVersion: "backstage.io/v1alpha1",
    kind,
    metadata: {
      name,
      ...(title && { title }),
      ...(description && { description }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(tags.length > 0 && { tags }),
      ...(links.length > 0 && { links }),
    },
    spec: Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)),
  };
}

/** What `entity` is given. */
export type Metadata = {
  readonly [Field in keyof Entity["metadata"]]: Entity["metadata"][Field] | undefined;
} & Pick<Entity["metadata"], "name">;

/** Each once, in the order of the alphabet; `undefined` without any, for a field that is then left out. */
export function sorted(texts: Iterable<string>): readonly string[] | undefined {
  const all = [...new Set(texts)].sort();
  return all.length === 0 ? undefined : all;
}

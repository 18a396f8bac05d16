import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  getCompoundEntityRef,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from "@backstage/catalog-model";
import { parseAllDocuments } from "yaml";

/* A catalog as Backstage takes it: what its own validators say, and what it says nothing about. */

const POLICY = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const VALIDATORS = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];

/** Entities of a file, by Backstage's reader of YAML. */
export const entitiesIn = (text: string): Entity[] =>
  parseAllDocuments(text)
    .map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Entity | null;
    })
    .filter((entity) => entity !== null);

export const keyOf = (entity: Entity): string => stringifyEntityRef(getCompoundEntityRef(entity));

/** What Backstage has against an entity, in its own words. A file that it would read for an API is put in its place first. */
export async function complaints(entity: Entity): Promise<string[]> {
  const definition = entity.spec?.definition;
  const read =
    typeof definition === "object" ? { ...entity, spec: { ...entity.spec, definition: "read from a file" } } : entity;
  try {
    const enforced = await POLICY.enforce(read);
    if (enforced === undefined) return [`${keyOf(entity)}: rejected`];
    const known = await Promise.all(VALIDATORS.map((validator) => validator.check(enforced)));
    return known.filter(Boolean).length === 1 ? [] : [`${keyOf(entity)}: ${known.filter(Boolean).length} kinds`];
  } catch (error) {
    return [`${keyOf(entity)}: ${String(error)}`];
  }
}

/** Fields that name other entities, with the kind that a name alone means. */
const REFERENCES: Readonly<Record<string, string>> = {
  owner: "group",
  system: "system",
  domain: "domain",
  providesApis: "api",
  consumesApis: "api",
  dependsOn: "component",
  memberOf: "group",
  parent: "group",
  children: "group",
};

export interface Relation {
  readonly from: string;
  readonly type: string;
  readonly to: string;
}

/** Every reference, as the catalog keeps it: in full and in lower case. */
export const relationsIn = (entities: readonly Entity[]): Relation[] =>
  entities.flatMap((entity) =>
    Object.entries(REFERENCES).flatMap(([type, defaultKind]) => {
      const value = entity.spec?.[type];
      const refs = (value === undefined ? [] : Array.isArray(value) ? value : [value]) as readonly string[];
      return refs.map((ref) => ({
        from: keyOf(entity),
        type,
        to: stringifyEntityRef(parseEntityRef(ref, { defaultKind, defaultNamespace: "default" })),
      }));
    }),
  );

/** What has no entity, or two: Backstage shows the one as broken, and drops the other. */
export function referenceProblems(entities: readonly Entity[]): string[] {
  const keys = entities.map(keyOf);
  return [
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} is there twice`),
    ...relationsIn(entities)
      .filter(({ to }) => !keys.includes(to))
      .map(({ from, type, to }) => `${from} ${type} ${to}, which is not there`),
  ];
}

/** Everything that is wrong with a catalog. */
export async function catalogProblems(text: string): Promise<string[]> {
  const entities = entitiesIn(text);
  const own = await Promise.all(entities.map(complaints));
  return [...own.flat(), ...referenceProblems(entities)];
}

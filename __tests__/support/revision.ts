interface Named {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A name without the revision that its label says it ends with; other names as they are. */
export function unrevised({ name, labels }: Named): string {
  const revision = labels?.["goldenpath/revision"];
  if (revision === undefined) return name;
  const [, bare] = /^(.+)-[0-9a-f]{8}$/.exec(name) ?? [];
  if (bare === undefined || name !== `${bare}-${revision}`) throw new Error(`${name} does not end with "${revision}"`);
  return bare;
}

/** A step into plain data: a key of a map, the item of a list that has a name, or an item by its place. */
export type PathStep = { readonly key: string } | { readonly item: string } | { readonly index: number };

const STEP =
  /^(?:\.?(?<key>[A-Za-z_][\w-]*)|\["(?<quoted>[^"\\]+)"\]|\[(?<index>\d{1,4})\]|\[(?<item>[A-Za-z_][\w.-]*)\])/;

/** Steps of `spec.containers[backend].env[0]`; `undefined` where it is no path. */
export function pathSteps(path: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  let rest = path;
  while (rest !== "") {
    const found = STEP.exec(rest);
    if (found === null) return undefined;
    const { key, quoted, index, item } = found.groups ?? {};
    // The first has no dot before it, every other plain key has one.
    if (key !== undefined && (steps.length === 0) === rest.startsWith(".")) return undefined;
    if (key !== undefined || quoted !== undefined) steps.push({ key: key ?? quoted ?? "" });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else steps.push({ item: item ?? "" });
    rest = rest.slice(found[0].length);
  }
  const [first] = steps;
  return first !== undefined && "key" in first ? steps : undefined;
}

/** The path of steps, as people write it. */
export const formatSteps = (steps: readonly PathStep[]): string =>
  steps
    .map((step, index) => {
      if ("index" in step) return `[${step.index}]`;
      if ("item" in step) return `[${step.item}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step.key)) return `["${step.key}"]`;
      return index === 0 ? step.key : `.${step.key}`;
    })
    .join("");

import { oneOf, type Path, type Problem } from "../problem";

/** Mistakes in origins that pages come from, where `hosts` are the names of the hosts of an application's routes. */
export function originProblems(origins: readonly string[], hosts: ReadonlySet<string>, path: Path): Problem[] {
  const any = origins.indexOf("*");
  return [
    ...origins.flatMap((got, index): Problem[] => {
      if (got === "*" || got.includes(":") || hosts.has(got)) return [];
      const fix = `use ${[...(hosts.size === 0 ? [] : [oneOf([...hosts])]), `a whole origin: "https://${got}"`].join(", or ")}`;
      return [{ path: [...path, index], got, why: "no route has this host", fix }];
    }),
    ...(any >= 0 && origins.length > 1
      ? [{ path: [...path, any], got: "*", why: "stands for all others too", fix: "give it alone" }]
      : []),
  ];
}

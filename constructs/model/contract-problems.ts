import { isPlain } from "./plain";
import { didYouMean, oneOf, type Path, type Problem } from "./problem";
import { check } from "./schema";
import { variable } from "./validate/forms";

/** What names of parts are made of: keys of Secrets have them in theirs. */
const PART = /^[A-Za-z][A-Za-z0-9_-]*$/;

const TEMPLATES = ["template", "tlsTemplate", "openTemplate"] as const;

export const PORT_RULE = "use a whole number from 1 to 65535";

export const isPort = (port: unknown): boolean => Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535;

/** Mistakes in the contract of a kind that another program defines, all of them. `path` is the contract's own. */
export function contractProblems(contract: unknown, path: Path): Problem[] {
  if (!isPlain(contract)) return [{ path, got: contract, fix: "give an object of defaultPort, parts and variables" }];
  const { defaultPort, parts, variables } = contract;
  const known = isPlain(parts) ? Object.keys(parts) : [];
  return [
    ...(isPort(defaultPort) ? [] : [{ path: [...path, "defaultPort"], got: defaultPort, fix: PORT_RULE }]),
    ...named(parts, [...path, "parts"], partProblems),
    ...named(variables, [...path, "variables"], (name, spec, at) => [
      ...check(variable, name, at),
      ...variableProblems(spec, known, at),
    ]),
  ];
}

function named(value: unknown, path: Path, each: (name: string, spec: unknown, path: Path) => Problem[]): Problem[] {
  if (!isPlain(value)) return [{ path, got: value, fix: "give an object by names, {} for none" }];
  return Object.entries(value).flatMap(([name, spec]) => each(name, spec, [...path, name]));
}

function partProblems(name: string, spec: unknown, path: Path): Problem[] {
  const fix = "use letters, digits, hyphens and underscores, a letter first";
  const misnamed = PART.test(name) ? [] : [{ path, why: "no name of a part", fix }];
  if (isPlain(spec) && typeof spec["secret"] === "boolean") return misnamed;
  return [...misnamed, { path, fix: "say secret: true, or secret: false" }];
}

function variableProblems(spec: unknown, parts: readonly string[], path: Path): Problem[] {
  if (isPlain(spec) && spec["file"] === "caBundle") return [];
  if (!isPlain(spec) || !Array.isArray(spec["template"])) {
    return [{ path, fix: 'give its text as template: [{ part: "url", raw: true }], or file: "caBundle"' }];
  }
  return TEMPLATES.flatMap((template) => {
    const [pieces, at] = [spec[template], [...path, template]];
    if (pieces === undefined) return [];
    if (!Array.isArray(pieces)) return [{ path: at, got: pieces, fix: "give a list of texts and parts" }];
    return pieces.flatMap((piece: unknown, index) => pieceProblems(piece, parts, [...at, index]));
  });
}

function pieceProblems(piece: unknown, parts: readonly string[], path: Path): Problem[] {
  if (typeof piece === "string") return [];
  if (isPlain(piece) && piece["file"] === "caBundle" && typeof piece["after"] === "string") return [];
  const part = isPlain(piece) ? piece["part"] : undefined;
  if (typeof part !== "string")
    return [{ path, got: piece, fix: 'use a text, or a part by its name: { part: "host" }' }];
  if (parts.includes(part)) return [];
  const fix = `declare it in parts, or use ${oneOf(parts)}${didYouMean(part, parts)}`;
  return [{ path: [...path, "part"], got: part, why: "no part of the contract", fix }];
}

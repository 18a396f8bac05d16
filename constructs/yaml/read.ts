import { parse, parseAllDocuments } from "yaml";

/*
 * YAML as Helm reads it: sigs.k8s.io/yaml over a reader of YAML 1.1, which differs from the library's YAML 1.1 in that it
 * has no dates, no base 60 and no sets in what it hands on: all of it goes through JSON. Tests compare both with the real
 * programs.
 */

const OPTIONS = { version: "1.1", schema: "yaml-1.1", merge: true } as const;

/** One document. */
export const readAsHelm = (text: string): unknown => parse(text, OPTIONS) as unknown;

/** Every document that is not empty. */
export const readAllAsHelm = (text: string): unknown[] =>
  parseAllDocuments(text, OPTIONS)
    .map((document) => {
      const [problem] = document.errors;
      if (problem !== undefined) throw problem;
      return document.toJS() as unknown;
    })
    .filter((value) => value !== null);

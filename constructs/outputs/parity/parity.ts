/*
 * What a program that compares its outputs imports, from "goldenpath/parity".
 */
export { chartParity, type ChartParityProps, type ChartReader } from "./chart";
export { composeParity, type ComposeParityProps } from "./compose";
export { type Comparison, type Difference, judge, type KnownDifference, type Verdict } from "./difference";
export { helmCommand, type HelmCommandProps } from "./helm-command";
export { mistakes, type Part, part, report, unused } from "./part";

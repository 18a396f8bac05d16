import { catalog, compose, helmChart, target } from "goldenpath/outputs";

export const composeOptions = { application: "shop" };

export const outputs = [
  target(helmChart, { options: { application: "shop" }, folder: "chart", owned: ["chart"] }),
  target(compose, { options: composeOptions, environments: ["local"] }),
  target(catalog, { options: {} }),
];

import { catalog, compose, helmChart, runbooks, target } from "goldenpath/outputs";
import { shop } from "./applications";

export const COMPOSE = { application: shop.name };

export const outputs = [
  target(compose, { environments: ["staging"], options: COMPOSE }),
  target(helmChart, { options: { application: shop.name }, folder: "helm/shop", owned: ["helm"] }),
  target(runbooks, { options: {}, folder: "docs/runbooks", owned: ["docs/runbooks"] }),
  target(catalog, { options: { repository: { slug: "acme/shop" } } }),
];

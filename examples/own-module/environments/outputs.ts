import { catalog, compose, helmChart, target } from "goldenpath/outputs";
import { shop } from "./index";

export const outputs = [
  target(compose, { environments: ["staging"], options: { application: shop.name } }),
  target(helmChart, { options: { application: shop.name }, folder: "helm/shop", owned: ["helm"] }),
  target(catalog, { options: { repository: { slug: "acme/shop" } } }),
];

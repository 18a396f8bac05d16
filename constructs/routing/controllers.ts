/** The controllers an environment may choose. A new one is a file beside this one and a line here. */
export { ingressNginx } from "./ingress-nginx";
export { traefik } from "./traefik";

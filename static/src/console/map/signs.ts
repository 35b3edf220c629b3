// Draws a cluster or an alert as SVG, with attributes only, for a strict CSP.
import type { State } from "../../shared/late";
import { CARDS } from "../../shared/shapes";
import type { Cluster } from "./protocol";

const AROUND = 2 * Math.PI;

/** A ring whose coloured share is late; its words say how many. */
export function clusterSign(cluster: Cluster, lateWords: string): string {
  const size = clusterSize(cluster);
  const radius = size / 2 - 3;
  const ring = radius - 4;
  const late = cluster.yellow + cluster.orange + cluster.red;
  const worst = CARDS.find((tier) => cluster[tier] > 0) ?? "ok";
  return svg(
    size,
    `<circle class="cl-bg" cx="${size / 2}" cy="${size / 2}" r="${radius}"/>` +
      `<circle class="cl-ring" cx="${size / 2}" cy="${size / 2}" r="${ring}"/>` +
      arcs(cluster, ring, size / 2) +
      `<text class="cl-n" x="${size / 2}" y="${size / 2 + (late > 0 ? 1 : 5)}">${cluster.count}</text>` +
      (late > 0
        ? `<text class="cl-l st-${worst}" x="${size / 2}" y="${size / 2 + 12}">${lateWords}</text>`
        : ""),
  );
}

export const clusterSize = (cluster: Cluster): number =>
  (cluster.count < 10 ? 48 : cluster.count < 100 ? 54 : 60);

function arcs(cluster: Cluster, radius: number, centre: number): string {
  const whole = AROUND * radius;
  let from = 0;
  let drawn = "";
  for (const tier of CARDS) {
    const length = (cluster[tier] / cluster.count) * whole;
    if (length > 0) {
      drawn +=
        `<circle class="cl-seg st-${tier}" cx="${centre}" cy="${centre}" r="${radius}"` +
        ` stroke-dasharray="${length.toFixed(1)} ${whole.toFixed(1)}"` +
        ` stroke-dashoffset="${(-from).toFixed(1)}" transform="rotate(-90 ${centre} ${centre})"/>`;
    }
    from += length;
  }
  return drawn;
}

/** Far away an alert is its state's shape alone. */
export function dotSign(state: State): string {
  return (
    `<svg class="spot st-${state}" width="24" height="24" viewBox="-2 -2 24 24" aria-hidden="true">` +
    `<use href="#m-${state}"/></svg>`
  );
}

/** Near, or chosen, it is a pin with the category's picture and the state's shape as a badge. */
export function pinSign(icon: string, state: State, chosen: boolean, count = 1): string {
  return (
    `<svg class="pinm${chosen ? " sel" : ""}" width="48" height="52" viewBox="-24 -44 48 52" aria-hidden="true">` +
    '<path class="pin-body" d="M-14-38h28a4 4 0 0 1 4 4v24a4 4 0 0 1-4 4H6L0 2-6-6h-8a4 4 0 0 1-4-4v-24a4 4 0 0 1 4-4Z"/>' +
    `<svg class="i pin-ic" x="-12" y="-34" width="24" height="24"><use href="#${iconId(icon)}"/></svg>` +
    `<svg class="mark st-${state}" x="8" y="-44" width="17" height="17" viewBox="0 0 20 20"><use href="#m-${state}"/></svg>` +
    (count > 1 ? `<circle class="pin-many" cx="-17" cy="-37" r="9"/><text class="pin-n" x="-17" y="-33">${count}</text>` : "") +
    "</svg>"
  );
}

/** Icons come from the playbook: only known shapes of names become references. */
export function iconId(icon: string): string {
  const name = icon.replace(/^i-/, "").replace(/^c-/, "");
  return /^[a-z0-9-]{1,32}$/.test(name) ? `i-c-${name}` : "i-c-other";
}

function svg(size: number, inner: string): string {
  return `<svg class="cl" width="${size}" height="${size}" aria-hidden="true">${inner}</svg>`;
}

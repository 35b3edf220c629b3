// Clusters the points of the map, off the page's thread.
import Supercluster from "supercluster";
import type { FromWorker, Points, ToWorker, Spot, Window } from "./protocol";

type Point = { point: number; state: number };
type Late = { yellow: number; orange: number; red: number };

/** Above this zoom every alert stands alone. */
const LAST_CLUSTERED_ZOOM = 16;
const TIERS: (keyof Late | null)[] = [null, null, null, "yellow", "orange", "red"];

let index = empty().load([]);
let lastWindow: Window | null = null;

function empty(): Supercluster<Point, Late> {
  return new Supercluster<Point, Late>({
    radius: 90,
    minPoints: 3,
    maxZoom: LAST_CLUSTERED_ZOOM,
    map: ({ state }) => tally(TIERS[state] ?? null),
    reduce: (sum, part) => {
      sum.yellow += part.yellow;
      sum.orange += part.orange;
      sum.red += part.red;
    },
  });
}

function tally(tier: keyof Late | null): Late {
  const late = { yellow: 0, orange: 0, red: 0 };
  if (tier !== null) late[tier] = 1;
  return late;
}

function load({ lon, lat, state }: Points): void {
  index = empty();
  const features = Array.from(lon, (x, point) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: [x, lat[point] ?? 0] },
    properties: { point, state: state[point] ?? 0 },
  }));
  index.load(features);
}

function look({ west, south, east, north, zoom }: Window): Spot[] {
  return index.getClusters([west, south, east, north], Math.round(zoom)).map((feature) => {
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const own = feature.properties;
    if (!("cluster_id" in own)) return { point: own.point, lon, lat };
    const { cluster_id: cluster, point_count: count, yellow, orange, red } = own;
    return { cluster, lon, lat, count, yellow, orange, red };
  });
}

const reply = (message: FromWorker): void => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "points") load(data);
  if (data.kind === "window") lastWindow = data;
  if (data.kind === "expand") {
    const zoom = index.getClusterExpansionZoom(data.cluster);
    reply({ kind: "expanded", cluster: data.cluster, zoom });
  } else if (lastWindow !== null) {
    reply({ kind: "spots", spots: look(lastWindow) });
  }
};

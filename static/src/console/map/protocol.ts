// The messages between the page and the cluster worker.

/** Columns rather than objects: ten thousand points cross in one cheap message. */
export type Points = {
  kind: "points";
  lon: Float64Array;
  lat: Float64Array;
  /** 0 calm … 3 yellow, 4 orange, 5 red: the index into STATES. */
  state: Uint8Array;
};

export type Window = {
  kind: "window";
  west: number;
  south: number;
  east: number;
  north: number;
  zoom: number;
};

export type Expand = { kind: "expand"; cluster: number };

export type ToWorker = Points | Window | Expand;

export type Cluster = {
  cluster: number;
  lon: number;
  lat: number;
  count: number;
  yellow: number;
  orange: number;
  red: number;
};
export type Single = { point: number; lon: number; lat: number };
export type Spot = Cluster | Single;

export type FromWorker =
  | { kind: "spots"; spots: Spot[] }
  | { kind: "expanded"; cluster: number; zoom: number };

export const isCluster = (spot: Spot): spot is Cluster => "cluster" in spot;

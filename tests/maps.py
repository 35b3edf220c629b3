"""GeoJSON maps by formula: cells with wiggly borders, combs, zones, as large as a test wants."""

import math

CELL = 0.004  # degrees
WEST, SOUTH = 113.98, 22.50


def outline(points):
    """One cell, from 0 to 1 and round again; opposite sides run alike, so that cells fit."""
    steps = [number / points for number in range(points)]
    wave = [0.1 * math.sin(math.pi * t) * math.sin(17 * t) for t in steps]
    south = list(zip(steps, wave, strict=True))
    east = [(1 + w, t) for t, w in zip(steps, wave, strict=True)]
    north = [(1 - t, 1 + w) for t, w in zip(steps, [0.0, *wave[:0:-1]], strict=True)]
    west = [(w, 1 - t) for t, w in zip(steps, [0.0, *wave[:0:-1]], strict=True)]
    ring = [*south, *east, *north, *west]
    return [*ring, ring[0]]


def cells(side, points):
    """All grids of a square by id, each with its ring as it is written."""
    ring = outline(points)
    lons = [[f"{WEST + CELL * (x + i):.7f}" for x, _ in ring] for i in range(side)]
    lats = [[f"{SOUTH + CELL * (y + j):.7f}" for _, y in ring] for j in range(side)]
    for i, lon in enumerate(lons):
        for j, lat in enumerate(lats):
            yield f"g-{i}-{j}", "[" + ",".join(map("[{},{}]".format, lon, lat)) + "]"


def city(side, points):
    """The areas for district.yaml, and the map: about 88 bytes for each of `points`, each cell."""
    areas = ["  s: {kind: street, label: S}", "  c: {kind: community, parent: s, label: C}"]
    features = []
    for name, ring in cells(side, points):
        areas.append(f"  {name}: {{kind: grid, parent: c, label: {name}}}")
        features.append(
            f'{{"type":"Feature","properties":{{"id":"{name}","name":"第 {name} 网格",'
            f'"level":"grid","parent":"c"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'
        )
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    return "\n".join(areas) + "\n", text


def zone(coordinates, kind="Polygon"):
    """A map of one zone with these coordinates, as they are written."""
    return (
        '{"type":"FeatureCollection","features":[{"type":"Feature",\n'
        '"properties":{"zone":"z","label":"Z"},\n'
        f'"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}'
    )


def comb(teeth):
    """A ring in which every segment lies close to every other, though none crosses."""
    points = []
    for tooth in range(teeth):
        points += [(tooth * 2e-6, 0), (1 + (2 * tooth + 1) * 1e-6, 1)]
    points += [(3, 1), (3, -1), (0, -1), points[0]]
    return "[" + ",".join(f"[{x:.6f},{y}]" for x, y in points) + "]"


def harrow(teeth):
    """A ring that looks as tangled from the south and from the east, though it is quick to walk."""
    south = [(1 + 1e-5 * n, -1 + (n + 1) // 2 % 2) for n in range(2 * teeth)]
    east = [(2 + (n + 1) // 2 % 2, 1e-5 * n) for n in range(2 * teeth)]
    points = [*south, *east, (0, 1), (0, -1)]
    return "[" + ",".join(f"[{x:.6f},{y:.6f}]" for x, y in [*points, points[0]]) + "]"

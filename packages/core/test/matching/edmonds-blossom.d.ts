declare module "edmonds-blossom" {
  /** Maximum weight matching: for each vertex its partner, -1 for none. Edges are [vertex, vertex, weight]. */
  // biome-ignore lint/style/noDefaultExport: this is how the package exports it.
  export default function blossom(
    edges: readonly (readonly [number, number, number])[],
    maxCardinality?: boolean,
  ): number[];
}

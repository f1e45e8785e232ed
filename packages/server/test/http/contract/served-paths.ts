/** Every path of a tree as the HTTP framework prints it: four columns for each level. */
export function servedPaths(tree: string): string[] {
  const above: string[] = [];
  const paths: string[] = [];
  for (const line of tree.split("\n")) {
    const [, indent = "", part = "", methods] =
      /^((?:[│ ] {3})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? [];
    if (part === "") continue;
    const level = indent.length / 4;
    above.splice(level, above.length, part);
    if (methods !== undefined) paths.push(above.join(""));
  }
  return paths.sort();
}

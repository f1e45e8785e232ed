/** The style of the home page, inline and named by its hash in the security policy. */
export const homeStyle =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}" +
  "pre{background:#8882;padding:.75rem;overflow:auto}";

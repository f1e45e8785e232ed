/** The style of the reference pages, inline and named by its hash in their security policy. */
export const pageStyle = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0}
nav{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;padding:.75rem 1rem;border-bottom:1px solid #8886}
main{max-width:72rem;margin:0 auto;padding:0 1rem 4rem}
a{color:LinkText}
nav a[aria-current]{font-weight:600;text-decoration:none;color:inherit}
:focus-visible{outline:2px solid Highlight;outline-offset:2px}
h2{margin-top:3rem}
h3{margin:2.5rem 0 .5rem;scroll-margin-top:1rem}
code{font-size:.9em;overflow-wrap:anywhere}
pre{background:#8882;padding:.75rem;overflow:auto}
pre code{overflow-wrap:normal}
.wide{overflow-x:auto}
table{border-collapse:collapse;min-width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8884}
td:first-child code{overflow-wrap:normal;white-space:nowrap}
tr:target{background:#fc03}
.swagger-ui .wrapper{padding:0}
html.dark-mode .swagger-ui table.headers td{color:inherit}
html.dark-mode body{background:#1c2022;color:#e4e6e6}
`;

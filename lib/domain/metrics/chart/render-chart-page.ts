/** {@link ChartPage} → one HTML document that draws the chart, is complete in itself and may not load anything. Pure. */
import { prepareChartData } from './build-chart-data.ts';
import type { ChartPage } from './chart-page.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from './page-assets.ts';

/** What a client still shows in a frame without delay. */
const MAX_PAGE_BYTES = 400_000;
const MAX_POINTS_OF_SERIES = 4_000;
const MIN_POINTS_OF_SERIES = 4;
/** Less points do not make a page smaller in proportion. */
const SHRINK = 0.9;

/**
 * At most 400,000 bytes of UTF-8: datapoints are averaged until it fits, and the page says so.
 * @returns steps, which yield wherever others may come first
 */
export function* renderChartPage(page: ChartPage): Generator<void, string, undefined> {
  const build = yield* prepareChartData(page);
  for (let maxPoints = MAX_POINTS_OF_SERIES; ; ) {
    const json = JSON.stringify(yield* build(maxPoints));
    yield;
    const html = renderDocument(json);
    yield;
    const bytes = Buffer.byteLength(html);
    if (bytes <= MAX_PAGE_BYTES || maxPoints <= MIN_POINTS_OF_SERIES) return html;
    const longest = page.series.reduce((most, { values }) => Math.max(most, values.length), 0);
    const fitting = Math.floor(((Math.min(maxPoints, longest) * MAX_PAGE_BYTES) / bytes) * SHRINK);
    maxPoints = Math.max(MIN_POINTS_OF_SERIES, Math.min(fitting, maxPoints - 1));
  }
}

const POLICY = [
  "default-src 'none'",
  `style-src '${PAGE_STYLE_HASH}'`,
  `script-src '${PAGE_SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Names, labels and titles are in the JSON only: the page's script puts them in as text. */
function renderDocument(json: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Metric chart</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main id="page">
<header>
<div><h1 id="title"></h1><p id="subtitle"></p></div>
<div id="tools"><button type="button" id="reset" hidden>Reset zoom</button><button type="button" id="log" aria-pressed="false" title="Powers of ten; even near zero">Log</button><button type="button" id="zone"></button><span id="link"></span></div>
</header>
<div id="frame"><div id="plot" role="img" tabindex="0"></div><div id="tip" aria-hidden="true" hidden></div><p id="nothing" hidden><span>No data in this time range.</span></p></div>
<div id="now"><span id="moment"></span><span id="states"></span></div>
<ul id="legend" aria-label="Series: press to hide or show"></ul>
<ol id="findings" aria-label="What stands out, as numbered in the chart"></ol>
<ul id="key" aria-label="Thresholds and alarm states"></ul>
<ul id="notes"></ul>
<p id="hint">Drag to zoom, double-click to reset. Click a series to hide it.</p>
<div class="visually-hidden"><table id="table"></table></div>
<noscript>This chart is drawn by a script, and scripts are off here.</noscript>
</main>
<script type="application/json" id="data">${escapeJson(json)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** The same JSON; nothing in it can end the script element or begin a comment. */
function escapeJson(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] ?? character);
}

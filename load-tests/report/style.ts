/** The look of the platform (Đông Hồ: paper, ink and four pigments), for a page that stands alone. */
export const style = `
:root{color-scheme:light dark;--paper:#fbf6ea;--deep:#f1e8d4;--ink:#2b2118;--muted:#6b5d4f;--rule:#d9ccb2;--son:#9c2f1f;--cham:#1f4e5f;--la:#2f6b3a;--hoe:#8a5a00}
@media(prefers-color-scheme:dark){:root{--paper:#1e1814;--deep:#2b231d;--ink:#f4ebdd;--muted:#b8a894;--rule:#4a3f35;--son:#f0866f;--cham:#7fc4d6;--la:#8fcb94;--hoe:#e9b44c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 "Be Vietnam Pro",system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.953rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2.5rem 0 .75rem;border-bottom:2px solid var(--ink);padding-bottom:.25rem}
p{margin:.25rem 0}.muted,figcaption,.note{color:var(--muted)}figcaption b{color:var(--ink)}
.verdict{display:inline-block;margin:1rem 0;padding:.5rem 1rem;border:2px solid currentColor;font-size:1.25rem;font-weight:700}
.yes{color:var(--la)}.no{color:var(--son)}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1rem;margin:1rem 0 0}
.numbers div{border-top:2px solid var(--ink);padding-top:.25rem}.numbers dt{color:var(--muted);font-size:.9rem}.numbers dd{margin:0;font-size:1.563rem;font-weight:600;line-height:1.2}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:2rem}
.chart{margin:0;min-width:0}.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.9rem;margin:.5rem 0}
.key::before{content:"";display:inline-block;width:1.5rem;margin-right:.4rem;vertical-align:middle;border-top:3px solid}
.key.first::before{border-color:var(--cham)}.key.second::before{border-color:var(--hoe);border-top-style:dashed}.key.third::before{border-color:var(--son);border-top-style:dotted}
.key.limit::before{border-color:var(--ink);border-top-width:1px}.key.mark::before{border-color:var(--son);border-top-width:1px}
.plot{display:grid;grid-template-columns:3.25rem 1fr;grid-template-rows:12rem 1.5rem}
.plot svg{width:100%;height:100%;overflow:visible}.scale{position:relative}.scale span{position:absolute;right:.5rem;transform:translateY(-50%);font-size:.8rem;color:var(--muted)}
.times{grid-column:2;position:relative;font-size:.8rem;color:var(--muted)}.times span{position:absolute;top:.35rem;transform:translateX(-50%);white-space:nowrap}.times span:last-child{transform:translateX(-100%)}.times span:first-child{transform:none}
path{fill:none;vector-effect:non-scaling-stroke;stroke-linecap:round;stroke-linejoin:round}
.grid{stroke:var(--rule);stroke-width:1}.limit{stroke:var(--ink);stroke-width:1}path.mark{stroke:var(--son);stroke-width:1}
.line{stroke-width:2}.line.first{stroke:var(--cham)}.line.second{stroke:var(--hoe);stroke-dasharray:6 4}.line.third{stroke:var(--son);stroke-dasharray:2 4}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
.num,td.yes,td.no,th.num{white-space:nowrap}ul{padding-left:1.25rem}li{overflow-wrap:anywhere}
.num,.chart td,.chart th{text-align:right}thead th{color:var(--muted);font-weight:600}summary{cursor:pointer;min-height:2.75rem;padding-top:.6rem;color:var(--cham)}
details .wide{max-height:20rem;overflow:auto}:focus-visible{outline:3px solid var(--hoe);outline-offset:2px}
`;

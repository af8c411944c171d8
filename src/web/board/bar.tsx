/** A printed bar, `share` of its full width (0–1); decoration beside the number it shows. */
export const Bar = ({ share, tone }: { share: number; tone?: 'full' | 'nearly-full' }) => (
  <svg class={`bar ${tone ?? ''}`} width="100%" height="12" aria-hidden="true" focusable="false">
    <rect class="bar-room" x="0" y="0" width="100%" height="12" />
    <rect class="bar-ink" x="0" y="0" width={`${percentOf(share)}%`} height="12" />
  </svg>
);

const percentOf = (share: number): number => Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10;

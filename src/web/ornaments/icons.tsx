/** Small signs cut with the same key line; each stands beside words that say the same. */
const shapes = {
  check: 'M4 12.5L9.5 18L20 6',
  cross: 'M5.5 5.5L18.5 18.5M18.5 5.5L5.5 18.5',
  dash: 'M5 12H19',
  warning: 'M12 3.5L21.5 20H2.5ZM12 9.5V14M12 17V17.1',
  arrow: 'M4 12H19M13 6L19 12L13 18',
  place: 'M12 21C7 15.5 5 12.5 5 9.5A7 7 0 0 1 19 9.5C19 12.5 17 15.5 12 21ZM12 11.5V11.6',
  calendar: 'M4 6H20V20H4ZM4 10.5H20M8.5 3.5V7M15.5 3.5V7',
  people:
    'M8.5 11A3 3 0 1 0 8.5 5A3 3 0 0 0 8.5 11ZM2.5 19C3 15.5 5.5 14 8.5 14C11.5 14 14 15.5 14.5 19M16 11A2.5 2.5 0 1 0 15 6M17 14C19.5 14.3 21 16 21.5 19',
} as const;

export type IconName = keyof typeof shapes;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={shapes[name]} />
  </svg>
);

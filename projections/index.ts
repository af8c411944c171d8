import { attendance } from './attendance/project.ts';
import { books } from './books/project.ts';
import { desk } from './desk/project.ts';
import { exhibitors } from './exhibitors/project.ts';
import { fairs } from './fairs/project.ts';
import { journal } from './journal/project.ts';
import type { Projection } from './projection.ts';

/** What the projector runs. A change of this list, of a table or of a meaning raises `definition.ts`. */
export const projections: readonly Projection[] = [fairs, attendance, exhibitors, books, desk, journal];

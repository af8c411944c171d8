import { testFairs } from './seeds.ts';

testFairs({ part: 1, parts: 2 });

import { testFairs } from './seeds.ts';

testFairs({ part: 0, parts: 2 });

import { howToGetK6 } from './runner/find-k6.ts';
console.log(howToGetK6);

import { existsSync, symlinkSync } from 'node:fs';

// npm 10, when it leaves out the Node of another platform, takes away the link to this platform's as well.
const link = 'node_modules/.bin/node';
const node = `../node-${process.platform}-${process.arch}/bin/node`;

if (!existsSync(link) && existsSync(`node_modules/.bin/${node}`)) symlinkSync(node, link);
